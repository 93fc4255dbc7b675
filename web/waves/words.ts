import type { WaveState } from '../../server/waves/contract.ts'
import { formatInteger } from '../ui/format.ts'

const channels: Record<string, string> = {
  qr: 'Quét mã QR',
  kiosk: 'Màn hình tại chỗ',
  web: 'Qua liên kết',
  ticket: 'Mã trên giấy hẹn',
  paper: 'Phiếu giấy',
  interview: 'Phỏng vấn',
}
const states: Record<WaveState, string> = {
  planned: 'Sắp mở',
  open: 'Đang thu phiếu',
  due: 'Chờ kết thúc',
  closed: 'Đã kết thúc',
}

export const channelName = (channel: string): string => channels[channel] ?? channel
export const channelList = (list: readonly string[]): string =>
  list.map((channel) => lowerFirst(channelName(channel))).join(', ')
export const stateName = (state: WaveState): string => states[state]

export const formulaName = (formula: 'pooled' | 'stratified'): string =>
  formula === 'pooled' ? 'gộp tất cả các phiếu' : 'theo từng địa bàn, mỗi nơi nặng bằng phần dân của mình'

export function daysLeftInWords(daysLeft: number | null): string {
  if (daysLeft === null) return 'Đã hết hạn nhận phiếu'
  return daysLeft === 0 ? 'Hôm nay là ngày cuối' : `Còn ${formatInteger(daysLeft)} ngày`
}

const lowerFirst = (words: string) => words.charAt(0).toLowerCase() + words.slice(1)
