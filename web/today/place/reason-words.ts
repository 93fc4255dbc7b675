import type { Reason } from '../../../server/tallies/contract.ts'

/** Why a response is set aside, in a few words. */
export const reasonNames: Record<Reason, string> = {
  honeypot: 'Điền ô ẩn',
  too_fast: 'Gửi quá nhanh',
  same_device: 'Cùng một máy',
  over_budget: 'Quá nhiều phiếu trong một giờ',
  ticket_used: 'Phiếu một lần dùng lần hai',
  outside_hours: 'Ngoài giờ làm việc',
  over_capacity: 'Nhiều hơn mức nơi phục vụ nổi',
  reviewed: 'Để riêng sau khi xem xét',
}
