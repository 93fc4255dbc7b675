import type { Score } from '../../../server/score/contract.ts'
import { formatInterval, formatPercent, formatTarget, formatWholePercent } from '../format.ts'
import { type Scale, type Standing, standingOf } from './scale.ts'

type IntervalBarProps = {
  score: Score
  target: number
  scale: Scale
  size?: 'row' | 'hero'
  /** The target is not due yet: drawn without a side. */
  watched?: boolean
  /** The drawing in words, where the page is not Vietnamese. */
  label?: string
}

const standingWords: Record<Standing, string> = {
  above: 'cả khoảng nằm từ chỉ tiêu trở lên',
  across: 'khoảng còn chứa chỉ tiêu',
  below: 'cả khoảng nằm dưới chỉ tiêu',
}

/** A mark for the score, a band for its interval, a dotted line for the target. Nothing without a score. */
export function IntervalBar({ score, target, scale, size = 'row', watched = false, label }: IntervalBarProps) {
  if (score.score === null || score.lower === null || score.upper === null) return null
  const { lower, upper } = score
  const standing = watched ? 'across' : standingOf({ lower, upper }, target)
  const height = size === 'hero' ? 48 : 32
  const band = size === 'hero' ? 14 : 10
  return (
    <svg
      class={`interval ${standing}`}
      width="100%"
      height={height}
      role="img"
      aria-label={label ?? describe(score, target, watched)}
    >
      {scale.ticks.map((tick) => (
        <line key={tick} class="interval-tick" x1={along(scale, tick)} x2={along(scale, tick)} y1="20%" y2="80%" />
      ))}
      <line class="interval-axis" x1="0" x2="100%" y1="50%" y2="50%" />
      <Band from={lower} to={upper} scale={scale} y={(height - band) / 2} height={band} />
      <line class="interval-target" x1={along(scale, target)} x2={along(scale, target)} y1="0" y2="100%" />
      <Mark at={along(scale, score.score)} standing={standing} middle={height / 2} radius={size === 'hero' ? 8 : 6} />
    </svg>
  )
}

/** The scale's ends and steps, once above the bars that share it. */
export function IntervalAxis({ scale, label }: { scale: Scale; label?: string }) {
  return (
    <svg class="interval-labels" width="100%" height="18" role="img" aria-label={label ?? describeScale(scale)}>
      {scale.ticks.map((tick, index) => (
        <text
          key={tick}
          class={index % 2 === 1 && tick !== scale.highest ? 'minor' : undefined}
          x={along(scale, tick)}
          y="13"
          text-anchor={anchorOf(tick, scale)}
        >
          {tick === scale.highest || tick === scale.lowest ? formatWholePercent(tick) : tick}
        </text>
      ))}
    </svg>
  )
}

/** `watched`: among what is drawn is a target not due yet, whose mark has no side either. */
export function IntervalLegend({ watched = false }: { watched?: boolean }) {
  return (
    <ul class="legend">
      {(['above', 'across', 'below'] as const).map((standing) => (
        <li key={standing}>
          <svg class={`interval ${standing}`} width="22" height="18" aria-hidden="true">
            <Mark at="11" standing={standing} middle={9} radius={6} />
          </svg>
          {`điểm, ${standingWords[standing]}${watched && standing === 'across' ? ' hoặc chỉ tiêu chưa đến kỳ' : ''}`}
        </li>
      ))}
      <li>
        <svg class="interval across" width="34" height="18" aria-hidden="true">
          <rect class="interval-band" x="0" y="4" width="34" height="10" rx="5" />
        </svg>
        khoảng tin cậy 95&nbsp;%: điểm thực tế nhiều khả năng nằm trong đó
      </li>
      <li>
        <svg class="interval" width="14" height="18" aria-hidden="true">
          <line class="interval-target" x1="7" x2="7" y1="0" y2="18" />
        </svg>
        chỉ tiêu
      </li>
    </ul>
  )
}

type BandProps = { from: number; to: number; scale: Scale; y: number; height: number }

function Band({ from, to, scale, y, height }: BandProps) {
  const width = asPercent(scale.share(to) - scale.share(from))
  return <rect class="interval-band" x={along(scale, from)} width={width} y={y} height={height} rx={height / 2} />
}

type MarkProps = { at: string; standing: Standing; middle: number; radius: number }

/** Full dot, ring or diamond: readable in grey print. The nested svg carries a percent position into path units. */
export function Mark({ at, standing, middle, radius }: MarkProps) {
  if (standing !== 'below') {
    return <circle class="interval-mark" cx={at} cy={middle} r={standing === 'across' ? radius - 1 : radius} />
  }
  const reach = radius + 1.5
  return (
    <svg x={at} y={middle} overflow="visible" aria-hidden="true">
      <path class="interval-mark" d={`M0 ${-reach}L${reach} 0L0 ${reach}L${-reach} 0Z`} />
    </svg>
  )
}

function describe({ score, lower, upper }: Score, target: number, watched: boolean): string {
  if (score === null || lower === null || upper === null) return ''
  const standing = watched ? 'chưa đến kỳ' : standingWords[standingOf({ lower, upper }, target)]
  const interval = formatInterval(lower, upper, target)
  return `Điểm ${formatPercent(score, target)}, khoảng tin cậy ${interval}, chỉ tiêu ${formatTarget(target)}: ${standing}`
}

const describeScale = ({ lowest, highest }: Scale) =>
  `Thang từ ${formatWholePercent(lowest)} đến ${formatWholePercent(highest)}`

function anchorOf(tick: number, scale: Scale) {
  if (tick === scale.lowest) return 'start'
  return tick === scale.highest ? 'end' : 'middle'
}

/** Percent coordinates let one drawing be as wide as its column without distorting its marks. */
const along = (scale: Scale, percent: number) => asPercent(scale.share(percent))

const asPercent = (share: number) => `${(100 * share).toFixed(2)}%`
