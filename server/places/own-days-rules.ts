import type { OwnDay } from '../catalogue/contract.ts'
import { plainHours } from '../typed/clock.ts'
import { readTypedDay } from '../typed/day.ts'
import { toOneLine } from '../typed/text.ts'

/** A place's own days in one cell of a spreadsheet: "30/4/2027 nghỉ: sửa trụ sở; 2/5/2027 làm: trực tiêm chủng". */

export const ownDaysExample = '30/4/2027 nghỉ: sửa trụ sở; 2/5/2027 làm: trực tiêm chủng'

/** Said in a cell to take all own days away; an empty cell leaves them as they are. */
export const noOwnDays = 'không có'

const mostOwnDays = 100
const longestRange = 31
const dayMs = 86_400_000

const date = String.raw`\d{1,4}[./-]\d{1,2}[./-]\d{1,4}`
const itemPattern = new RegExp(String.raw`^(${date})(?:\s*(?:-|–|—|đến|tới)\s*(${date}))?\s*(?::|,|\s)\s*(.*)$`, 'iu')
const wordPattern =
  /^(nghỉ|nghi|đóng cửa|làm việc|làm bù|làm|lam|mở cửa|mở|trực)(?!\p{L})(?:\s*:\s*(.*)|\s*\((.*)\)|\s*[,–—-]?\s*(.*))$/iu

/** The days of a cell in order, or one sentence on what is wrong with it. */
export function readOwnDays(typed: string): OwnDay[] | string {
  if (plainHours(typed) === noOwnDays) return []
  // A note may hold a semicolon of its own: a new day begins with its date.
  const items = typed.split(new RegExp(String.raw`;\s*(?=${date})`, 'u')).filter((text) => text.trim() !== '')
  const days: OwnDay[] = []
  for (const item of items) {
    const read = readItem(item.trim().replace(/;$/, ''))
    if (typeof read === 'string') return read
    days.push(...read)
  }
  if (days.length > mostOwnDays) return `có hơn ${mostOwnDays} ngày riêng; xin bỏ bớt các ngày cũ.`
  const twice = days.find(({ day }, at) => days.findIndex((one) => one.day === day) < at)
  if (twice) return `ngày ${writeDay(twice.day)} ghi hai lần.`
  return days.sort((a, b) => (a.day < b.day ? -1 : 1))
}

function readItem(item: string): OwnDay[] | string {
  const [, first = '', last, rest = ''] = itemPattern.exec(item) ?? []
  const [from, to] = [readTypedDay(first), readTypedDay(last ?? first)]
  const [, word, ...notes] = wordPattern.exec(rest.trim()) ?? []
  const shown = item.slice(0, 60)
  if (from === null || to === null || word === undefined)
    return `không đọc được “${shown}”; xin ghi ngày/tháng/năm, nghỉ hay làm, rồi lý do, như ${ownDaysExample}.`
  const count = (Date.parse(to) - Date.parse(from)) / dayMs + 1
  if (count < 1 || count > longestRange)
    return `“${shown}”: khoảng ngày phải từ ngày trước đến ngày sau, dài nhất ${longestRange} ngày.`
  const reason = toOneLine(notes.find(Boolean) ?? '')
  if (reason.length < 2 || reason.length > 100) return `“${shown}”: xin ghi lý do sau dấu hai chấm, từ 2 đến 100 ký tự.`
  const works = !/^(ngh|đóng)/i.test(word)
  return Array.from({ length: count }, (_, at) => ({
    day: new Date(Date.parse(from) + at * dayMs).toISOString().slice(0, 10),
    works,
    note: reason,
  }))
}

/** What readOwnDays reads as the same days; empty where there is none. */
export const writeOwnDays = (days: OwnDay[]): string =>
  days.map(({ day, works, note }) => `${writeDay(day)} ${works ? 'làm' : 'nghỉ'}: ${note}`).join('; ')

const writeDay = (day: string): string => day.split('-').reverse().join('/')

/** What is new or otherwise in `after`, and what of `before` is gone. */
export function compareOwnDays(before: OwnDay[], after: OwnDay[]) {
  const textOf = ({ day, works, note }: OwnDay) => `${day} ${works} ${note}`
  const [was, is] = [new Set(before.map(textOf)), new Set(after.map(textOf))]
  return {
    added: after.filter((one) => !was.has(textOf(one))),
    removed: before.filter((one) => !is.has(textOf(one)) && !after.some(({ day }) => day === one.day)),
  }
}
