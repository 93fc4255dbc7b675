import type { CitizenCase, DataRequestKind } from '../../../server/cases/citizen-contract.ts'
import type { Language } from '../../../server/catalogue/contract.ts'
import { links } from '../../links.ts'
import { formatDay } from '../../ui/format.ts'
import { receiptWordsIn } from '../receipt/messages.ts'

type Props = { language: Language; receipt: string; requests: CitizenCase['requests']; problem: boolean }

/** What people may ask for about their own data (Luật 91/2025/QH15), and what they asked for. */
export function DataRequests({ language, receipt, requests, problem }: Props) {
  const words = receiptWordsIn(language).data
  const kinds = Object.entries(words.kinds) as [DataRequestKind, string][]
  return (
    <section class="panel">
      {requests.length > 0 && (
        <ul class="requests">
          {requests.map(({ kind, askedOn, dueOn, doneOn }) => (
            <li key={`${kind}${askedOn}`}>
              <b>{words.names[kind]}</b>:{' '}
              {doneOn
                ? words.done(formatDay(askedOn), formatDay(doneOn))
                : words.waiting(formatDay(askedOn), formatDay(dueOn))}
            </li>
          ))}
        </ul>
      )}
      <details class="call" open={problem}>
        <summary>{words.title}</summary>
        <form method="post" action={links.askAboutData(receipt)}>
          <input type="hidden" name="language" value={language} />
          <p>{words.intro}</p>
          {problem && (
            <p class="error" role="alert">
              {words.choose}
            </p>
          )}
          {kinds.map(([kind, text]) => (
            <label class="tick" key={kind}>
              <input type="radio" name="kind" value={kind} /> <span>{text}</span>
            </label>
          ))}
          <p class="hint">{words.kept}</p>
          <button type="submit">{words.send}</button>
        </form>
      </details>
    </section>
  )
}
