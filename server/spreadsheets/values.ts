import { toPlainDigits } from '../typed/digits.ts'

/** What clerks and their software write in cells: counts and names, in every form met so far. */

/** Lower case, without marks, punctuation as single spaces: "Lao động - việc làm" → "lao dong viec lam". */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/gi, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

/**
 * A whole number from 0; "1.234" and "1 234" are thousands, as are "1,234" and "1'234"; a unit behind it is passed over.
 * Null where it is none.
 */
export function parseCount(value: string | number): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : null
  const text = toPlainDigits(value)
    .replace(/(?<=\d)\s*(hồ sơ|hs|lượt|lần|người|học sinh|phiếu)\.?$/iu, '')
    .replace(/[\s']/g, '')
    .replace(/[.,]0{1,2}$/, '')
  if (/^\d+$/.test(text)) return Number(text)
  return /^\d{1,3}([.,])\d{3}(?:\1\d{3})*$/.test(text) ? Number(text.replace(/[.,]/g, '')) : null
}

export type Known = { code: string; name: string }

/** The one thing a cell names, by code or name, whatever its capitals and marks; "Quầy 2" is enough for "Quầy 2 · Đất đai". */
export function findNamed<T extends Known>(text: string, things: T[]): T | undefined {
  const plain = (one: string) => one.normalize('NFC').trim().toLowerCase()
  const exact = things.filter(({ code, name }) => [code, name].some((one) => plain(one) === plain(text)))
  if (exact.length === 1) return exact[0]
  const wanted = withoutKind(fold(text))
  const alike = things.filter((thing) => formsOf(thing).includes(wanted))
  return alike.length === 1 ? alike[0] : undefined
}

/** The thing whose name is nearest to a text that names none: at most a third of its letters differ. */
export function suggestNamed<T extends Known>(text: string, things: T[]): T | undefined {
  const wanted = withoutKind(fold(text))
  const near = things
    .map((thing) => ({ thing, distance: Math.min(...formsOf(thing).map((form) => countEdits(wanted, form))) }))
    .sort((a, b) => a.distance - b.distance)[0]
  return near && near.distance <= Math.max(1, wanted.length / 3) ? near.thing : undefined
}

const withoutKind = (folded: string): string => folded.replace(/^(linh vuc|nhom thu tuc) /, '')

const formsOf = ({ code, name }: Known): string[] =>
  [code, name, ...(name.includes('·') ? name.split('·') : [])].map((one) => withoutKind(fold(one))).filter(Boolean)

/** Levenshtein distance, row by row. */
function countEdits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
