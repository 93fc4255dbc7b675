import type { AuditAction, AuditGroup } from '../../server/staff/contract.ts'
import { links } from '../links.ts'
import { channelName } from '../surveys/wave-words.ts'
import { formatDay, formatInteger } from '../ui/format.ts'

export const auditWords: Record<AuditAction, string> = {
  'place.change': 'Sửa điểm phục vụ',
  'place.qr': 'Đổi cách viết mã QR',
  'version.draft': 'Lưu bản thảo bộ câu hỏi',
  'version.discard': 'Bỏ bản thảo bộ câu hỏi',
  'version.publish': 'Ban hành bộ câu hỏi',
  'version.review': 'Duyệt bản dịch bộ câu hỏi',
  'indicator.change': 'Sửa chỉ tiêu',
  'visits.type': 'Ghi lượt phục vụ',
  'visits.import': 'Nhập tệp lượt phục vụ',
  'wave.plan': 'Lập đợt khảo sát',
  'wave.change': 'Sửa kế hoạch đợt khảo sát',
  'wave.cancel': 'Hủy đợt khảo sát',
  'wave.close': 'Kết thúc đợt khảo sát',
  'response.restore': 'Tính lại phiếu để riêng',
  'response.set_aside': 'Để riêng phiếu',
  'case.assign': 'Giao ý kiến',
  'case.theme': 'Chọn chủ đề ý kiến',
  'case.note': 'Ghi chú nội bộ về ý kiến',
  'case.transfer': 'Chuyển ý kiến sang đơn vị khác',
  'case.release': 'Bỏ hạn chế xem ý kiến',
  'case.reply': 'Trả lời ý kiến',
  'case.close': 'Khép ý kiến',
  'case.reopen': 'Mở lại ý kiến',
  'case.unmask': 'Xem phần che của ý kiến',
  'case.view_number': 'Xem số điện thoại để gọi lại',
  'improvement.add': 'Soạn việc đã cải thiện',
  'improvement.publish': 'Công bố việc đã cải thiện',
  'improvement.withdraw': 'Rút việc đã cải thiện',
  'theme.change': 'Sửa danh mục chủ đề',
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
  'account.codes': 'Tạo mã dự phòng mới',
  'staff.invite': 'Mời cán bộ',
  'staff.change': 'Sửa tài khoản cán bộ',
  'staff.disable': 'Ngừng tài khoản',
  'staff.enable': 'Mở lại tài khoản',
  'staff.link': 'Tạo liên kết đặt mật khẩu',
  'audit.export': 'Tải nhật ký',
}

export const auditGroups: Record<AuditGroup, string> = {
  place: 'Điểm phục vụ, mã QR',
  version: 'Bộ câu hỏi',
  indicator: 'Chỉ tiêu',
  visits: 'Lượt phục vụ',
  wave: 'Đợt khảo sát',
  response: 'Phiếu để riêng',
  case: 'Ý kiến',
  improvement: 'Việc đã cải thiện',
  theme: 'Chủ đề ý kiến',
  holiday: 'Lịch nghỉ lễ',
  case_rules: 'Quy tắc xử lý ý kiến',
  rights: 'Yêu cầu về dữ liệu',
  session: 'Đăng nhập',
  account: 'Tài khoản của mình',
  staff: 'Cán bộ',
  audit: 'Nhật ký',
}

/** An action that an older version knew is shown by its own name. */
export const actionInWords = (action: string): string => (auditWords as Record<string, string>)[action] ?? action

const fields: Record<string, string> = {
  nameVi: 'Tên',
  nameEn: 'Tên tiếng Anh',
  nameKm: 'Tên tiếng Khmer',
  name: 'Tên',
  open: 'Nhận phiếu',
  budgetPerHour: 'Số phiếu một giờ được tính ngay',
  capitals: 'Địa chỉ trong mã viết in hoa',
  criteria: 'Số tiêu chí',
  extraQuestions: 'Số câu hỏi thêm',
  inUse: 'Phiên bản đang dùng',
  reason: 'Lý do',
  en: 'Bản tiếng Anh đã duyệt',
  km: 'Bản tiếng Khmer đã duyệt',
  version: 'Phiên bản',
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
  closedOn: 'Ngày chốt',
  responses: 'Số phiếu được tính',
  standing: 'Trạng thái phiếu',
  count: 'Số phiếu',
  decision: 'Mã quyết định',
  why: 'Lý do',
  earlyReason: 'Lý do kết thúc sớm',
  actor: 'Người làm',
  group: 'Phần',
  subject: 'Đối tượng có chữ',
  from: 'Từ ngày',
  to: 'Đến ngày',
}

/** Codes of places, fields and questionnaires → what people call them today. */
export type Names = Record<string, string>

/** A code may have a day behind it: "QUAYHT 2026-11-05". */
export function fieldInWords(field: string, names: Names): string {
  const [code = '', ...rest] = field.split(' ')
  return fields[field] ?? withReadableDays([names[code] ?? code, ...rest].join(' '))
}

const values: Record<string, string> = { pooled: 'gộp tất cả các phiếu', stratified: 'theo từng địa bàn hoặc nơi' }
const standings: Record<string, string> = { counted: 'được tính', set_aside: 'để riêng' }

export function valueInWords(field: string, value: unknown, names: Names): string {
  if (value === null || value === undefined || value === '') return 'trống'
  if (typeof value === 'boolean') return value ? 'có' : 'không'
  if (typeof value === 'number') return Number.isInteger(value) ? formatInteger(value) : String(value).replace('.', ',')
  if (Array.isArray(value)) return value.map((one) => valueInWords(field, one, names)).join(', ') || 'trống'
  if (typeof value === 'object') return JSON.stringify(value)
  const text = String(value)
  if (field === 'channels') return channelName(text)
  if (field === 'group') return (auditGroups as Record<string, string>)[text] ?? text
  if (field === 'standing') return standings[text] ?? text
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
  indicator: (code) => ({ words: code, href: links.indicator(code) }),
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
  audit: () => ({ words: 'tệp CSV', href: null }),
}
