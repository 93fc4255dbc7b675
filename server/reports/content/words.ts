import { channelName } from '../../../web/indicators/words.ts'
import { formatDay, formatInteger, formatTarget, startSentence } from '../../../web/ui/format.ts'
import { reasonInWords, watchedInWords } from '../../../web/ui/verdict-word.tsx'
import type { Channel } from '../../catalogue/contract.ts'
import type { Difference, Score } from '../../score/contract.ts'
import type { ReportKind } from '../contract.ts'
import type { Before, IndicatorFigures, Period, ReportValues } from '../input/contract.ts'
import { fewestToShow, isShown, type KnownScore } from './findings-rules.ts'

const nbsp = '\u00a0'

/** "93,46 %"; more decimals where two would put it on the wrong side of the target. */
export function percent(value: number, target?: number): string {
  const keepsSide = (digits: number) =>
    target === undefined || Number(value.toFixed(digits)) >= target === value >= target
  const digits = [2, 3, 4].find(keepsSide) ?? 4
  return `${comma(value.toFixed(digits))}${nbsp}%`
}

/** "05", "12", "1.234": counts in sentences of official documents have two digits at least. */
export const tally = (count: number): string => (count > 0 && count < 10 ? `0${count}` : formatInteger(count))

/** "1,30"; without a sign. */
export const points = (value: number): string => comma(Math.abs(value).toFixed(2))
export const decimal = (value: number, digits = 2): string => comma(value.toFixed(digits))
const signed = (value: number): string => (Number(value.toFixed(2)) < 0 ? `-${points(value)}` : points(value))
const comma = (number: string): string => number.replace('.', ',')

/** Official documents write 01 and 02, the other months as they are. */
const monthNumber = (month: number): string => (month < 3 ? `0${month}` : String(month))

/** "tháng 9/2026" from "2026-09". */
export const monthWord = (month: string): string => `tháng ${monthNumber(Number(month.slice(5)))}/${month.slice(0, 4)}`

const quarters = ['I', 'II', 'III', 'IV']

/** "năm 2026", "quý III năm 2026", "tháng 10 năm 2026". */
export function periodName(kind: ReportKind, { from }: Period): string {
  const [year, month] = from.split('-').map(Number) as [number, number]
  if (kind === 'quarterly') return `quý ${quarters[Math.floor((month - 1) / 3)]} năm ${year}`
  return kind === 'monthly' ? `tháng ${monthNumber(month)} năm ${year}` : `năm ${year}`
}

export const daysInWords = ({ from, to }: Period): string => `từ ngày ${formatDay(from)} đến hết ngày ${formatDay(to)}`

/** "năm 2025", or the days where they are not the whole period. */
export function previousName({ kind, previous, unfinished }: ReportValues): string {
  return unfinished ? `cùng thời gian của kỳ trước (${daysInWords(previous)})` : periodName(kind, previous)
}

/** "93,46 % (khoảng tin cậy 95 %: 92,10 % đến 94,60 %; 1.234 phiếu)". */
export const scoreInWords = ({ score, lower, upper, responses }: KnownScore, target?: number): string =>
  `${percent(score, target)} (khoảng tin cậy 95${nbsp}%: từ ${percent(lower, target)} đến ${percent(upper, target)}; ${tally(responses)} phiếu)`

/** Why there is no figure. */
export const withoutScore = ({ responses }: Score): string =>
  responses === 0
    ? 'chưa có phiếu hợp lệ nên chưa có kết quả'
    : `có dưới ${tally(fewestToShow)} phiếu hợp lệ nên không nêu kết quả, để không suy ra được ý kiến của từng người`

/** The verdict with its reason, as the end of a sentence. */
export function verdictInWords({
  verdict,
  target,
  reason,
  dueFrom,
}: Pick<IndicatorFigures, 'verdict' | 'target' | 'reason' | 'dueFrom'>): string {
  if (dueFrom) return watchedInWords(dueFrom)
  const goal = formatTarget(target)
  if (verdict === 'met') return `đạt chỉ tiêu, vì cận dưới của khoảng tin cậy không thấp hơn ${goal}`
  if (verdict === 'not_met') return `chưa đạt chỉ tiêu, vì cận trên của khoảng tin cậy thấp hơn ${goal}`
  const why = reasonInWords(reason)
  if (why) return `chưa đủ căn cứ để kết luận: ${why}`
  return `chưa đủ căn cứ để kết luận, vì mức ${goal} nằm trong khoảng tin cậy`
}

/** As the last column of a table: "Chưa đủ căn cứ: dồn vào ít ngày". */
export function verdictInTable({
  verdict,
  reason,
  dueFrom,
}: Pick<IndicatorFigures, 'verdict' | 'reason' | 'dueFrom'>): string {
  if (dueFrom) return startSentence(watchedInWords(dueFrom))
  const why = reasonInWords(reason)
  return why ? `${verdictShort[verdict]}: ${why}` : verdictShort[verdict]
}

export const verdictShort = { met: 'Đạt', not_met: 'Chưa đạt', not_yet_provable: 'Chưa đủ căn cứ' } as const

/** "tăng 2,31 điểm phần trăm so với năm 2025 (…)": a direction only where the interval of the difference excludes zero. */
export function changeInWords({ change, difference, lower, upper }: Difference, than: string): string {
  const interval = `khoảng tin cậy 95${nbsp}% của mức chênh lệch: từ ${signed(lower)} đến ${signed(upper)} điểm phần trăm`
  if (change === 'not_provable')
    return `chênh lệch ${signed(difference)} điểm phần trăm so với ${than}, chưa đủ căn cứ để kết luận có thay đổi (${interval})`
  return `${change === 'rise' ? 'tăng' : 'giảm'} ${points(difference)} điểm phần trăm so với ${than} (${interval})`
}

/** Undefined where one of the two may not be shown. */
export function comparisonInWords(score: Score, before: Before | null, than: string): string | undefined {
  if (!before?.difference || !isShown(score) || !isShown(before.score)) return undefined
  return changeInWords(before.difference, than)
}

export const changeShort = (score: Score, before: Before | null): string => {
  if (!before?.difference || !isShown(score) || !isShown(before.score)) return 'Không so sánh được'
  return { rise: 'Tăng', fall: 'Giảm', not_provable: 'Chưa đủ căn cứ' }[before.difference.change]
}

/** What a target means in this period: provisional, or set for years to come. */
export function standingOfTarget(indicator: IndicatorFigures, { period, through, unfinished }: ReportValues): string {
  const year = period.from.slice(0, 4)
  const [first = year] = indicator.period.match(/\d{4}/g) ?? []
  if (!/^đến /i.test(indicator.period) && first > year)
    return `Chỉ tiêu này được giao cho giai đoạn ${indicator.period}, việc đối chiếu trong kỳ báo cáo chỉ có ý nghĩa theo dõi.`
  if (unfinished && through) return `Kết luận là tạm tính, theo số liệu đến hết ngày ${formatDay(through)}.`
  if (!indicator.provisional) return ''
  const years = /^đến /i.test(indicator.period) ? `${indicator.period.toLowerCase()}` : `giai đoạn ${indicator.period}`
  return `Kết luận là tạm tính, vì thời hạn thực hiện chỉ tiêu (${years}) chưa kết thúc.`
}

/** "quét mã QR, phiếu giấy và phỏng vấn". */
export const joinWords = (words: string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} và ${words.at(-1)}`

/** "từ 0 % đến …" of a share 0-1, as a percent with two decimals. */
export const shareInWords = (share: number): string => percent(100 * share)

/** A rate over 1 is a sign of error: shown as it is, never called a rate. */
export function rateInWords({ denominator, sector }: ReportValues): string {
  if (!denominator) return 'chưa tính được tỷ lệ trả lời'
  const rate = shareInWords(denominator.responseRate)
  if (denominator.responseRate <= 1) return `tỷ lệ trả lời ${rate}`
  const many = sector === 'education' ? 'một người trả lời nhiều lần' : 'số lượt được ghi còn thiếu'
  return `số phiếu bằng ${rate} số này, có thể do ${many}, nên không coi là tỷ lệ trả lời`
}

/** “A”, “B, C” và “D”: names that hold commas themselves. */
export const joinNames = (names: string[]): string => joinWords(names.map((name) => `“${name}”`))

/** "Mầm non" from "Ý kiến phụ huynh về trường mầm non". */
export const shortTitle = (title: string): string =>
  startSentence(title.replace(/^Ý kiến (?:phụ huynh )?về (?:trường )?/, ''))

export const channelWord = (channel: string): string => startSentence(channelName(channel))
export const channelWords = (channels: readonly Channel[]): string => joinWords(channels.map(channelName))

export { formatDay, formatInteger, formatTarget, startSentence }
