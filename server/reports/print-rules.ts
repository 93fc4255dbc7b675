import { toPlainSymbols } from '../posters/symbol-rules.ts'
import type { Block, ReportDocument, Run, TableCell, TableColumn } from './contract.ts'

/** Millimetres; NĐ 30/2020/NĐ-CP, Phụ lục I. */
export const paper = { width: 210, height: 297, top: 20, bottom: 20, left: 30, right: 15, firstLine: 12.7 }

/** Points. */
export const sizes = { country: 13, motto: 14, number: 13, body: 14, caption: 13, note: 12, recipients: 11 }

export const printWords = {
  country: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
  motto: 'Độc lập - Tự do - Hạnh phúc',
  recipients: 'Nơi nhận:',
  signer: '(Chữ ký, dấu; họ và tên người ký)',
  emptyTable: 'Không có số liệu.',
}

/** The share of the letterhead that belongs to the issuer; the country's name needs the rest at 13 points. */
export const issuerShare = 0.4

/** More columns than these are printed across: at 165 mm their words would break. */
const mostUprightColumns = 8

/** The document as all three writers take it: texts cleaned, tables and pictures numbered. */
export function prepareDocument(document: ReportDocument): ReportDocument {
  const clean = mapTexts(document, cleanText)
  const counts = { table: 0, chart: 0 }
  const numberAll = (body: Block[]) => body.map((block) => numberBlock(block, counts))
  const body = numberAll(clean.body)
  const appendices = clean.appendices.map((appendix) => ({ ...appendix, body: numberAll(appendix.body) }))
  return { ...clean, body, appendices }
}

/** "Bảng 2. …": a caption that brings its number keeps it. */
function numberBlock(block: Block, counts: { table: number; chart: number }): Block {
  const number = (kind: 'table' | 'chart', word: string, caption: string) => {
    counts[kind]++
    return /^(Bảng|Biểu|Hình) \d/.test(caption) ? caption : `${word} ${counts[kind]}. ${caption}`
  }
  if (block.kind === 'table') {
    return { ...block, table: { ...block.table, caption: number('table', 'Bảng', block.table.caption) } }
  }
  if (block.kind !== 'chart') return block
  return { ...block, chart: { ...block.chart, caption: number('chart', 'Hình', block.chart.caption) } }
}

/** The same value with each of its texts changed. */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change)) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapTexts(part, change)])) as T
}

/**
 * A text as all three writers can write it: composed letters, no control characters (a file with one does not open),
 * no halves of letters, Word's private signs as the signs they show.
 */
const cleanText = (text: string): string =>
  toPlainSymbols(text.toWellFormed().normalize('NFC'))
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\ufeff\ufffe\uffff]/g, '')

/** "BÁO CÁO Kết quả …": the title in a file's properties. */
export const titleOf = ({ type, subject }: ReportDocument): string => `${type} ${subject}`

export const textOf = (runs: Run[]): string => runs.map(({ text }) => text).join('')

/** Where a long name takes two lines, the second begins with these words and ends the name. */
const lastWords = /(?<= )(XÃ|PHƯỜNG|ĐẶC KHU|TỈNH|THÀNH PHỐ|HÀNH CHÍNH) .+$/u

export const keepLastWords = (name: string): string =>
  name.replace(lastWords, (words) => words.replaceAll(' ', '\u00a0'))

/** "- Ủy ban nhân dân tỉnh;" and a full stop after the last. */
export const listRecipients = (recipients: string[]): string[] =>
  recipients.map((name, index) => `- ${name.replace(/[\s;.]+$/, '')}${index === recipients.length - 1 ? '.' : ';'}`)

export const isAcross = (body: Block[]): boolean =>
  body.some((block) => block.kind === 'table' && block.table.columns.length > mostUprightColumns)

/** Numbers stand under each other by their last digit unless the column is centred. */
export const alignOf = (column: TableColumn, cell: TableCell): TableColumn['align'] =>
  cell.kind === 'number' && column.align === 'left' ? 'right' : column.align
