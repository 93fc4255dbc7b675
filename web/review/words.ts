import type { Pattern, Sign } from '../../server/review/contract.ts'
import { channelName } from '../indicators/words.ts'
import { reasonNames } from '../today/place/reason-words.ts'
import { formatDay, formatInteger } from '../ui/format.ts'

export const signNames: Record<Sign, string> = {
  ...reasonNames,
  same_answers: 'Cùng câu trả lời',
  same_hour: 'Cùng câu trả lời trong một giờ',
  very_fast: 'Trả lời rất nhanh',
}

/** What each sign means, and what it does not prove. */
export const signMeanings: Record<Sign, string> = {
  honeypot:
    'Trang có một ô ẩn mà mắt người không nhìn thấy; phiếu này điền cả ô ấy. Thường là do chương trình tự động gửi.',
  too_fast: 'Phiếu được gửi trong vòng 3 giây từ lúc mở trang. Không ai đọc kịp câu hỏi trong thời gian ấy.',
  same_device:
    'Cùng một máy đã gửi phiếu cho nơi phục vụ này trong vòng một giờ. Có thể là một người gửi nhiều lần, cũng có thể cả nhà dùng chung một điện thoại.',
  over_budget:
    'Nơi phục vụ đã nhận quá số phiếu cho phép trong một giờ. Ngày rất đông khách cũng có thể như vậy: xin đối chiếu với số lượt phục vụ.',
  ticket_used:
    'Mã của phiếu một lần đã được dùng trước đó. Có thể là một người gửi hai lần, cũng có thể mã đã đến tay người khác.',
  outside_hours:
    'Trang được mở và phiếu được gửi cách giờ làm việc của nơi ấy hơn một giờ. Buổi làm thêm giờ cũng có thể như vậy: xin đối chiếu với lịch làm việc. Dịch vụ trực tuyến, phiếu một lần, phiếu giấy và phỏng vấn không tính theo giờ.',
  over_capacity:
    'Trong nửa giờ ấy nơi này đã nhận nhiều phiếu hơn hẳn những nửa giờ đông nhất của chính nơi này trong ba tháng trước. Một đoàn khách lớn cũng có thể như vậy: xin đối chiếu với số lượt phục vụ.',
  reviewed: 'Đã có người xem xét và để riêng, có ghi lý do.',
  same_answers:
    'Có từ 5 phiếu để riêng trở lên mang các câu trả lời giống hệt nhau, ở cùng một nơi phục vụ, trong cùng một ngày.',
  same_hour:
    'Có từ 8 phiếu trở lên trả lời đủ và giống hệt nhau, ở cùng một nơi phục vụ, trong cùng một giờ. Chấm đều một mức không có gì sai; chỉ đáng xem lại khi thành loạt.',
  very_fast:
    'Phiếu được gửi trong vòng 10 giây từ lúc mở trang. Có người trả lời nhanh thật: xin xem kỹ trước khi để riêng.',
}

export const setAsideSigns: Sign[] = [
  'honeypot',
  'too_fast',
  'same_device',
  'over_budget',
  'ticket_used',
  'outside_hours',
  'over_capacity',
  'reviewed',
  'same_answers',
]
export const countedSigns: Sign[] = ['same_hour', 'very_fast']

export const halfDay = (morning: boolean): string => (morning ? 'buổi sáng' : 'buổi chiều')

const spans = [10, 20, 30, 45, 60, 90, 180]

/** "từ 10 đến 20 giây": a span, never the seconds themselves. */
export function secondsInWords(seconds: number | null): string {
  if (seconds === null) return 'không rõ'
  if (seconds <= 3) return 'dưới 3 giây'
  const index = spans.findIndex((end) => seconds <= end)
  if (index === 0) return 'từ 3 đến 10 giây'
  return index < 0 ? 'trên 3 phút' : `từ ${spans[index - 1]} đến ${spans[index]} giây`
}

/** The names an address and a form carry a pattern by. */
export const patternFields = (code: string, { day, sign, channel, inWave, mark }: Omit<Pattern, 'placeId'>) => ({
  diem: code,
  ngay: day,
  'dau-hieu': sign,
  kenh: channel ?? undefined,
  dot: inWave ? '1' : undefined,
  mau: mark ?? undefined,
})

/** "ngày 21/11/2026", "từ 15/11/2026 đến 21/11/2026" */
export const daysInWords = (from: string, to: string): string =>
  from === to ? `ngày ${formatDay(from)}` : `từ ${formatDay(from)} đến ${formatDay(to)}`

export const countOf = (count: number): string => `${formatInteger(count)}\u00a0phiếu`

/** "Gửi quá nhanh · Quầy 1, ngày 21/11/2026, quét mã QR" */
export function patternInWords(place: string, { day, channel, inWave }: Omit<Pattern, 'placeId'>): string {
  const how = channel ? `, ${channelName(channel)}` : ''
  return `${place}, ngày ${formatDay(day)}${how}${inWave ? ', thuộc đợt khảo sát' : ''}`
}
