/** Where each way of answering comes from. */
export const channelNotes: Record<string, string> = {
  qr: 'mã treo tại quầy, phòng khám, trường',
  kiosk: 'máy tính bảng đặt tại nơi phục vụ',
  web: 'liên kết gửi qua tin nhắn hay đăng trên trang của xã',
  ticket: 'mã in trên giấy hẹn trả kết quả',
  paper: 'do cán bộ nhập lại, có nhập hai lần để kiểm tra',
  interview: 'điều tra viên không thuộc nơi được đánh giá',
}
