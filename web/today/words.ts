import type { Comparison, Reach } from '../../server/indicators/contract.ts'
import type { TicketRate } from '../../server/tickets/contract.ts'
import type { AgencyToday, PlaceToday, TodayView } from '../../server/today/contract.ts'
import {
  formatDayShort,
  formatInteger,
  formatInterval,
  formatPercent,
  formatScore,
  formatWeekday,
  shiftDay,
} from '../ui/format.ts'

/** What a board is about: the running day, a closed one, or several days. */
export type Span = 'today' | 'day' | 'days'

export const spanOf = ({ from, day, isToday }: Pick<TodayView, 'from' | 'day' | 'isToday'>): Span =>
  isToday ? 'today' : from === day ? 'day' : 'days'

/** "Tuần 16/11 – 22/11: 86,3 % trên 41 phiếu; các tuần trước thường trong khoảng 91,2 – 98,0" */
export function warningInWords({ week, score, lower, upper, responses }: NonNullable<PlaceToday['warning']>): string {
  const usual =
    lower !== null && upper !== null ? `; các tuần trước thường trong khoảng ${formatInterval(lower, upper)}` : ''
  const days = `${formatDayShort(week)} – ${formatDayShort(shiftDay(week, 6))}`
  return `Tuần ${days}: ${score === null ? '' : formatPercent(score)} trên ${formatInteger(responses)} phiếu${usual}`
}

/** Today a score waits for a group large enough, or for the end of the day; of fewer than five it would be somebody's. */
export function whyNoScore(
  span: Span,
  { responses = 0, waiting = 0 }: { responses?: number; waiting?: number } = {},
): string {
  if (span === 'today') return 'Trong ngày chưa đủ phiếu để hiện điểm'
  if (responses === 0 && waiting > 0) return 'Ít phiếu: điểm chờ khi tháng khép'
  if (responses > 0) return 'Dưới 5 phiếu, không hiện điểm'
  return span === 'day' ? 'Không có phiếu nào được tính điểm' : 'Chưa có phiếu nào được tính điểm'
}

/** What whoever does not have the rows is told of days with a few answers (server/tallies/small-days-rules.ts). */
export const waitingInWords = (waiting: number): string =>
  `${formatInteger(waiting)} phiếu chưa nằm trong điểm của nơi phục vụ: ngày nào nơi ấy chỉ có 1–4 phiếu thì các phiếu ấy được gộp lại và tính khi tháng khép, để không ai bị lộ.`

export function quietWords(open: boolean, span: Span): string {
  if (!open) return 'Không nhận phiếu'
  return span === 'today' ? 'Chưa có phiếu hôm nay' : 'Không có phiếu'
}

export function trendWords(span: Span): string {
  return span === 'days' ? 'Diễn biến' : '14 ngày trước'
}

/** "hôm qua", "thứ Hai tuần trước", "đầu tháng đến nay", "26/10 – 17/11" */
export function periodInWords({ with: kind, from, to }: Pick<Comparison, 'with' | 'from' | 'to'>, span: Span): string {
  if (kind === 'yesterday') return span === 'today' ? 'hôm qua' : 'ngày liền trước'
  if (kind === 'weekday') return `${formatWeekday(from)} tuần trước`
  if (kind === 'month') return span === 'today' ? 'đầu tháng đến nay' : 'đầu tháng đến hôm trước'
  return `${formatDayShort(from)} – ${formatDayShort(to)}`
}

/** A change is only named where the interval of the difference excludes 0. */
export function changeInWords({ change, difference }: Comparison): string {
  if (change === null || difference === null) return 'không có phiếu để so'
  if (change === 'not_provable') return 'chưa thấy khác'
  return `${change === 'rise' ? 'tăng' : 'giảm'} ${formatScore(Math.abs(difference))} điểm\u00a0%`
}

const units = { visits: 'lượt', people: 'học sinh' } as const

/** "46,6 % của 88 lượt", or that nobody has counted them. */
export function reachInWords({ counts, number, rate }: Reach): string {
  if (number === null || rate === null) return counts === 'visits' ? 'chưa có số lượt' : 'chưa có số học sinh'
  return `${formatPercent(100 * rate)} của ${formatInteger(number)} ${units[counts]}`
}

/** "có kiểm chứng 12 trong 40 phiếu được tính": who answered with a ticket, a code on the screen, or an interviewer. */
export const provenInWords = ({ responses, counted }: NonNullable<AgencyToday['proven']>): string =>
  responses === 0
    ? 'chưa phiếu nào có kiểm chứng'
    : `có kiểm chứng ${formatInteger(responses)} trong ${formatInteger(counted)} phiếu được tính`

/** "phiếu một lần: 34,5 % của 120 đã phát được trả lời (30 ngày)": a true response rate, where enough were given out. */
export const ticketsInWords = ({ given, rate }: TicketRate): string =>
  `phiếu một lần: ${formatPercent(100 * (rate ?? 0))} của ${formatInteger(given)} đã phát trong 30 ngày được trả lời`

export const openingsInWords = ({ opened, sent }: NonNullable<PlaceToday['openings']>): string =>
  `mở trang\u00a0${formatInteger(opened)} →\u00a0gửi\u00a0${formatInteger(sent)}`

/** The end of a half-hour counted from midnight: "9:30". */
export const slotEndInWords = (slot: number): string => `${Math.floor(slot / 2)}:${slot % 2 === 0 ? '00' : '30'}`

export const halfWords = { morning: 'buổi sáng', afternoon: 'buổi chiều' } as const
