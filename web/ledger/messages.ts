import type { Language } from '../../server/catalogue/contract.ts'
import type { Half } from '../../server/ledger/contract.ts'
import { createWording } from '../messages/wording.ts'

/** What a receipt says about its line in the ledger; the other languages are typed by the Vietnamese. */
const vi = {
  in: (line: string) => `Phiếu này là dòng ${line} trong sổ cái.`,
  held: 'Phiếu đã ghi vào sổ cái. Số dòng hiện ra khi hết buổi, để không ai đoán được giờ gửi.',
  waiting: (since: string) => `Phiếu đang chờ ghi vào sổ cái${since}, thường trong một phút.`,
  since: (half: string, day: string) => ` từ ${half} ngày ${day}`,
  halves: { morning: 'buổi sáng', afternoon: 'buổi chiều' } satisfies Record<Half, string>,
  check: 'Kiểm tra dòng này',
  what: 'Sổ cái là gì',
}

type Words = typeof vi

const en: Words = {
  in: (line) => `This form is line ${line} of the ledger.`,
  held: 'This form is in the ledger. Its number shows when the half-day is over, so that nobody can tell when it was sent.',
  waiting: (since) => `This form is waiting to enter the ledger${since}, usually within a minute.`,
  since: (half, day) => ` since the ${half} of ${day}`,
  halves: { morning: 'morning', afternoon: 'afternoon' },
  check: 'Check this line',
  what: 'What the ledger is',
}

const km: Words = {
  in: (line) => `សន្លឹកនេះជាបន្ទាត់ទី ${line} ក្នុងសៀវភៅធំ។`,
  held: 'សន្លឹកនេះបានចូលក្នុងសៀវភៅធំហើយ។ លេខបន្ទាត់នឹងបង្ហាញនៅពេលចប់ពេលកន្លះថ្ងៃនេះ ដើម្បីកុំឱ្យនរណាដឹងម៉ោងផ្ញើ។',
  waiting: (since) => `សន្លឹកនេះកំពុងរង់ចាំចូលសៀវភៅធំ${since} ជាធម្មតាក្នុងមួយនាទី។`,
  since: (half, day) => ` តាំងពី${half} ថ្ងៃ ${day}`,
  halves: { morning: 'ពេលព្រឹក', afternoon: 'ពេលរសៀល' },
  check: 'ពិនិត្យបន្ទាត់នេះ',
  what: 'សៀវភៅធំជាអ្វី',
}

export const ledgerWording = createWording<Words>({ vi, en, km })

export const ledgerWordsIn = (language: Language): Words => ledgerWording.words[language]
