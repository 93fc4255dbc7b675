import { createRequire } from 'node:module'
import { spellMissing } from '../../posters/font-rules.ts'
import type { Chart } from '../contract.ts'
import { type Family, listFontPaths, measureText, reportCoverage, splitFamilies } from '../pdf/fonts.ts'
import { mapTexts } from '../print-rules.ts'
import { layoutChart } from './layout.ts'
import { type Drawing, type Paint, round, type Shape } from './shapes.ts'

/** Ink takes the page's own colour; a page may give the other roles its own through their classes. */
const paints: Record<Paint, string> = {
  ink: 'currentColor',
  soft: '#4d5a55',
  grid: '#c9d2ce',
  accent: '#0b6b57',
  band: '#a5d3c5',
  short: '#b3261e',
  shortBand: '#eeb0aa',
  paper: '#fff',
}

/** A chart as an SVG drawing with its alternative text, for a page; attributes only, as the pages' policy wants. */
export const drawChart = (chart: Chart): string => writeDrawing(chart, layoutChart(chart), [])

function writeDrawing({ alternative }: Chart, { width, height, shapes }: Drawing, runs: SetRun[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="report-chart" viewBox="0 0 ${width} ${height}"`,
    ` width="${width}" height="${height}" role="img" aria-label="${escapeXml(alternative)}"`,
    ` font-family="Tinos, 'Times New Roman', 'Noto Sans Khmer', serif">`,
    ...shapes.map(writeShape),
    ...runs.map((run) => writeText(run, ` xml:space="preserve" font-family="'${familyNames[run.family]}'"`)),
    '</svg>',
  ].join('')
}

type TextShape = Extract<Shape, { kind: 'text' }>
type SetRun = TextShape & { family: Family }

/** Names inside the font files. */
const familyNames: Record<Family, string> = {
  serif: 'Tinos',
  khmer: 'Noto Sans Khmer',
  symbols: 'Noto Sans Symbols',
  dingbats: 'Noto Sans Symbols 2',
  mathematics: 'Noto Sans Math',
  emoji: 'Noto Emoji',
}

/** Each run of one font stands by itself: in a mixed line resvg draws boxes or drops the whole line. */
function setRuns(shape: TextShape): SetRun[] {
  const style = { size: shape.size, bold: shape.bold === true }
  const width = measureText(shape.text, style)
  let x = shape.x - (shape.anchor === 'middle' ? width / 2 : shape.anchor === 'end' ? width : 0)
  return splitFamilies(shape.text).map(({ text, family }) => {
    const run: SetRun = { ...shape, text, family, x: round(x), anchor: 'start' }
    x += measureText(text, style)
    return run
  })
}

const require = createRequire(import.meta.url)

export type Picture = { png: Buffer; drawing: Drawing }

/** The same as a picture of about 290 dots to an inch, for Word. */
export function drawPicture(chart: Chart): Picture {
  const printed = mapTexts(chart, (text) => spellMissing(text, reportCoverage()))
  const drawing = layoutChart(printed)
  const runs = drawing.shapes.flatMap((shape) => (shape.kind === 'text' ? setRuns(shape) : []))
  const unlettered = { ...drawing, shapes: drawing.shapes.filter(({ kind }) => kind !== 'text') }
  const fontFiles = listFontPaths(runs.map(({ family }) => family))
  // With the first picture: a native library that a page never needs.
  const { Resvg } = require('@resvg/resvg-js') as typeof import('@resvg/resvg-js')
  const picture = new Resvg(writeDrawing(printed, unlettered, runs), {
    fitTo: { mode: 'zoom', value: 4 },
    background: '#fff',
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: 'Tinos', serifFamily: 'Tinos' },
  })
  return { png: picture.render().asPng(), drawing }
}

function writeShape(shape: Shape): string {
  if (shape.kind === 'text') return writeText(shape)
  if (shape.kind === 'line') {
    const { x1, y1, x2, y2, paint, width, dash } = shape
    const ends = `x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"`
    return `<line ${ends} ${color('stroke', paint)} stroke-width="${width}"${dash ? ` stroke-dasharray="${dash}"` : ''}/>`
  }
  if (shape.kind === 'circle') {
    const { x, y, radius, fill, stroke, width } = shape
    const paint = `fill="${paints[fill]}" stroke="${paints[stroke]}"`
    return `<circle class="fill-${fill} stroke-${stroke}" cx="${x}" cy="${y}" r="${radius}" ${paint} stroke-width="${width}"/>`
  }
  const { path, fill, stroke, width } = shape
  const paint = fill
    ? color('fill', fill)
    : `${color('stroke', stroke ?? 'ink')} fill="none" stroke-width="${width ?? 1}"`
  return `<path d="${path}" ${paint}/>`
}

function writeText({ x, y, text, size, anchor, paint, bold }: TextShape, font = ''): string {
  const weight = bold ? ' font-weight="bold"' : ''
  const place = `x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}"`
  return `<text ${place} ${color('fill', paint)}${weight}${font}>${escapeXml(text)}</text>`
}

const color = (kind: 'fill' | 'stroke', paint: Paint): string => `class="${kind}-${paint}" ${kind}="${paints[paint]}"`

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
