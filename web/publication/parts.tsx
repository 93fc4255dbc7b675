import type {
  PublicIndicator,
  PublicMonth,
  PublicPending,
  PublicScore,
} from '../../server/publication/public-contract.ts'
import { waitingInWords } from '../indicators/pending/note.tsx'
import { IntervalBar } from '../ui/charts/interval-bar.tsx'
import { chooseScale, scaleFor } from '../ui/charts/scale.ts'
import { slotOf, TimeLine } from '../ui/charts/time-line.tsx'
import { formatInteger, formatInterval, formatPercent, formatTarget } from '../ui/format.ts'
import { VerdictWord, verdictNames } from '../ui/verdict-word.tsx'
import { Section } from './frame.tsx'
import { hiddenWords } from './words.ts'

const noScore = { score: null, lower: null, upper: null, responses: 0 }

export function PublicIndicators({ indicators }: { indicators: PublicIndicator[] }) {
  const scale = chooseScale(
    indicators.map(({ score }) => score ?? noScore),
    indicators.map(({ target }) => target),
  )
  return (
    <ol class="public-indicators">
      {indicators.map((indicator) => (
        <li key={indicator.code}>
          <h3>
            <span>{indicator.code}</span> {indicator.title}
          </h3>
          {indicator.score ? (
            <>
              <div class="public-figure">
                <b>{formatPercent(indicator.score.score ?? 0, indicator.target)}</b>
                <VerdictWord
                  verdict={indicator.verdict}
                  provisional={indicator.provisional}
                  reason={indicator.reason}
                />
              </div>
              {indicator.pending && <p class="public-waiting">{pendingInWords(indicator.pending)}</p>}
              <IntervalBar score={indicator.score} target={indicator.target} scale={scale} />
              <p class="public-small">{describeScore(indicator, indicator.score)}</p>
            </>
          ) : (
            <p class="public-small">{whyHidden(indicator)}</p>
          )}
        </li>
      ))}
    </ol>
  )
}

function pendingInWords({ patterns, responses, turnsTo }: PublicPending): string {
  const many = responses === null ? 'ít hơn 5' : formatInteger(responses)
  const turning = turnsTo ? ` Nếu để riêng các phiếu ấy, kết luận sẽ là “${verdictNames[turnsTo].toLowerCase()}”.` : ''
  return `${waitingInWords(patterns, many)}.${turning}`
}

function describeScore(
  { target, ownerName, rate, provenShare }: PublicIndicator,
  { lower, upper, responses }: NonNullable<PublicScore>,
) {
  const parts = [
    `chỉ tiêu ≥ ${formatTarget(target)}`,
    `${formatInteger(responses)} phiếu`,
    lower !== null && upper !== null ? `khoảng tin cậy 95 %: ${formatInterval(lower, upper, target)}` : '',
    provenShare === null ? '' : `khoảng ${provenShare} % số phiếu có kiểm chứng`,
    rate === null ? '' : `${formatPercent(100 * rate)} số lượt có trả lời`,
    ownerName,
  ]
  return parts.filter(Boolean).join(' · ')
}

function whyHidden({ isUnpublishable, target, code }: PublicIndicator): string {
  const start = `Chỉ tiêu ≥ ${formatTarget(target)} · `
  if (isUnpublishable) return `${start}tính theo lượt phục vụ, chỉ công bố trong báo cáo.`
  if (code === 'II.7') return `${start}chưa có đợt khảo sát hộ gia đình nào đủ phiếu để công bố.`
  return `${start}${hiddenWords}.`
}

type Row = { name: string; href?: string; score: PublicScore }

/** Names with their scores; a hidden one says so instead of a number. */
export const ScoreTable = ({ caption, rows }: { caption: string; rows: Row[] }) => (
  <table class="public-table">
    <caption class="unseen">{caption}</caption>
    <thead>
      <tr>
        <th scope="col">Nơi phục vụ</th>
        <th scope="col">Điểm</th>
        <th scope="col">Khoảng 95&nbsp;%</th>
        <th scope="col">Phiếu</th>
      </tr>
    </thead>
    <tbody>
      {rows.map(({ name, href, score }) => (
        <tr key={name}>
          <th scope="row">{href ? <a href={href}>{name}</a> : name}</th>
          <ScoreCells score={score} />
        </tr>
      ))}
    </tbody>
  </table>
)

function ScoreCells({ score }: { score: PublicScore }) {
  if (!score || score.score === null || score.lower === null || score.upper === null) {
    return (
      <td class="public-hidden" colSpan={3}>
        {hiddenWords}
      </td>
    )
  }
  return (
    <>
      <td>{formatPercent(score.score)}</td>
      <td>{formatInterval(score.lower, score.upper)}</td>
      <td>{formatInteger(score.responses)}</td>
    </>
  )
}

/** "2026-10" → "10/2026". */
const monthInWords = (month: string) => month.split('-').reverse().join('/')

export function PublicMonths({
  months,
  about,
  target,
}: {
  months: PublicMonth[]
  about: string
  target: number | null
}) {
  const slots = months.map(({ month, score }) => slotOf(month, `T${Number(month.slice(5))}`, score ?? noScore))
  const scale = scaleFor(
    slots.flatMap(({ lower }) => lower ?? []),
    target === null ? [] : [target],
  )
  return (
    <Section heading="months">
      <p>{about}</p>
      <TimeLine slots={slots} scale={scale} target={target} band="interval" label={`Điểm từng tháng. ${about}`} />
      <details>
        <summary>Xem thành bảng</summary>
        <ScoreTable
          caption="Điểm theo tháng"
          rows={months.map(({ month, score }) => ({ name: `Tháng ${monthInWords(month)}`, score }))}
        />
      </details>
      <p class="public-small">Tháng đang chạy chỉ gồm những ngày đã công bố.</p>
    </Section>
  )
}

type Done = { id: number; said: string; did: string; agency?: string }

export const Improvements = ({ improvements }: { improvements: Done[] }) => (
  <Section heading="improvements">
    {improvements.length === 0 ? (
      <p>Chưa có việc nào được công bố. Khi một việc được sửa nhờ góp ý, đơn vị sẽ viết ở đây.</p>
    ) : (
      <ul class="public-done">
        {improvements.map(({ id, said, did, agency }) => (
          <li key={id}>
            <p>
              <small>Quý vị nói</small> {said}
            </p>
            <p>
              <small>Chúng tôi làm</small> {did}
            </p>
            {agency && <p class="public-small">{agency}</p>}
          </li>
        ))}
      </ul>
    )}
  </Section>
)
