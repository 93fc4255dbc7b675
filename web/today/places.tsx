import type { AgencyToday, PlaceToday } from '../../server/today/contract.ts'
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
  agency: AgencyToday
  span: Span
  /** What the figures are of: links to a place keep it. */
  days: { from: string; to: string }
  scale: Scale
  trendScale: Scale
  pulses: Pulses
}

/** One row a place, every bar on the same scale; below 1100 px each row becomes a small block. */
export function PlaceTable({ agency, pulses, ...shared }: PlaceTableProps) {
  // Where nobody counts visits the agency says so once.
  const counted = agency.places.some(({ reach }) => reach !== null && reach.number !== null)
  return (
    <table class="places-today">
      <caption class="unseen">Điểm của từng nơi phục vụ thuộc {agency.name}</caption>
      <thead>
        <tr>
          <th scope="col" class="col-place">
            Nơi phục vụ
          </th>
          <th scope="col" class="col-score number">
            Điểm (%)
          </th>
          <th scope="col" class="col-bar">
            <span class="unseen">Khoảng tin cậy và chỉ tiêu</span>
            <IntervalAxis scale={shared.scale} />
          </th>
          <th scope="col" class="col-count number">
            Phiếu được tính
          </th>
          <th scope="col" class="col-received number">
            Phiếu nhận
          </th>
          <th scope="col" class="col-trend">
            {trendWords(shared.span)}
          </th>
          <th scope="col" class="col-change">
            So với trước
          </th>
        </tr>
      </thead>
      <tbody>
        {agency.places.map((place) => (
          <PlaceRow key={place.code} place={place} {...shared} counted={counted} pulse={pulses[place.code]} />
        ))}
      </tbody>
    </table>
  )
}

type PlaceRowProps = {
  place: PlaceToday
  span: Span
  days: { from: string; to: string }
  scale: Scale
  trendScale: Scale
  counted: boolean
  pulse: number | undefined
}

function PlaceRow({ place, span, days, scale, trendScale, counted, pulse }: PlaceRowProps) {
  const quiet = place.received === 0
  return (
    <tr class={`${quiet ? 'is-quiet' : ''} ${pulseClass(pulse)}`} data-place={place.code}>
      <th scope="row" class="col-place">
        <a href={hrefOf(place, days)}>{place.name}</a> {!place.open && <Tag>Đã đóng</Tag>}
        {place.silent && <Tag kind="warn">Im lặng đã lâu</Tag>}
        {place.warning && <WarningMark code={place.code} warning={place.warning} />}
        {place.lastAnswer && <small class="last-answer">phiếu cuối {halfWords[place.lastAnswer]}</small>}
      </th>
      {quiet ? (
        <td class="col-quiet" colSpan={4}>
          {quietWords(place.open, span)}
        </td>
      ) : (
        <>
          <ScoreCells place={place} span={span} scale={scale} />
          <ReceivedCell place={place} counted={counted} />
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

/** What came in, out of how many visits, and how many who opened the page went on to send. */
const ReceivedCell = ({ place, counted }: Pick<PlaceRowProps, 'place' | 'counted'>) => (
  <td class="col-received number">
    <b>{formatInteger(place.received)}</b>
    <span class="narrow-only"> phiếu</span>
    {place.setAside > 0 && <small>để riêng {formatInteger(place.setAside)}</small>}
    {counted && place.reach && <small>{reachInWords(place.reach)}</small>}
    {place.openings && <small>{openingsInWords(place.openings)}</small>}
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

function ScoreCells({
  place: { shown, waiting, target, trend },
  span,
  scale,
}: Pick<PlaceRowProps, 'place' | 'span' | 'scale'>) {
  if (shown.score === null || shown.lower === null || shown.upper === null) {
    return (
      <td class="col-waiting" colSpan={3}>
        {span === 'today' ? 'Điểm hiện khi ngày khép' : whyNoScore(span, { ...shown, waiting })}
        {span === 'today' && <LastClosed trend={trend} />}
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
        <IntervalBar score={shown} target={target} scale={scale} />
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
