import type { Language } from '../../../server/catalogue/contract.ts'
import { links } from '../../links.ts'
import type { Assets } from '../../ui/citizen-frame.tsx'
import { renderReceiptFrame } from './frame.tsx'
import { receiptWordsIn } from './messages.ts'

export type FindReplyProps = {
  language: Language
  demo: boolean
  typed: string
  /** The check characters say that the code was never issued. */
  invalid: boolean
}

/** Where a receipt is typed in. */
export function renderFindReplyPage(props: FindReplyProps, assets: Assets): string {
  const { language, demo } = props
  const { title } = receiptWordsIn(language).find
  const children = <FindReplyPage {...props} />
  return renderReceiptFrame({ title, language, demo, hrefIn: links.findReply, children }, assets)
}

function FindReplyPage({ language, typed, invalid }: FindReplyProps) {
  const words = receiptWordsIn(language).find
  return (
    <section class="panel">
      <h1>{words.title}</h1>
      <p>{words.intro}</p>
      <form method="get" action={links.findReply()}>
        {language !== 'vi' && <input type="hidden" name="lang" value={language} />}
        <label for="ma">{words.label}</label>
        <input
          id="ma"
          name="ma"
          type="text"
          value={typed}
          maxLength={40}
          required
          spellcheck={false}
          class="code"
          autocomplete="off"
          autocapitalize="characters"
          aria-invalid={invalid ? 'true' : undefined}
          aria-describedby={invalid ? 'ma-hint ma-problem' : 'ma-hint'}
        />
        <p class="hint" id="ma-hint">
          {words.hint}
        </p>
        {invalid && (
          <p class="error" id="ma-problem" role="alert">
            {words.invalid}
          </p>
        )}
        <button type="submit">{words.submit}</button>
      </form>
    </section>
  )
}
