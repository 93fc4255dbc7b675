import { AlignmentType, type FileChild, HeadingLevel, ImageRun, Paragraph } from 'docx'
import { drawPicture } from '../charts/chart.ts'
import type { Block, Chart } from '../contract.ts'
import { listReference } from './styles.ts'
import { writeTable } from './table.ts'
import { writeRuns } from './text.ts'

const headings = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 }

/** `width` of the text in points. */
export function writeBlock(block: Block, width: number): FileChild[] {
  if (block.kind === 'heading') {
    return [new Paragraph({ heading: headings[block.level], children: writeRuns([{ text: block.text }]) })]
  }
  if (block.kind === 'paragraph') return [new Paragraph({ style: 'Body', children: writeRuns(block.runs) })]
  if (block.kind === 'list') {
    const numbering = { reference: listReference, level: 0 }
    return block.items.map((item) => new Paragraph({ style: 'Body', numbering, children: writeRuns(item) }))
  }
  return block.kind === 'table' ? writeTable(block.table, width) : writeChart(block.chart)
}

function writeChart(chart: Chart): Paragraph[] {
  const { png, drawing } = drawPicture(chart)
  const pixel = 96 / 72
  const image = new ImageRun({
    type: 'png',
    data: png,
    transformation: { width: Math.round(drawing.width * pixel), height: Math.round(drawing.height * pixel) },
    altText: { name: chart.caption, title: chart.caption, description: chart.alternative },
  })
  return [
    new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before: 160 }, keepNext: true, children: [image] }),
    new Paragraph({ style: 'Caption', children: writeRuns([{ text: chart.caption }]) }),
  ]
}
