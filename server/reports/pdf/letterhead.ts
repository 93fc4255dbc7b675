import type { ReportDocument, Run } from '../contract.ts'
import { issuerShare, keepLastWords, listRecipients, printWords, sizes } from '../print-rules.ts'
import { measureText } from './fonts.ts'
import type { Pages } from './pages.ts'
import { type Look, writeParagraph, writeRule } from './text.ts'

type Column = { x: number; width: number }

/** Issuer and country side by side, number and date, the name of the document. */
export function writeLetterhead(pages: Pages, document: ReportDocument): void {
  const top = pages.y
  const left = { x: pages.left, width: pages.width * issuerShare }
  const right = { x: pages.left + left.width, width: pages.width - left.width }
  writeIssuer(pages, document, left)
  const issuerEnd = pages.y
  pages.y = top
  writeCountry(pages, right)
  pages.y = Math.max(issuerEnd, pages.y) + 4
  const row = pages.y
  writeCentred(pages, document.number, left, { size: sizes.number })
  const numberEnd = pages.y
  pages.y = row
  writeCentred(pages, document.placeAndDate, right, { size: sizes.motto, italic: true })
  pages.y = Math.max(numberEnd, pages.y)
  writeTitle(pages, document)
}

function writeIssuer(pages: Pages, { issuerAbove, issuer }: ReportDocument, column: Column): void {
  if (issuerAbove) writeCentred(pages, [{ text: keepLastWords(issuerAbove) }], column, { size: sizes.country })
  writeCentred(pages, [{ text: keepLastWords(issuer) }], column, { size: sizes.country, bold: true })
  pages.y += 1
  writeRule(pages, column.x, column.width, column.width * 0.4)
  pages.y += 5
}

function writeCountry(pages: Pages, column: Column): void {
  writeCentred(pages, [{ text: printWords.country }], column, { size: sizes.country, bold: true })
  writeCentred(pages, [{ text: printWords.motto }], column, { size: sizes.motto, bold: true })
  writeRule(pages, column.x, column.width, measureText(printWords.motto, { size: sizes.motto, bold: true }))
  pages.y += 5
}

function writeTitle(pages: Pages, { type, subject }: ReportDocument): void {
  const bold = { size: sizes.body, bold: true, align: 'center' as const }
  writeParagraph(pages, [{ text: type }], { ...bold, before: 16 })
  writeParagraph(pages, [{ text: subject }], { ...bold, x: pages.left + 30, width: pages.width - 60 })
  writeRule(pages, pages.left, pages.width, pages.width * 0.2)
  pages.y += 14
}

/** Recipients and signature, on one page. */
export function writeSignature(pages: Pages, { recipients, signature }: ReportDocument): void {
  const left = { x: pages.left, width: pages.width * 0.45 }
  const right = { x: pages.left + left.width, width: pages.width - left.width }
  pages.y += 14
  pages.ensure(Math.max(150, 18 + recipients.length * 15))
  const top = pages.y
  writeRecipients(pages, recipients, left)
  const recipientsEnd = pages.y
  pages.y = top
  const bold = { size: sizes.body, bold: true }
  if (signature.authority) writeCentred(pages, [{ text: signature.authority }], right, bold)
  writeCentred(pages, [{ text: signature.title }], right, bold)
  pages.y += 64
  writeCentred(pages, [{ text: printWords.signer, placeholder: true }], right, { size: sizes.number, italic: true })
  pages.y = Math.max(recipientsEnd, pages.y)
}

function writeRecipients(pages: Pages, recipients: string[], column: Column): void {
  const look: Look = { size: sizes.note, align: 'left', leading: 1.2, ...column }
  writeParagraph(pages, [{ text: printWords.recipients }], { ...look, bold: true, italic: true })
  for (const text of listRecipients(recipients)) writeParagraph(pages, [{ text }], { ...look, size: sizes.recipients })
}

const writeCentred = (pages: Pages, runs: Run[], column: Column, style: Pick<Look, 'size' | 'bold' | 'italic'>) =>
  writeParagraph(pages, runs, { align: 'center', leading: 1.2, ...style, ...column })
