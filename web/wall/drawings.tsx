import { line } from 'd3-shape'
import type { Score } from '../../server/score/contract.ts'
import type { WallView } from '../../server/wall/contract.ts'
import { Mark } from '../ui/charts/interval-bar.tsx'
import { chooseScale, type Scale, scaleFor, standingOf } from '../ui/charts/scale.ts'
import { formatDayShort, formatInterval, formatPercent } from '../ui/format.ts'
import { targetInWords } from '../ui/verdict-word.tsx'

/** One unit is a thousandth of the width: drawings grow with the screen, which is read from six metres. */
const width = 1000
const side = 30
const round = (value: number) => Math.round(value * 10) / 10
const along = (scale: Scale, percent: number) => round(side + (width - 2 * side) * scale.share(percent))

type WallIntervalProps = { score: Score; target: number; dueFrom: number | null }

/** Today's score with its interval on a line, the target across it. */
export function WallInterval({ score, target, dueFrom }: WallIntervalProps) {
  const { lower, upper } = score
  if (score.score === null || lower === null || upper === null) return null
  const scale = chooseScale([score], [target])
  const standing = dueFrom === null ? standingOf({ lower, upper }, target) : 'across'
  const label = `Điểm ${formatPercent(score.score, target)}, khoảng tin cậy ${formatInterval(lower, upper, target)}, ${targetInWords(target, dueFrom)}`
  return (
    <svg class={`wall-interval interval ${standing}`} viewBox={`0 0 ${width} 84`} role="img" aria-label={label}>
      <line class="interval-axis" x1={side} x2={width - side} y1="26" y2="26" />
      <rect
        class="interval-band"
        x={along(scale, lower)}
        width={along(scale, upper) - along(scale, lower)}
        y="14"
        height="24"
        rx="12"
      />
      <line class="interval-target" x1={along(scale, target)} x2={along(scale, target)} y1="0" y2="52" />
      <Mark at={String(along(scale, score.score))} standing={standing} middle={26} radius={15} />
      {scale.ticks.map((tick) => (
        <text key={tick} x={along(scale, tick)} y="80" text-anchor="middle">
          {tick}
        </text>
      ))}
    </svg>
  )
}

const [top, plot, left] = [14, 150, 64]

/** The closed days as a line; a day that too few answered is a gap, a lone day a dot. */
export function WallLine({ trend, target }: Pick<WallView, 'trend' | 'target'>) {
  const scores = trend.flatMap(({ score }) => score ?? [])
  const scale = scaleFor(scores, [target])
  const x = (index: number) => round(left + ((width - left - 14) * (index + 0.5)) / trend.length)
  const y = (percent: number) => round(top + plot * (1 - scale.share(percent)))
  const draw = line<WallView['trend'][number]>()
    .defined(({ score }) => score !== null)
    .x((_, index) => x(index))
    .y(({ score }) => y(score ?? 0))
  const isGap = (index: number) => typeof trend[index]?.score !== 'number'
  return (
    <svg class="wall-line" viewBox={`0 0 ${width} ${top + plot + 42}`} role="img" aria-label={describe(trend, scores)}>
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line class="wall-grid" x1={left} x2={width} y1={y(tick)} y2={y(tick)} />
          <text x={left - 14} y={y(tick) + 9} text-anchor="end">
            {tick}
          </text>
        </g>
      ))}
      <line class="wall-target" x1={left} x2={width} y1={y(target)} y2={y(target)} />
      <path class="wall-path" d={draw(trend) ?? ''} />
      {trend.map(({ day, score }, index) =>
        score !== null && isGap(index - 1) && isGap(index + 1) ? (
          <circle key={day} class="wall-dot" cx={x(index)} cy={y(score)} r="6" />
        ) : null,
      )}
      {trend.map(({ day }, index) =>
        (trend.length - 1 - index) % 7 === 0 ? (
          <text key={day} x={x(index)} y={top + plot + 34} text-anchor={index === trend.length - 1 ? 'end' : 'middle'}>
            {formatDayShort(day)}
          </text>
        ) : null,
      )}
    </svg>
  )
}

function describe(trend: WallView['trend'], scores: number[]): string {
  const days = `${scores.length} trên ${trend.length} ngày có điểm`
  if (scores.length === 0) return days
  return `${days}: thấp nhất ${formatPercent(Math.min(...scores))}, cao nhất ${formatPercent(Math.max(...scores))}`
}
