import { AlignmentType, type ILevelsOptions, type IStylesOptions, LevelFormat, LevelSuffix, LineRuleType } from 'docx'
import { paper, sizes } from '../print-rules.ts'

/** Twentieths of a point of a length in millimetres. */
export const twips = (millimetres: number): number => Math.round((millimetres * 1440) / 25.4)

/** Word counts letters in half points. */
export const halves = (points: number): number => points * 2

export const font = 'Times New Roman'
export const listReference = 'dashes'

/** 1.15 lines, as the decree allows from one to one and a half. */
const body = { before: 120, after: 0, line: 276, lineRule: LineRuleType.AUTO }
const firstLine = twips(paper.firstLine)
const heading = (italics = false, before = 160) => ({
  run: { font, size: halves(sizes.body), bold: true, italics, color: '000000' },
  paragraph: { spacing: { ...body, before }, indent: { firstLine }, keepNext: true },
})

export const styles: IStylesOptions = {
  default: {
    document: {
      run: { font, size: halves(sizes.body), language: { value: 'vi-VN', eastAsia: 'vi-VN', bidirectional: 'km-KH' } },
    },
    title: {
      run: { font, size: halves(sizes.body), bold: true, color: '000000' },
      paragraph: { alignment: AlignmentType.CENTER, spacing: { before: 320, after: 0 }, keepNext: true },
    },
    heading1: heading(false, 200),
    heading2: heading(),
    heading3: heading(true),
    caption: {
      run: { font, size: halves(sizes.caption), bold: true, color: '000000' },
      paragraph: { alignment: AlignmentType.CENTER, spacing: { before: 160, after: 80 } },
    },
  },
  paragraphStyles: [
    {
      id: 'Body',
      name: 'Body Text',
      basedOn: 'Normal',
      quickFormat: true,
      paragraph: { alignment: AlignmentType.JUSTIFIED, spacing: body, indent: { firstLine } },
    },
    {
      id: 'Subject',
      name: 'Subtitle',
      basedOn: 'Normal',
      quickFormat: true,
      run: { bold: true },
      paragraph: { alignment: AlignmentType.CENTER, indent: { left: 600, right: 600 }, keepNext: true },
    },
    {
      id: 'Note',
      name: 'Table Note',
      basedOn: 'Normal',
      quickFormat: true,
      run: { size: halves(sizes.note), italics: true },
      paragraph: { spacing: { before: 60, after: 80 } },
    },
  ],
}

export const listLevels: ILevelsOptions[] = [
  {
    level: 0,
    format: LevelFormat.BULLET,
    text: '-',
    alignment: AlignmentType.LEFT,
    suffix: LevelSuffix.SPACE,
    style: { run: { font }, paragraph: { indent: { left: 0, firstLine } } },
  },
]
