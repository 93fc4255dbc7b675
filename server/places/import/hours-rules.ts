import type { Cell } from '../../spreadsheets/contract.ts'
import { plainHours, readTypedClock, readTypedSpans, type Span, spansExample, writeClock } from '../../typed/clock.ts'
import { isClosedWord, readTypedDays, readTypedWeek, type Week } from '../../typed/week.ts'
import { type ImportRole, weekdayRoles } from './contract.ts'

/** A sentence about the cell of one role. */
export type CellProblem = { role: ImportRole; text: string }
export type HoursReading = { week: Week | null; problems: CellProblem[] }
type CellOf = (role: ImportRole) => Cell

/** Said in the column of hours where a place is to have none: an empty cell leaves them as they are. */
export const noHours = 'không xét'
const usualDays = [0, 1, 2, 3, 4]

/** The week a row states: in words, by day, or by opening, closing and days; where it states none, `kept`. */
export function readHours(cellOf: CellOf, kept: Week | null): HoursReading {
  const textOf = (role: ImportRole) => textOfCell(cellOf(role))
  const ways = [
    textOf('hours') !== '' && readWords(textOf('hours')),
    weekdayRoles.some((role) => textOf(role) !== '') && readWeekdays(textOf, kept),
    (['opens', 'closes', 'openDays'] as const).some((role) => textOf(role) !== '') && readFrame(textOf, kept),
  ].filter((way) => way !== false)
  const [first = { week: kept, problems: [] }, second] = ways
  if (!second) return first
  return refuse('hours', 'giờ làm việc ghi ở nhiều kiểu cột; xin chỉ giữ một kiểu.')
}

const refuse = (role: ImportRole, text: string): HoursReading => ({ week: null, problems: [{ role, text }] })

type TextOf = (role: ImportRole) => string

function readWords(text: string): HoursReading {
  if (plainHours(text) === noHours) return { week: null, problems: [] }
  const read = describeDate(text) ?? readTypedWeek(text)
  return typeof read === 'string' ? refuse('hours', read) : { week: read, problems: [] }
}

/** A day whose cell is empty keeps its hours; one that had none is off. */
function readWeekdays(textOf: TextOf, kept: Week | null): HoursReading {
  const problems: CellProblem[] = []
  const week = weekdayRoles.map((role, at): Span[] => {
    const text = textOf(role)
    if (text === '') return kept?.[at] ?? []
    const read = isClosedWord(text) ? [] : (describeDate(text) ?? readTypedSpans(text))
    if (typeof read !== 'string') return read
    problems.push({ role, text: read })
    return []
  })
  if (problems.length === 0 && week.every((spans) => spans.length === 0))
    return refuse('t2', 'cần ít nhất một ngày làm việc; nơi không xét giờ thì để trống cả tuần.')
  return { week, problems }
}

function readFrame(textOf: TextOf, kept: Week | null): HoursReading {
  const [opens, closes] = [readTypedClock(textOf('opens')), readTypedClock(textOf('closes'))]
  const unread = (role: 'opens' | 'closes') =>
    refuse(role, describeDate(textOf(role)) ?? `không đọc được “${textOf(role)}”; xin ghi giờ và phút, ví dụ 7:30.`)
  if (opens === null) return unread('opens')
  if (closes === null) return unread('closes')
  if (closes <= opens) return refuse('closes', 'giờ đóng cửa phải sau giờ mở cửa trong cùng một ngày.')
  const keptDays = kept?.flatMap((spans, day) => (spans.length > 0 ? [day] : [])) ?? usualDays
  const days = textOf('openDays') === '' ? keptDays : readTypedDays(textOf('openDays'))
  if (days === null) return refuse('openDays', `không đọc được “${textOf('openDays')}”; xin ghi như T2-T6.`)
  const week = weekdayRoles.map((_, day): Span[] => (days.includes(day) ? [[opens, closes]] : []))
  return { week, problems: [] }
}

/** Excel makes the seventh of November of "7-11". */
function describeDate(text: string): string | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text) ?? []
  if (!year) return null
  const shown = [day, month, year].filter(Boolean).join('/')
  return `Excel đã đổi thành ngày ${shown}; xin đặt cột là Văn bản (Text) rồi ghi lại, ví dụ ${spansExample}.`
}

/** What a cell shows: 0,3125 of a day is 7:30, and 7.3 is what Excel leaves of a typed "7.30". */
function textOfCell(cell: Cell): string {
  if (typeof cell !== 'number') return cell.trim()
  if (cell > 0 && cell < 1) return writeClock(Math.round(cell * 1440))
  const [, hours, part = ''] = /^(\d{1,2})\.(\d{1,2})$/.exec(String(cell)) ?? []
  // "7,5" is half past seven to some, ten to eight to others.
  if (!hours || part === '5') return String(cell).replace('.', ',')
  return `${hours}:${part.padEnd(2, '0')}`
}
