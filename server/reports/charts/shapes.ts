import { type Standing, standingOf } from '../../../web/ui/charts/scale.ts'
import type { Chart, ChartPoint } from '../contract.ts'
import { measureText } from '../pdf/fonts.ts'

/** Roles of colour; each stays apart from its neighbours in grey print. */
export type Paint = 'ink' | 'soft' | 'grid' | 'accent' | 'band' | 'short' | 'shortBand' | 'paper'

export type Shape =
  | { kind: 'line'; x1: number; y1: number; x2: number; y2: number; paint: Paint; width: number; dash?: number }
  | { kind: 'path'; path: string; fill?: Paint; stroke?: Paint; width?: number }
  | { kind: 'circle'; x: number; y: number; radius: number; fill: Paint; stroke: Paint; width: number }
  | { kind: 'text'; x: number; y: number; text: string; size: number; anchor: Anchor; paint: Paint; bold?: boolean }
type Anchor = 'start' | 'middle' | 'end'

/** In points. */
export type Drawing = { width: number; height: number; shapes: Shape[] }

/** The text's width on an upright page: 165 mm. */
export const chartWidth = 467
export const textSize = 10

export const round = (value: number): number => Math.round(value * 100) / 100

export function placeText(text: string, x: number, y: number, look: Partial<Extract<Shape, { kind: 'text' }>> = {}) {
  const shape: Shape = { kind: 'text', size: textSize, anchor: 'start', paint: 'ink', ...look, text, x, y }
  return shape
}

export const placeRule = (
  from: [number, number],
  to: [number, number],
  { paint, width, dash }: { paint: Paint; width: number; dash?: number | undefined },
) => {
  const [[x1, y1], [x2, y2]] = [from, to]
  const shape: Shape = { kind: 'line', x1, y1, x2, y2, paint, width, ...(dash ? { dash } : {}) }
  return shape
}

type Box = { x: number; y: number; width: number; height: number }

export function placeBar({ x, y, width, height }: Box, standing: Standing = 'above'): Shape {
  const path = `M${round(x)} ${round(y)}h${round(Math.max(width, 0.5))}v${round(height)}h${round(-Math.max(width, 0.5))}Z`
  return { kind: 'path', path, fill: standing === 'below' ? 'shortBand' : 'band' }
}

/** Full dot, ring or diamond as on the boards: the verdict is read without colour. */
export function placeMark(x: number, y: number, standing: Standing): Shape {
  if (standing === 'below') {
    const path = `M${round(x)} ${round(y - 5)}l5 5l-5 5l-5 -5Z`
    return { kind: 'path', path, fill: 'short' }
  }
  const fill = standing === 'above' ? 'accent' : 'paper'
  return { kind: 'circle', x: round(x), y: round(y), radius: 3.6, fill, stroke: 'accent', width: 1.6 }
}

export type Banded = ChartPoint & { score: number; lower: number; upper: number }
export const isBanded = (point: ChartPoint): point is Banded =>
  point.score !== null && point.lower !== null && point.upper !== null

/** Against its own target, else the chart's; what is not due yet stands on no side. */
export function standingIn({ lower, upper, target: own, watched }: Banded, target: number | null): Standing {
  const against = own ?? target
  if (watched) return 'across'
  return against === null ? 'above' : standingOf({ lower, upper }, against)
}

const standingWords: Record<Standing, string> = {
  above: 'cả khoảng từ chỉ tiêu trở lên',
  across: 'khoảng còn chứa chỉ tiêu',
  below: 'cả khoảng dưới chỉ tiêu',
}

/** What the signs mean, in as many lines as it takes; only signs that were drawn. */
export function layoutLegend({ points, target }: Chart, top: number): Drawing {
  const drawn = points.filter(isBanded)
  const hasTarget = target !== null || drawn.some((point) => point.target !== undefined)
  const standings = new Set(drawn.filter(({ watched }) => !watched).map((point) => standingIn(point, target)))
  const entries: LegendEntry[] = [
    { words: 'khoảng tin cậy 95\u00a0%', sign: (x, y) => placeBar({ x, y: y - 4, width: 18, height: 8 }) },
  ]
  for (const standing of ['above', 'across', 'below'] as const) {
    const words = hasTarget ? `điểm: ${standingWords[standing]}` : 'điểm'
    if (standings.has(standing)) entries.push({ words, sign: (x, y) => placeMark(x + 9, y, standing) })
  }
  if (drawn.some(({ watched }) => watched) && !standings.has('across'))
    entries.push({ words: 'điểm: chưa đến kỳ, đang theo dõi', sign: (x, y) => placeMark(x + 9, y, 'across') })
  if (hasTarget)
    entries.push({
      words: 'chỉ tiêu',
      sign: (x, y) => placeRule([x, y], [x + 18, y], { paint: 'ink', width: 1.4, dash: 3 }),
    })
  return flowEntries(entries, top)
}

export type LegendEntry = { words: string; sign: (x: number, y: number) => Shape }

export function flowEntries(entries: LegendEntry[], top: number): Drawing {
  const shapes: Shape[] = []
  let [x, y] = [0, top + 8]
  for (const { words, sign } of entries) {
    const width = 23 + measureText(words, { size: 9 })
    if (x > 0 && x + width > chartWidth) [x, y] = [0, y + 14]
    shapes.push(sign(x, y), placeText(words, x + 23, y + 3, { size: 9, paint: 'soft' }))
    x += width + 16
  }
  return { width: chartWidth, height: y + 8 - top, shapes }
}
