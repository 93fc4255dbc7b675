import { toPlainSymbols } from './symbol-rules.ts'

/** A font as far as it matters which letters it has. */
export type Coverage<F extends string> = { family: F; has: (codePoint: number) => boolean }

/** Letters of Vietnamese and English with their usual signs: every text font here has them (held by a test). */
export const everyday =
  /^[ -~\u00a0-\u00ac\u00ae-\u00ff\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u2013\u2014\u2018\u2019\u201c\u201d\u2026]*$/

const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' })
/** Joiners, variation selectors, direction marks: the writer of glyphs draws nothing for them. */
const invisible = /\p{Default_Ignorable_Code_Point}/u

/**
 * Runs of one font: a letter with everything on it is written by the first font that has all of it. No character is
 * lost; what no font has stays with the first one (see `spellMissing`).
 */
export function splitByFont<F extends string>(text: string, fonts: Coverage<F>[]): { text: string; family: F }[] {
  const first = (fonts[0] as Coverage<F>).family
  if (text === '') return []
  if (everyday.test(text)) return [{ text, family: first }]
  const runs: { text: string; family: F }[] = []
  for (const { segment } of graphemes.segment(text)) {
    for (const piece of placeCluster(segment, fonts)) {
      const last = runs.at(-1)
      const family = piece.family ?? last?.family ?? first
      if (last?.family === family) last.text += piece.text
      else runs.push({ text: piece.text, family })
    }
  }
  return runs
}

/** Whole where one font has it all, else letter by letter; `null`: nothing to see, any font will do. */
function placeCluster<F extends string>(cluster: string, fonts: Coverage<F>[]): { text: string; family: F | null }[] {
  const letters = [...cluster]
  const seen = letters.filter((letter) => !invisible.test(letter))
  if (seen.length === 0) return [{ text: cluster, family: null }]
  const whole = fonts.find(({ has }) => seen.every((letter) => has(letter.codePointAt(0) as number)))
  if (whole) return [{ text: cluster, family: whole.family }]
  return letters.map((letter) => ({
    text: letter,
    family: invisible.test(letter) ? null : (findFont(letter, fonts)?.family ?? (fonts[0] as Coverage<F>).family),
  }))
}

const findFont = <F extends string>(letter: string, fonts: Coverage<F>[]) =>
  fonts.find(({ has }) => has(letter.codePointAt(0) as number))

/** The characters of a text that no font has, each once, Word's private signs taken for what they show. */
export function findMissing(text: string, fonts: Coverage<string>[]): string[] {
  if (everyday.test(text)) return []
  const letters = new Set(toPlainSymbols(text.normalize('NFC')))
  return [...letters].filter((letter) => !isDrawn(letter) && !findFont(letter, fonts))
}

/** The text as it is drawn: what no font has is named by its number, "[U+4E2D]", never an empty box. */
export function spellMissing(text: string, fonts: Coverage<string>[]): string {
  const plain = toPlainSymbols(text)
  if (everyday.test(plain)) return plain
  return [...plain]
    .map((letter) => (isDrawn(letter) || findFont(letter, fonts) ? letter : `[${nameLetter(letter)}]`))
    .join('')
}

/** Spaces and line ends are set, not drawn. */
const isDrawn = (letter: string): boolean => invisible.test(letter) || /[\p{Cc}\p{Z}]/u.test(letter)

/** "U+4E2D" */
export const nameLetter = (letter: string): string =>
  `U+${(letter.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`
