import { drawChart } from './charts/chart.ts'
import { formatCell } from './content/numbers-rules.ts'
import type { Block, ReportDocument, Table } from './contract.ts'
import { alignOf, keepLastWords, listRecipients, prepareDocument, printWords } from './print-rules.ts'
import type { PageBlock, PageDocument, PageTable } from './record-contract.ts'

/** A document for a page: what Word and PDF say, in the same order and with the same numbers of tables. */
export function layOutPage(document: ReportDocument): PageDocument {
  const clean = prepareDocument(document)
  const { issuerAbove, issuer, number, placeAndDate, type, subject, signature } = clean
  return {
    issuerAbove: issuerAbove && keepLastWords(issuerAbove),
    issuer: keepLastWords(issuer),
    number,
    placeAndDate,
    type,
    subject,
    signature,
    country: printWords.country,
    motto: printWords.motto,
    signer: printWords.signer,
    recipientsTitle: printWords.recipients,
    recipients: listRecipients(clean.recipients),
    body: clean.body.map(layOutBlock),
    appendices: clean.appendices.map(({ title, body }) => ({ title, body: body.map(layOutBlock) })),
  }
}

function layOutBlock(block: Block): PageBlock {
  if (block.kind === 'table') return { kind: 'table', table: layOutTable(block.table) }
  if (block.kind !== 'chart') return block
  return { kind: 'chart', caption: block.chart.caption, svg: drawChart(block.chart) }
}

function layOutTable({ caption, columns, rows, note }: Table): PageTable {
  const cells = rows.map((row) =>
    row.map((cell, index) => {
      const column = columns[index]
      const bold = cell.kind === 'text' && cell.bold === true
      return { text: formatCell(cell), align: column ? alignOf(column, cell) : ('left' as const), bold }
    }),
  )
  return { caption, columns, rows: cells, ...(note && { note }) }
}
