import type { AuditRow } from '../../server/staff/contract.ts'
import { formatDayOf, formatStamp } from '../ui/moment.ts'

/**
 * When it was done. What is done about an opinion on the running day tells when that came, and is told to the half-day;
 * `today` is that day, YYYY-MM-DD.
 */
export function momentInWords({ at, action }: Pick<AuditRow, 'at' | 'action'>, today: string): string {
  const stamp = formatStamp(at)
  const [day, month, year] = formatDayOf(at).split('/')
  if (!action.startsWith('case.') || `${year}-${month}-${day}` !== today) return stamp
  return `${formatDayOf(at)}, buổi ${Number(stamp.slice(11, 13)) < 12 ? 'sáng' : 'chiều'}`
}
