import { buffer } from 'node:stream/consumers'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { posterDetails } from '../../web/posters/messages.ts'
import type { Block, PosterMarks, PosterPlace, Typeset } from './blocks.ts'
import type { posterSizes } from './contract.ts'
import { drawPage } from './draw.ts'
import { registerFonts } from './fonts.ts'
import { makeDocument } from './pdfkit.ts'
import { layoutSheet, sheet } from './sheet.ts'
import { layoutSlip } from './slip.ts'
import { fitParagraph, type Measure, setParagraph } from './text.ts'

export type { PosterPlace } from './blocks.ts'

/** `slip`: 80 mm wide, handed out with a result or printed on a receipt. */
export type PosterSize = (typeof posterSizes)[number]

export const pointsPerMillimetre = 72 / 25.4
/** Millimetres of paper to a unit of the layout: A5 is the A4 sheet made smaller. */
const scales: Record<PosterSize, number> = { a4: 1, a5: 148 / sheet.width, slip: 1 }

/** A PDF with a page for each place, in their order; the same places give the same bytes. */
export async function writePosters(
  places: PosterPlace[],
  { size, ...marks }: PosterMarks & { size: PosterSize },
): Promise<Buffer> {
  const doc = openDocument()
  const written = buffer(doc)
  const root = doc.struct('Document')
  doc.addStructure(root)
  for (const place of places) {
    drawPage(doc, root, layoutPoster(doc, place, size, marks), scales[size] * pointsPerMillimetre)
    // A page takes some milliseconds: citizens' answers go between two of them.
    await nextTurn()
  }
  root.end()
  doc.end()
  return written
}

/** A document with the posters' fonts and no page yet. */
export function openDocument(): PDFKit.PDFDocument {
  const doc = makeDocument({
    autoFirstPage: false,
    // No standard font: pdfkit would look for its metrics beside the bundle.
    font: '',
    pdfVersion: '1.7',
    tagged: true,
    lang: 'vi',
    displayTitle: true,
    // A fixed date instead of the clock's: it goes into the file and its identifier.
    info: { Title: posterDetails.documentTitle, Creator: 'Ý Dân', CreationDate: new Date('2026-01-01T00:00:00Z') },
  })
  registerFonts(doc)
  return doc
}

/** Sets texts in the fonts of a document. */
export function typesetIn(doc: PDFKit.PDFDocument): Typeset {
  const measure: Measure = (text, font, glyphSize) => doc.font(font).fontSize(glyphSize).widthOfString(text)
  return (text, style, width, height) =>
    height === undefined
      ? setParagraph(measure, text, style, width)
      : fitParagraph(measure, text, style, { width, height })
}

/** Where everything stands on a place's page, in units of the layout. */
export function layoutPoster(doc: PDFKit.PDFDocument, place: PosterPlace, size: PosterSize, marks: PosterMarks): Block {
  const typeset = typesetIn(doc)
  return size === 'slip' ? layoutSlip(place, marks, typeset) : layoutSheet(place, marks, typeset)
}
