import type { Language, Text } from '../catalogue/contract.ts'
import { drawQr, quietModules } from '../qr.ts'
import type { Paragraph, Style } from './text.ts'

/** `address` is what the QR holds. */
export type PosterPlace = { code: string; name: Text; agency: Text; address: string }
/** `trial`: the address works in this office's network only; `demo`: the data behind it is invented. */
export type PosterMarks = { trial: boolean; demo: boolean }

export type Area = { x: number; y: number; width: number; height: number }
export type FaceLevel = 1 | 2 | 3 | 4 | 5
/** What a text is to a screen reader, as a PDF structure type. */
export type TextTag = 'H1' | 'P' | 'Link'

/** One thing on the paper, in millimetres from the top left of its block. */
export type Piece = Area &
  (
    | { kind: 'text'; tag: TextTag; paragraph: Paragraph; language: Language; link?: string }
    | { kind: 'face'; level: FaceLevel; color: string }
    | { kind: 'ring' | 'frame' | 'rule'; color: string }
    | { kind: 'qr'; modules: boolean[][]; address: string }
  )
export type Block = { width: number; height: number; pieces: Piece[] }

/** Sets a text in a width, and in a height if one is given. */
export type Typeset = (text: string, style: Style, width: number, height?: number) => Paragraph
export type TextOptions = { tag?: TextTag; language?: Language; height?: number; link?: string }

export function textBlock(
  typeset: Typeset,
  text: string,
  { style, width }: { style: Style; width: number },
  { tag = 'P', language = 'vi', height: limit, link }: TextOptions = {},
): Block {
  const paragraph = typeset(text, style, width, limit)
  const { height } = paragraph
  const piece: Piece = { kind: 'text', tag, paragraph, language, x: 0, y: 0, width, height, ...(link ? { link } : {}) }
  return { width, height, pieces: [piece] }
}

/** A line across, as thick as it is high. */
export function ruleBlock(width: number, height: number, color: string): Block {
  return { width, height, pieces: [{ kind: 'rule', color, x: 0, y: 0, width, height }] }
}

/** The symbol of an address without its quiet zone, and how much that zone is. */
export function qrBlock(address: string, side: number): Block & { quiet: number } {
  const modules = drawQr(address)
  const pieces: Piece[] = [{ kind: 'qr', modules, address, x: 0, y: 0, width: side, height: side }]
  return { width: side, height: side, pieces, quiet: (quietModules * side) / modules.length }
}

/** The five faces of the form, from very dissatisfied to very satisfied, spread over the width. */
export function facesBlock(width: number, size: number, colors: Record<FaceLevel, string>): Block {
  const step = (width - size) / 4
  const levels: FaceLevel[] = [1, 2, 3, 4, 5]
  const pieces = levels.map((level, index): Piece => {
    return { kind: 'face', level, color: colors[level], x: index * step, y: 0, width: size, height: size }
  })
  return { width, height: size, pieces }
}

/** White words in a black tag, black words beside it, framed: strong in black and white with little ink. */
export function markBlock(typeset: Typeset, mark: { tag: string; note: string }, width: number, size: number): Block {
  const height = size * 2
  const pad = size * 0.7
  const tag = typeset(mark.tag, { size, weight: 'bold', color: '#fff' }, width)
  const tagWidth = (tag.lines[0]?.width ?? 0) + 2 * pad
  const noteWidth = width - tagWidth - 2 * pad
  const note = typeset(mark.note, { size: size * 0.86, weight: 'bold', color: '#000' }, noteWidth, size * 1.5)
  const pieces: Piece[] = [
    { kind: 'frame', color: '#000', x: 0, y: 0, width, height },
    { kind: 'rule', color: '#000', x: 0, y: 0, width: tagWidth, height },
    centreCapitals(tag, pad, tagWidth - 2 * pad, height),
    centreCapitals(note, tagWidth + pad, noteWidth, height),
  ]
  return { width, height, pieces }
}

/** A number in a ring with its sentence beside it. */
export function stepBlock(
  typeset: Typeset,
  number: number,
  text: string,
  { style, width }: { style: Style; width: number },
): Block {
  const ring = style.size * 1.8
  const indent = ring * 1.4
  const numeral = typeset(String(number), { ...style, weight: 'bold', align: 'center' }, ring)
  const sentence = textBlock(typeset, text, { style, width: width - indent })
  const first = centreCapitals(typeset(text, style, width - indent), indent, width - indent, ring)
  const pieces: Piece[] = [
    { kind: 'ring', color: style.color, x: 0, y: 0, width: ring, height: ring },
    centreCapitals(numeral, 0, ring, ring),
    ...shift(sentence, indent, first.y).pieces,
  ]
  return { width, height: Math.max(ring, first.y + sentence.height), pieces }
}

export function stack(blocks: Block[], gap: number): Block {
  let y = 0
  const pieces: Piece[] = []
  for (const block of blocks) {
    pieces.push(...shift(block, 0, y).pieces)
    y += block.height + gap
  }
  return { width: Math.max(...blocks.map((block) => block.width)), height: y - gap, pieces }
}

/** Nothing, that high. */
export function space(height: number): Block {
  return { width: 0, height, pieces: [] }
}

/** `right` begins at `x`, both at the same top. */
export function beside(left: Block, right: Block, x: number): Block {
  const pieces = [...left.pieces, ...shift(right, x, 0).pieces]
  return { width: x + right.width, height: Math.max(left.height, right.height), pieces }
}

export function shift(block: Block, x: number, y: number): Block {
  return { ...block, pieces: block.pieces.map((piece) => ({ ...piece, x: piece.x + x, y: piece.y + y })) }
}

/** Be Vietnam Pro's capitals are 0.74 em high: the middle of the first line's capitals goes to the middle of `height`. */
function centreCapitals(paragraph: Paragraph, x: number, width: number, height: number): Piece {
  const y = height / 2 - paragraph.baseline + paragraph.style.size * 0.37
  return { kind: 'text', tag: 'P', paragraph, language: 'vi', x, y, width, height: paragraph.height }
}
