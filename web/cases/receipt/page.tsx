import type { CitizenCase } from '../../../server/cases/citizen-contract.ts'
import type { Language, Text } from '../../../server/catalogue/contract.ts'
import { links } from '../../links.ts'
import type { Assets } from '../../ui/citizen-frame.tsx'
import { formatDay } from '../../ui/format.ts'
import { DataRequests } from '../rights/requests.tsx'
import { renderReceiptFrame } from './frame.tsx'
import { receiptWordsIn } from './messages.ts'

export type ReceiptPageProps = {
  language: Language
  demo: boolean
  receipt: string
  today: string
  /** Null where this receipt opened no case. */
  found: (CitizenCase & { agency: Text }) | null
  /** A request about data was sent without saying which. */
  requestProblem: boolean
}

/** How far a case has come, and the answer. Nothing of what the citizen wrote or chose. */
export function renderReceiptPage(props: ReceiptPageProps, assets: Assets): string {
  const { language, demo, receipt, found } = props
  const words = receiptWordsIn(language)
  const title = found ? words.reply.states[found.state] : words.unknown.title
  const hrefIn = (other: Language) => links.reply(receipt, other)
  const children = found ? <FoundCase {...props} found={found} /> : <Unknown language={language} receipt={receipt} />
  return renderReceiptFrame({ title, language, demo, hrefIn, children }, assets)
}

function Unknown({ language, receipt }: Pick<ReceiptPageProps, 'language' | 'receipt'>) {
  const words = receiptWordsIn(language)
  return (
    <section class="panel">
      <p class="receipt">
        <small>{words.reply.receipt}</small> <b>{receipt}</b>
      </p>
      <h1>{words.unknown.title}</h1>
      <p>{words.unknown.text}</p>
      <Another language={language} />
    </section>
  )
}

type FoundProps = ReceiptPageProps & { found: NonNullable<ReceiptPageProps['found']> }

function FoundCase({ language, receipt, today, found, requestProblem }: FoundProps) {
  const words = receiptWordsIn(language).reply
  return (
    <>
      <section class="panel">
        <p class="receipt">
          <small>{words.receipt}</small> <b>{receipt}</b>
        </p>
        <h1 class={`stand ${found.state}`}>{words.states[found.state]}</h1>
        <Standing language={language} found={found} today={today} />
        <Facts language={language} found={found} />
        <p class="hint">{words.privacy}</p>
        <Another language={language} />
      </section>
      <DataRequests language={language} receipt={receipt} requests={found.requests} problem={requestProblem} />
    </>
  )
}

function Standing({ language, found, today }: Pick<FoundProps, 'language' | 'found' | 'today'>) {
  const words = receiptWordsIn(language).reply
  const { state, reply, dueOn } = found
  if (state === 'new' || state === 'assigned') {
    const isLate = dueOn !== null && dueOn < today
    return <p class={isLate ? 'late' : undefined}>{isLate ? words.overdue : words.waiting[state]}</p>
  }
  if (reply === null) return <p>{words.closedWithoutReply}</p>
  return (
    <div class="answer">
      <h2>{words.text}</h2>
      <p lang="vi">{reply}</p>
    </div>
  )
}

function Facts({ language, found }: Pick<FoundProps, 'language' | 'found'>) {
  const words = receiptWordsIn(language).reply
  const { state, day, dueOn, agency, answeredOn, closedOn } = found
  const facts: [string, string | null][] = [
    [words.sentOn, day],
    [words.dueOn, state === 'new' || state === 'assigned' ? dueOn : null],
    [words.answeredOn, answeredOn],
    [words.closedOn, closedOn],
  ]
  return (
    <dl>
      <dt>{words.agency}</dt>
      <dd>{agency[language]}</dd>
      {facts.map(
        ([name, date]) =>
          date && (
            <>
              <dt>{name}</dt>
              <dd>{formatDay(date)}</dd>
            </>
          ),
      )}
    </dl>
  )
}

function Another({ language }: { language: Language }) {
  return (
    <p>
      <a class="alone" href={links.findReply(language === 'vi' ? undefined : language)}>
        {receiptWordsIn(language).find.another}
      </a>
    </p>
  )
}
