import { toPlainDigits } from './digits.ts'

/** Hours as people type them. Pure: text in, minutes of the day out, or the one sentence when it is neither. */

/** From and until, in minutes of the day; the day's end is 1440. */
export type Span = [from: number, until: number]

/** "7h30", "07:30", "7.30", "0730", "7:30 SA" and "7" → minutes of the day; null for anything else. 24:00 is the day's end. */
export function readTypedClock(typed: string): number | null {
  const text = toPlainDigits(typed).trim().toLowerCase()
  const found =
    /^(\d{1,2})\s*(?:(?:[:.hg]|giờ)\s*(\d{2})?(?::\d{2})?)?\s*(am|pm|sa|ch)?$/.exec(text) ??
    /^(\d{2})(\d{2})$/.exec(text)
  if (!found) return null
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)]
  const whole = (found[3] === undefined ? hours : onTwelveHours(hours, found[3])) * 60 + minutes
  return whole <= 1440 && minutes < 60 ? whole : null
}

/** Excel in Vietnamese writes SA and CH for AM and PM. */
const onTwelveHours = (hours: number, half: string): number => (hours % 12) + (/pm|ch/.test(half) ? 12 : 0)

export const spansExample = '7:00-11:30, 13:00-17:00'

const clock = String.raw`(?:\d{4}|\d{1,2}(?:\s?(?:[:.hg]|giờ)(?:\s?\d{2}(?::\d{2})?)?)?(?:\s?(?:am|pm|sa|ch)(?!\p{L}))?)`
const spanPattern = new RegExp(
  String.raw`(?:(sáng|chiều|tối|sang|chieu)\s?:?\s?)?(?:từ )?(${clock})-(${clock})(?!\d)`,
  'gu',
)

/** A day's hours begin before this only where it is open around the clock: "1h30-5h" is meant for the afternoon. */
const earliest = 300

/** Every kind of dash, "đến" and "tới" as "-"; digits of any script as ordinary ones; small letters. */
export const plainHours = (typed: string): string =>
  toPlainDigits(typed)
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s*(?:[-‐-―−~→]|(?<!\p{L})(?:đến|tới|den)(?!\p{L}))\s*/gu, '-')
    .replace(/\s+/g, ' ')
    .trim()

/** "7h-11h30; 13h30 đến 17h", "Sáng 7:00–11:30, chiều 1:30–5:00" → spans in order; a sentence where it cannot be read. */
export function readTypedSpans(typed: string): Span[] | string {
  const text = plainHours(typed)
  const rest = text.replaceAll(spanPattern, ' ').replace(/(?<!\p{L})và(?!\p{L})|[\s,;/&+.:()]/gu, '')
  const found = [...text.matchAll(spanPattern)].map(([, part, from = '', until = '']) =>
    [from, until].map((one) => inPart(part, readTypedClock(one))),
  )
  if (rest !== '' || found.length === 0 || found.flat().includes(null))
    return `không đọc được “${typed.trim().slice(0, 60)}”; xin ghi như ${spansExample}.`
  const spans = (found as Span[]).sort((a, b) => a[0] - b[0])
  if (spans.some(([from, until]) => until <= from)) return 'giờ đóng cửa phải sau giờ mở cửa trong cùng một ngày.'
  if (spans.some(([from], at) => from < (spans[at - 1]?.[1] ?? 0))) return 'các khoảng giờ chồng lên nhau.'
  if (spans.some(([from]) => from > 0 && from < earliest))
    return 'có giờ mở cửa trước 5:00; buổi chiều xin ghi theo 24 giờ, ví dụ 13:30.'
  return spans
}

/** In the afternoon people say one o'clock and mean 13:00. */
const inPart = (part: string | undefined, minutes: number | null): number | null =>
  minutes !== null && minutes < 720 && /^(chi|tối)/.test(part ?? '') ? minutes + 720 : minutes

/** "7:30" from minutes of the day. */
export const writeClock = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`

/** "7:00-11:30, 13:00-17:00"; empty where there is none. */
export const writeSpans = (spans: Span[]): string =>
  spans.map(([from, until]) => `${writeClock(from)}-${writeClock(until)}`).join(', ')
