import type { CaseState, CaseTab } from '../../server/cases/contract.ts'
import type { DueView } from '../../server/cases/view-contract.ts'
import type { Half } from '../../server/catalogue/contract.ts'
import { formatDay } from '../ui/format.ts'

export const tabNames: Record<CaseTab, string> = {
  new: 'Mới',
  assigned: 'Đang xử lý',
  overdue: 'Quá hạn',
  praise: 'Lời khen',
  answered: 'Đã trả lời',
  closed: 'Đã khép',
}

/** How each tab stands in an address. */
export const tabSlugs: Record<CaseTab, string> = {
  new: 'moi',
  assigned: 'dang-xu-ly',
  overdue: 'qua-han',
  praise: 'loi-khen',
  answered: 'da-tra-loi',
  closed: 'da-khep',
}

export const kindSlugs = { comment: 'gop-y', praise: 'khen', dissatisfied: 'khong-hai-long' } as const

export const stateNames: Record<CaseState, string> = {
  new: 'Mới',
  assigned: 'Đang xử lý',
  answered: 'Đã trả lời',
  closed: 'Đã khép',
}

export const halfNames: Record<Half, string> = { morning: 'buổi sáng', afternoon: 'buổi chiều' }

/** "23/11/2026, buổi sáng" */
export const dayInWords = (day: string, half: Half): string => `${formatDay(day)}, ${halfNames[half]}`

/** "còn 3 ngày làm việc", "hạn hôm nay", "quá hạn 2 ngày làm việc" */
export function dueInWords({ workingDays, isPast }: DueView): string {
  if (isPast) return workingDays === 0 ? 'quá hạn' : `quá hạn ${workingDays} ngày làm việc`
  return workingDays === 0 ? 'hạn hôm nay' : `còn ${workingDays} ngày làm việc`
}

/** The day behind those words; "hạn" is not said twice: "từ 23/11/2026", "đến hết 01/12/2026" */
export function dueDayInWords({ on, workingDays, isPast }: DueView): string {
  if (isPast) return `từ ${formatDay(on)}`
  return workingDays === 0 ? formatDay(on) : `đến hết ${formatDay(on)}`
}

const eventNames: Record<string, string> = {
  arrived: 'Tiếp nhận',
  assigned: 'Giao xử lý',
  note: 'Ghi chú nội bộ',
  theme: 'Chọn chủ đề',
  transferred: 'Chuyển đơn vị khác',
  released: 'Lãnh đạo chuyển về đơn vị',
  replied: 'Trả lời người dân',
  closed: 'Khép lại',
  reopened: 'Mở lại',
  handed_back: 'Trả lại, chờ người nhận',
  followed: 'Đưa vào xử lý',
}

export const eventInWords = (kind: string): string => eventNames[kind] ?? 'Cập nhật'
