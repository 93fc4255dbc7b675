import type { Run } from '../contract.ts'
import { textOf } from '../print-rules.ts'
import type { TextStyle } from '../table-rules.ts'
import { measureText } from './fonts.ts'
import { breakLines, drawLine, heightOf, type Line } from './lines.ts'
import type { Pages } from './pages.ts'

export type Look = TextStyle & {
  align: 'left' | 'center' | 'right' | 'justify'
  tag?: string
  /** Points from the left edge of the text and the width; the page's own when left out. */
  x?: number
  width?: number
  firstIndent?: number
  before?: number
  /** Height that must follow on the same page. */
  keepWith?: number
  leading?: number
}

/** A paragraph over as many pages as it needs, never with a single line of it alone on one. */
export function writeParagraph(pages: Pages, runs: Run[], look: Look): void {
  const { lines, lineHeight } = setText(runs, look, look.width ?? pages.width)
  if (!pages.isAtTop) pages.y += look.before ?? 0
  pages.ensure(Math.min(2, lines.length) * lineHeight + (look.keepWith ?? 0))
  const element = pages.open(look.tag ?? 'P', spoken(runs))
  lines.forEach((line, index) => {
    pages.ensure(index === lines.length - 2 ? 2 * lineHeight : lineHeight)
    element.add(() =>
      placeLine(pages, line, { ...look, firstIndent: index === 0 ? (look.firstIndent ?? 0) : 0 }, lineHeight),
    )
    pages.y += lineHeight
  })
  element.end()
}

export function setText(runs: Run[], look: Look, width: number): { lines: Line[]; lineHeight: number } {
  const lines = breakLines(runs, look, { width, firstIndent: look.firstIndent ?? 0 }, measureText)
  return { lines, lineHeight: heightOf(lines, look.size, look.leading ?? 1.32) }
}

/** Khmer glyphs are drawn in another order than they are spoken. */
export const spoken = (runs: Run[]): { actual?: string } =>
  /\p{Script=Khmer}/u.test(textOf(runs)) ? { actual: textOf(runs) } : {}

/** Draws a line at the current height without moving it. */
export function placeLine(pages: Pages, line: Line, look: Look, lineHeight: number): void {
  const indent = look.firstIndent ?? 0
  const room = (look.width ?? pages.width) - indent
  const free = Math.max(0, room - line.width)
  const spaces = line.atoms.filter((atom) => atom.space > 0).length
  const stretch = look.align === 'justify' && !line.isLast && spaces > 0 ? free / spaces : 0
  const shift = look.align === 'center' ? free / 2 : look.align === 'right' ? free : 0
  const baseline = pages.y + (lineHeight - look.size * 1.15) / 2 + look.size * 0.91
  drawLine(pages.doc, line, { x: (look.x ?? pages.left) + indent + shift, y: baseline, stretch })
}

/** A short rule in the middle of a column. */
export function writeRule(pages: Pages, x: number, width: number, length: number): void {
  const { doc } = pages
  doc.markContent('Artifact', { type: 'Layout' }).save().lineWidth(0.75)
  doc
    .moveTo(x + (width - length) / 2, pages.y + 2)
    .lineTo(x + (width + length) / 2, pages.y + 2)
    .stroke('#000')
  doc.restore().endMarkedContent()
}
