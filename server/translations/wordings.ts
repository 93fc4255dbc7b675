import { receiptWording } from '../../web/cases/receipt/messages.ts'
import { ledgerWording } from '../../web/ledger/messages.ts'
import { messageWording } from '../../web/messages/messages.ts'
import { pressureWording } from '../../web/messages/pressure.ts'
import type { Wording } from '../../web/messages/wording.ts'
import { posterWording } from '../../web/posters/messages.ts'
import { publicWording } from '../../web/publication/languages/words.ts'
import { headingWording } from '../../web/publication/words.ts'
import { ticketWording } from '../../web/tickets/citizen-words.ts'
import { paperWording } from '../../web/waves/paper-form-words.ts'

export type WordPart = { code: string; title: string; wording: Pick<Wording, keyof Wording> }

/** All groups of words that citizens read in Khmer; `survey` and `pressure` stand on the page that must stay light. */
export const wordParts: WordPart[] = [
  { code: 'survey', title: 'Trang trả lời và trang cảm ơn', wording: messageWording },
  { code: 'pressure', title: 'Câu hỏi về sự tác động', wording: pressureWording },
  { code: 'receipt', title: 'Xem trả lời, gọi lại, dữ liệu cá nhân', wording: receiptWording },
  { code: 'tickets', title: 'Phiếu một lần, chọn quầy', wording: ticketWording },
  { code: 'results', title: 'Kết quả công khai', wording: publicWording },
  { code: 'open-data', title: 'Đầu mục dữ liệu mở', wording: headingWording },
  { code: 'ledger', title: 'Sổ cái trên trang cảm ơn', wording: ledgerWording },
  { code: 'posters', title: 'Tờ dán, màn hình', wording: posterWording },
  { code: 'paper', title: 'Phiếu giấy', wording: paperWording },
]

export const lightParts = ['survey', 'pressure']
