import type { PressureShare } from '../../server/indicators/pressure/contract.ts'
import { formatInteger, formatInterval, formatPercent } from '../ui/format.ts'

/** "7,3 % (2,5 – 19,4)"; null where too few answered. */
export const pressureShareInWords = ({ share, lower, upper }: PressureShare): string | null =>
  share === null || lower === null || upper === null
    ? null
    : `${formatPercent(share)} (${formatInterval(lower, upper)})`

/** The yearly report's one sentence; null where too few answered. */
export function pressureSentence(pressure: PressureShare): string | null {
  const { share, lower, upper, answered } = pressure
  if (share === null || lower === null || upper === null) return null
  return (
    `Trong ${formatInteger(answered)} người được hỏi (cứ năm người trả lời bốc ngẫu nhiên một người) có ${formatPercent(share)} ` +
    `(khoảng tin cậy 95\u00a0%: ${formatInterval(lower, upper)}) cho biết có người đứng cạnh xem, gợi ý hoặc nhờ chọn mức trả lời.`
  )
}
