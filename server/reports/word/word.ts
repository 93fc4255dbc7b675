import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  AlignmentType,
  Document,
  type FileChild,
  Header,
  HeadingLevel,
  type ISectionOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  SectionType,
  TextRun,
} from 'docx'
import type { Block, ReportDocument } from '../contract.ts'
import { isAcross, paper, prepareDocument, sizes, titleOf } from '../print-rules.ts'
import { writeBlock } from './blocks.ts'
import { settleBytes } from './bytes.ts'
import { writeLetterhead, writeSignature, writeTitle } from './letterhead.ts'
import { halves, listLevels, listReference, styles, twips } from './styles.ts'
import { writeRuns } from './text.ts'

/** The document in the layout of NĐ 30/2020/NĐ-CP; the same document gives the same bytes. */
export async function drawWord(document: ReportDocument): Promise<Buffer> {
  const clean = prepareDocument(document)
  const file = new Document({
    title: titleOf(clean),
    creator: clean.issuer,
    lastModifiedBy: 'Ý Dân',
    description: clean.subject,
    styles,
    numbering: { config: [{ reference: listReference, levels: listLevels }] },
    compatibility: { version: 15 },
    sections: [await writeBody(clean), ...(await writeAppendices(clean))],
  })
  return settleBytes(await Packer.toBuffer(file))
}

async function writeBody(document: ReportDocument): Promise<ISectionOptions> {
  const space = new Paragraph({ spacing: { before: 0, after: 0, line: 240 } })
  const children = [
    writeLetterhead(document),
    ...writeTitle(document),
    ...(await writeBlocks(document.body, false)),
    space,
    writeSignature(document),
  ]
  return {
    headers: { default: writePageNumber(), first: emptyHeader() },
    properties: openSection(false, true),
    children,
  }
}

async function writeAppendices({ appendices }: ReportDocument): Promise<ISectionOptions[]> {
  const sections: ISectionOptions[] = []
  for (const { title, body } of appendices) {
    const across = isAcross(body)
    const heading = new Paragraph({
      heading: HeadingLevel.HEADING_1,
      alignment: AlignmentType.CENTER,
      indent: { firstLine: 0 },
      children: writeRuns([{ text: title }]),
    })
    const children = [heading, ...(await writeBlocks(body, across))]
    sections.push({ headers: { default: writePageNumber() }, properties: openSection(across, false), children })
  }
  return sections
}

async function writeBlocks(body: Block[], across: boolean): Promise<FileChild[]> {
  const width = (((across ? paper.height : paper.width) - paper.left - paper.right) * 72) / 25.4
  const children: FileChild[] = []
  for (const block of body) {
    children.push(...writeBlock(block, width))
    // A chart takes some tens of milliseconds: citizens' answers go between two blocks.
    await nextTurn()
  }
  return children
}

const openSection = (across: boolean, titlePage: boolean): ISectionOptions['properties'] => ({
  titlePage,
  type: SectionType.NEXT_PAGE,
  page: {
    size: {
      // docx turns the sides itself.
      width: twips(paper.width),
      height: twips(paper.height),
      orientation: across ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
    },
    margin: {
      top: twips(paper.top),
      bottom: twips(paper.bottom),
      left: twips(paper.left),
      right: twips(paper.right),
      header: twips(10),
      footer: twips(10),
    },
  },
})

const emptyHeader = () => new Header({ children: [new Paragraph({})] })

const writePageNumber = () =>
  new Header({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ children: [PageNumber.CURRENT], size: halves(sizes.number) })],
      }),
    ],
  })
