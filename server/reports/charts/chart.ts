import { Resvg } from '@resvg/resvg-js'
import type { Chart } from '../contract.ts'
import { listFontPaths } from '../pdf/fonts.ts'
import { layoutChart } from './layout.ts'
import type { Drawing, Paint, Shape } from './shapes.ts'

/** Ink takes the page's own colour; a page may give the other roles its own through their classes. */
const paints: Record<Paint, string> = {
  ink: 'currentColor',
  soft: '#4d5a55',
  grid: '#c9d2ce',
  accent: '#0b6b57',
  band: '#a5d3c5',
  paper: '#fff',
}

/** A chart as an SVG drawing with its alternative text, for a page; attributes only, as the pages' policy wants. */
export function drawChart(chart: Chart): string {
  const { width, height, shapes } = layoutChart(chart)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="report-chart" viewBox="0 0 ${width} ${height}"`,
    ` width="${width}" height="${height}" role="img" aria-label="${escapeXml(chart.alternative)}"`,
    ` font-family="Tinos, 'Times New Roman', 'Noto Sans Khmer', serif">`,
    ...shapes.map(writeShape),
    '</svg>',
  ].join('')
}

export type Picture = { png: Buffer; drawing: Drawing }

/** The same as a picture of about 290 dots to an inch, for Word. */
export function drawPicture(chart: Chart): Picture {
  const picture = new Resvg(drawChart(chart), {
    fitTo: { mode: 'zoom', value: 4 },
    background: '#fff',
    font: { fontFiles: listFontPaths(), loadSystemFonts: false, defaultFontFamily: 'Tinos', serifFamily: 'Tinos' },
  })
  return { png: picture.render().asPng(), drawing: layoutChart(chart) }
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

function writeText({ x, y, text, size, anchor, paint, bold }: Extract<Shape, { kind: 'text' }>): string {
  const weight = bold ? ' font-weight="bold"' : ''
  const place = `x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}"`
  return `<text ${place} ${color('fill', paint)}${weight}>${escapeXml(text)}</text>`
}

const color = (kind: 'fill' | 'stroke', paint: Paint): string => `class="${kind}-${paint}" ${kind}="${paints[paint]}"`

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
