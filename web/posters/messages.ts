import { createWording } from '../messages/wording.ts'

type PosterWords = { invitation: string; instruction: string }

/** The Khmer must be read by a native speaker before posters are hung. */
export const posterWording = createWording<PosterWords>({
  vi: {
    invitation: 'Ông/Bà có hài lòng không?',
    instruction: 'Khen hay chê, chúng tôi đều muốn nghe.',
  },
  en: {
    invitation: 'Are you satisfied with our service?',
    instruction: 'Scan the code with your phone and answer. Half a minute, no name asked.',
  },
  km: {
    invitation: 'តើលោកអ្នកពេញចិត្តនឹងសេវារបស់យើងដែរឬទេ?',
    instruction: 'សូមស្កេនកូដនេះដោយប្រើទូរស័ព្ទ ហើយឆ្លើយ។ ប្រហែលកន្លះនាទី មិនសួរឈ្មោះទេ។',
  },
})

/** What a poster says in each language. */
export const posterWords = posterWording.words

/** The parts of a poster that stand in Vietnamese only. */
export const posterDetails = {
  documentTitle: 'Mã QR lấy ý kiến người dân',
  steps: ['Mở Zalo hoặc camera trên điện thoại', 'Quét mã QR này', 'Trả lời trong nửa phút, không hỏi tên'],
  placeCode: 'Mã nơi phục vụ',
  typeInstead: 'Không quét được? Mở trình duyệt và gõ:',
  privacy: 'Cán bộ ở đây không xem được ai đã trả lời.',
  product: 'Ý Dân · đo mức độ hài lòng của người dân',
  trial: { tag: 'BẢN THỬ', note: 'chỉ dùng được trong mạng nội bộ này' },
  demo: { tag: 'DỮ LIỆU MẪU', note: 'để xem thử, không dùng để đánh giá thật' },
  qrAlternative: (address: string) => `Mã QR dẫn tới ${address}`,
}
