import type { Role } from '../../server/shell-contract.ts'

/** What each role is for, beside its choice. */
export const roleHints: Record<Role, string> = {
  administrator: 'Lập tài khoản, đơn vị, nơi phục vụ, bộ câu hỏi; xem mọi kết quả. Không trả lời ý kiến của người dân.',
  manager: 'Xem kết quả, xử lý ý kiến, nhập lượt phục vụ và lập báo cáo của đơn vị mình.',
  clerk: 'Xem số hôm nay và xử lý ý kiến của đơn vị mình.',
  interviewer: 'Chỉ nhập phiếu giấy và phiếu phỏng vấn của các đợt khảo sát.',
  leader: 'Xem mọi kết quả của xã, chỉ đạo trả lời ý kiến, duyệt báo cáo.',
  auditor: 'Chỉ xem: kết quả, ý kiến, báo cáo và nhật ký của cả xã.',
}
