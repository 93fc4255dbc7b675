import { buffer } from 'node:stream/consumers'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { PosterMarks } from '../posters/blocks.ts'
import { drawPage } from '../posters/draw.ts'
import { openDocument, pointsPerMillimetre, typesetIn } from '../posters/poster.ts'
import type { PaperSize, TicketSlip } from './contract.ts'
import { layoutRoll, layoutSheet, slipsOnSheet } from './slip-layout.ts'

/** A PDF of slips in their order: sheets of A4 to be cut, or one page a slip for a roll. */
export async function writeSlips(
  slips: TicketSlip[],
  { paper, ...marks }: PosterMarks & { paper: PaperSize },
): Promise<Buffer> {
  const doc = openDocument()
  const written = buffer(doc)
  const root = doc.struct('Document')
  doc.addStructure(root)
  const typeset = typesetIn(doc)
  const onPage = paper === 'a4' ? slipsOnSheet : 1
  for (let from = 0; from < slips.length; from += onPage) {
    const some = slips.slice(from, from + onPage)
    const [first] = some as [TicketSlip]
    const page =
      paper === 'a4' ? layoutSheet(some, marks, typeset) : layoutRoll(first, paper === '58' ? 58 : 80, marks, typeset)
    drawPage(doc, root, page, pointsPerMillimetre)
    // A page takes some milliseconds: citizens' answers go between two of them.
    await nextTurn()
  }
  root.end()
  doc.end()
  return written
}
