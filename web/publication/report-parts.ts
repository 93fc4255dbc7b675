import type { PageBlock, PageDocument } from '../../server/reports/record-contract.ts'
import type { PageSection } from '../ui/sections/sections.tsx'

/** A part of a report that stands on a page of its own; `under` is the chapter's heading where the part is one of several. */
export type ReportPart = PageSection & { under: string | null; blocks: PageBlock[] }

/** The key of the first page: letterhead, what stands before the first chapter, contents. */
export const reportOpening = 'muc-luc'

/**
 * A report cut where its own headings cut it: at every chapter, a chapter with sections at each of them, and at every
 * appendix. Keys count from 1 in the order of the paper.
 */
export function partsOfReport({ body, appendices }: Pick<PageDocument, 'body' | 'appendices'>): {
  opening: PageBlock[]
  parts: ReportPart[]
} {
  const first = body.findIndex(isChapter)
  const chapters = first < 0 ? [] : cutAt(body.slice(first), isChapter)
  const parts = [
    ...chapters.flatMap(cutChapter),
    ...appendices.map(({ title, body: blocks }) => ({ label: title, under: null, blocks })),
  ].flatMap(cutLong)
  return {
    opening: first < 0 ? body : body.slice(0, first),
    parts: parts.map((part, index) => ({ ...part, key: String(index + 1) })),
  }
}

const isHeading = (block: PageBlock | undefined, level: number) => block?.kind === 'heading' && block.level === level
const isChapter = (block: PageBlock) => isHeading(block, 1)
const isSection = (block: PageBlock) => isHeading(block, 2)
const textOf = (block: PageBlock | undefined) => (block?.kind === 'heading' ? block.text : '')

function cutChapter([heading, ...blocks]: PageBlock[]): Omit<ReportPart, 'key'>[] {
  const chapter = textOf(heading)
  if (!isSection(blocks[0] as PageBlock)) return [{ label: chapter, under: null, blocks }]
  return cutAt(blocks, isSection).map(([section, ...rest]) => ({
    label: textOf(section),
    under: chapter,
    blocks: rest,
  }))
}

/** Rows of a table that stand on a screen of 2,400 px beside what is around them. */
const mostRows = 45

/** A part of many rows is cut before a table or a drawing, which then gives its caption as the name. */
function cutLong(part: Omit<ReportPart, 'key'>): Omit<ReportPart, 'key'>[] {
  const pieces = [{ ...part, blocks: [] as PageBlock[] }]
  let rows = 0
  for (const block of part.blocks) {
    const more = rowsOf(block)
    if (rows > 0 && rows + more > mostRows) {
      pieces.push({ label: captionOf(block), under: part.under ?? part.label, blocks: [] })
      rows = 0
    }
    rows += more
    pieces.at(-1)?.blocks.push(block)
  }
  return pieces
}

/** A drawing of 18 units is as high as a row. */
function rowsOf(block: PageBlock): number {
  if (block.kind === 'table') return block.table.rows.length
  return block.kind === 'chart' ? Number(/viewBox="0 0 \S+ (\S+)"/.exec(block.svg)?.[1] ?? 0) / 18 : 0
}

const captionOf = (block: PageBlock) =>
  block.kind === 'table' ? block.table.caption : block.kind === 'chart' ? block.caption : ''

/** Pieces that each begin with a block that `begins`. */
function cutAt(blocks: PageBlock[], begins: (block: PageBlock) => boolean): PageBlock[][] {
  const starts = blocks.flatMap((block, index) => (begins(block) ? [index] : []))
  return starts.map((start, index) => blocks.slice(start, starts[index + 1]))
}

/** The contents as a reader sees them: chapters, and under each its sections. */
export function contentsOf(parts: ReportPart[]): { title: string; href: ReportPart | null; sections: ReportPart[] }[] {
  const chapters: { title: string; href: ReportPart | null; sections: ReportPart[] }[] = []
  for (const part of parts) {
    const last = chapters.at(-1)
    // What a long part was cut into stands under it.
    if (part.under === null) chapters.push({ title: part.label, href: part, sections: [] })
    else if (last?.title === part.under) last.sections.push(part)
    else chapters.push({ title: part.under, href: null, sections: [part] })
  }
  return chapters
}
