import type { Provenance } from '../../../server/catalogue/contract.ts'
import type { ClosedSign } from '../../../server/signs/contract.ts'
import { formatInteger } from '../../ui/format.ts'

export const closedSignNames: Record<ClosedSign, string> = {
  equal_run: 'Nhiều phiếu liền nhau trả lời giống hệt',
  burst: 'Phiếu đến dồn dập',
  regular_arrivals: 'Phiếu đến quá đều',
  unusual_hours: 'Giờ chưa từng có phiếu',
  answering_times: 'Thời gian trả lời quá nhanh hoặc quá giống nhau',
  same_vector: 'Cùng một dãy câu trả lời',
  near_comments: 'Ý kiến gần như chép lại',
  more_than_visits: 'Nhiều phiếu hơn số lượt',
  unlike_proven: 'Phiếu mở khác phiếu có kiểm chứng',
}

/** What was looked for, and what else may look like it. */
export const closedSignMeanings: Record<ClosedSign, string> = {
  equal_run:
    'Nhiều phiếu đến liền nhau mang đúng một dãy mức, dài hơn hẳn những loạt mà thói quen trả lời của chính nơi này tạo ra. Chấm đều một mức tự nó không có gì sai: chỉ đáng xem khi thành loạt dài. Một đoàn khách trả lời theo nhau cũng có thể như vậy.',
  burst:
    'Trong một quãng ngắn có nhiều phiếu hơn hẳn quãng đông nhất mỗi tuần, hoặc hơn hẳn mức thường ngày của đúng thứ và giờ ấy ở chính nơi này. Nhóm chỉ gồm những kiểu trả lời dư ra. Một buổi đông bất thường, một chuyến xe đến cùng lúc cũng có thể như vậy: xin đối chiếu với sổ tiếp nhận.',
  regular_arrivals:
    'Phiếu đến cách nhau đều như có hẹn giờ. Người đến tự nhiên lúc dày lúc thưa; chương trình hay người ngồi bấm lần lượt thì đều. Lịch hẹn cách đều nhau cũng có thể như vậy.',
  unusual_hours:
    'Phiếu đến vào giờ mà ba tháng trước hầu như không có phiếu nào: trước giờ mở cửa, sau giờ đóng cửa hay giữa trưa. Buổi làm thêm giờ, buổi lưu động cũng có thể như vậy: xin đối chiếu với lịch làm việc.',
  answering_times:
    'Quá nhiều phiếu cùng kiểu trả lời được trả lời nhanh khác thường, hoặc trong khoảng thời gian gần như nhau. Nhóm gồm những phiếu giống kiểu ấy hơn là giống người thường ở đây. Người thật nhanh chậm rất khác nhau; người bấm hộ hàng loạt thì giống nhau. Cán bộ đọc câu hỏi giúp nhiều người cũng có thể như vậy.',
  same_vector:
    'Nhiều phiếu mang cùng một dãy mức lên xuống giống nhau. Chấm đều một mức không tính ở đây. Hai người khác nhau hiếm khi chọn trùng cả dãy.',
  near_comments:
    'Nhiều ý kiến viết gần như cùng một câu, chỉ khác vài chữ. Nội dung ý kiến không hiện ở trang này. Ý kiến soạn chung cho cả nhóm cũng có thể như vậy.',
  more_than_visits:
    'Số phiếu trong ngày nhiều hơn số lượt phục vụ đã ghi. Cũng có thể do số lượt ghi thiếu: xin kiểm tra số lượt trước khi quyết định.',
  unlike_proven:
    'Người trả lời qua mã dán, liên kết hài lòng khác hẳn người có phiếu một lần hoặc quét mã trên màn hình, cùng nơi và cùng thời gian. Lẽ ra họ là cùng những người dân ấy.',
}

type Finding = { sign: ClosedSign; observed: number; expected: number }

const about = (value: number): string => (value < 1 ? 'chưa đến 1' : `khoảng ${formatInteger(value)}`)

const sentences: Record<ClosedSign, (observed: string, expected: number) => string> = {
  equal_run: (seen, usual) =>
    `${seen} phiếu liền nhau giống hệt; loạt dài nhất ở đây thường chỉ ${about(usual)} phiếu.`,
  burst: (seen, usual) =>
    `${seen} phiếu trong một quãng; ba tháng trước những quãng như vậy thường chỉ ${about(usual)} phiếu.`,
  regular_arrivals: (seen, usual) =>
    `Trong 20 khoảng cách liền nhau, khoảng dài nhất chỉ chiếm ${seen} % cả quãng; người đến tự nhiên thì thường chiếm ${about(usual)} %.`,
  unusual_hours: (seen, usual) =>
    `${seen} phiếu ngoài giờ quen; những ngày như vậy thường chỉ có ${about(usual)} phiếu.`,
  answering_times: (seen, usual) =>
    `${seen} phiếu trả lời trong cùng một khoảng giây; theo ba tháng trước thì chỉ ${about(usual)} phiếu.`,
  same_vector: (seen, usual) => `${seen} phiếu cùng một dãy mức; theo ba tháng trước thì chỉ ${about(usual)} phiếu.`,
  near_comments: (seen, usual) =>
    `${seen} ý kiến giống nhau từ 70 % trở lên; giữa những người khác nhau thường chỉ ${about(usual)}.`,
  more_than_visits: (seen, usual) => `${seen} phiếu trong một ngày, mà số lượt đã ghi là ${formatInteger(usual)}.`,
  unlike_proven: (seen, usual) =>
    `${seen} người không chê điều gì; nếu giống người có kiểm chứng thì ${about(usual)} người.`,
}

/** What was seen against what the place's own past foretells, in one sentence. */
export const findingInWords = ({ sign, observed, expected }: Finding): string =>
  sentences[sign](formatInteger(observed), expected)

/** "một phần 38.970": how seldom honest days would show it. */
export function chanceInWords(chance: number): string {
  const once = 1 / Math.max(chance, 1e-12)
  return once > 1e9 ? 'chưa đến một phần một tỷ' : `một phần ${formatInteger(once)}`
}

const sources: Record<Provenance, string> = {
  open: 'mã dán, liên kết',
  unminted: 'không qua trang của Ý Dân',
  kiosk: 'máy đặt tại chỗ',
  presence: 'mã trên màn hình',
  ticket: 'phiếu một lần',
  entered: 'cán bộ nhập',
}
export const sourceName = (provenance: Provenance): string => sources[provenance]

/** "07:30" from minutes of the day. */
export const clockInWords = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
