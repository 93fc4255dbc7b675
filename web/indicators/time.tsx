import type { IndicatorDetail, SeriesPoint } from '../../server/indicators/detail/contract.ts'
import { chooseScale, type Scale } from '../ui/charts/scale.ts'
import { ScoreCells } from '../ui/charts/score-cells.tsx'
import { slotOf, TimeLine, thinLabels } from '../ui/charts/time-line.tsx'
import {
  formatDay,
  formatDayShort,
  formatInteger,
  formatInterval,
  formatPercent,
  formatScore,
  formatTarget,
  shiftDay,
} from '../ui/format.ts'
import { ScaleCaption, ScoreHead } from './parts.tsx'
import { formulaName, monthName } from './words.ts'

const none = { score: null, lower: null, upper: null, responses: 0 }

/** The score over time, drawn and, where asked, as a table. */
export function OverTime({ detail, table = true }: { detail: IndicatorDetail; table?: boolean }) {
  const { series, indicator } = detail
  const scored = series.points.filter(({ score }) => score.score !== null)
  const unit = series.by === 'month' ? 'tháng' : 'ngày'
  return (
    <section class="card" aria-labelledby="thoi-gian">
      <h2 id="thoi-gian" class="card-title">
        Điểm theo thời gian
      </h2>
      {scored.length < 2 ? (
        <p class="card-note">
          Mới có một {unit} có phiếu; đường theo thời gian hiện khi có từ hai {unit}.
        </p>
      ) : (
        <Drawing points={scored} by={series.by} target={indicator.target} watched={indicator.dueFrom !== null} />
      )}
      {table && (
        <details class="figures" open={scored.length <= 12}>
          <summary>Từng {unit}, bằng số</summary>
          <SeriesTable points={scored} by={series.by} target={indicator.target} />
        </details>
      )}
    </section>
  )
}

type Drawn = { points: SeriesPoint[]; by: 'day' | 'month'; target: number }

function Drawing({ points, by, target, watched }: Drawn & { watched: boolean }) {
  const slots = thinLabels(
    fillSlots(points, by).map(({ start, score }) => ({ ...slotOf(start, labelOf(start, by), score), watched })),
    12,
  )
  const scale = chooseScale(
    points.map(({ score }) => score),
    [target],
  )
  return (
    <div class="drawing">
      <TimeLine slots={slots} scale={scale} target={target} band="interval" label={describe(points, by, target)} />
      <p class="card-note">
        Dải màu là khoảng tin cậy 95&nbsp;%, đường chấm là chỉ tiêu {formatTarget(target)}; thang từ {scale.lowest} đến
        100&nbsp;%.
      </p>
    </div>
  )
}

function describe(points: SeriesPoint[], by: 'day' | 'month', target: number): string {
  const scores = points.map(({ score }) => score.score ?? 0)
  const [first, last] = [points[0] as SeriesPoint, points.at(-1) as SeriesPoint]
  const name = (start: string) => (by === 'month' ? monthName(start) : `ngày ${formatDay(start)}`)
  return (
    `Điểm từ ${name(first.start)} (${formatPercent(scores[0] ?? 0, target)}) đến ${name(last.start)} ` +
    `(${formatPercent(scores.at(-1) ?? 0, target)}); thấp nhất ${formatPercent(Math.min(...scores), target)}, ` +
    `cao nhất ${formatPercent(Math.max(...scores), target)}; chỉ tiêu ${formatTarget(target)}`
  )
}

/** Months or days without a response stay as gaps. */
function fillSlots(points: SeriesPoint[], by: 'day' | 'month'): SeriesPoint[] {
  const known = new Map(points.map((point) => [point.start, point]))
  const slots: SeriesPoint[] = []
  const last = points.at(-1)?.start ?? ''
  for (let start = points[0]?.start ?? ''; start && start <= last; start = next(start, by))
    slots.push(known.get(start) ?? { start, score: none })
  return slots
}

const next = (start: string, by: 'day' | 'month') =>
  by === 'day' ? shiftDay(start, 1) : `${shiftDay(start, 31).slice(0, 7)}-01`

/** "T3"; January carries its year. */
function labelOf(start: string, by: 'day' | 'month'): string {
  if (by === 'day') return formatDayShort(start)
  const month = Number(start.slice(5, 7))
  return month === 1 ? `1/${start.slice(2, 4)}` : `T${month}`
}

function SeriesTable({ points, by, target }: Drawn) {
  return (
    <table class="figures-table">
      <thead>
        <tr>
          <th scope="col">{by === 'month' ? 'Tháng' : 'Ngày'}</th>
          <th scope="col" class="number">
            Điểm (%)
          </th>
          <th scope="col" class="number">
            Khoảng tin cậy
          </th>
          <th scope="col" class="number">
            Phiếu
          </th>
        </tr>
      </thead>
      <tbody>
        {points.map(({ start, score: { score, lower, upper, responses } }) => (
          <tr key={start}>
            <th scope="row">{by === 'month' ? monthName(start).replace('tháng ', '') : formatDay(start)}</th>
            <td class="number">{formatScore(score ?? 0, target)}</td>
            <td class="number">{formatInterval(lower ?? 0, upper ?? 0, target)}</td>
            <td class="number">{formatInteger(responses)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The years of the plan: what was reached, and which years the target is due. */
export function Years({ detail }: { detail: IndicatorDetail }) {
  const { years, indicator } = detail
  const scale = chooseScale(
    years.map(({ score }) => score),
    [indicator.target],
  )
  return (
    <section class="card" aria-labelledby="cac-nam">
      <h2 id="cac-nam" class="card-title">
        Đường tới chỉ tiêu, 2026 – 2030
      </h2>
      <p class="card-note">Mọi ngày đã khép của từng năm, {formulaName('pooled')}.</p>
      <table class="parts years">
        <ScaleCaption scale={scale} target={indicator.target} />
        <thead>
          <tr>
            <th scope="col">Năm</th>
            <ScoreHead scale={scale} />
            <th scope="col" class="part-count number">
              Phiếu
            </th>
            <th scope="col" class="part-target">
              Chỉ tiêu
            </th>
          </tr>
        </thead>
        <tbody>
          {years.map((year) => (
            <YearRow
              key={year.year}
              year={year}
              due={dueInWords(year, years)}
              watched={year.target === null}
              target={indicator.target}
              scale={scale}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function dueInWords({ year, target }: Year, years: Year[]): string {
  if (target !== null) return `phải đạt ≥\u00a0${formatTarget(target)}`
  return years.some((other) => other.target !== null && other.year > year) ? 'chưa đến kỳ' : 'hết kỳ'
}

type Year = IndicatorDetail['years'][number]
type YearRowProps = { year: Year; due: string; watched: boolean; target: number; scale: Scale }

function YearRow({ year: { year, score }, due, watched, target, scale }: YearRowProps) {
  return (
    <tr class={score.score === null ? 'is-quiet' : ''}>
      <th scope="row">{year}</th>
      {score.score === null || score.lower === null || score.upper === null ? (
        <td class="part-none" colSpan={3}>
          Chưa có phiếu
        </td>
      ) : (
        <ScoreCells score={score} target={target} scale={scale} watched={watched} />
      )}
      <td class="part-target">{due}</td>
    </tr>
  )
}
