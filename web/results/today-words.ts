/** Today a score waits for five counted responses; a closed day without one had none that counts. */
export function whyNoScore(isToday: boolean): string {
  return isToday ? 'Chưa đủ 5 phiếu để hiện điểm' : 'Không có phiếu nào được tính điểm'
}

export function quietWords(open: boolean, isToday: boolean): string {
  if (!open) return 'Không nhận phiếu'
  return isToday ? 'Chưa có phiếu hôm nay' : 'Không có phiếu'
}
