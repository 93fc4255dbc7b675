import { spellMissing, splitByFont } from './font-rules.ts'
import { type FontName, nameFont, posterCoverage, type Weight } from './fonts.ts'

/** Width of a text in the unit of its size. */
export type Measure = (text: string, font: FontName, size: number) => number

/** `least` is how far a fitted text may shrink, as a part of the size. */
export type Style = {
  size: number
  weight: Weight
  color: string
  align?: 'left' | 'center'
  least?: number
}
export type Line = { text: string; width: number }
/** `text` is what the lines say, uncut and unbroken. */
export type Paragraph = {
  text: string
  style: Style
  lines: Line[]
  lineHeight: number
  baseline: number
  height: number
}

/** Breaks a text into lines as even as their number allows. */
export function setParagraph(measure: Measure, text: string, style: Style, width: number): Paragraph {
  const measureLine = (line: string) => measureRuns(measure, line, style)
  const atoms = splitText(text, width, measureLine)
  let lines = fillLines(atoms, width, measureLine)
  for (let narrower = width * 0.97; lines.length > 1 && narrower > width / 2; narrower *= 0.97) {
    const evener = fillLines(atoms, narrower, measureLine)
    if (evener.length > lines.length || evener.some((line) => measureLine(line) > narrower)) break
    lines = evener
  }
  const measured = lines.map((line) => ({ text: line, width: measureLine(line) }))
  return { text, style, lines: measured, ...measureHeight(style, lines) }
}

/** A paragraph no higher than `height`: first smaller, then, at the style's least size, cut with an ellipsis. */
export function fitParagraph(
  measure: Measure,
  text: string,
  style: Style,
  { width, height }: { width: number; height: number },
): Paragraph {
  const least = style.size * (style.least ?? 0.6)
  for (let size = style.size; size >= least; size *= 0.97) {
    const measureLine = (line: string) => measureRuns(measure, line, { ...style, size })
    const lines = fillLines(splitText(text, width, measureLine), width, measureLine)
    if (measureHeight({ ...style, size }, lines).height <= height) {
      return setParagraph(measure, text, { ...style, size }, width)
    }
  }
  const smallest = setParagraph(measure, text, { ...style, size: least }, width)
  return cutParagraph(measure, smallest, Math.max(1, Math.floor(height / smallest.lineHeight)), width)
}

/** Runs of one font: Khmer letters and signs have their own. */
export const splitRuns = (text: string, weight: Weight): { text: string; font: FontName }[] =>
  splitByFont(text, posterCoverage()).map((run) => ({ text: run.text, font: nameFont(run.family, weight) }))

const khmer = /\p{Script=Khmer}/u
const khmerWords = new Intl.Segmenter('km', { granularity: 'word' })
const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' })

/** Ink above and below the baseline in ems: stacked Vietnamese marks; Khmer vowels above, subscripts below. */
const latinInk = { above: 1.16, below: 0.27, leading: 1.44 }
const khmerInk = { above: 1.16, below: 0.6, leading: 1.8 }

function measureHeight({ size }: Style, lines: string[]): { lineHeight: number; baseline: number; height: number } {
  const { above, below, leading } = lines.some((line) => khmer.test(line)) ? khmerInk : latinInk
  const baseline = size * ((leading - above - below) / 2 + above)
  return { lineHeight: size * leading, baseline, height: size * leading * lines.length }
}

function cutParagraph(measure: Measure, paragraph: Paragraph, count: number, width: number): Paragraph {
  const { style, lines, lineHeight } = paragraph
  if (lines.length <= count) return paragraph
  const letters = [...graphemes.segment(lines[count - 1]?.text ?? '')].map(({ segment }) => segment)
  while (measureRuns(measure, `${letters.join('')}…`, style) > width) letters.pop()
  const text = `${letters.join('').trimEnd()}…`
  const last = { text, width: measureRuns(measure, text, style) }
  return { ...paragraph, lines: [...lines.slice(0, count - 1), last], height: lineHeight * count }
}

function measureRuns(measure: Measure, text: string, { weight, size }: Style): number {
  return splitRuns(text, weight).reduce((sum, run) => sum + measure(run.text, run.font, size), 0)
}

/** What a line may not break: `glue` stands before it unless it begins a line. */
type Atom = { text: string; glue: '' | ' ' }

function splitText(text: string, width: number, measureLine: (line: string) => number): Atom[] {
  return splitAtoms(text).flatMap((atom) => splitTooLong(atom, width, measureLine))
}

/** Khmer writes no spaces between words, at most invisible ones; marks after a word stay with it. */
function splitAtoms(text: string): Atom[] {
  const words = spellMissing(text.normalize('NFC'), posterCoverage())
    .replaceAll('\u200b', '')
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .split(/ +/)
    .filter(Boolean)
  return words.flatMap((word) => {
    if (!khmer.test(word)) return [{ text: word, glue: ' ' as const }]
    const parts: string[] = []
    for (const { segment, isWordLike } of khmerWords.segment(word)) {
      if (isWordLike || parts.length === 0) parts.push(segment)
      else parts[parts.length - 1] += segment
    }
    return parts.map((part, index) => ({ text: part, glue: index === 0 ? (' ' as const) : ('' as const) }))
  })
}

/** A word wider than the line breaks after a stroke or dot of an address, else between letters. */
function splitTooLong(atom: Atom, width: number, measureLine: (line: string) => number): Atom[] {
  if (measureLine(atom.text) <= width) return [atom]
  const parts = atom.text.split(/(?<=[/.])/).flatMap((part) => {
    if (measureLine(part) <= width) return [part]
    return [...graphemes.segment(part)].map(({ segment }) => segment)
  })
  return parts.map((text, index) => ({ text, glue: index === 0 ? atom.glue : '' }))
}

function fillLines(atoms: Atom[], width: number, measureLine: (line: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const { text, glue } of atoms) {
    const longer = line === '' ? text : line + glue + text
    if (line === '' || measureLine(longer) <= width) line = longer
    else {
      lines.push(line)
      line = text
    }
  }
  return line === '' ? lines : [...lines, line]
}
