import type { DeviceKind } from '../../server/tickets/contract.ts'

export const deviceNames: Record<DeviceKind, string> = {
  kiosk: 'Máy để trả lời',
  screen: 'Màn hình mã QR của nơi này',
  wall: 'Màn hình treo tường của đơn vị',
}
