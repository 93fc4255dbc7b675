import { buffer } from 'node:stream/consumers'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { spellMissing } from '../../posters/font-rules.ts'
import { makeDocument } from '../../posters/pdfkit.ts'
import type { Block, ReportDocument, Run } from '../contract.ts'
import { isAcross, mapTexts, paper, prepareDocument, sizes, titleOf } from '../print-rules.ts'
import { writeChart } from './chart.ts'
import { registerReportFonts, reportCoverage } from './fonts.ts'
import { writeLetterhead, writeSignature } from './letterhead.ts'
import { Pages, points } from './pages.ts'
import { writeTable } from './table.ts'
import { type Look, writeParagraph } from './text.ts'

/** The document in the layout of NĐ 30/2020/NĐ-CP; the same document gives the same bytes. */
export async function drawPdf(document: ReportDocument): Promise<Buffer> {
  const clean = mapTexts(prepareDocument(document), (text) => spellMissing(text, reportCoverage()))
  const doc = openPdf(titleOf(clean))
  const written = buffer(doc)
  const root = doc.struct('Document')
  doc.addStructure(root)
  const pages = new Pages(doc, root)
  pages.startPage(false)
  writeLetterhead(pages, clean)
  await writeBlocks(pages, clean.body)
  writeSignature(pages, clean)
  for (const { title, body } of clean.appendices) {
    pages.startPage(isAcross(body))
    writeHeading(pages, 1, title, { align: 'center', firstIndent: 0 })
    await writeBlocks(pages, body)
  }
  root.end()
  doc.end()
  return written
}

function openPdf(title: string): PDFKit.PDFDocument {
  const doc = makeDocument({
    autoFirstPage: false,
    font: '',
    pdfVersion: '1.7',
    tagged: true,
    lang: 'vi-VN',
    displayTitle: true,
    // A fixed date instead of the clock's: it goes into the file and its identifier.
    info: { Title: title, Creator: 'Ý Dân', CreationDate: new Date('2026-01-01T00:00:00Z') },
  })
  registerReportFonts(doc)
  return doc
}

async function writeBlocks(pages: Pages, body: Block[]): Promise<void> {
  for (const block of body) {
    await writeBlock(pages, block)
    await nextTurn()
  }
}

async function writeBlock(pages: Pages, block: Block): Promise<void> {
  if (block.kind === 'heading') writeHeading(pages, block.level, block.text)
  else if (block.kind === 'paragraph') writeBody(pages, block.runs)
  else if (block.kind === 'list') pages.within('L', () => writeItems(pages, block.items))
  else if (block.kind === 'table') await writeTable(pages, block.table)
  else writeChart(pages, block.chart)
}

function writeHeading(pages: Pages, level: 1 | 2 | 3, text: string, look: Partial<Look> = {}): void {
  writeParagraph(pages, [{ text }], {
    size: sizes.body,
    bold: true,
    italic: level === 3,
    align: 'left' as const,
    tag: `H${level}`,
    firstIndent: points(paper.firstLine),
    before: level === 1 ? 10 : 8,
    keepWith: 48,
    ...look,
  })
  pages.mark(level, text)
}

const writeBody = (pages: Pages, runs: Run[], tag = 'P') =>
  writeParagraph(pages, runs, {
    size: sizes.body,
    align: 'justify',
    firstIndent: points(paper.firstLine),
    before: 6,
    tag,
  })

function writeItems(pages: Pages, items: Run[][]): void {
  for (const item of items) pages.within('LI', () => writeBody(pages, [{ text: '- ' }, ...item], 'LBody'))
}
