import type { PlaceToday } from '../../server/results/contract.ts'
import { formatDayShort, formatInteger, formatInterval, formatPercent, shiftDay } from '../ui/format.ts'

export const signalWords = { fall: 'giảm thật', rise: 'tăng thật' } as const

/** "Tuần 16/11 – 22/11: 86,3 % trên 41 phiếu; các tuần trước thường trong khoảng 91,2 – 98,0" */
export function warningInWords({ week, score, lower, upper, responses }: NonNullable<PlaceToday['warning']>): string {
  const usual =
    lower !== null && upper !== null ? `; các tuần trước thường trong khoảng ${formatInterval(lower, upper)}` : ''
  const days = `${formatDayShort(week)} – ${formatDayShort(shiftDay(week, 6))}`
  return `Tuần ${days}: ${score === null ? '' : formatPercent(score)} trên ${formatInteger(responses)} phiếu${usual}`
}

/** Today a score waits for five counted responses; a closed day without one had none that counts. */
export function whyNoScore(isToday: boolean): string {
  return isToday ? 'Chưa đủ 5 phiếu để hiện điểm' : 'Không có phiếu nào được tính điểm'
}

export function quietWords(open: boolean, isToday: boolean): string {
  if (!open) return 'Không nhận phiếu'
  return isToday ? 'Chưa có phiếu hôm nay' : 'Không có phiếu'
}
