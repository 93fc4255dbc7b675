import type { Provenance } from '../../server/surveys/contract.ts'

const words: Record<Provenance, string> = {
  ticket: 'phiếu một lần',
  presence: 'mã trên màn hình tại chỗ',
  kiosk: 'máy đặt tại chỗ đã đăng ký',
  open: 'mở: mã dán, liên kết, không có gì kiểm chứng',
  unminted: 'mở, gửi không qua trang của Ý Dân',
  entered: 'cán bộ nhập từ phiếu giấy, phỏng vấn',
}

export const provenanceName = (provenance: string): string => words[provenance as Provenance] ?? provenance
