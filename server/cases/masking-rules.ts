import { readPlain } from '../typed/digits.ts'

export type Masked = {
  masked: string
  /** How many pieces were replaced. */
  found: number
}

/**
 * Replaces telephone numbers, identity numbers and e-mail addresses in free text. Dates, sums of money and numbers of
 * legal documents stay. Where a row of digits could be either, it is masked: a word lost is less than a person found.
 * Looked for in plain digits and without invisible marks; what is not replaced stays as it was typed.
 */
export function maskPersonalData(text: string): Masked {
  const { plain, places } = readPlain(text)
  let masked = ''
  let end = 0
  let found = 0
  for (const match of plain.matchAll(anything)) {
    const kind = kinds.find((one) => match.groups?.[one] !== undefined)
    if (!kind) continue
    masked += text.slice(end, places[match.index]) + replacements[kind]
    end = endOf(text, places, match.index + match[0].length)
    found += 1
  }
  return { masked: masked + text.slice(end), found }
}

/** Behind the last character that was found, so that an invisible mark after a number stays with what follows. */
function endOf(text: string, places: number[], length: number): number {
  const last = places[length - 1] as number
  return last + ((text.codePointAt(last) as number) > 0xffff ? 2 : 1)
}

const replacements = {
  mail: '[địa chỉ thư]',
  abroad: '[số điện thoại]',
  identity: '[số giấy tờ]',
  phone: '[số điện thoại]',
  card: '[số giấy tờ]',
}
const kinds = ['mail', 'abroad', 'identity', 'phone', 'card'] as const

/** What everybody puts between groups of digits: "0912 345 678", "0912.345.678", "0912 - 345 - 678", "(0297) 3 123 456". */
const plainGap = String.raw`[ \t.\-()[\]{}]{0,3}`
/**
 * Rarer signs, alone between two digits: "0912,345,678", "0912/345/678", "0912_345_678". With a space or a new line
 * beside them only before a group of three, so that "quầy 01, 02, 03" and hours such as 07:30 stay.
 */
const tight = String.raw`[,/_;·•*|~\\]`
const gap = String.raw`(?:${plainGap}|${tight}|(?:[ \t]?(?:${tight}|[:=+'’])[ \t]?|[ \t]*\n[ \t]*)(?=\d{3}))`
const digits = (from: number, to = from) => String.raw`(?:${gap}\d){${from},${to}}(?!\d)`

const date = String.raw`(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:19|20)\d\d`
/** A date ends there, or a time of day or another date follows; otherwise it may be the beginning of a number. */
const afterDate = String.raw`(?!\d)(?=[ \t]*\d{1,2}[ \t]?(?::|h|g)|[ \t]*[-,;/]?[ \t\n]*${date}|(?!${plainGap}\d|[,/_]\d))`
const currency = String.raw`[ \t]?(?:đồng|đ|vnđ|vnd|triệu|nghìn|ngàn|tỷ)(?![\p{L}\p{N}/])`
const money = String.raw`[1-9]\d{0,2}(?:[.,]\d{3})+(?!\d|[.,]\d)|[1-9](?:\d{0,2}(?: \d{3})+|\d{3,11})${currency}`

/** Số hồ sơ: the office's code, six digits of the day, a running number. */
const dossier = String.raw`(?:\d{3}(?:\.\d{2,3}){0,3}\.)?(?<!\p{L})[A-Z]\d{2}(?:\.\d{1,3}){0,4}-\d{6}-\d{4,6}(?!\d)`

/** With the country's code: +84 912 345 678, 0084 (0) 912…, 84912345678. */
const abroad = String.raw`(?:\+|00)${gap}84(?:${gap}0)?${digits(8, 10)}|84[35789]\d{8}(?!\d)`

/** A bracket that closes within the number goes with it. */
const opening = String.raw`(?:[([{](?=[\d \t.\-]{1,8}[)\]}]))?`
const phone = [
  // Mobile numbers have ten digits, landlines and the mobile numbers of before 2018 eleven; then whatever looks alike.
  `${opening}0${gap}[35789]${digits(8)}`,
  `${opening}0${gap}[12]${digits(9)}`,
  `${opening}0${digits(8, 10)}`,
].join('|')

/** Căn cước: twelve digits, which begin with 0 where they are written in groups. */
const identity = [
  String.raw`\d{12}(?!\d)`,
  String.raw`0\d{2}(?:${gap}\d{3}){3}(?!\d)`,
  String.raw`0\d{3}(?:${gap}\d{4}){2}(?!\d)`,
].join('|')

/** Identity cards of before 2016: nine digits. */
const card = String.raw`\d{9}(?!\d)|\d{3}[ \t\-_]\d{3}[ \t\-_]\d{3}(?!\d)`

const mail = String.raw`(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`

/** The first alternative that fits at a place wins: what is kept stands before what is masked. */
const anything = new RegExp(
  String.raw`(?<mail>${mail})|(?<!\d)(?:(?<kept>${date}${afterDate}|${money}|${dossier})|(?<abroad>${abroad})|(?<identity>${identity})|(?<phone>${phone})|(?<card>${card}))`,
  'giu',
)
