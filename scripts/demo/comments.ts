import type { Language } from '../../server/catalogue/contract.ts'
import type { Profile } from './places.ts'
import type { Chance } from './random.ts'

export type Tone = 'pleased' | 'mixed' | 'displeased'
type Words = Record<Tone, string[]>

const office: Words = {
  pleased: [
    'Cán bộ nói năng nhẹ nhàng, hướng dẫn kỹ.',
    'Làm nhanh, tôi chỉ phải đi một lần là xong.',
    'Được chỉ cách ghi tờ khai từng mục, rất dễ hiểu.',
    'Giấy tờ trả sớm hơn ngày hẹn.',
    'Chỗ ngồi chờ mát mẻ, có nước uống.',
    'Tôi lớn tuổi, mắt kém, được ghi giúp tờ khai nên rất mừng.',
    'Có số thứ tự nên không phải chen lấn.',
    'Hỏi gì cũng được trả lời rõ ràng.',
    'Thủ tục gọn hơn trước nhiều.',
    'Con nhỏ đi theo mà vẫn được ưu tiên làm trước, xin cảm ơn.',
    'Thiếu một tờ giấy, cán bộ cho về lấy rồi làm tiếp ngay trong buổi.',
    'Nhân viên vui vẻ, làm việc đúng giờ.',
  ],
  mixed: [
    'Làm được việc nhưng sáng đầu tuần chờ hơi lâu.',
    'Cán bộ nhiệt tình, chỉ tiếc là ít ghế ngồi.',
    'Nên có thêm một người hướng dẫn ở cửa vào.',
    'Bảng chỉ dẫn chữ nhỏ quá, người già khó đọc.',
    'Máy lấy số hay hết giấy.',
    'Nên làm thêm sáng thứ Bảy cho người đi làm xa về.',
    'Được việc, nhưng giá mà báo trước cần bản sao những giấy gì.',
    'Chỗ để xe hơi chật, trời mưa phải đi bộ một đoạn.',
    'Nên dán mẫu tờ khai đã ghi sẵn cho dân xem theo.',
  ],
  displeased: [
    'Ngồi chờ cả buổi mới tới lượt.',
    'Phải đi lại mấy lần vì mỗi lần lại thiếu một giấy khác.',
    'Tới ngày hẹn mà kết quả vẫn chưa có.',
    'Hỏi thì trả lời cộc lốc, không nhìn người dân.',
    'Không ai giải thích vì sao hồ sơ bị trả lại.',
    'Đến đúng giờ làm việc mà quầy không có người.',
    'Người đến sau được gọi trước, không hiểu vì sao.',
    'Giờ nghỉ trưa đóng cửa sớm hơn giờ ghi trên bảng.',
    'Gọi hỏi hồ sơ tới đâu rồi mà không ai trả lời được.',
  ],
}

const land: Words = {
  pleased: [
    'Cán bộ giải thích bản đồ thửa đất cặn kẽ, tôi hiểu ngay.',
    'Hồ sơ tách thửa làm xong trước hẹn.',
    'Được nhắn tin báo khi có kết quả, đỡ phải đi hỏi.',
    ...office.pleased.slice(0, 4),
  ],
  mixed: [
    'Giấy tờ đất nhiều bước quá, nên có bảng ghi từng bước.',
    'Đo đạc nhanh nhưng chờ giấy hơi lâu.',
    'Nên báo trước khoản tiền phải nộp để dân chuẩn bị.',
    ...office.mixed.slice(0, 4),
  ],
  displeased: [
    'Hồ sơ đất trễ hẹn gần hai tuần, không ai báo trước.',
    'Đo đạc xong lâu rồi mà chưa thấy ra giấy.',
    'Mỗi lần lên lại bảo chờ bên thuế, không biết phải hỏi ai.',
    'Xin phép xây căn nhà nhỏ mà bổ sung giấy tờ tới ba lần.',
    'Phiếu hẹn ghi một ngày, lên tới nơi lại hẹn ngày khác.',
    ...office.displeased.slice(0, 4),
  ],
}

const online: Words = {
  pleased: [
    'Nộp ở nhà buổi tối, hôm sau đã có người nhận hồ sơ, rất tiện.',
    'Có tin nhắn báo từng bước nên yên tâm.',
    'Làm trên điện thoại được hết, không phải nghỉ làm để đi.',
    'Nộp phí bằng mã quét nhanh gọn.',
    'Chưa quen nên gọi hỏi, được chỉ tận tình.',
  ],
  mixed: [
    'Tiện nhưng phải tải ảnh giấy tờ nhiều lần mới được.',
    'Nên cho lưu nháp, đang điền mà mất mạng là phải làm lại từ đầu.',
    'Chữ trên điện thoại nhỏ, khó bấm.',
    'Đăng nhập hơi rắc rối với người lớn tuổi.',
  ],
  displeased: [
    'Hệ thống báo lỗi suốt, cuối cùng vẫn phải lên xã nộp giấy.',
    'Nộp rồi mà mấy ngày không thấy ai trả lời.',
    'Bị trả hồ sơ nhưng không ghi rõ thiếu gì.',
    'Đã nộp trên mạng mà lên nhận vẫn bị đòi bản giấy.',
  ],
}

const clinic: Words = {
  pleased: [
    'Bác sĩ hỏi bệnh kỹ, dặn dò dễ hiểu.',
    'Điều dưỡng nhẹ nhàng với người già.',
    'Trạm sạch sẽ, thoáng mát.',
    'Khám xong có thuốc ngay, không phải đi xa.',
    'Được đo huyết áp và nhắc lịch tái khám chu đáo.',
    'Cháu nhỏ khóc mà cô vẫn dỗ dành rất kiên nhẫn.',
  ],
  mixed: [
    'Khám tốt nhưng chờ hơi lâu.',
    'Nên có thêm quạt ở phòng chờ, trưa nóng lắm.',
    'Mong trạm có thêm thuốc huyết áp để khỏi lên tuyến trên.',
    'Nhà vệ sinh cần dọn thường xuyên hơn.',
    'Nên gọi theo số để ai cũng biết tới lượt mình.',
  ],
  displeased: [
    'Đợi từ sáng sớm tới gần trưa mới được khám.',
    'Hết thuốc bảo hiểm, phải ra ngoài mua.',
    'Bác sĩ khám vội, chưa kịp hỏi đã xong.',
    'Nhà vệ sinh dơ, không có nước rửa tay.',
    'Người quen được vào trước, người tới sớm thì ngồi chờ.',
  ],
}

const vaccination: Words = {
  pleased: [
    'Tiêm nhẹ tay, bé ít khóc.',
    'Được dặn kỹ cách theo dõi bé ở nhà sau khi tiêm.',
    'Có tin nhắn nhắc lịch nên không bị quên.',
    'Cho xem lọ vắc xin trước khi tiêm nên yên tâm.',
  ],
  mixed: [
    'Đông quá, nên chia giờ hẹn cho từng ấp.',
    'Chỗ ngồi theo dõi sau tiêm ít ghế.',
    'Nên có góc chơi cho các bé trong lúc chờ.',
  ],
  displeased: [
    'Chờ hai tiếng mới tới lượt, bé mệt.',
    'Hết vắc xin phải về, không ai báo trước.',
    'Không nói rõ mũi này ngừa bệnh gì.',
  ],
}

const school: Words = {
  pleased: [
    'Thầy cô quan tâm các cháu, hay trao đổi với gia đình.',
    'Cháu thích đi học, về nhà kể chuyện ở trường suốt.',
    'Cháu lễ phép và mạnh dạn hơn nhiều.',
    'Trường sạch đẹp, sân chơi nhiều cây mát.',
    'Cô giáo kiên nhẫn, cháu tiến bộ rõ.',
  ],
  mixed: [
    'Trường tốt, mong có thêm mái che sân chơi.',
    'Nên họp phụ huynh vào buổi tối cho người đi làm.',
    'Mong các khoản đóng góp được ghi rõ từng mục.',
    'Bài tập về nhà hơi nhiều.',
    'Nên có thêm giờ học bơi cho các cháu.',
  ],
  displeased: [
    'Nhà vệ sinh của học sinh dơ và thiếu nước.',
    'Nhiều khoản thu đầu năm mà không giải thích rõ.',
    'Cổng trường giờ tan học rất lộn xộn, nguy hiểm cho các cháu.',
    'Cháu bị bạn chọc ghẹo, báo với trường mà chưa thấy xử lý.',
    'Lớp đông quá, cháu ngồi cuối không thấy bảng.',
  ],
}

const vietnamese: Record<Profile['words'], Words> = { office, land, online, clinic, vaccination, school }

const foreign: Record<Exclude<Language, 'vi'>, Words> = {
  en: {
    pleased: ['Friendly staff, everything was explained clearly.', 'Quick and easy, thank you.'],
    mixed: ['Good service, but signs in English would help.', 'Fine in the end, the wait was a bit long.'],
    displeased: ['I waited all morning and nobody told me why.', 'I was sent back for another paper twice.'],
  },
  km: {
    pleased: ['មន្ត្រីនិយាយស្រួលយល់ សូមអរគុណ។', 'បម្រើលឿន ហើយរាក់ទាក់។'],
    mixed: ['សេវាល្អ ប៉ុន្តែរង់ចាំយូរបន្តិច។', 'សូមបន្ថែមកៅអីអង្គុយរង់ចាំ។'],
    displeased: ['រង់ចាំយូរណាស់។', 'ខ្ញុំត្រូវមកច្រើនដង ទើបបានឯកសារ។'],
  },
}

const closings: Words = {
  pleased: ['Xin cảm ơn.', 'Mong giữ được như vậy.', 'Cảm ơn các anh chị nhiều.', 'Rất hài lòng.'],
  mixed: ['Mong được cải thiện.', 'Góp ý để lần sau tốt hơn.', 'Còn lại thì ổn.'],
  displeased: ['Đề nghị xem lại.', 'Mong lãnh đạo xã quan tâm.', 'Lần sau rất ngại phải lên nữa.'],
}

/** What somebody came for, said first by some. */
const errands: Record<string, string[]> = {
  'ho-tich': ['Đi làm khai sinh cho cháu.', 'Đăng ký kết hôn.', 'Xin trích lục khai sinh cho con đi học.'],
  'chung-thuc': ['Lên chứng thực bản sao bằng cấp.', 'Chứng thực giấy ủy quyền.', 'Sao y giấy tờ cho con nhập học.'],
  'dat-dai': ['Làm hồ sơ tách thửa.', 'Xin cấp đổi sổ đất.', 'Làm giấy tặng cho đất cho con.'],
  'xay-dung': ['Xin phép xây nhà.', 'Hỏi thủ tục sửa nhà.'],
  'ho-kinh-doanh': ['Đăng ký mở tiệm tạp hóa.', 'Đổi giấy hộ kinh doanh.', 'Xin ngừng kinh doanh quán nước.'],
  'nong-nghiep': ['Kê khai nuôi tôm.', 'Xin hỗ trợ lúa bị ngập mặn.'],
  'bao-tro-xa-hoi': ['Làm trợ cấp cho mẹ già.', 'Xin xác nhận hộ cận nghèo.', 'Làm thẻ khuyết tật cho con.'],
  'nguoi-co-cong': ['Làm hồ sơ thờ cúng liệt sĩ.', 'Đổi thẻ thương binh cho cha.'],
  'lao-dong-viec-lam': ['Vay vốn giải quyết việc làm.', 'Hỏi về học nghề cho con.'],
  'cu-tru': ['Xác nhận cư trú.', 'Nhập khẩu cho vợ.', 'Khai báo tạm trú cho người thuê nhà.'],
  clinic: ['Khám đau lưng.', 'Đưa mẹ đi khám huyết áp.', 'Cháu bị sốt đi khám.', 'Tái khám tiểu đường.', 'Đi cắt chỉ.'],
  vaccination: ['Đưa bé đi tiêm mũi năm trong một.', 'Tiêm ngừa sởi cho bé.', 'Bé tiêm lần đầu.'],
  school: ['Cháu mới vào trường.', 'Tôi có hai cháu học ở đây.', 'Họp phụ huynh cuối kỳ xong có vài lời.'],
}

/**
 * What somebody might type: a sentence about the service, at times with what they came for in front or a word behind,
 * at times without capitals or full stop as on a phone.
 */
export function writeComment(
  { words, field }: { words: Profile['words']; field: string | undefined },
  tone: Tone,
  language: Language,
  chance: Chance,
): string {
  if (language !== 'vi') return chance.pick(foreign[language][tone])
  const errand = errands[field ?? words]
  const parts = [
    ...(errand && chance.isTrue(0.45) ? [chance.pick(errand)] : []),
    chance.pick(vietnamese[words][tone]),
    ...(chance.isTrue(0.25) ? [chance.pick(closings[tone])] : []),
  ]
  const text = parts.join(' ')
  return chance.isTrue(0.2) ? text.toLowerCase().replace(/\.$/, '') : text
}
