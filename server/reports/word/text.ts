import { AlignmentType, BorderStyle, type IRunOptions, Paragraph, TextRun } from 'docx'
import type { Run } from '../contract.ts'
import { splitFamilies } from '../pdf/fonts.ts'
import { font } from './styles.ts'

/** Windows has had Khmer letters in this font since version 8; Times New Roman has none. */
const khmerFont = 'Leelawadee UI'

/** Runs of Word; what only people know is marked yellow. */
export const writeRuns = (runs: Run[], look: IRunOptions = {}): TextRun[] =>
  runs.flatMap((run) =>
    splitFamilies(run.text).map(
      ({ text, family }) =>
        new TextRun({
          ...look,
          text,
          ...(run.bold ? { bold: true } : {}),
          ...(run.italic ? { italics: true } : {}),
          ...(run.placeholder ? { highlight: 'yellow' } : {}),
          ...(family === 'khmer' ? { font: { ascii: font, hAnsi: font, eastAsia: font, cs: khmerFont } } : {}),
        }),
    ),
  )

export const alignments = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
} as const

/** A line of this length in the middle of a column, both in points: a border, which stays in place when people edit. */
export function writeRule(column: number, length: number): Paragraph {
  const side = Math.round(((column - length) / 2) * 20)
  return new Paragraph({
    indent: { left: side, right: side },
    spacing: { before: 60, after: 0, line: 60, lineRule: 'exact' },
    border: { top: { style: BorderStyle.SINGLE, size: 6, color: '000000', space: 1 } },
  })
}
