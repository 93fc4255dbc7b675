import { type Scale, scaleFor } from '../../../web/ui/charts/scale.ts'
import { formatNumber } from '../content/numbers-rules.ts'
import type { Chart, ChartPoint } from '../contract.ts'
import { wrapWords } from '../pdf/fonts.ts'
import {
  type Banded,
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
  textSize,
} from './shapes.ts'

const plot = { left: 166, right: 352, top: 22 }
const valuesLeft = 366
const lineHeight = 12

type Row = { point: ChartPoint; label: string[]; top: number; height: number }

/** A row for each point: name, interval on one scale, figures. */
export function layoutIntervals(chart: Chart): Drawing {
  const scale = scaleFor(
    chart.points.flatMap((point) => (point.lower === null ? [] : [point.lower])),
    chart.points.flatMap(({ target = chart.target }) => (target === null ? [] : [target])),
  )
  const rows = stackRows(chart.points)
  const bottom = rows.reduce((end, row) => end + row.height, plot.top)
  const legend = layoutLegend(chart, bottom + 22)
  const shapes = [
    ...drawScale(scale, bottom),
    ...drawTarget(chart.target, scale, bottom),
    placeText('Điểm (khoảng tin cậy)', valuesLeft, 12, { size: 9, paint: 'soft' }),
    ...rows.flatMap((row) => drawRow(row, chart.target, scale)),
    ...legend.shapes,
  ]
  return { width: chartWidth, height: round(bottom + 22 + legend.height), shapes }
}

function stackRows(points: ChartPoint[]): Row[] {
  let top = plot.top
  return points.map((point) => {
    const label = wrapWords(point.label, plot.left - 14, { size: textSize })
    const height = Math.max(2, label.length) * lineHeight + 8
    const row = { point, label, top, height }
    top += height
    return row
  })
}

const along = (scale: Scale, percent: number): number =>
  round(plot.left + (plot.right - plot.left) * scale.share(percent))

function drawScale(scale: Scale, bottom: number): Shape[] {
  return scale.ticks.flatMap((tick) => {
    const x = along(scale, tick)
    const words = tick === scale.highest ? `${tick}\u00a0%` : String(tick)
    return [
      placeRule([x, plot.top], [x, bottom], { paint: 'grid', width: 0.6 }),
      placeText(words, x, bottom + 12, { size: 9, anchor: 'middle', paint: 'soft' }),
    ]
  })
}

function drawTarget(target: number | null, scale: Scale, bottom: number): Shape[] {
  if (target === null) return []
  const x = along(scale, target)
  const words = `Chỉ tiêu ${formatNumber(target, Number.isInteger(target) ? 0 : 2, '%')}`
  return [
    placeRule([x, plot.top - 4], [x, bottom], { paint: 'ink', width: 1.4, dash: 3 }),
    placeText(words, Math.min(x + 4, plot.right), 12, { size: 9, anchor: 'end', bold: true }),
  ]
}

function drawRow({ point, label, top, height }: Row, target: number | null, scale: Scale): Shape[] {
  const middle = top + height / 2
  const first = middle - (label.length * lineHeight) / 2 + 9.5
  const shapes: Shape[] = [
    placeRule([0, top], [chartWidth, top], { paint: 'grid', width: 0.6 }),
    ...label.map((line, index) => placeText(line, 0, round(first + index * lineHeight))),
    placeText(`n = ${formatNumber(point.responses, 0)}`, valuesLeft, round(middle + 11), { size: 9, paint: 'soft' }),
  ]
  if (!isBanded(point)) return [...shapes, placeText('Chưa có số liệu', valuesLeft, round(middle - 1.5))]
  return [...shapes, ...drawInterval(point, target, scale, middle)]
}

function drawInterval(point: Banded, target: number | null, scale: Scale, middle: number): Shape[] {
  const [from, to] = [along(scale, point.lower), along(scale, point.upper)]
  const [lower, upper] = [formatNumber(point.lower, 2), formatNumber(point.upper, 2)]
  const standing = standingIn(point, target)
  return [
    ...drawOwnTarget(point, scale, middle),
    placeBar({ x: from, y: middle - 4.5, width: to - from, height: 9 }, standing),
    placeMark(along(scale, point.score), middle, standing),
    placeText(`${formatNumber(point.score, 2)} (${lower}–${upper})`, valuesLeft, round(middle - 1.5)),
  ]
}

/** Across its own row: the next row may be measured by another. */
function drawOwnTarget({ target }: ChartPoint, scale: Scale, middle: number): Shape[] {
  if (target === undefined) return []
  const x = along(scale, target)
  return [
    placeRule([x, middle - 13], [x, middle + 13], { paint: 'ink', width: 1.4, dash: 3 }),
    placeText(formatNumber(target, Number.isInteger(target) ? 0 : 2, '%'), x - 3, round(middle - 7), {
      size: 9,
      anchor: 'end',
      bold: true,
    }),
  ]
}
