import { line } from 'd3-shape'
import { formatDayShort, formatPercent } from '../format.ts'
import type { Scale } from './scale.ts'

export type TrendDay = { day: string; score: number | null; responses: number }

const width = 112
const height = 36
const margin = 4

/** Daily scores on one scale for all lines of a table; days without a score are gaps, a lone day is a dot. Nothing without any. */
export function SparkLine({ trend, target, scale }: { trend: TrendDay[]; target: number; scale: Scale }) {
  const scored = trend.filter(({ score }) => score !== null)
  if (scored.length === 0) return null
  const x = (index: number) => margin + ((width - 2 * margin) * index) / Math.max(1, trend.length - 1)
  const y = (score: number) => height - margin - (height - 2 * margin) * scale.share(score)
  const draw = line<TrendDay>()
    .defined(({ score }) => score !== null)
    .x((_, index) => round(x(index)))
    .y(({ score }) => round(y(score ?? 0)))
  return (
    <svg
      class="spark"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={describe(trend)}
    >
      <line class="spark-target" x1="0" x2={width} y1={round(y(target))} y2={round(y(target))} />
      <path class="spark-line" d={draw(trend) ?? ''} />
      {trend.map((day, index) =>
        standsAlone(trend, index) ? (
          <circle key={day.day} class="spark-dot" cx={round(x(index))} cy={round(y(day.score ?? 0))} r="1.8" />
        ) : null,
      )}
    </svg>
  )
}

/** A scored day between two gaps, which a line alone would not show; the newest day always has its dot. */
function standsAlone(trend: TrendDay[], index: number): boolean {
  const has = (at: number) => typeof trend[at]?.score === 'number'
  return (
    has(index) && ((!has(index - 1) && !has(index + 1)) || !trend.slice(index + 1).some(({ score }) => score !== null))
  )
}

function describe(trend: TrendDay[]): string {
  const scored = trend.flatMap(({ day, score }) => (score === null ? [] : [{ day, score }]))
  const [first, last] = [scored[0], scored[scored.length - 1]]
  if (!first || !last) return ''
  const lowest = formatPercent(Math.min(...scored.map(({ score }) => score)))
  const highest = formatPercent(Math.max(...scored.map(({ score }) => score)))
  const days = `${scored.length} trên ${trend.length} ngày có điểm`
  return `${days}, từ ${formatDayShort(first.day)} đến ${formatDayShort(last.day)}: thấp nhất ${lowest}, cao nhất ${highest}`
}

const round = (value: number) => Math.round(value * 10) / 10
