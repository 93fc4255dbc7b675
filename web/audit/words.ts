import type { AuditAction, AuditGroup } from '../../server/staff/contract.ts'
import { links } from '../links.ts'
import { formatDay, formatInteger } from '../ui/format.ts'
import { roleNames } from '../ui/shell.tsx'
import { channelName } from '../waves/words.ts'

export const auditWords: Record<AuditAction, string> = {
  'place.create': 'Thêm nơi phục vụ',
  'place.change': 'Sửa nơi phục vụ',
  'place.code': 'Đổi mã nơi phục vụ',
  'place.order': 'Đổi thứ tự nơi phục vụ',
  'agency.create': 'Thêm đơn vị',
  'agency.change': 'Sửa đơn vị',
  'agency.order': 'Đổi thứ tự đơn vị',
  'agency.coordinate': 'Đổi đơn vị điều phối',
  'place.qr': 'Đổi cách viết mã QR',
  'version.draft': 'Lưu bản thảo bộ câu hỏi',
  'version.discard': 'Bỏ bản thảo bộ câu hỏi',
  'version.publish': 'Ban hành bộ câu hỏi',
  'version.review': 'Duyệt bản dịch bộ câu hỏi',
  'recording.keep': 'Lưu bản ghi âm',
  'recording.remove': 'Bỏ bản ghi âm',
  'indicator.change': 'Sửa chỉ tiêu',
  'visits.type': 'Ghi lượt phục vụ',
  'visits.import': 'Nhập tệp lượt phục vụ',
  'wave.plan': 'Lập đợt khảo sát',
  'wave.change': 'Sửa kế hoạch đợt khảo sát',
  'wave.cancel': 'Hủy đợt khảo sát',
  'wave.close': 'Kết thúc đợt khảo sát',
  'response.restore': 'Tính lại phiếu để riêng',
  'response.set_aside': 'Để riêng phiếu',
  'pattern.keep': 'Giữ nhóm có dấu hiệu trong điểm',
  'pattern.reopen': 'Xét lại nhóm đã giữ trong điểm',
  'pattern.look': 'Cho nhìn lại các ngày đã khép',
  'case.assign': 'Giao ý kiến',
  'case.theme': 'Chọn chủ đề ý kiến',
  'case.note': 'Ghi chú nội bộ về ý kiến',
  'case.transfer': 'Chuyển ý kiến sang đơn vị khác',
  'case.release': 'Chuyển ý kiến về đơn vị',
  'case.reply': 'Trả lời ý kiến',
  'case.follow': 'Đưa lời khen vào xử lý',
  'reply_template.change': 'Sửa mẫu trả lời',
  'case.close': 'Khép ý kiến',
  'case.reopen': 'Mở lại ý kiến',
  'case.hand_back': 'Trả lại ý kiến, chờ người nhận',
  'case.unmask': 'Xem nguyên văn ý kiến',
  'case.view_number': 'Xem số điện thoại để gọi lại',
  'improvement.add': 'Soạn việc đã cải thiện',
  'improvement.publish': 'Công bố việc đã cải thiện',
  'improvement.withdraw': 'Gỡ việc đã cải thiện',
  'report.make': 'Lập báo cáo',
  'report.change': 'Sửa bản thảo báo cáo',
  'report.approve': 'Duyệt báo cáo',
  'report.publish': 'Công bố báo cáo',
  'report.correct': 'Lập bản đính chính báo cáo',
  'theme.change': 'Sửa danh mục chủ đề',
  'translation.change': 'Sửa câu tiếng Khmer',
  'translation.review': 'Duyệt câu tiếng Khmer',
  'holiday.change': 'Sửa lịch nghỉ lễ',
  'case_rules.change': 'Sửa quy tắc xử lý ý kiến',
  'rights.erase': 'Xóa dữ liệu theo yêu cầu',
  'rights.note': 'Ghi kết quả yêu cầu về dữ liệu',
  'session.open': 'Đăng nhập',
  'session.close': 'Đăng xuất',
  'session.slow': 'Đăng nhập sai nhiều lần',
  'account.accept': 'Nhận tài khoản',
  'account.password': 'Đổi mật khẩu',
  'account.reset': 'Đặt lại tài khoản',
  'account.factor_on': 'Bật xác thực hai bước',
  'account.factor_off': 'Tắt xác thực hai bước',
  'account.factor_refused': 'Sai mã xác thực hai bước',
  'account.recovery': 'Đăng nhập bằng mã dự phòng',
  'account.codes': 'Lập mã dự phòng mới',
  'staff.invite': 'Mời cán bộ',
  'staff.change': 'Sửa tài khoản cán bộ',
  'staff.disable': 'Ngừng dùng tài khoản',
  'staff.enable': 'Cho dùng lại tài khoản',
  'staff.link': 'Lập liên kết đặt mật khẩu',
  'ticket.make': 'Lập phiếu một lần',
  'ticket.revoke': 'Thu hồi phiếu một lần',
  'ticket.days': 'Đổi thời hạn phiếu một lần',
  'device.add': 'Lập liên kết đăng ký máy',
  'device.enrol': 'Đăng ký máy đặt tại chỗ',
  'device.revoke': 'Thu hồi máy đặt tại chỗ',
  'key.make': 'Tạo khóa API',
  'key.revoke': 'Thu hồi khóa API',
  'commune.add': 'Thêm xã vào bảng của tỉnh',
  'commune.change': 'Sửa địa chỉ, khóa của xã',
  'commune.leave': 'Thôi theo dõi xã',
  'commune.follow': 'Theo dõi lại xã',
  'commune.issuer': 'Đổi đơn vị lập báo cáo của tỉnh',
  'audit.export': 'Tải nhật ký',
  'export.start': 'Bắt đầu xuất dữ liệu',
  'export.done': 'Xuất xong dữ liệu',
  'export.cancelled': 'Dừng xuất dữ liệu',
}

export const auditGroups: Record<AuditGroup, string> = {
  place: 'Nơi phục vụ, mã QR',
  agency: 'Đơn vị',
  version: 'Bộ câu hỏi',
  indicator: 'Chỉ tiêu',
  visits: 'Lượt phục vụ',
  wave: 'Đợt khảo sát',
  response: 'Phiếu để riêng',
  pattern: 'Nhóm có dấu hiệu',
  case: 'Ý kiến',
  improvement: 'Việc đã cải thiện',
  reply_template: 'Mẫu trả lời',
  report: 'Báo cáo',
  theme: 'Chủ đề ý kiến',
  translation: 'Bản dịch tiếng Khmer',
  recording: 'Bản ghi âm',
  holiday: 'Lịch nghỉ lễ',
  case_rules: 'Quy tắc xử lý ý kiến',
  rights: 'Yêu cầu về dữ liệu',
  session: 'Đăng nhập',
  account: 'Tài khoản của mình',
  staff: 'Cán bộ',
  ticket: 'Phiếu một lần',
  device: 'Máy đặt tại chỗ',
  key: 'Khóa API',
  commune: 'Các xã',
  audit: 'Nhật ký',
  export: 'Xuất dữ liệu',
}

/** An action that an older version knew is shown by its own name. */
export const actionInWords = (action: string): string => (auditWords as Record<string, string>)[action] ?? action

const fields: Record<string, string> = {
  opensAt: 'Giờ mở cửa (phút)',
  closesAt: 'Giờ đóng cửa (phút)',
  openDays: 'Ngày làm việc trong tuần',
  week: 'Giờ từng ngày',
  ownDay: 'Ngày riêng',
  ownDays: 'Các ngày riêng',
  nameVi: 'Tên',
  nameEn: 'Tên tiếng Anh',
  nameKm: 'Tên tiếng Khmer',
  name: 'Tên',
  open: 'Nhận phiếu',
  budgetPerHour: 'Số phiếu một giờ được tính ngay',
  capitals: 'Địa chỉ trong mã viết in hoa',
  code: 'Mã',
  agency: 'Đơn vị',
  sector: 'Loại dịch vụ',
  fieldCodes: 'Lĩnh vực',
  serviceMode: 'Cách nộp hồ sơ',
  asksRespondent: 'Hỏi làm việc cho ai',
  revoked: 'Thu hồi mã cũ',
  shortName: 'Tên ngắn',
  position: 'Thứ tự',
  coordinates: 'Đơn vị điều phối',
  criteria: 'Số tiêu chí',
  extraQuestions: 'Số câu hỏi thêm',
  inUse: 'Phiên bản đang dùng',
  reason: 'Lý do',
  en: 'Bản tiếng Anh đã duyệt',
  km: 'Bản tiếng Khmer đã duyệt',
  version: 'Phiên bản',
  text: 'Câu chữ',
  texts: 'Các câu',
  reviewer: 'Người duyệt',
  title: 'Tên chỉ tiêu',
  target: 'Mức chỉ tiêu (%)',
  period: 'Kỳ',
  formula: 'Cách tính',
  channels: 'Cách trả lời',
  fields: 'Lĩnh vực',
  file: 'Tệp',
  figures: 'Số ô có số',
  visits: 'Tổng số lượt',
  opensOn: 'Ngày bắt đầu',
  closesOn: 'Ngày cuối nhận phiếu',
  strata: 'Số địa bàn',
  planned: 'Số phiếu dự kiến',
  questionnaire: 'Bộ câu hỏi',
  closedOn: 'Ngày kết thúc',
  responses: 'Số phiếu được tính',
  standing: 'Trạng thái phiếu',
  count: 'Số phiếu',
  decision: 'Mã quyết định',
  why: 'Lý do',
  earlyReason: 'Lý do kết thúc sớm',
  hash: 'Mã kiểm tra',
  part: 'Phần được sửa',
  actor: 'Người làm',
  group: 'Phần',
  subject: 'Đối tượng chứa chữ',
  from: 'Từ ngày',
  to: 'Đến ngày',
  format: 'Loại tệp',
  comments: 'Kèm ý kiến viết thêm',
  expected: 'Số phiếu dự kiến',
  rows: 'Số phiếu đã đưa vào tệp',
  places: 'Nơi phục vụ',
  displayName: 'Tên hiển thị',
  role: 'Vai trò',
  agencies: 'Thuộc đơn vị',
  said: 'Người dân nói',
  did: 'Đơn vị đã làm',
  caseIds: 'Từ các ý kiến số',
  theme: 'Chủ đề',
  state: 'Trạng thái',
  owner: 'Người xử lý',
  takers: 'Có thể nhận',
  restricted: 'Chỉ lãnh đạo xã đọc',
  works: 'Ngày làm bù',
  kind: 'Loại',
  expiresOn: 'Dùng đến hết ngày',
  days: 'Số ngày dùng được',
  day: 'Ngày',
  dissatisfied: 'Phiếu nào là chưa hài lòng',
  workingDays: 'Hạn trả lời, ngày làm việc',
  conductRoute: 'Ý kiến về cán bộ chuyển lãnh đạo xã',
  body: 'Nội dung',
  conductFactors: 'Nhóm câu hỏi về cán bộ',
  address: 'Địa chỉ máy chủ của xã',
  ledgerKey: 'Khóa sổ cái của xã',
  hasKey: 'Có khóa API',
  keyChanged: 'Đổi khóa API',
  province: 'Tỉnh, thành phố',
  issuer: 'Đơn vị lập báo cáo',
}

/** Codes of places, fields and questionnaires → what people call them today. */
export type Names = Record<string, string>

/** A code may have a day behind it: "QUAYHT 2026-11-05". */
export function fieldInWords(field: string, names: Names): string {
  const [code = '', ...rest] = field.split(' ')
  return fields[field] ?? withReadableDays([names[code] ?? code, ...rest].join(' '))
}

const values: Record<string, string> = { pooled: 'gộp tất cả các phiếu', stratified: 'theo từng địa bàn hoặc nơi' }
const parts: Record<string, string> = { figures: 'số liệu', paragraphs: 'đoạn văn của đơn vị' }
const standings: Record<string, string> = { counted: 'được tính', set_aside: 'để riêng' }
const caseStates: Record<string, string> = {
  new: 'mới',
  assigned: 'đang xử lý',
  answered: 'đã trả lời',
  closed: 'đã khép',
}

export function valueInWords(field: string, value: unknown, names: Names): string {
  if (value === null || value === undefined || value === '') return 'trống'
  if (field === 'caseIds') return [value].flat().join(', ')
  if (typeof value === 'boolean') return value ? 'có' : 'không'
  if (typeof value === 'number') return Number.isInteger(value) ? formatInteger(value) : String(value).replace('.', ',')
  if (Array.isArray(value)) return value.map((one) => valueInWords(field, one, names)).join(', ') || 'trống'
  if (typeof value === 'object') return JSON.stringify(value)
  const text = String(value)
  if (field === 'channels') return channelName(text)
  if (field === 'group') return (auditGroups as Record<string, string>)[text] ?? text
  if (field === 'part') return parts[text] ?? text
  if (field === 'standing') return standings[text] ?? text
  if (field === 'state') return caseStates[text] ?? text
  if (field === 'role') return (roleNames as Record<string, string>)[text] ?? text
  return field === 'formula' ? (values[text] ?? text) : withReadableDays(names[text] ?? text)
}

const withReadableDays = (text: string): string => text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, formatDay)

/** What it was done to, as people call it, and where it can be seen. */
export function subjectInWords(action: string, subject: string, names: Names): SubjectInWords {
  const group = action.split('.')[0] as AuditGroup
  if (action === 'place.qr') return { words: 'mọi mã QR', href: null }
  return subjects[group]?.(subject, names) ?? { words: subject, href: null }
}

type SubjectInWords = { words: string; href: string | null }

const subjects: Partial<Record<AuditGroup, (subject: string, names: Names) => SubjectInWords>> = {
  place: (code, names) => ({ words: names[code] ? `${names[code]} (${code})` : code, href: links.place(code) }),
  agency: (code, names) => ({ words: names[code] ?? code, href: links.agency(code) }),
  indicator: (code) => ({ words: code, href: links.indicator(code) }),
  report: (id) => ({ words: `báo cáo số ${id}`, href: links.report(Number(id)) }),
  wave: (id) => ({ words: `đợt số ${id}`, href: links.wave(Number(id)) }),
  version: (subject, names) => {
    const [code = '', version = ''] = subject.split('/')
    return { words: `${names[code] ?? code}, phiên bản ${version}`, href: links.questionnaire(code, Number(version)) }
  },
  visits: (month) => {
    const [year, number] = month.split('-')
    return { words: `tháng ${number}/${year}`, href: links.visits(`${month}-01`, `${month}-28`) }
  },
  response: (subject) => {
    const [code = '', day = '', count = ''] = subject.split(' ')
    return {
      words: `${code}, ngày ${formatDay(day)}, ${count} phiếu`,
      href: links.review({ diem: code, tu: day, den: day }),
    }
  },
  case: (path) => ({ words: `số ${path.split('/').at(-1)}`, href: path }),
  improvement: (subject) => ({ words: `số ${subject.split('/').at(-1)}`, href: links.improvements }),
  reply_template: (subject) => ({ words: subject, href: links.replyTemplates(subject.split('/')[0]) }),
  rights: (subject) => ({ words: `số ${subject.split('/').at(-1)}`, href: links.rightsRequests }),
  holiday: (day) => ({ words: withReadableDays(day), href: links.caseSettings(day.slice(0, 4)) }),
  case_rules: () => ({ words: 'toàn xã', href: links.caseSettings() }),
  staff: (username) => ({ words: username, href: links.staffMember(username) }),
  translation: (subject) => ({ words: subject, href: links.translationPart(subject.split('/')[0] ?? '') }),
  audit: () => ({ words: 'tệp CSV', href: null }),
  export: (code, names) => ({ words: names[code] ?? code, href: null }),
}
