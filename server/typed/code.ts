import { toPlainDigits } from './digits.ts'

const month =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|thg)'

/** What Excel, LibreOffice or Google Sheets, in English or Vietnamese, make something else of while they open a file. */
const changed: RegExp[] = [
  /^\d+(?:[.,]\d+)*[ed][+-]?\d+$/i,
  // Leading zeros go, and so does what lies beyond the fifteenth digit.
  /^0\d+$|^\d{16,}$/,
  // Dates with digits alone, and fractions; times. A day written 2026-11-28 stays itself.
  /^\d{1,2}(?:[-/]\d{1,4}){1,2}$/,
  /^\d{1,2}(?::\d{2}){1,2}$|^\d{1,2} ?[ap]m?$/i,
  new RegExp(`^${month}[-/. ]?\\d{1,4}(?:[-/., ]+\\d{1,4})?$`, 'i'),
  new RegExp(`^\\d{1,4}[-/. ]?${month}(?:[-/., ]?\\d{1,4})?$`, 'i'),
  /^(?:true|false)$/i,
]

/** Whether a spreadsheet shows something else than this text when it opens a CSV file: 24E5 becomes 2400000, MAR2 a date. */
export const isChangedBySpreadsheet = (text: string): boolean => changed.some((one) => one.test(text))

/** Whether a code stays a text in spreadsheets and statistics programs (which take NULL and NA for nothing). */
export const staysText = (code: string): boolean =>
  !isChangedBySpreadsheet(code) && !/^\d+$|^(?:null|none|nan|na|inf)$/i.test(code)

/** A code as typed on any keyboard or copied from anywhere, in capitals. */
export const readTypedCode = (typed: string): string => toPlainDigits(typed).trim().toUpperCase()
