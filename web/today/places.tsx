import type { PlaceToday } from '../../server/today/contract.ts'
import { signalWords } from '../indicators/words.ts'
import { links } from '../links.ts'
import { IntervalAxis, IntervalBar } from '../ui/charts/interval-bar.tsx'
import type { Scale } from '../ui/charts/scale.ts'
import { SparkLine } from '../ui/charts/spark-line.tsx'
import {
  formatDayShort,
  formatInteger,
  formatInterval,
  formatPercent,
  formatScore,
  formatWholePercent,
} from '../ui/format.ts'
import { Tag } from '../ui/tag.tsx'
import { type Pulses, pulseClass } from './changes.ts'
import { ComparisonWords } from './compare.tsx'
import {
  halfWords,
  openingsInWords,
  quietWords,
  reachInWords,
  type Span,
  trendWords,
  warningInWords,
  whyNoScore,
} from './words.ts'

type PlaceTableProps = {
  places: PlaceToday[]
  caption: string
  /** The agency's name by a place's code, where the table has places of several. */
  owners?: Map<string, string>
  span: Span
  /** What the figures are of: links to a place keep it. */
  days: { from: string; to: string }
  scale: Scale
  trendScale: Scale
  pulses: Pulses
}

/** One row a place, every bar on the same scale; below 1100 px each row becomes a small block. */
export function PlaceTable({ places, caption, owners, pulses, ...shared }: PlaceTableProps) {
  // Where nobody counts visits the agency says so once.
  const counted = places.some(({ reach }) => reach !== null && reach.number !== null)
  return (
    <table class="places-today">
      <caption class="unseen">{caption}</caption>
      <BoardHead of="Nơi phục vụ" scale={shared.scale} trend={trendWords(shared.span)} />
      <tbody>
        {places.map((place) => {
          const own = { owner: owners?.get(place.code), pulse: pulses[place.code] }
          return <PlaceRow key={place.code} place={place} {...shared} counted={counted} {...own} />
        })}
      </tbody>
    </table>
  )
}

type BoardHeadProps = { of: string; scale: Scale; trend?: string }

/** Above rows of scores: of what they are, and the scale of their bars; `trend` names the column of small lines. */
export const BoardHead = ({ of, scale, trend }: BoardHeadProps) => (
  <thead>
    <tr>
      <th scope="col" class="col-place">
        {of}
      </th>
      <th scope="col" class="col-score number">
        Điểm (%)
      </th>
      <th scope="col" class="col-bar">
        <span class="unseen">Khoảng tin cậy và chỉ tiêu</span>
        <IntervalAxis scale={scale} />
      </th>
      <th scope="col" class="col-count number">
        Phiếu được tính
      </th>
      <th scope="col" class="col-received number">
        Phiếu nhận
      </th>
      {trend && (
        <th scope="col" class="col-trend">
          {trend}
        </th>
      )}
      <th scope="col" class="col-change">
        So với trước
      </th>
    </tr>
  </thead>
)

type PlaceRowProps = {
  place: PlaceToday
  span: Span
  days: { from: string; to: string }
  scale: Scale
  trendScale: Scale
  counted: boolean
  owner: string | undefined
  pulse: number | undefined
}

function PlaceRow({ place, span, days, scale, trendScale, counted, owner, pulse }: PlaceRowProps) {
  const quiet = place.received === 0
  return (
    <tr class={`${quiet ? 'is-quiet' : ''} ${pulseClass(pulse)}`} data-place={place.code}>
      <th scope="row" class="col-place">
        <a href={hrefOf(place, days)}>{place.name}</a> {!place.open && <Tag>Đã đóng</Tag>}
        {place.silent && <Tag kind="warn">Im lặng đã lâu</Tag>}
        {owner && <small>{owner}</small>}
        {place.warning && <WarningMark code={place.code} warning={place.warning} />}
        {place.lastAnswer && <small class="last-answer">phiếu cuối {halfWords[place.lastAnswer]}</small>}
      </th>
      {quiet ? (
        <td class="col-quiet" colSpan={4}>
          {quietWords(place.open, span)}
        </td>
      ) : (
        <>
          <ScoreCells row={place} span={span} scale={scale} />
          <ReceivedCell row={place} openings={place.openings} counted={counted} />
        </>
      )}
      <td class="col-trend">
        <SparkLine trend={place.trend} target={place.target} scale={trendScale} />
      </td>
      <td class="col-change">
        {place.shown.score !== null && <ComparisonWords comparisons={place.comparisons} span={span} />}
      </td>
    </tr>
  )
}

/** One click from a score to why; a place without one on this day has more to say of its last weeks. */
const hrefOf = ({ code, shown }: PlaceToday, { from, to }: { from: string; to: string }): string =>
  shown.score === null ? links.todayPlace(code) : links.todayPlace(code, from, to)

type ReceivedCellProps = {
  row: Pick<PlaceToday, 'received' | 'setAside' | 'reach'>
  openings?: PlaceToday['openings']
  counted: boolean
}

/** What came in, out of how many visits, and how many who opened the page went on to send. */
export const ReceivedCell = ({ row, openings, counted }: ReceivedCellProps) => (
  <td class="col-received number">
    <b>{formatInteger(row.received)}</b>
    <span class="narrow-only"> phiếu</span>
    {row.setAside > 0 && <small>để riêng {formatInteger(row.setAside)}</small>}
    {counted && row.reach && <small>{reachInWords(row.reach)}</small>}
    {openings && <small>{openingsInWords(openings)}</small>}
  </td>
)

type WarningMarkProps = { code: string; warning: NonNullable<PlaceToday['warning']> }

/** The last closed week lay outside what chance explains: said in a word, explained in the title, drawn one click away. */
const WarningMark = ({ code, warning }: WarningMarkProps) => (
  <small>
    <a href={links.todayPlace(code, undefined, undefined, 'dien-bien')}>
      <span class={`warning-mark ${warning.signal}`} title={warningInWords(warning)}>
        {signalWords[warning.signal]} tuần trước
      </span>
    </a>
  </small>
)

/** What stands in the place of a score that does not show yet. */
function LastClosed({ trend }: Pick<PlaceToday, 'trend'>) {
  const scored = trend.filter(({ score }) => score !== null)
  const last = scored[scored.length - 1]
  if (!last || last.score === null) return null
  return (
    <small>
      ngày {formatDayShort(last.day)}: {formatPercent(last.score)} trên {formatInteger(last.responses)} phiếu
    </small>
  )
}

type ScoreCellsProps = {
  /** A place, or an agency, which has no small line. */
  row: Pick<PlaceToday, 'shown' | 'target' | 'dueFrom'> & Partial<Pick<PlaceToday, 'trend' | 'waiting'>>
  span: Span
  scale: Scale
}

export function ScoreCells({ row: { shown, waiting = 0, target, dueFrom, trend }, span, scale }: ScoreCellsProps) {
  if (shown.score === null || shown.lower === null || shown.upper === null) {
    return (
      <td class="col-waiting" colSpan={3}>
        {span === 'today' ? 'Điểm hiện khi ngày khép' : whyNoScore(span, { ...shown, waiting })}
        {span === 'today' && trend && <LastClosed trend={trend} />}
      </td>
    )
  }
  return (
    <>
      <td class="col-score number">
        <b>{formatScore(shown.score, target)}</b>
        <small>{formatInterval(shown.lower, shown.upper, target)}</small>
      </td>
      <td class="col-bar">
        <IntervalBar score={shown} target={target} scale={scale} watched={dueFrom !== null} />
        <span class="bar-ends" aria-hidden="true">
          <span>{formatWholePercent(scale.lowest)}</span>
          <span>{formatWholePercent(scale.highest)}</span>
        </span>
      </td>
      <td class="col-count number">
        <span class="narrow-only">tính trên </span>
        {formatInteger(shown.responses)}
      </td>
    </>
  )
}
