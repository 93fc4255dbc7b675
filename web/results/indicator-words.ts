import type { IndicatorView, Missing } from '../../server/results/contract.ts'
import { formatInteger, formatPercent, formatTarget } from '../ui/format.ts'

const channelWords: Record<string, string> = {
  qr: 'quét mã QR',
  kiosk: 'màn hình tại chỗ',
  web: 'qua liên kết',
  ticket: 'mã trên giấy hẹn',
  paper: 'phiếu giấy',
  interview: 'phỏng vấn',
}

/** "điểm 95,4 % ≥ 95 %: đạt theo điểm": what officials compare, beside the verdict and never instead of it. */
export function pointInWords({ score, target, pointReaches }: IndicatorView): string | null {
  if (score === null || pointReaches === null) return null
  const comparison = `Điểm ${formatPercent(score, target)} ${pointReaches ? '≥' : '<'} ${formatTarget(target)}`
  return `${comparison}: ${pointReaches ? 'đạt' : 'chưa đạt'} theo điểm`
}

export function missingInWords(missing: Missing): string | null {
  if (!missing) return null
  if (missing.outOfReach) return 'Khó kết luận trong kỳ này: điểm quá sát chỉ tiêu so với số phiếu thu được'
  return `Cần thêm khoảng ${formatInteger(missing.needed)} phiếu nữa để kết luận`
}

/** "79 % quét mã QR, 21 % qua liên kết", largest first as given. */
export function channelsInWords(channels: IndicatorView['channels']): string {
  const all = channels.reduce((sum, { responses }) => sum + responses, 0)
  const parts = channels.map(({ channel, responses }) => {
    const words = channelWords[channel] ?? channel
    return channels.length === 1 ? `tất cả ${words}` : `${shareOf(responses, all)} ${words}`
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

function shareOf(part: number, all: number): string {
  const percent = (100 * part) / all
  return percent > 0 && percent < 1 ? 'dưới 1\u00a0%' : `${Math.round(percent)}\u00a0%`
}
