import type { IndicatorView } from '../../server/indicators/contract.ts'
import type { Missing } from '../../server/score/contract.ts'
import { formatInteger, formatPercent, formatTarget, startSentence } from '../ui/format.ts'
import { apportion } from '../ui/whole.ts'

const channelWords: Record<string, string> = {
  qr: 'quét mã QR',
  kiosk: 'màn hình tại chỗ',
  web: 'qua liên kết',
  ticket: 'mã trên giấy hẹn',
  paper: 'phiếu giấy',
  interview: 'phỏng vấn',
}

/** Every channel of the contract, in its order. */
export const channelOrder = ['qr', 'kiosk', 'web', 'ticket', 'paper', 'interview'] as const
export const startedChannel = (channel: string): string => startSentence(channelName(channel))
export const channelName = (channel: string): string => channelWords[channel] ?? channel

/** "điểm 95,4 % ≥ 95 %: đạt theo điểm": what officials compare, beside the verdict and never instead of it. */
export function pointInWords({ score, target, pointReaches, dueFrom }: IndicatorView): string | null {
  if (score === null || pointReaches === null) return null
  if (dueFrom) return `Điểm ${formatPercent(score, target)}, chỉ tiêu ${formatTarget(target)} từ năm ${dueFrom}`
  const comparison = `Điểm ${formatPercent(score, target)} ${pointReaches ? '≥' : '<'} ${formatTarget(target)}`
  return `${comparison}: ${pointReaches ? 'đạt' : 'chưa đạt'} theo điểm`
}

/** Past five times what there is, the number would only be a riddle (design: The number). */
export function missingInWords(missing: Missing): string | null {
  if (!missing) return null
  if (missing.outOfReach) return 'Khó kết luận trong kỳ này'
  return `Cần thêm khoảng ${formatInteger(missing.needed)} phiếu nữa để kết luận`
}

/** "79 % quét mã QR, 21 % qua liên kết", largest first as given; nothing without a closed day. */
export function channelsInWords(channels: IndicatorView['channels']): string {
  if (channels.length === 0) return ''
  const shares = formatParts(channels.map(({ responses }) => responses))
  const parts = channels.map(({ channel }, index) => {
    const words = channelName(channel)
    return channels.length === 1 ? `tất cả ${words}` : `${shares[index]} ${words}`
  })
  return `Cách trả lời: ${parts.join(', ')}`
}

/** Where an indicator without answers gets them from; by the plan's code. */
export function howDataComes(code: string): string {
  return sources[code] ?? 'Có số khi người dân trả lời phiếu của lĩnh vực này'
}

const sources: Record<string, string> = {
  'I.1': 'Có số khi người dân đánh giá sau khi làm thủ tục trực tuyến: gửi liên kết qua tin nhắn, kẹp mã vào giấy hẹn',
  'II.1': 'Có số khi người dân quét mã ở các quầy của Trung tâm và trả lời phiếu',
  'II.2': 'Có số khi người dân làm thủ tục đất đai, xây dựng, đầu tư trả lời phiếu',
  'II.7': 'Có số sau đợt khảo sát hộ gia đình hằng năm; phiếu thu tại quầy không thay được đợt này',
  'II.8': 'Có số khi người bệnh, người đi tiêm chủng trả lời phiếu tại Trạm Y tế',
  'II.9': 'Có số khi cha mẹ học sinh trả lời phiếu của trường công lập',
}

/** "79 %" of a share from 0 to 1 that stands alone; a small one is not called nothing. */
export function formatShare(share: number): string {
  const percent = 100 * share
  return percent > 0 && percent < 1 ? 'dưới 1\u00a0%' : `${Math.round(percent)}\u00a0%`
}

/** "79 %", "21 %": the parts of one whole, counts or shares, that add up to 100; a small one is not called nothing. */
export const formatParts = (parts: number[]): string[] =>
  apportion(parts, 0).map((percent, index) =>
    percent === 0 && (parts[index] ?? 0) > 0 ? 'dưới 1\u00a0%' : `${percent}\u00a0%`,
  )

export const formulaName = (formula: 'pooled' | 'stratified'): string =>
  formula === 'pooled'
    ? 'tính gộp, mỗi người trả lời có trọng số như nhau'
    : 'tính theo lượt, mỗi nơi nặng theo số lượt phục vụ'

const modeWords: Record<string, string> = { unstated: 'Không nêu', direct: 'Trực tiếp tại chỗ', online: 'Trực tuyến' }
const respondentWords: Record<string, string> = {
  unstated: 'Không nêu',
  citizen: 'Người dân',
  enterprise: 'Doanh nghiệp, tổ chức',
}
export const modeName = (mode: string): string => modeWords[mode] ?? mode
export const respondentName = (respondent: string): string => respondentWords[respondent] ?? respondent

/** "tháng 11/2026" from its first day. */
export const monthName = (day: string): string => `tháng ${Number(day.slice(5, 7))}/${day.slice(0, 4)}`

export const signalWords = { fall: 'giảm rõ', rise: 'tăng rõ' } as const

/** What the plan abbreviates and a citizen need not know. */
const spelled = { TTHC: 'thủ tục hành chính', HCNN: 'hành chính nhà nước' }

/** A title of the plan in whole words. */
export const spellOut = (title: string): string =>
  title.replace(/\b(TTHC|HCNN)\b/g, (short) => spelled[short as keyof typeof spelled])
