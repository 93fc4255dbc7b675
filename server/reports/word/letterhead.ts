import {
  AlignmentType,
  BorderStyle,
  type IRunOptions,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  WidthType,
} from 'docx'
import type { ReportDocument, Run } from '../contract.ts'
import { measureText } from '../pdf/fonts.ts'
import { issuerShare, keepLastWords, listRecipients, paper, printWords, sizes } from '../print-rules.ts'
import { halves, twips } from './styles.ts'
import { writeRule, writeRuns } from './text.ts'

const textWidth = twips(paper.width - paper.left - paper.right)
const half = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const noBorders = { top: half, bottom: half, left: half, right: half, insideHorizontal: half, insideVertical: half }

/** Issuer and country side by side; number and date below. */
export function writeLetterhead(document: ReportDocument): Table {
  const widths = splitWidth(issuerShare)
  const country = { size: halves(sizes.country) }
  const motto = { size: halves(sizes.motto), bold: true }
  const issuer = [
    ...(document.issuerAbove ? [centre([{ text: keepLastWords(document.issuerAbove) }], country)] : []),
    centre([{ text: keepLastWords(document.issuer) }], { ...country, bold: true }),
    writeRule(widths[0] / 20, (widths[0] / 20) * 0.4),
  ]
  const state = [
    centre([{ text: printWords.country }], { ...country, bold: true }),
    centre([{ text: printWords.motto }], motto),
    writeRule(widths[1] / 20, measureText(printWords.motto, { size: sizes.motto, bold: true })),
  ]
  const number = [centre(document.number, { size: halves(sizes.number) })]
  const date = [centre(document.placeAndDate, { size: halves(sizes.motto), italics: true })]
  return writePair(widths, [
    [issuer, state],
    [number, date],
  ])
}

export const writeTitle = ({ type, subject }: ReportDocument): Paragraph[] => [
  new Paragraph({ style: 'Title', children: writeRuns([{ text: type }]) }),
  new Paragraph({ style: 'Subject', children: writeRuns([{ text: subject }]) }),
  writeRule(textWidth / 20, textWidth / 100),
  new Paragraph({ spacing: { before: 0, after: 60, line: 200, lineRule: 'exact' } }),
]

/** Recipients and signature, kept on one page. */
export function writeSignature({ recipients, signature }: ReportDocument): Table {
  const bold = { size: halves(sizes.body), bold: true }
  const left = [
    plain(printWords.recipients, { size: halves(sizes.note), bold: true, italics: true }),
    ...listRecipients(recipients).map((text) => plain(text, { size: halves(sizes.recipients) })),
  ]
  const signer: Run = { text: printWords.signer, placeholder: true }
  const right = [
    ...(signature.authority ? [centre([{ text: signature.authority }], bold)] : []),
    centre([{ text: signature.title }], bold),
    ...Array.from({ length: 4 }, () => centre([], bold)),
    centre([signer], { size: halves(sizes.number), italics: true }),
  ]
  return writePair(splitWidth(0.45), [[left, right]])
}

const splitWidth = (share: number): [number, number] => {
  const left = Math.round(textWidth * share)
  return [left, textWidth - left]
}

function writePair(widths: [number, number], rows: Paragraph[][][]): Table {
  return new Table({
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: noBorders,
    width: { size: textWidth, type: WidthType.DXA },
    margins: { left: 0, right: 0, top: 40, bottom: 0 },
    rows: rows.map(
      (cells) =>
        new TableRow({
          cantSplit: true,
          children: cells.map(
            (children, index) =>
              new TableCell({ children, width: { size: widths[index] ?? 0, type: WidthType.DXA }, borders: noBorders }),
          ),
        }),
    ),
  })
}

const centre = (runs: Run[], look: IRunOptions) =>
  new Paragraph({ alignment: AlignmentType.CENTER, children: writeRuns(runs, look) })

const plain = (text: string, look: IRunOptions) => new Paragraph({ children: writeRuns([{ text }], look) })
