export type Masked = {
  masked: string
  /** How many pieces were replaced. */
  found: number
}

/**
 * Replaces telephone numbers, identity numbers and e-mail addresses in free text. Dates, sums of money and numbers of
 * legal documents stay. Where a row of digits could be either, it is masked: a word lost is less than a person found.
 */
export function maskPersonalData(text: string): Masked {
  let masked = ''
  let end = 0
  let found = 0
  for (const match of toPlainDigits(text).matchAll(anything)) {
    const kind = kinds.find((one) => match.groups?.[one] !== undefined)
    if (!kind) continue
    masked += text.slice(end, match.index) + replacements[kind]
    end = match.index + match[0].length
    found += 1
  }
  return { masked: masked + text.slice(end), found }
}

const replacements = {
  mail: '[địa chỉ thư]',
  abroad: '[số điện thoại]',
  identity: '[số giấy tờ]',
  phone: '[số điện thoại]',
  card: '[số giấy tờ]',
}
const kinds = ['mail', 'abroad', 'identity', 'phone', 'card'] as const

/** Khmer and full-width digits as ASCII ones; every character keeps its place. */
const toPlainDigits = (text: string): string =>
  text.replace(/[\u17e0-\u17e9\uff10-\uff19]/g, (digit) => String(digit.charCodeAt(0) & 15))

/** What people put between groups of digits: "0912 345 678", "0912.345.678", "0912 - 345 - 678", "(0297) 3 123 456". */
const gap = String.raw`[ \t\u00a0.\-–()]{0,3}`
const digits = (from: number, to = from) => String.raw`(?:${gap}\d){${from},${to}}(?!\d)`

const date = String.raw`(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:19|20)\d\d`
/** A date ends there, or a time of day or another date follows; otherwise it may be the beginning of a number. */
const afterDate = String.raw`(?!\d)(?=[ \t]*\d{1,2}[ \t]?(?::|h|g)|[ \t]*[-–][ \t]*${date}|(?!${gap}\d))`
const currency = String.raw`[ \t\u00a0]?(?:đồng|đ|vnđ|vnd|triệu|nghìn|ngàn|tỷ)(?![\p{L}\p{N}/])`
const money = String.raw`[1-9]\d{0,2}(?:[.,]\d{3})+(?!\d|[.,]\d)|[1-9](?:\d{0,2}(?:[ \u00a0]\d{3})+|\d{3,11})${currency}`

/** With the country's code: +84 912 345 678, 0084 (0) 912…, 84912345678. */
const abroad = String.raw`(?:\+|00)${gap}84(?:${gap}0)?${digits(8, 10)}|84[35789]\d{8}(?!\d)`

const phone = [
  // Mobile numbers have ten digits, landlines and the mobile numbers of before 2018 eleven; then whatever looks alike.
  String.raw`\(?0${gap}[35789]${digits(8)}`,
  String.raw`\(?0${gap}[12]${digits(9)}`,
  String.raw`\(?0${digits(8, 10)}`,
].join('|')

/** Căn cước: twelve digits, which begin with 0 where they are written in groups. */
const identity = [
  String.raw`\d{12}(?!\d)`,
  String.raw`0\d{2}(?:${gap}\d{3}){3}(?!\d)`,
  String.raw`0\d{3}(?:${gap}\d{4}){2}(?!\d)`,
].join('|')

/** Identity cards of before 2016: nine digits. */
const card = String.raw`\d{9}(?!\d)|\d{3}[ \t\u00a0-]\d{3}[ \t\u00a0-]\d{3}(?!\d)`

const mail = String.raw`(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`

/** The first alternative that fits at a place wins: what is kept stands before what is masked. */
const anything = new RegExp(
  String.raw`(?<mail>${mail})|(?<!\d)(?:(?<kept>${date}${afterDate}|${money})|(?<abroad>${abroad})|(?<identity>${identity})|(?<phone>${phone})|(?<card>${card}))`,
  'giu',
)
