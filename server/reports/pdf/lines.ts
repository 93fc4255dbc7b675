import type { Run } from '../contract.ts'
import type { MeasureText, TextStyle } from '../table-rules.ts'
import { type Family, fontOf, splitFamilies } from './fonts.ts'

/** Letters of one font; a word has several where its runs or scripts change. */
export type Part = { text: string; style: TextStyle; family: Family; placeholder: boolean; width: number }
/** What a line may not break; `space` is the width before it unless it begins a line. */
type Atom = { parts: Part[]; width: number; space: number }
export type Line = { atoms: Atom[]; width: number; isLast: boolean }

const khmerWords = new Intl.Segmenter('km', { granularity: 'word' })
const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' })

/** Breaks runs into lines; the first is shorter by `firstIndent`. At least one line, of no atoms for no text. */
export function breakLines(
  runs: Run[],
  style: TextStyle,
  { width, firstIndent }: { width: number; firstIndent: number },
  measure: MeasureText,
): Line[] {
  const lines: Line[] = [{ atoms: [], width: 0, isLast: false }]
  for (const atom of listAtoms(runs, style, measure).flatMap((one) => splitTooLong(one, width, measure))) {
    const line = lines.at(-1) as Line
    const room = width - (lines.length === 1 ? firstIndent : 0)
    if (line.atoms.length === 0 || line.width + atom.space + atom.width <= room + 0.01) addAtom(line, atom)
    else lines.push({ atoms: [{ ...atom, space: 0 }], width: atom.width, isLast: false })
  }
  const last = lines.at(-1) as Line
  last.isLast = true
  return lines
}

function addAtom(line: Line, atom: Atom): void {
  const space = line.atoms.length === 0 ? 0 : atom.space
  line.atoms.push({ ...atom, space })
  line.width += space + atom.width
}

/** Words over the borders of runs; Khmer breaks between its words, which no space parts. */
function listAtoms(runs: Run[], style: TextStyle, measure: MeasureText): Atom[] {
  const atoms: Atom[] = []
  let space = 0
  let isOpen = false
  for (const run of runs) {
    const own = { ...style, bold: style.bold || run.bold === true, italic: style.italic || run.italic === true }
    for (const piece of run.text.replaceAll('\u200b', '').match(/ +|[^ ]+/g) ?? []) {
      if (piece.startsWith(' ')) {
        space = measure(' ', own)
        isOpen = false
        continue
      }
      for (const part of splitWord(piece, own, run.placeholder === true, measure)) {
        const joins = isOpen && !part.breaksBefore
        const last = atoms.at(-1)
        if (joins && last) last.parts.push(part)
        else atoms.push({ parts: [part], width: 0, space })
        const open = atoms.at(-1) as Atom
        open.width += part.width
        ;[space, isOpen] = [0, true]
      }
    }
  }
  return atoms
}

function splitWord(word: string, style: TextStyle, placeholder: boolean, measure: MeasureText) {
  return splitFamilies(word).flatMap(({ text, family }) =>
    (family === 'khmer' ? segmentKhmer(text) : [text]).map((part, index) => ({
      text: part,
      style,
      family,
      placeholder,
      width: measure(part, style),
      breaksBefore: family === 'khmer' && index > 0,
    })),
  )
}

function segmentKhmer(text: string): string[] {
  const parts: string[] = []
  for (const { segment, isWordLike } of khmerWords.segment(text)) {
    if (isWordLike || parts.length === 0) parts.push(segment)
    else parts[parts.length - 1] += segment
  }
  return parts
}

/** A word wider than the line breaks between letters. */
function splitTooLong(atom: Atom, width: number, measure: MeasureText): Atom[] {
  if (atom.width <= width) return [atom]
  const letters = atom.parts.flatMap((part) =>
    [...graphemes.segment(part.text)].map(({ segment }) => {
      const letter = { ...part, text: segment, width: measure(segment, part.style) }
      return { parts: [letter], width: letter.width, space: 0 }
    }),
  )
  return letters.map((letter, index) => (index === 0 ? { ...letter, space: atom.space } : letter))
}

/** How high a line stands: Khmer stacks its vowels and subscripts. */
export function heightOf(lines: Line[], size: number, leading: number): number {
  const hasKhmer = lines.some((line) => line.atoms.some((atom) => atom.parts.some((part) => part.family === 'khmer')))
  return size * (hasKhmer ? Math.max(leading, 1.7) : leading)
}

/** Draws a line with its baseline at `y`; `stretch` is added to every space. */
export function drawLine(
  doc: PDFKit.PDFDocument,
  line: Line,
  { x, y, stretch }: { x: number; y: number; stretch: number },
): void {
  let at = x
  line.atoms.forEach((atom, index) => {
    if (atom.space > 0) at += atom.space + stretch
    const next = line.atoms[index + 1]
    const space = next && next.space > 0 ? next.space + stretch : 0
    atom.parts.forEach((part, place) => {
      const isEnd = place === atom.parts.length - 1 && space > 0
      if (part.placeholder) markPart(doc, part, { x: at, y, after: isEnd && next?.parts[0]?.placeholder ? space : 0 })
      drawPart(doc, part, { x: at, y, space: isEnd ? ' ' : '' })
      at += part.width
    })
  })
}

/** `after` is the space up to the next marked word: one mark over all of them. */
function markPart(
  doc: PDFKit.PDFDocument,
  { style, width }: Part,
  { x, y, after }: { x: number; y: number; after: number },
): void {
  doc.rect(x, y - style.size * 0.85, width + after, style.size * 1.1).fill('#ff0')
}

/** The space is written with its word, so that what is copied from the file has spaces. */
function drawPart(doc: PDFKit.PDFDocument, part: Part, { x, y, space }: { x: number; y: number; space: string }): void {
  doc.font(fontOf(part.style, part.family)).fontSize(part.style.size).fillColor('#000')
  doc.text(part.text + space, x, y, { lineBreak: false, baseline: 'alphabetic' })
}
