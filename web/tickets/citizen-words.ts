import { createWording } from '../messages/wording.ts'

export type TicketFault = 'used' | 'expired' | 'revoked' | 'unknown'

type Sentence = { title: string; text: string }
type CitizenTicketWords = Record<TicketFault, Sentence> & {
  openInstead: string
  whichCounter: string
  chooseCounter: string
}

/** The Khmer must be read by a native speaker. */
export const ticketWording = createWording<CitizenTicketWords>({
  vi: {
    used: {
      title: 'Phiếu này đã được dùng',
      text: 'Mỗi phiếu nhận một lần trả lời, và lần trả lời ấy đã được ghi nhận. Nếu chưa phải Ông/Bà trả lời, xin đánh giá ở phiếu chung.',
    },
    expired: {
      title: 'Phiếu này đã hết hạn',
      text: 'Ông/Bà vẫn có thể đánh giá ở phiếu chung của nơi này.',
    },
    revoked: {
      title: 'Phiếu này không còn dùng được',
      text: 'Ông/Bà vẫn có thể đánh giá ở phiếu chung của nơi này.',
    },
    unknown: {
      title: 'Không tìm thấy phiếu này',
      text: 'Xin quét lại mã trên phiếu, hoặc gõ lại đúng các chữ và số in dưới mã.',
    },
    openInstead: 'Mở phiếu chung',
    whichCounter: 'Ông/Bà vừa làm việc ở quầy nào?',
    chooseCounter: 'Xin chọn một quầy để đánh giá.',
  },
  en: {
    used: {
      title: 'This slip has been used',
      text: 'Each slip takes one answer, and that answer has been recorded. If it was not yours, please use the open form.',
    },
    expired: {
      title: 'This slip has expired',
      text: 'You can still give your opinion on the open form of this place.',
    },
    revoked: {
      title: 'This slip is no longer valid',
      text: 'You can still give your opinion on the open form of this place.',
    },
    unknown: {
      title: 'We cannot find this slip',
      text: 'Please scan the code on the slip again, or type the letters and figures below it once more.',
    },
    openInstead: 'Open the form',
    whichCounter: 'Which counter served you?',
    chooseCounter: 'Please choose the counter to rate.',
  },
  km: {
    used: {
      title: 'សន្លឹកនេះបានប្រើរួចហើយ',
      text: 'សន្លឹកមួយទទួលចម្លើយតែម្តង ហើយចម្លើយនោះបានកត់ត្រារួចហើយ។ បើមិនមែនលោកអ្នកទេ សូមប្រើសន្លឹករួម។',
    },
    expired: { title: 'សន្លឹកនេះផុតកំណត់ហើយ', text: 'លោកអ្នកនៅតែអាចវាយតម្លៃលើសន្លឹករួមរបស់កន្លែងនេះ។' },
    revoked: { title: 'សន្លឹកនេះប្រើលែងបានហើយ', text: 'លោកអ្នកនៅតែអាចវាយតម្លៃលើសន្លឹករួមរបស់កន្លែងនេះ។' },
    unknown: { title: 'រកមិនឃើញសន្លឹកនេះទេ', text: 'សូមស្កេនកូដលើសន្លឹកម្តងទៀត ឬវាយអក្សរ និងលេខនៅក្រោមកូដឱ្យត្រឹមត្រូវ។' },
    openInstead: 'បើកសន្លឹករួម',
    whichCounter: 'តើលោកអ្នកទើបតែមកបញ្ជរណា?',
    chooseCounter: 'សូមជ្រើសរើសបញ្ជរមួយដើម្បីវាយតម្លៃ។',
  },
})

/** What citizens read around tickets and screens. */
export const citizenTicketWords = ticketWording.words
