import { layoutChart } from '../charts/layout.ts'
import type { Paint, Shape } from '../charts/shapes.ts'
import type { Chart } from '../contract.ts'
import { sizes } from '../print-rules.ts'
import { fontOf, measureText, splitFamilies } from './fonts.ts'
import type { Pages } from './pages.ts'
import { writeParagraph } from './text.ts'

const paints: Record<Paint, string> = {
  ink: '#000',
  soft: '#4d5a55',
  grid: '#c9d2ce',
  accent: '#0b6b57',
  band: '#a5d3c5',
  short: '#b3261e',
  shortBand: '#eeb0aa',
  paper: '#fff',
}

/** The drawing as lines and letters, its caption below on the same page. */
export function writeChart(pages: Pages, chart: Chart): void {
  const drawing = layoutChart(chart)
  const captionHeight = 2 * sizes.caption * 1.32 + 8
  pages.y += 10
  // A drawing higher than a page is made smaller.
  const scale = Math.min(1, (pages.room - captionHeight) / drawing.height)
  pages.ensure(drawing.height * scale + captionHeight)
  const x = pages.left + (pages.width - drawing.width * scale) / 2
  const element = pages.open('Figure', { alt: chart.alternative })
  element.add(() => {
    pages.doc.save().translate(x, pages.y).scale(scale)
    for (const shape of drawing.shapes) drawShape(pages.doc, shape)
    pages.doc.restore()
  })
  element.end()
  pages.y += drawing.height * scale
  writeParagraph(pages, [{ text: chart.caption }], { size: sizes.caption, bold: true, align: 'center', before: 6 })
  pages.y += 4
}

function drawShape(doc: PDFKit.PDFDocument, shape: Shape): void {
  doc.save()
  if (shape.kind === 'text') drawText(doc, shape)
  else if (shape.kind === 'line') {
    if (shape.dash) doc.dash(shape.dash, {})
    doc.moveTo(shape.x1, shape.y1).lineTo(shape.x2, shape.y2).lineWidth(shape.width).stroke(paints[shape.paint])
  } else if (shape.kind === 'circle') {
    doc.circle(shape.x, shape.y, shape.radius).lineWidth(shape.width)
    doc.fillAndStroke(paints[shape.fill], paints[shape.stroke])
  } else {
    doc.path(shape.path).lineWidth(shape.width ?? 1)
    if (shape.fill) doc.fill(paints[shape.fill])
    else doc.stroke(paints[shape.stroke ?? 'ink'])
  }
  doc.restore()
}

function drawText(
  doc: PDFKit.PDFDocument,
  { text, x, y, size, anchor, paint, bold }: Extract<Shape, { kind: 'text' }>,
) {
  const style = { size, bold: bold === true }
  const width = measureText(text, style)
  let at = x - (anchor === 'middle' ? width / 2 : anchor === 'end' ? width : 0)
  for (const part of splitFamilies(text)) {
    doc.font(fontOf(style, part.family)).fontSize(size).fillColor(paints[paint])
    doc.text(part.text, at, y, { lineBreak: false, baseline: 'alphabetic' })
    at += measureText(part.text, style)
  }
}
