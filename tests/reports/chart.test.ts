import { describe, expect, test } from 'vitest'
import { drawChart, drawPicture } from '../../server/reports/charts/chart.ts'
import { layoutChart } from '../../server/reports/charts/layout.ts'
import type { Shape } from '../../server/reports/charts/shapes.ts'
import { formatCell, formatNumber } from '../../server/reports/content/numbers-rules.ts'
import type { Chart, ChartPoint } from '../../server/reports/contract.ts'
import { measureText } from '../../server/reports/pdf/fonts.ts'
import { keepLastWords, listRecipients, prepareDocument } from '../../server/reports/print-rules.ts'
import { emptyTable, intervals, longTable, months, shortDocument } from '../fixtures/reports/document.ts'

const none = { score: null, lower: null, upper: null, responses: 0 }
const many: Chart = {
  ...months,
  points: Array.from({ length: 60 }, (_, index) => ({
    ...{ label: `${(index % 12) + 1}/${2026 + Math.floor(index / 12)}`, responses: 1000 + index },
    score: 90,
    lower: 85,
    upper: 95,
  })),
}
const charts: Record<string, Chart> = {
  intervals,
  months,
  many,
  empty: { ...months, points: [] },
  'nothing measured': { ...intervals, points: [{ label: 'Hộ tịch', ...none }] },
  'no target': { ...intervals, target: null },
  'one month': { ...months, points: months.points.slice(0, 1) },
  'all at zero': { ...intervals, points: [{ label: 'A', score: 0, lower: 0, upper: 0, responses: 9 }] },
}

describe.each(Object.entries(charts))('the drawing of %s', (_, chart) => {
  test('has its texts within its width and none over another', () => {
    const { width, shapes } = layoutChart(chart)
    const boxes = shapes.flatMap((shape) => (shape.kind === 'text' ? [boxOf(shape)] : []))
    for (const { left, right } of boxes) expect(left >= -0.5 && right <= width + 0.5).toBe(true)
    const touching = boxes.flatMap((one, index) => boxes.slice(index + 1).filter((other) => meet(one, other)))
    expect(touching).toEqual([])
  })

  test('is a whole SVG without styles or scripts, and a picture', () => {
    const svg = drawChart(chart)
    expect(svg).not.toMatch(/style=|<script|<style|NaN|undefined|Infinity/)
    expect(svg).toContain(`aria-label="${chart.alternative}"`)
    const { png, drawing } = drawPicture(chart)
    expect(png.readUInt32BE(16)).toBeGreaterThan(drawing.width * 3.9)
    expect(drawPicture(chart).png.equals(png)).toBe(true)
  })
})

describe('a chart', () => {
  test('draws every interval on one scale: twice as far on paper is twice as far in percent', () => {
    const bars = layoutChart(intervals).shapes.flatMap((shape) => {
      const [, x, width] = (shape.kind === 'path' && /^M([\d.]+) [\d.]+h([\d.]+)v9h/.exec(shape.path)) || []
      return x && width ? [{ x: Number(x), width: Number(width) }] : []
    })
    const known = intervals.points.filter(
      (point): point is ChartPoint & { lower: number; upper: number } => point.lower !== null,
    )
    const [first, second] = known
    const unit = (bars[0]?.width ?? 0) / ((first?.upper ?? 0) - (first?.lower ?? 0))
    expect(bars).toHaveLength(known.length)
    bars.forEach((bar, index) => {
      const { lower, upper } = known[index] ?? { lower: 0, upper: 0 }
      expect(bar.width).toBeCloseTo((upper - lower) * unit, 0)
      expect(bar.x - (bars[0]?.x ?? 0)).toBeCloseTo((lower - (first?.lower ?? 0)) * unit, 0)
    })
    expect(second?.label).toContain('Đất đai')
  })

  test('tells the three verdicts apart by shape, and names only those it drew', () => {
    const marks = layoutChart(intervals).shapes.flatMap(markOf)
    expect(new Set(marks)).toEqual(new Set(['full', 'ring', 'diamond']))
    const words = drawChart({ ...intervals, points: intervals.points.slice(0, 1) })
    expect(words).toContain('cả khoảng từ chỉ tiêu trở lên')
    expect(words).not.toContain('cả khoảng dưới chỉ tiêu')
  })

  test('draws each point against its own target, in red below it, and on no side of one that is not due', () => {
    const points = [
      { label: 'I.1', score: 94, lower: 93, upper: 94.5, responses: 900, target: 95 },
      { label: 'II.1', score: 94, lower: 93, upper: 94.5, responses: 900, target: 95, watched: true },
      { label: 'II.8', score: 94, lower: 93, upper: 94.5, responses: 900, target: 90 },
    ]
    const chart = { ...intervals, target: null, points }
    expect(layoutChart(chart).shapes.flatMap(markOf)).toEqual(expect.arrayContaining(['diamond', 'ring', 'full']))
    const svg = drawChart(chart)
    expect(svg.match(/class="fill-short"/g)).toHaveLength(2)
    expect(svg.match(/>95\u00a0%</g)).toHaveLength(2)
    expect(svg).toContain('90\u00a0%')
    expect(svg).toContain('điểm: chưa đến kỳ, đang theo dõi')
  })

  test('leaves a gap where nothing was answered', () => {
    const line = layoutChart(months).shapes.find((shape) => shape.kind === 'path' && shape.stroke === 'accent')
    expect(line?.kind === 'path' && line.path.match(/M/g)).toHaveLength(2)
  })

  test('says what it shows without letting words into the markup', () => {
    const svg = drawChart({ ...intervals, alternative: '"><script>', points: [{ label: '<b>&', ...none }] })
    expect(svg).not.toContain('<script')
    expect(svg).toContain('&lt;b&gt;&amp;')
  })
})

describe('numbers', () => {
  test.each([
    [83.944, 2, '83,94'],
    [1234.5, 2, '1.234,50'],
    [1234567, 0, '1.234.567'],
    [0, 2, '0,00'],
    [-0.001, 2, '0,00'],
    [-1234.5, 1, '-1.234,5'],
    [null, 2, '–'],
    [Number.NaN, 2, '–'],
  ])('%s with %s places is %s', (value, decimals, written) => expect(formatNumber(value, decimals)).toBe(written))

  test('carry their unit with a space that does not break; days are written day first', () => {
    expect(formatNumber(95, 0, '%')).toBe('95\u00a0%')
    expect(formatCell({ kind: 'date', day: '2026-03-09' })).toBe('09/03/2026')
  })
})

describe('words of the letterhead and the end', () => {
  test.each([
    ['ỦY BAN NHÂN DÂN XÃ VĨNH THUẬN', 'ỦY BAN NHÂN DÂN XÃ\u00a0VĨNH\u00a0THUẬN'],
    ['TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG', 'TRUNG TÂM PHỤC VỤ HÀNH\u00a0CHÍNH\u00a0CÔNG'],
    ['TRẠM Y TẾ', 'TRẠM Y TẾ'],
  ])('%s breaks before its last words', (name, kept) => expect(keepLastWords(name)).toBe(kept))

  test('recipients end with semicolons, the last with a full stop, however they were typed', () => {
    expect(listRecipients(['Ủy ban nhân dân tỉnh;', 'Lưu: VT.'])).toEqual(['- Ủy ban nhân dân tỉnh;', '- Lưu: VT.'])
  })
})

test('tables and pictures are numbered through, appendices too; a caption with its number keeps it', () => {
  const table = { ...emptyTable, caption: 'Kết quả' }
  const chart = { ...months, caption: 'Theo tháng' }
  const { body, appendices } = prepareDocument({
    ...shortDocument,
    body: [
      { kind: 'table', table },
      { kind: 'chart', chart },
      { kind: 'table', table: { ...longTable, caption: 'Bảng 2. Tiêu chí' } },
    ],
    appendices: [{ title: 'Phụ lục', body: [{ kind: 'table', table }] }],
  })
  const captions = [...body, ...appendices.flatMap((one) => one.body)].map((block) => {
    if (block.kind === 'table') return block.table.caption
    return block.kind === 'chart' ? block.chart.caption : ''
  })
  expect(captions).toEqual(['Bảng 1. Kết quả', 'Hình 1. Theo tháng', 'Bảng 2. Tiêu chí', 'Bảng 3. Kết quả'])
})

type Box = { text: string; left: number; right: number; top: number; bottom: number }

function boxOf({ text, x, y, size, anchor, bold }: Extract<Shape, { kind: 'text' }>): Box {
  const width = measureText(text, { size, bold: bold === true })
  const left = x - (anchor === 'middle' ? width / 2 : anchor === 'end' ? width : 0)
  return { text, left, right: left + width, top: y - size * 0.7, bottom: y + size * 0.2 }
}

const meet = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

function markOf(shape: Shape): string[] {
  if (shape.kind === 'circle') return [shape.fill === 'paper' ? 'ring' : 'full']
  return shape.kind === 'path' && shape.fill === 'short' ? ['diamond'] : []
}
