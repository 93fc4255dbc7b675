import type { BackgroundName, BackgroundState } from '../../server/background.ts'
import { formatStamp } from '../ui/moment.ts'

export const backgroundNames: Record<BackgroundName, string> = {
  months: 'cộng sẵn các tháng đã khép',
  rests: 'giữ lại các ngày có buổi chiều ít phiếu',
  publications: 'công bố các ngày đã khép',
  passing: 'xóa dấu máy và số đếm giờ đã cũ',
  minutes: 'bỏ phần giây của giờ nhận phiếu các ngày đã khép',
  cases: 'trả lại ý kiến không còn ai giữ',
  sessions: 'xóa phiên đăng nhập đã cũ',
  signs: 'tìm dấu hiệu nhồi phiếu trong các ngày đã khép',
  announce: 'báo số phiếu mới cho các màn hình',
  openings: 'ghi số lượt mở trang phiếu',
  boards: 'cập nhật bảng Hôm nay',
  catalogue: 'đọc lại danh mục nơi phục vụ và bộ câu hỏi',
  walls: 'cập nhật màn hình treo tường',
  translations: 'đọc lại bản tiếng Khmer',
  recordings: 'đọc lại danh sách bản ghi âm',
}

export const isFailing = ({ failingSince }: BackgroundState): boolean => failingSince !== null

/** Since when, the last time that it went well, and the failure's own words. */
export function sentenceOf({ failingSince, succeededAt, reason }: BackgroundState): string {
  const last = succeededAt ? `làm được gần nhất lúc ${formatStamp(succeededAt)}` : 'chưa làm được lần nào từ khi chạy'
  return `Lỗi từ ${formatStamp(failingSince ?? '')}, ${last}. Máy tự làm lại; nếu còn lỗi, xin gửi người quản trị máy chủ lý do này: ${reason}.`
}
