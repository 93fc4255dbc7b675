import { roleNames } from '../../web/ui/shell.tsx'
import { PublicError } from '../errors.ts'
import { type Role, roles } from '../shell-contract.ts'
import type { StaffMember } from './contract.ts'
import { type Action, reachOf } from './permission-rules.ts'

/** 403 with the sentence that says why, and who may. */
export const notAllowed = (member: StaffMember, action: Action): PublicError => refused(explainRefusal(member, action))

/** 403 with a sentence of the room's own, where who may follows from more than the role. */
export const refused = (message: string): PublicError => new PublicError('not_allowed', [{ path: 'role', message }])

/**
 * "Tài khoản lan (vai trò Điều tra viên) không được …; việc này cần vai trò …". Who may the action for the own agencies
 * is told that this is another's.
 */
export function explainRefusal(member: StaffMember, action: Action): string {
  const account = `Tài khoản ${member.username} (vai trò ${roleNames[member.role]})`
  const ask = 'Xin hỏi người quản trị nếu Ông/Bà cần làm việc này.'
  if (reachOf(member, action) !== 'none')
    return `${account} chỉ được ${actionWords[action]} của đơn vị mình; đây là của đơn vị khác. ${ask}`
  return `${account} không được ${actionWords[action]}; việc này cần vai trò ${joinWithOr(namesOfAble(action))}. ${ask}`
}

/** Everybody the table lets do an action: the roles, and whom only the agency that follows the whole commune makes able. */
function namesOfAble(action: Action): string[] {
  const can = (role: Role, coordinates: boolean) => reachOf({ role, coordinates }, action) !== 'none'
  const able = roles.filter((role) => can(role, false)).map((role) => `“${roleNames[role]}”`)
  return can('manager', false) || !can('manager', true) ? able : [...able, coordinatorName]
}

const coordinatorName = `“${roleNames.manager}” của đơn vị theo dõi chung toàn xã`

const joinWithOr = (names: string[]): string =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} hoặc ${names.at(-1)}` : names.join('')

const actionWords: Record<Action, string> = {
  'account.own': 'mở trang tài khoản',
  'today.read': 'xem số hôm nay',
  'results.read': 'xem kết quả',
  'commune.read': 'xem kết quả toàn xã',
  'pressure.read': 'xem người dân trả lời có bị tác động không',
  'indicators.change': 'sửa chỉ tiêu',
  'cases.read': 'xem ý kiến của người dân',
  'cases.handle': 'xử lý ý kiến của người dân',
  'cases.publish': 'công bố nội dung cải tiến',
  'cases.configure': 'đặt cách xử lý ý kiến',
  'rights.handle': 'thực hiện yêu cầu về dữ liệu cá nhân',
  'review.read': 'xem phiếu để riêng',
  'review.decide': 'quyết định về phiếu để riêng',
  'waves.read': 'xem đợt khảo sát',
  'waves.change': 'lập và sửa đợt khảo sát',
  'entries.enter': 'nhập phiếu',
  'visits.read': 'xem lượt phục vụ',
  'visits.change': 'nhập lượt phục vụ',
  'tickets.give': 'phát phiếu một lần',
  'tickets.make': 'in nhiều phiếu một lần và thu hồi',
  'tickets.configure': 'đặt thời hạn của phiếu một lần',
  'devices.manage': 'đăng ký máy đặt tại chỗ',
  'places.read': 'xem nơi phục vụ',
  'places.change': 'sửa nơi phục vụ',
  'agencies.change': 'sửa danh sách đơn vị',
  'questionnaires.read': 'xem bộ câu hỏi',
  'questionnaires.change': 'soạn và ban hành bộ câu hỏi',
  'questionnaires.review': 'duyệt bản dịch bộ câu hỏi',
  'translations.change': 'sửa và duyệt bản tiếng Khmer',
  'recordings.change': 'thêm bản ghi âm của các câu hỏi',
  'reports.read': 'xem báo cáo',
  'reports.make': 'lập báo cáo',
  'reports.approve': 'duyệt báo cáo',
  'exports.make': 'xuất số liệu',
  'staff.manage': 'quản lý tài khoản cán bộ',
  'keys.manage': 'quản lý khóa API',
  'audit.read': 'xem nhật ký',
  'system.read': 'xem tình trạng hệ thống',
  'province.read': 'xem bảng của tỉnh',
  'communes.manage': 'sửa danh sách các xã được theo dõi',
}
