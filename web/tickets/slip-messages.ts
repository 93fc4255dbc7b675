import { formatDay } from '../ui/format.ts'

/** What stands on a slip besides the poster's words. */
export const slipWords = {
  documentTitle: 'Phiếu đánh giá một lần',
  scan: 'Quét mã, trả lời trong nửa phút. Không hỏi tên.',
  once: (expiresOn: string) => `Dùng một lần, đến hết ngày ${formatDay(expiresOn)}.`,
  privacy: 'Phiếu không ghi tên, không ghi hồ sơ. Cán bộ không xem được ai trả lời gì.',
  serial: (serial: string) => `Số ${serial}`,
  typed: 'Không quét được, xin gõ:',
}
