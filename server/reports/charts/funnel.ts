import { area, line } from 'd3-shape'
import { type Scale, scaleFor } from '../../../web/ui/charts/scale.ts'
import { formatNumber } from '../content/numbers-rules.ts'
import type { Chart, ChartPoint, FunnelLimits } from '../contract.ts'
import { measureText } from '../pdf/fonts.ts'
import {
  chartWidth,
  type Drawing,
  flowEntries,
  type LegendEntry,
  placeBar,
  placeMark,
  placeRule,
  placeText,
  round,
  type Shape,
} from './shapes.ts'

const plot = { left: 40, right: 416, top: 12, bottom: 230 }
const standings = { below: 'below', within: 'across', above: 'above' } as const
type Side = keyof typeof standings
type Scored = ChartPoint & { score: number }
type Place = { scale: Scale; most: number; x: (responses: number) => number; y: (percent: number) => number }

/**
 * Scores against their number of responses, with limits around the mean that close in as there are more. Along the axis the
 * root of the number: most communes have few, and stand apart that way.
 */
export function layoutFunnel(chart: Chart): Drawing {
  const points = chart.points.filter((point): point is Scored => point.score !== null)
  const place = openPlace(points, chart)
  const { limits = [], mean = 0 } = chart.funnel ?? {}
  const legend = flowEntries(listEntries(points, chart), plot.bottom + 34)
  const shapes = [
    ...drawGrid(place),
    ...drawLimits(limits, place),
    ...drawLevels(chart, mean, place),
    ...points.map((point) => placeMark(place.x(point.responses), place.y(point.score), standings[sideOf(point)])),
    ...drawNames(points, place),
    ...legend.shapes,
  ]
  return { width: chartWidth, height: round(plot.bottom + 34 + legend.height), shapes }
}

const sideOf = ({ side }: ChartPoint): Side => side ?? 'within'

function openPlace(points: Scored[], { funnel, target }: Chart): Place {
  const scale = scaleFor([...points.map(({ score }) => score), funnel?.mean ?? 100], target === null ? [] : [target])
  const most = Math.max(1, ...(funnel?.limits ?? []).map(({ responses }) => responses))
  return {
    scale,
    most,
    x: (responses) => round(plot.left + (plot.right - plot.left) * Math.sqrt(responses / most)),
    y: (percent) => round(plot.bottom - (plot.bottom - plot.top) * scale.share(percent)),
  }
}

function drawGrid({ scale, most, x, y }: Place): Shape[] {
  const across = scale.ticks.flatMap((tick) => [
    placeRule([plot.left, y(tick)], [plot.right, y(tick)], { paint: 'grid', width: tick === scale.lowest ? 1 : 0.6 }),
    placeText(tick === scale.highest ? `${tick}\u00a0%` : String(tick), plot.left - 6, y(tick) + 3, {
      size: 9,
      anchor: 'end',
      paint: 'soft',
    }),
  ])
  const along = countTicks(most).map((count) =>
    placeText(formatNumber(count, 0), x(count), plot.bottom + 13, { size: 9, anchor: 'middle', paint: 'soft' }),
  )
  const name = placeText('Số phiếu được tính', (plot.left + plot.right) / 2, plot.bottom + 26, {
    size: 9,
    anchor: 'middle',
    paint: 'soft',
  })
  return [...across, ...along, name]
}

const roundCounts = [10, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 500_000]

/** Round numbers that stand apart on the root's scale. */
function countTicks(most: number): number[] {
  const kept: number[] = []
  for (const count of roundCounts.filter((one) => one <= most)) {
    const last = kept.at(-1)
    if (last === undefined || Math.sqrt(count / most) - Math.sqrt(last / most) > 0.09) kept.push(count)
  }
  return kept
}

function drawLimits(limits: FunnelLimits[], { x, y }: Place): Shape[] {
  const band = area<FunnelLimits>()
    .x(({ responses }) => x(responses))
    .y0(({ near }) => y(near[0]))
    .y1(({ near }) => y(near[1]))
  const edge = (end: 0 | 1) =>
    line<FunnelLimits>()
      .x(({ responses }) => x(responses))
      .y(({ far }) => y(far[end]))
  const inside = band(limits)
  const edges = [edge(0)(limits), edge(1)(limits)]
  return [
    ...(inside ? [{ kind: 'path', path: inside, fill: 'band' } as const] : []),
    ...edges.flatMap((path) => (path ? [{ kind: 'path', path, stroke: 'soft', width: 1 } as const] : [])),
  ]
}

function drawLevels({ target }: Chart, mean: number, { y }: Place): Shape[] {
  const gap = target === null ? 99 : Math.abs(y(target) - y(mean))
  const meanAt = gap < 22 && target !== null && y(mean) > y(target) ? y(target) + 22 : y(mean)
  const level = (percent: number, words: string, at: number) => [
    placeText(words, plot.right + 6, at - 1, { size: 9, bold: true }),
    placeText(formatNumber(percent, 1, '%'), plot.right + 6, at + 10, { size: 9, bold: true }),
  ]
  const shapes = [
    placeRule([plot.left, y(mean)], [plot.right + 4, y(mean)], { paint: 'ink', width: 1.2 }),
    ...level(mean, 'Cả tỉnh', meanAt),
  ]
  if (target === null) return shapes
  const targetAt = gap < 22 && y(mean) <= y(target) ? y(mean) + 22 : y(target)
  const rule = placeRule([plot.left, y(target)], [plot.right + 4, y(target)], { paint: 'ink', width: 1.4, dash: 3 })
  return [...shapes, rule, ...level(target, 'Chỉ tiêu', targetAt)]
}

/** Names beside what stands outside the wide limits, moved down where two would meet; the table names everybody. */
function drawNames(points: Scored[], { x, y }: Place): Shape[] {
  const taken: { left: number; right: number; y: number }[] = []
  const named = points.filter(({ isNamed }) => isNamed).sort((a, b) => b.score - a.score)
  return named.slice(0, 12).map(({ label, responses, score }) => {
    const width = measureText(label, { size: 9 })
    const isRight = x(responses) + 8 + width < plot.right
    const left = isRight ? x(responses) + 8 : x(responses) - 8 - width
    const meets = (at: number) =>
      taken.some((one) => Math.abs(one.y - at) < 10 && left < one.right && left + width > one.left)
    let at = y(score) + 3
    while (meets(at)) at += 2
    taken.push({ left, right: left + width, y: at })
    return placeText(label, round(left), round(at), { size: 9 })
  })
}

function listEntries(points: Scored[], { target }: Chart): LegendEntry[] {
  const words: Record<Side, string> = {
    below: 'thấp hơn giới hạn',
    within: 'trong giới hạn: khác nhau do may rủi',
    above: 'cao hơn giới hạn',
  }
  const present = (['below', 'within', 'above'] as const).filter((side) => points.some((one) => sideOf(one) === side))
  const marks = present.map((side) => ({
    words: words[side],
    sign: (x: number, y: number) => placeMark(x + 9, y, standings[side]),
  }))
  return [
    { words: 'giới hạn 95\u00a0%', sign: (x, y) => placeBar({ x, y: y - 4, width: 18, height: 8 }) },
    { words: 'giới hạn 99,8\u00a0%', sign: (x, y) => placeRule([x, y], [x + 18, y], { paint: 'soft', width: 1 }) },
    ...marks,
    ...(target === null
      ? []
      : [
          {
            words: 'chỉ tiêu',
            sign: (x: number, y: number) => placeRule([x, y], [x + 18, y], { paint: 'ink', width: 1.4, dash: 3 }),
          },
        ]),
  ]
}
