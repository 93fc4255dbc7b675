import type { FunnelStanding, Missing, Presence } from '../../server/communes/board-contract.ts'
import type { ChangeReason } from '../../server/communes/change-contract.ts'
import { formatDay } from '../ui/format.ts'
import { formatMoment } from '../ui/moment.ts'

const quarters = ['I', 'II', 'III', 'IV']

/** "Năm 2026", "Quý III/2026", "Tháng 10/2026". */
export function periodName(period: string): string {
  const [year = '', part] = period.split('-')
  if (!part) return `Năm ${year}`
  return part.startsWith('Q') ? `Quý ${quarters[Number(part[1]) - 1]}/${year}` : `Tháng ${Number(part)}/${year}`
}

/** The same within a sentence: "quý III/2026". */
export const periodWords = (period: string): string => {
  const name = periodName(period)
  return name.charAt(0).toLocaleLowerCase('vi') + name.slice(1)
}

export const standingWords: Record<FunnelStanding, string> = {
  far_below: 'Thấp hơn hẳn',
  below: 'Thấp hơn, cần xem',
  within: 'Như mức chung',
  above: 'Cao hơn',
  far_above: 'Cao hơn hẳn',
}

export const changeWords: Record<ChangeReason, string> = {
  corrected: 'đính chính theo báo cáo mới',
  redefined: 'đổi cách tính đã công bố',
  unexplained: 'đã đổi sau khi khép kỳ, chưa nêu lý do',
}

/** How it stands with reaching a commune, in a few words. */
export function presenceWords({ state, since, reason, part }: Presence): string {
  if (state === 'new') return 'Chưa đọc lần nào'
  if (state === 'here') return 'Đọc được'
  const when = since ? ` từ ${formatMoment(since)}` : ''
  return `${state === 'away' ? 'Vắng' : 'Đọc không đủ'}${when}${part ? `, ${contactWords(part)}` : ''}${reason ? `: ${reason}` : ''}`
}

export function missingWords(missing: Missing): string {
  if (missing.kind === 'never') return 'chưa có số liệu của kỳ này'
  if (missing.kind === 'away') return `vắng từ ${formatMoment(missing.since)}`
  if (missing.kind === 'behind') return `số liệu mới đến ${formatDay(missing.to)}`
  return 'chưa có phiếu nào'
}

const contactNames: Record<string, string> = {
  commune: 'Máy chủ',
  open: 'Dữ liệu mở',
  ledger: 'Sổ cái',
  key: 'Khóa API',
}

const contactWords = (what: string): string => {
  const name = contactName(what)
  return name.charAt(0).toLocaleLowerCase('vi') + name.slice(1)
}

/** What was asked of a commune: "period 2026-Q3" is the figures of a period. */
export function contactName(what: string): string {
  if (what.startsWith('period ')) return `Số liệu ${periodWords(what.slice(7))}`
  return contactNames[what] ?? what
}
