import type { Provenance } from '../../server/catalogue/contract.ts'
import type { IndicatorView } from '../../server/indicators/contract.ts'
import type { Belief, Score } from '../../server/score/contract.ts'
import { formatInteger, formatInterval, formatPercent, startSentence } from '../ui/format.ts'
import { formatShare } from './words.ts'

const words: Record<Provenance, string> = {
  ticket: 'phiếu một lần',
  presence: 'mã trên màn hình tại chỗ',
  kiosk: 'máy đặt tại chỗ đã đăng ký',
  open: 'mở: mã dán, liên kết, không có gì kiểm chứng',
  unminted: 'mở, gửi không qua trang của Ý Dân',
  entered: 'cán bộ nhập từ phiếu giấy, phỏng vấn',
}

export const provenanceName = (provenance: string): string => words[provenance as Provenance] ?? provenance

/** "Có kiểm chứng 94,1 % (…), mở 97,0 % (…): lệch −2,9 điểm phần trăm (…)"; null where one side is too small. */
export function sourcesInWords({ proven, open, difference }: Belief, target: number): string | null {
  if (!difference) return null
  const interval = `khoảng tin cậy 95\u00a0%: ${signed(difference.lower)} đến ${signed(difference.upper)}`
  const sides = `Có kiểm chứng ${sideInWords(proven, target)}; mở ${sideInWords(open, target)}`
  return `${sides}; lệch ${signed(difference.difference)} điểm phần trăm (${interval})`
}

const sideInWords = ({ score, lower, upper, responses }: Score, target: number): string =>
  `${formatPercent(score ?? 0, target)} (${formatInterval(lower ?? 0, upper ?? 0, target)}, ${formatInteger(responses)} phiếu)`

const signed = (points: number): string => `${points < 0 ? '−' : '+'}${formatNumber(Math.abs(points))}`
const formatNumber = (points: number): string => points.toFixed(1).replace('.', ',')

/** "12 % số phiếu có kiểm chứng"; null without responses. */
export const provenShareInWords = ({ provenShare }: Pick<Belief, 'provenShare'>): string | null =>
  provenShare === null ? null : `${formatShare(provenShare)} số phiếu có kiểm chứng`

/** "412 trong 1.000 phiếu một lần đã phát được trả lời (41 %)", the share from twenty on; null where none were given out. */
export function ticketsInWords({ tickets: { given, used } }: Pick<Belief, 'tickets'>): string | null {
  if (given === 0) return null
  const share = given < 20 ? '' : ` (${formatShare(used / given)})`
  return `${formatInteger(used)} trong ${formatInteger(given)} phiếu một lần đã phát được trả lời${share}`
}

/** How many are in the score without carrying the verdict; null without any. */
export const unmintedInWords = ({ unminted }: Pick<Belief, 'unminted'>): string | null =>
  unminted > 0
    ? `${formatInteger(unminted)} phiếu gửi không qua trang của Ý Dân: có trong điểm, không mang kết luận`
    : null

/** On how many days the answers came, where that keeps the verdict back. */
export const spreadInWords = ({ spread }: Belief): string | null =>
  spread && `Phiếu của ${spread.days} ngày, ngày nhiều nhất chiếm ${formatShare(spread.largestShare)} trọng số`

/** What a reader should know of the sources beside any score: each a sentence without its full stop. */
export function beliefNotes({ belief, reason, target }: Pick<IndicatorView, 'belief' | 'reason' | 'target'>): string[] {
  const days = reason === 'few_days' ? spreadInWords(belief) : null
  const sides = sourcesInWords(belief, target)
  const share = sides ? null : provenShareInWords(belief)
  const said = [days, sides, share && startSentence(share), ticketsInWords(belief), unmintedInWords(belief)]
  return said.filter((words) => words !== null)
}
