import { posterDetails } from '../../web/posters/messages.ts'
import { traceQr } from '../qr.ts'
import type { Area, Block, FaceLevel, Piece } from './blocks.ts'
import { splitRuns } from './text.ts'

type Doc = PDFKit.PDFDocument

/**
 * Adds a page, `points` to a unit of the layout. Whatever says something is tagged for screen readers under `root`,
 * with its text: Khmer glyphs are drawn in another order than they are spoken.
 */
export function drawPage(doc: Doc, root: PDFKit.PDFStructureElement, page: Block, points: number): void {
  doc.addPage({ size: [page.width * points, page.height * points], margin: 0 })
  doc.scale(points)
  const section = doc.struct('Sect')
  root.add(section)
  for (const piece of page.pieces) {
    if (piece.kind === 'text') {
      const spoken = { lang: piece.language, actual: piece.paragraph.text }
      section.add(doc.struct(piece.tag, spoken, () => drawParagraph(doc, piece)))
    } else if (piece.kind === 'qr') {
      const spoken = { alt: posterDetails.qrAlternative(piece.address) }
      section.add(doc.struct('Figure', spoken, () => drawSymbol(doc, piece)))
    } else drawOrnament(doc, piece)
  }
  section.end()
}

function drawParagraph(doc: Doc, { paragraph, link, ...area }: Extract<Piece, { kind: 'text' }>): void {
  const { style, lines, lineHeight, baseline } = paragraph
  lines.forEach((line, index) => {
    let x = area.x + (style.align === 'center' ? (area.width - line.width) / 2 : 0)
    const y = area.y + index * lineHeight + baseline
    for (const run of splitRuns(line.text, style.weight)) {
      doc.font(run.font).fontSize(style.size).fillColor(style.color)
      doc.text(run.text, x, y, { lineBreak: false, baseline: 'alphabetic', ...(link ? { link } : {}) })
      x += doc.widthOfString(run.text)
    }
  })
}

/** One path of merged runs: no seams between the modules of a row, sharp at any size. */
function drawSymbol(doc: Doc, { x, y, width, modules }: Extract<Piece, { kind: 'qr' }>): void {
  doc.save().translate(x, y)
  doc.scale(width / modules.length).path(traceQr(modules, 0))
  doc.fill('#000').restore()
}

function drawOrnament(doc: Doc, piece: Piece): void {
  const { x, y, width, height } = piece
  doc.markContent('Artifact', { type: 'Layout' }).save()
  if (piece.kind === 'face') drawFace(doc, piece, piece.level, piece.color)
  if (piece.kind === 'rule') doc.rect(x, y, width, height).fill(piece.color)
  if (piece.kind === 'frame') {
    const line = height / 18
    doc.lineWidth(line).rect(x + line / 2, y + line / 2, width - line, height - line)
    doc.stroke(piece.color)
  }
  if (piece.kind === 'ring') {
    const line = width / 14
    doc.lineWidth(line).circle(x + width / 2, y + width / 2, (width - line) / 2)
    doc.stroke(piece.color)
  }
  doc.restore().endMarkedContent()
}

/** Eyes and mouths of the form's faces, told apart in black and white too; in a square of 48. */
export const features: Record<FaceLevel, string> = {
  1: 'M12 15l7 4M36 15l-7 4M17 22h.01M31 22h.01M15 36q9-11 18 0',
  2: 'M17 20h.01M31 20h.01M16 34q8-6 16 0',
  3: 'M17 20h.01M31 20h.01M16 32h16',
  4: 'M17 20h.01M31 20h.01M15 30q9 7 18 0',
  5: 'M13 20q3.5-5 7 0M28 20q3.5-5 7 0M13 27h22q-1 11-11 11t-11-11z',
}

function drawFace(doc: Doc, { x, y, width }: Area, level: FaceLevel, color: string): void {
  doc.translate(x, y).scale(width / 48)
  doc.lineCap('round').lineJoin('round').lineWidth(2.8)
  doc.circle(24, 24, 22).stroke(color)
  doc.path(features[level]).stroke(color)
}
