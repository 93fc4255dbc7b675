import type { ComponentChildren } from 'preact'
import type { ActionSaid, ChangeSaid, Look, Said, StateSaid, Subject } from '../../../server/today/sentence-contract.ts'
import { links } from '../../links.ts'
import {
  formatDayShort,
  formatInteger,
  formatInterval,
  formatPercent,
  formatScore,
  formatTarget,
  shiftDay,
  startSentence,
} from '../../ui/format.ts'
import { periodInWords, type Span } from '../words.ts'
import { provesInWords, severalInWords } from './state-words.ts'

type SentencesProps = {
  said: Said
  span: Span
  /** The place whose own page this is. */
  own?: string
  /** Days that links to a place keep. */
  days: { from: string; to: string }
}

/** Three sentences: how it stands, what changed, what to do. What the answers do not prove is said to be unknown. */
export function Sentences({ said, span, own, days }: SentencesProps) {
  const hrefOf = (code: string) => links.todayPlace(code, days.from, days.to)
  return (
    <dl class="card said">
      <Sentence name="Tình hình">
        <State state={said.state} span={span} />
      </Sentence>
      <Sentence name="Thay đổi">
        <Change change={said.change} span={span} own={own} hrefOf={hrefOf} />
      </Sentence>
      <Sentence name="Nên làm">
        <Action action={said.action} span={span} own={own} hrefOf={hrefOf} />
      </Sentence>
    </dl>
  )
}

const Sentence = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

function State({ state, span }: { state: StateSaid; span: Span }) {
  if (state.kind === 'silent') return <>{span === 'today' ? 'Hôm nay chưa có phiếu nào.' : 'Không có phiếu nào.'}</>
  if (state.kind === 'few') return <>{fewWords(state.received, span)}</>
  if (state.kind === 'several')
    return (
      <>
        {severalInWords(state).map((line) => (
          <span key={line} class="said-line">
            {`${line} `}
          </span>
        ))}
      </>
    )
  const { name, score, target } = state
  const { score: percent, lower, upper, responses } = score
  if (percent === null || lower === null || upper === null) return null
  return (
    <>
      {`${name}: ${formatPercent(percent, target)} hài lòng trên ${formatInteger(responses)}\u00a0phiếu, `}
      <span class="unbroken">khoảng tin cậy {formatInterval(lower, upper, target)}:</span>
      {` ${provesInWords(state, span)}.`}
    </>
  )
}

function fewWords(count: number, span: Span): string {
  const received = `Đã nhận ${formatInteger(count)}\u00a0phiếu`
  return span === 'today'
    ? `${received}; điểm trong ngày chỉ hiện theo nhóm nhiều phiếu, phần còn lại hiện khi ngày khép.`
    : `${received}, chưa đủ phiếu để nêu điểm.`
}

type PartProps = { own?: string | undefined; hrefOf: (code: string) => string }

/** More would not be read. */
const mostNamed = 3

function Change({ change, span, own, hrefOf }: PartProps & { change: ChangeSaid; span: Span }) {
  if (change.kind === 'unknown') return <>Chưa có gì để so, nên chưa nói được tăng hay giảm.</>
  if (change.kind === 'calm')
    return (
      <>
        {`So với ${periodInWords(change.than, span)}: `}
        {!own && 'xét mọi nơi cùng lúc, '}chưa thấy thay đổi nào vượt mức ngẫu nhiên.
        {change.alone > 0 && !own && ` ${aloneWords(change.alone)}`}
      </>
    )
  const named = change.of.slice(0, mostNamed)
  const others = change.of.length - named.length
  const how = change.kind === 'weeks' ? weekWords(change) : `${startSentence(changeWords(change, span))}: `
  return (
    <>
      {how}
      {named.map((one, index) => (
        <span key={one.code ?? one.name}>
          {index > 0 && '; '}
          <Named subject={one} own={own} hrefOf={hrefOf} />
          {'points' in one && ` (${formatScore(Math.abs(Number(one.points)))} điểm phần trăm)`}
        </span>
      ))}
      {others > 0 && ` và ${formatInteger(others)} nơi khác`}
      {own && change.kind === 'period' && ', xét riêng nơi này'}.
    </>
  )
}

/** Why a row may say so although this sentence does not. */
const aloneWords = (count: number): string =>
  `${formatInteger(count)} nơi chỉ khác nếu xét riêng; nhìn nhiều nơi một lúc thì tình cờ cũng có vài nơi như vậy.`

const weekWords = ({ signal, week }: ChangeSaid & { kind: 'weeks' }): string =>
  `Tuần ${formatDayShort(week)}\u00a0–\u00a0${formatDayShort(shiftDay(week, 6))} ${signal === 'fall' ? 'giảm' : 'tăng'} rõ, hơn mức ngẫu nhiên: `

const changeWords = ({ change, than }: ChangeSaid & { kind: 'period' }, span: Span): string =>
  `${change === 'fall' ? 'giảm' : 'tăng'} hơn mức ngẫu nhiên so với ${periodInWords(than, span)}`

const Named = ({ subject: { name, code }, own, hrefOf }: PartProps & { subject: Subject }) =>
  code === null || code === own ? <b>{name}</b> : <a href={hrefOf(code)}>{name}</a>

function Action({ action, span, own, hrefOf }: PartProps & { action: ActionSaid; span: Span }) {
  if (action.kind === 'collect') return <>Mời thêm người dân trả lời: có phiếu mới nói được.</>
  if (action.kind === 'keep') return <>Giữ như hiện nay: chưa nơi nào, tiêu chí nào rõ ràng cần sửa trước.</>
  if (action.kind === 'unknown') return <>Chưa đủ căn cứ để chỉ ra một việc nên làm trước.</>
  const look = action.look?.code === own ? null : action.look
  const { mend } = action
  return (
    <>
      {look && 'Xem trước '}
      {look && <Named subject={look} own={own} hrefOf={hrefOf} />}
      {look && `, nơi điểm ${lookWords(look, span)}. `}
      {mend ? mendWords(mend) : 'Chưa tiêu chí nào gây mất điểm nhiều hơn hẳn các tiêu chí khác.'}
    </>
  )
}

function lookWords(look: Look, span: Span): string {
  if (look.why === 'fell') return 'giảm hơn mức ngẫu nhiên'
  if (look.why === 'below')
    return look.dueFrom
      ? `rõ ràng dưới mức ${formatTarget(look.target)} phải đạt từ ${look.dueFrom}`
      : 'rõ ràng dưới mức chỉ tiêu'
  const target = look.dueFrom ? `mức phải đạt từ ${look.dueFrom}` : 'mức chỉ tiêu'
  const days = span === 'days' ? 'ít ngày' : 'một ngày'
  return `thấp hơn ${target}, nhưng mới từ ${formatInteger(look.responses)}\u00a0phiếu của ${days} nên chưa kết luận được`
}

const mendWords = ({ label, share, answered }: NonNullable<(ActionSaid & { kind: 'act' })['mend']>): string =>
  `Sửa trước “${label}”: ${formatPercent(share)} chưa hài lòng trên ${formatInteger(answered)} câu trả lời, rõ ràng nhiều hơn mọi tiêu chí khác.`
