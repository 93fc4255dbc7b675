import { createRequire } from 'node:module'
import { morningSentences } from '../../web/morning/sentences.ts'
import { formatDay, formatInteger, formatPercent } from '../../web/ui/format.ts'
import type { Typeset } from '../posters/blocks.ts'
import { type FontName, pathOfFont, type Weight } from '../posters/fonts.ts'
import { openDocument, typesetIn } from '../posters/poster.ts'
import { type Paragraph, splitRuns } from '../posters/text.ts'
import type { MorningFacts } from './contract.ts'

/** Units of the drawing; a telephone shows it at twice that. */
const width = 540
const margin = 32
const zoom = 2
const colors = { ink: '#14211d', soft: '#4d5a55', brand: '#0b6b57', paper: '#ffffff', on: '#ffffff' }

/** Names inside the font files; the signs' fonts have the names of their files. */
const fontFamilies: Record<string, string> = {
  latin: 'Be Vietnam Pro',
  khmer: 'Noto Sans Khmer',
  letters: 'Tinos',
  symbols: 'Noto Sans Symbols',
  dingbats: 'Noto Sans Symbols 2',
  mathematics: 'Noto Sans Math',
  emoji: 'Noto Emoji',
}

const require = createRequire(import.meta.url)

let measuring: PDFKit.PDFDocument | undefined

type Set = { paragraph: Paragraph; y: number; weight: Weight }

/** The morning of an agency as a PNG of 1080 pixels' width, in fonts of our own, without any other program's help. */
export function drawMorning(facts: MorningFacts, demo: boolean): Buffer {
  measuring ??= openDocument()
  const { band, texts, height } = layout(facts, typesetIn(measuring), demo)
  const runs = texts.flatMap(placeRuns)
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    `<rect width="${width}" height="${height}" fill="${colors.paper}"/>`,
    `<rect width="${width}" height="${band}" fill="${colors.brand}"/>`,
    ...runs.map(({ svg: written }) => written),
    '</svg>',
  ].join('')
  const fontFiles = [...new Set(runs.map(({ font }) => pathOfFont(font)))]
  // A native library of 4 MB: with the first picture, not with the start.
  const { Resvg } = require('@resvg/resvg-js') as typeof import('@resvg/resvg-js')
  const picture = new Resvg(svg, { fitTo: { mode: 'zoom', value: zoom }, font: { fontFiles, loadSystemFonts: false } })
  return picture.render().asPng()
}

function layout(facts: MorningFacts, typeset: Typeset, demo: boolean) {
  const texts: Set[] = []
  let y = margin
  const put = (text: string, size: number, { weight = 'regular' as Weight, color = colors.ink, after = 12 } = {}) => {
    const paragraph = typeset(text, { size, weight, color }, width - 2 * margin)
    texts.push({ paragraph, y, weight })
    y += paragraph.height + after
  }
  put(facts.agency.name, 24, { weight: 'bold', color: colors.on, after: 2 })
  put(`Bản tin sáng ${formatDay(facts.today)}${demo ? ' · DỮ LIỆU MẪU' : ''}`, 16, { color: colors.on, after: 20 })
  const band = y
  y += 20
  const { score } = facts
  if (score && score.score !== null) {
    put(formatPercent(score.score), 52, { weight: 'bold', color: colors.brand, after: 0 })
    put(`hài lòng, ${formatInteger(score.responses)} phiếu`, 16, { color: colors.soft, after: 18 })
  }
  for (const sentence of morningSentences(facts)) put(sentence, 17, { after: 14 })
  put('Ý Dân · số liệu của ngày đã khép', 13, { color: colors.soft, after: margin - 6 })
  return { band, texts, height: Math.ceil(y) }
}

/** Each run of one font stands by itself: in a mixed line resvg draws boxes or drops the whole line. */
function placeRuns({ paragraph, y, weight }: Set): { svg: string; font: FontName }[] {
  const { style, lines, lineHeight, baseline } = paragraph
  const measure = (text: string, font: FontName) =>
    (measuring as PDFKit.PDFDocument).font(font).fontSize(style.size).widthOfString(text)
  return lines.flatMap((line, index) => {
    let x = margin
    return splitRuns(line.text, weight).map(({ text, font }) => {
      const svg = writeRun({ text, font, x, y: y + baseline + index * lineHeight, style })
      x += measure(text, font)
      return { svg, font }
    })
  })
}

type Run = { text: string; font: FontName; x: number; y: number; style: Paragraph['style'] }

function writeRun({ text, font, x, y, style: { size, color } }: Run): string {
  const [family = '', weight] = font.split('-')
  const place = `x="${x.toFixed(2)}" y="${y.toFixed(2)}" font-size="${size}" fill="${color}"`
  const face = `font-family="${fontFamilies[family]}"${weight === 'bold' ? ' font-weight="700"' : ''}`
  return `<text xml:space="preserve" ${place} ${face}>${escapeXml(text)}</text>`
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
