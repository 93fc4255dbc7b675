import type { CallbackOutcome, CallbackProblem } from '../../../server/cases/citizen-contract.ts'
import type { Language } from '../../../server/catalogue/contract.ts'
import { links } from '../../links.ts'
import { formatDay } from '../../ui/format.ts'
import { type ReceiptWords, receiptWordsIn } from './messages.ts'

/** What follows from a response that opened a case. */
export type FollowUpProps = {
  /** Null once it was answered or closed. */
  dueOn: string | null
  /** A closed case takes no more. */
  open: boolean
  outcome: CallbackOutcome | null
  problem: CallbackProblem | null
  /** What was typed before a refusal. */
  typed: { number: string; consent: boolean; conduct: boolean; urgent: boolean }
}

type Props = { code: string; receipt: string; language: Language; followUp: FollowUpProps }

/** Where the answer will stand (a main button once it may be there), and two things a citizen may still ask for: a call, and the leaders. */
export function FollowUp(props: Props) {
  const { receipt, language, followUp } = props
  const words = receiptWordsIn(language).followUp
  return (
    <>
      <p class="soft">
        {words.keep} {followUp.dueOn && words.due(formatDay(followUp.dueOn))}
      </p>
      <a
        class={followUp.dueOn ? 'button quiet' : 'button'}
        href={links.reply(receipt, language === 'vi' ? undefined : language)}
      >
        {words.see}
      </a>
      <Requests {...props} />
      <p class="soft">{words.notForComplaints}</p>
    </>
  )
}

/** The browser goes here after the form: what came of it must not stand below the fold. */
function Requests(props: Props) {
  const words = receiptWordsIn(props.language).followUp
  const { open, outcome, problem } = props.followUp
  return (
    <div id="goi-lai">
      {outcome && (
        <p class="done" role="status">
          {outcomeInWords(words, outcome)}
        </p>
      )}
      {problem === 'closed' && <Problem words={words} problem={problem} />}
      {open && (
        <details class="call" open={problem !== null}>
          <summary>{words.call}</summary>
          <CallForm {...props} />
        </details>
      )}
    </div>
  )
}

function CallForm({ code, receipt, language, followUp: { problem, typed } }: Props) {
  const words = receiptWordsIn(language).followUp
  return (
    // No browser keeps or offers what was typed: the next person at a shared tablet must not find it.
    <form method="post" action={`${links.callback(code, receipt)}#goi-lai`} autocomplete="off">
      <input type="hidden" name="language" value={language} />
      <p class="hint">{words.callIntro}</p>
      <label for="number">{words.number}</label>
      <input
        id="number"
        name="number"
        type="tel"
        inputMode="tel"
        maxLength={40}
        value={typed.number}
        autocomplete="off"
        aria-invalid={problem === 'number' ? 'true' : undefined}
        aria-describedby={problem ? 'call-problem' : undefined}
      />
      {problem && <Problem words={words} problem={problem} />}
      <label class="tick">
        <input type="checkbox" name="consent" value="yes" checked={typed.consent} /> <span>{words.consent}</span>
      </label>
      <label class="tick">
        <input type="checkbox" name="conduct" value="yes" checked={typed.conduct} /> <span>{words.conduct}</span>
      </label>
      <label class="tick">
        <input type="checkbox" name="urgent" value="yes" checked={typed.urgent} /> <span>{words.urgent}</span>
      </label>
      <button type="submit">{words.send}</button>
    </form>
  )
}

const outcomeInWords = ({ outcomes }: ReceiptWords['followUp'], outcome: CallbackOutcome): string =>
  outcome
    .split('-')
    .map((part) => outcomes[part as keyof typeof outcomes])
    .join(' ')

const Problem = ({ words, problem }: { words: ReceiptWords['followUp']; problem: CallbackProblem }) => (
  <p class="error" id="call-problem" role="alert">
    {words.problems[problem]}
  </p>
)
