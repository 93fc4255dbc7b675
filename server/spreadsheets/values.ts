/** What clerks and their software write in cells: dates, counts and names, in every form met so far. */

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

export type Period = { period: 'day' | 'month'; day: string }

/** A day or a month; null where it is neither. `monthly`: the column is about months, so a first of the month means the month. */
export function parsePeriod(value: string | number, monthly: boolean): Period | null {
  const day = typeof value === 'number' ? dayOfSerial(value) : parseDay(value)
  if (day) return monthly && day.endsWith('-01') ? { period: 'month', day } : { period: 'day', day }
  const month = typeof value === 'string' ? parseMonth(value) : null
  return month ? { period: 'month', day: `${month}-01` } : null
}

/** dd/mm/yyyy or yyyy-mm-dd, also with a time behind; serial numbers as text, as some software exports them. */
function parseDay(text: string): string | null {
  const vietnamese = /^(?:ngày\s*)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\D.*)?$/iu.exec(text.trim())
  if (vietnamese) return toDay(vietnamese[3], vietnamese[2], vietnamese[1])
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:\D.*)?$/.exec(text.trim())
  if (iso) return toDay(iso[1], iso[2], iso[3])
  return /^\d{5}$/.test(text.trim()) ? dayOfSerial(Number(text)) : null
}

/** "10/2026", "Tháng 10/2026", "tháng 10 năm 2026", "2026-10" → "2026-10". */
export function parseMonth(text: string): string | null {
  const words = fold(text)
  const found = /^(?:thang|t)? ?(\d{1,2})(?: nam)? (\d{4})$/.exec(words) ?? /^(\d{4}) (\d{1,2})$/.exec(words)
  if (!found) return null
  const [year, month] = (found[1] as string).length === 4 ? [found[1], found[2]] : [found[2], found[1]]
  return toDay(year, month, '1')?.slice(0, 7) ?? null
}

/** The month that a title names: "Báo cáo tháng 10 năm 2026", "Từ 01/10/2026 đến 31/10/2026". */
export function findMonth(title: string): string | null {
  const named = /thang (\d{1,2})(?: nam)? (\d{4})/.exec(fold(title))
  if (named) return toDay(named[2], named[1], '1')?.slice(0, 7) ?? null
  const days = [...title.matchAll(/(\d{1,2})\/(\d{1,2})\/(\d{4})/g)].map(([, day, month, year]) =>
    toDay(year, month, day),
  )
  const months = new Set(days.map((day) => day?.slice(0, 7)))
  return months.size === 1 ? ([...months][0] ?? null) : null
}

/** Excel counts days from 1899-12-30; numbers outside 2000-2099 are no dates. */
function dayOfSerial(serial: number): string | null {
  const whole = Math.floor(serial)
  return whole >= 36526 && whole <= 73050 ? new Date((whole - 25569) * 86_400_000).toISOString().slice(0, 10) : null
}

function toDay(year = '', month = '', day = ''): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = Date.parse(`${text}T00:00:00Z`)
  const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
  return exists && text >= '2000' && text < '2100' ? text : null
}

/** A whole number from 0; "1.234" and "1 234" are thousands, as is "1,234". Null where it is none. */
export function parseCount(value: string | number): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : null
  const text = value.replace(/[\s\u00a0]/g, '').replace(/[.,]0{1,2}$/, '')
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
