import { area, line } from 'd3-shape'
import { type Scale, scaleFor } from '../../../web/ui/charts/scale.ts'
import { formatNumber } from '../content/numbers-rules.ts'
import type { Chart, ChartPoint } from '../contract.ts'
import { measureText } from '../pdf/fonts.ts'
import {
  chartWidth,
  type Drawing,
  isBanded,
  layoutLegend,
  placeBar,
  placeMark,
  placeRule,
  placeText,
  round,
  type Shape,
  standingIn,
} from './shapes.ts'

const plot = { left: 58, right: 416, top: 10, bottom: 170 }

type Place = { scale: Scale; x: (index: number) => number; y: (percent: number) => number; step: number }

/** Scores in time with their band; under each its name, score and number of responses. */
export function layoutLine(chart: Chart): Drawing {
  const place = openPlace(chart)
  const legend = layoutLegend(chart, plot.bottom + 52)
  const shapes = [
    ...drawGrid(place),
    ...drawBand(chart.points, place),
    ...drawTarget(chart.target, place),
    ...drawScores(chart, place),
    ...drawFigures(chart.points, place),
    ...legend.shapes,
  ]
  return { width: chartWidth, height: round(plot.bottom + 52 + legend.height), shapes }
}

function openPlace({ points, target }: Chart): Place {
  const scale = scaleFor(
    points.flatMap(({ lower }) => (lower === null ? [] : [lower])),
    target === null ? [] : [target],
  )
  const step = (plot.right - plot.left) / Math.max(1, points.length)
  return {
    scale,
    step,
    x: (index) => round(plot.left + step * (index + 0.5)),
    y: (percent) => round(plot.bottom - (plot.bottom - plot.top) * scale.share(percent)),
  }
}

function drawGrid({ scale, y }: Place): Shape[] {
  return scale.ticks.flatMap((tick) => [
    placeRule([plot.left, y(tick)], [plot.right, y(tick)], { paint: 'grid', width: tick === scale.lowest ? 1 : 0.6 }),
    placeText(tick === scale.highest ? `${tick}\u00a0%` : String(tick), plot.left - 6, y(tick) + 3, {
      size: 9,
      anchor: 'end',
      paint: 'soft',
    }),
  ])
}

/** A band between two gaps has no width as an area; it is drawn as a bar. */
function drawBand(points: ChartPoint[], { x, y }: Place): Shape[] {
  const path = area<ChartPoint>()
    .defined(isBanded)
    .x((_, index) => x(index))
    .y0(({ lower }) => y(lower ?? 0))
    .y1(({ upper }) => y(upper ?? 0))(points)
  const hasBand = (index: number) => points[index] !== undefined && isBanded(points[index])
  const alone = points.flatMap((point, index) => {
    if (!isBanded(point) || hasBand(index - 1) || hasBand(index + 1)) return []
    return [placeBar({ x: x(index) - 4, y: y(point.upper), width: 8, height: y(point.lower) - y(point.upper) })]
  })
  return [...(path ? [{ kind: 'path', path, fill: 'band' } as const] : []), ...alone]
}

function drawTarget(target: number | null, { y }: Place): Shape[] {
  if (target === null) return []
  const words = formatNumber(target, Number.isInteger(target) ? 0 : 2, '%')
  return [
    placeRule([plot.left, y(target)], [plot.right + 4, y(target)], { paint: 'ink', width: 1.4, dash: 3 }),
    placeText('Chỉ tiêu', plot.right + 8, y(target) - 1, { size: 9, bold: true }),
    placeText(words, plot.right + 8, y(target) + 10, { size: 9, bold: true }),
  ]
}

function drawScores({ points, target }: Chart, { x, y }: Place): Shape[] {
  const path = line<ChartPoint>()
    .defined(isBanded)
    .x((_, index) => x(index))
    .y(({ score }) => y(score ?? 0))(points)
  const marks = points.flatMap((point, index) =>
    isBanded(point) ? [placeMark(x(index), y(point.score), standingIn(point, target))] : [],
  )
  return [...(path ? [{ kind: 'path', path, stroke: 'accent', width: 1.6 } as const] : []), ...marks]
}

/** Three rows under the axis; where points stand too close, every second, third … of them. */
function drawFigures(points: ChartPoint[], { x, step }: Place): Shape[] {
  const rows = points.map((point) => [point.label, formatNumber(point.score, 2), formatNumber(point.responses, 0)])
  const widest = Math.max(0, ...rows.flat().map((text) => measureText(text, { size: 9, bold: true })))
  const stride = Math.max(1, Math.ceil((widest + 4) / step))
  const heads = ['', 'Điểm (%)', 'Số phiếu']
  const headed = heads.map((text, row) => placeText(text, 0, plot.bottom + 13 + row * 13, { size: 9, paint: 'soft' }))
  const figures = rows.flatMap((row, index) =>
    index % stride === 0
      ? row.map((text, place) =>
          placeText(text, x(index), plot.bottom + 13 + place * 13, {
            size: 9,
            anchor: 'middle',
            bold: place === 1,
            paint: place === 1 ? 'ink' : 'soft',
          }),
        )
      : [],
  )
  return [...headed.slice(1), ...figures]
}
