import type { Sector } from '../../server/catalogue/contract.ts'

/** What a theme is called in each sector: the codes of db/reference/themes.json end alike where they mean the same. */
const prefix: Record<Sector, string> = { administrative: 'hc', health: 'yt', education: 'gd' }

/** The first word found decides; sample comments are ours, so this reads them all. */
const heard: Record<Sector, [RegExp, string][]> = {
  administrative: [
    [/trên mạng|nộp ở nhà|điện thoại|tải ảnh|lưu nháp|đăng nhập|hệ thống|mã quét|nộp rồi/i, 'truc-tuyen'],
    [/hẹn|kết quả|ra giấy|bên thuế|trước hẹn|tới đâu/i, 'ket-qua'],
    [/chờ|đợi|tới lượt|gọi trước|giờ nghỉ|không có người|thứ bảy/i, 'thoi-gian-cho'],
    [/cộc lốc|nhẹ nhàng|vui vẻ|nhiệt tình|tận tình|được ưu tiên|chen lấn/i, 'thai-do'],
    [/khoản tiền|phí/i, 'phi-le-phi'],
    [/ghế|chỗ ngồi|chỗ để xe|máy lấy số|bảng chỉ dẫn|mát mẻ/i, 'co-so'],
    [/hướng dẫn|giải thích|chỉ cách|mẫu tờ khai|báo trước|trả lời rõ/i, 'huong-dan'],
    [/giấy|hồ sơ|thủ tục|tờ khai|bước/i, 'thu-tuc'],
  ],
  health: [
    [/chờ hơi lâu|đợi|chờ hai tiếng|chia giờ|gọi theo số|được vào trước/i, 'thoi-gian-cho'],
    [/thuốc|vắc xin/i, 'thuoc'],
    [/vệ sinh|quạt|sạch|ghế|góc chơi|nước rửa/i, 'co-so'],
    [/nhẹ nhàng|dỗ dành|nhẹ tay|khám vội/i, 'thai-do'],
    [/dặn|nhắc lịch|mũi này|tin nhắn/i, 'thong-tin'],
    [/hỏi bệnh|khám/i, 'chuyen-mon'],
  ],
  education: [
    [/khoản thu|đóng góp/i, 'khoan-thu'],
    [/vệ sinh|mái che|sân chơi|lớp đông|bơi/i, 'co-so'],
    [/cổng trường|chọc ghẹo|nguy hiểm/i, 'an-ninh'],
    [/họp phụ huynh|trao đổi/i, 'thong-tin'],
    [/thầy cô|cô giáo/i, 'thai-do'],
    [/bài tập|tiến bộ|thích đi học|lễ phép/i, 'day-hoc'],
  ],
}

/** The code of the theme somebody at the agency would choose for a comment. */
export function themeOf(comment: string, sector: Sector): string {
  const found = heard[sector].find(([words]) => words.test(comment))
  return `${prefix[sector]}-${found?.[1] ?? 'khac'}`
}

const replies: Record<string, string> = {
  'hc-truc-tuyen':
    'Trung tâm đã báo lỗi cho bên vận hành cổng dịch vụ công. Khi nộp qua mạng gặp khó, Ông/Bà ghé quầy hướng dẫn để được làm cùng.',
  'hc-ket-qua':
    'Trung tâm đã rà lại các hồ sơ trễ hẹn. Từ nay hồ sơ nào có thể trễ đều được báo trước kèm lý do và ngày hẹn mới.',
  'hc-thoi-gian-cho':
    'Sáng đầu tuần rất đông nên Trung tâm đã thêm một người nhận hồ sơ trong buổi này và phát số theo từng loại việc.',
  'hc-thai-do':
    'Trung tâm xin lỗi Ông/Bà. Việc này đã được nhắc trong buổi họp tuần; người phụ trách theo dõi lại cách đón tiếp ở quầy.',
  'hc-phi-le-phi': 'Mức phí, lệ phí của từng việc nay dán ngay tại quầy. Ông/Bà chỉ nộp khoản có ghi trong biên lai.',
  'hc-co-so': 'Trung tâm đã kê thêm ghế ở phòng chờ và làm lại bảng chỉ dẫn bằng chữ lớn hơn.',
  'hc-huong-dan':
    'Mỗi việc nay có một tờ ghi sẵn các giấy cần mang theo, đặt ở cửa vào; hỏi gì chưa rõ xin cứ hỏi lại.',
  'hc-thu-tuc':
    'Cán bộ tiếp nhận phải ghi một lần, đủ mọi giấy còn thiếu vào phiếu hướng dẫn, để Ông/Bà không phải đi lại nhiều lần.',
  'yt-thoi-gian-cho': 'Trạm đã gọi khám theo số thứ tự và chia giờ hẹn tiêm theo từng ấp để bà con bớt phải chờ.',
  'yt-thuoc':
    'Trạm đã đề nghị tuyến trên cấp bổ sung; khi hết thuốc, vắc xin, Trạm sẽ báo trước trên loa và qua y tế ấp.',
  'yt-co-so': 'Nhà vệ sinh nay được dọn hai lần mỗi buổi; Trạm đã lắp thêm quạt và kê thêm ghế ở nơi chờ.',
  'yt-thai-do': 'Trạm xin lỗi Ông/Bà và đã nhắc nhau dành đủ thời gian hỏi bệnh, dặn dò cho từng người.',
  'yt-thong-tin':
    'Trạm ghi rõ tên mũi tiêm và điều cần theo dõi vào sổ của bé; còn điều gì chưa rõ xin hỏi lại nhân viên.',
  'yt-chuyen-mon': 'Trạm ghi nhận ý kiến của Ông/Bà và tiếp tục giữ cách khám, dặn dò như vậy.',
  'gd-khoan-thu': 'Nhà trường đã niêm yết từng khoản thu và cách dùng; khoản tự nguyện không bắt buộc em nào phải nộp.',
  'gd-co-so':
    'Nhà trường đã sửa vòi nước, phân công dọn nhà vệ sinh mỗi buổi và xin kinh phí làm mái che trong năm học này.',
  'gd-an-ninh':
    'Giờ tan học nay có bảo vệ và thầy cô trực ở cổng; giáo viên chủ nhiệm đã gặp các em và gia đình liên quan.',
  'gd-thong-tin': 'Nhà trường sẽ họp phụ huynh vào buổi tối hoặc ngày nghỉ để gia đình đi làm cũng dự được.',
  'gd-thai-do': 'Nhà trường cảm ơn lời động viên và chuyển đến các thầy, cô trong buổi họp gần nhất.',
  'gd-day-hoc': 'Nhà trường đã trao đổi với các tổ chuyên môn về lượng bài tập về nhà cho vừa sức các em.',
}
const otherwise =
  'Chúng tôi đã ghi nhận ý kiến của Ông/Bà và bàn trong buổi họp gần nhất để phục vụ tốt hơn trong thời gian tới.'

/** What the agency answers under a theme; without one, to a form that says nothing but low marks. */
export const replyTo = (theme: string | null): string => `Cảm ơn Ông/Bà đã góp ý. ${replies[theme ?? ''] ?? otherwise}`

export type DemoImprovement = { agency: string; theme: string; by: string; daysAgo: number; said: string; did: string }

/** What was changed because citizens said so, oldest first; the last one of the center is still a draft. */
export const demoImprovements: (DemoImprovement & { isDraft?: boolean })[] = [
  {
    agency: 'trung-tam-pvhcc',
    theme: 'hc-co-so',
    by: 'phutrach-pvhcc',
    daysAgo: 38,
    said: 'Bảng chỉ dẫn chữ nhỏ, phòng chờ ít ghế.',
    did: 'Đã làm lại bảng chỉ dẫn chữ lớn và kê thêm hai mươi ghế.',
  },
  {
    agency: 'tram-y-te',
    theme: 'yt-co-so',
    by: 'phutrach-yte',
    daysAgo: 31,
    said: 'Nhà vệ sinh của Trạm cần sạch hơn, nơi chờ nóng.',
    did: 'Dọn nhà vệ sinh hai lần mỗi buổi, lắp thêm bốn quạt.',
  },
  {
    agency: 'trung-tam-pvhcc',
    theme: 'hc-thoi-gian-cho',
    by: 'phutrach-pvhcc',
    daysAgo: 17,
    said: 'Sáng thứ Hai phải chờ lâu mới tới lượt.',
    did: 'Thêm một quầy nhận hồ sơ vào sáng thứ Hai, phát số theo loại việc.',
  },
  {
    agency: 'truong-cong-lap',
    theme: 'gd-khoan-thu',
    by: 'phutrach-truong',
    daysAgo: 12,
    said: 'Các khoản thu đầu năm chưa được giải thích rõ.',
    did: 'Niêm yết từng khoản thu và cách dùng ở cổng trường.',
  },
  {
    agency: 'trung-tam-pvhcc',
    theme: 'hc-ket-qua',
    by: 'phutrach-pvhcc',
    daysAgo: 4,
    isDraft: true,
    said: 'Hồ sơ trễ hẹn mà không được báo trước.',
    did: 'Gọi điện báo trước một ngày cho mọi hồ sơ có thể trễ hẹn.',
  },
]
