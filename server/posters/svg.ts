import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { PosterSvg } from '../../web/posters/drawing.tsx'
import { traceQr } from '../qr.ts'
import type { PosterMarks } from './blocks.ts'
import { features } from './draw.ts'
import { layoutPoster, openDocument, type PosterPlace } from './poster.ts'

/** The fonts are opened once: measuring is all this document is for. */
let measuring: PDFKit.PDFDocument | undefined

/** The A4 sheet as an SVG element, laid out like the printed one, for looking at on a page. */
export function drawPoster(place: PosterPlace, marks: PosterMarks): string {
  measuring ??= openDocument()
  const sheet = layoutPoster(measuring, place, 'a4', marks)
  const pieces = sheet.pieces.map((piece) => {
    if (piece.kind === 'text') return { ...piece, paragraph: piece.paragraph }
    if (piece.kind === 'qr') return { ...piece, path: traceQr(piece.modules, 0), side: piece.modules.length }
    return piece.kind === 'face' ? { ...piece, path: features[piece.level] } : piece
  })
  return renderToString(h(PosterSvg, { width: sheet.width, height: sheet.height, pieces, name: place.name.vi }))
}
