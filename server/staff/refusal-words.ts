import { roleNames } from '../../web/ui/shell.tsx'
import { roles } from '../shell-contract.ts'
import type { StaffMember } from './contract.ts'
import { type Action, reachOf } from './permission-rules.ts'

/** Why a member may not, and who may: "Tài khoản lan (vai trò Điều tra viên) không được …". */
export function explainRefusal(member: StaffMember, action: Action): string {
  const able = roles.filter((role) => reachOf({ ...member, role, coordinates: false }, action) !== 'none')
  const names = able.map((role) => roleNames[role])
  const who = names.length > 1 ? `${names.slice(0, -1).join(', ')} hoặc ${names.at(-1)}` : names.join('')
  const own = `Tài khoản ${member.username} (vai trò ${roleNames[member.role]}) không được ${actionWords[action]}`
  return `${own}; việc này cần vai trò ${who}. Xin hỏi người quản trị nếu Ông/Bà cần làm việc này.`
}

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
