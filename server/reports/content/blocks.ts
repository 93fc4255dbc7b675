import type { Score } from '../../score/contract.ts'
import type { Block, Chart, ChartPoint, Run, Table, TableCell, TableColumn } from '../contract.ts'
import type { Group, QuestionnaireFigures } from '../input/contract.ts'
import { fewestToShow, isShown } from './findings-rules.ts'
import { shortTitle } from './words.ts'

/** What only people know: the agency fills it in. */
export const blank = (words: string): Run => ({ text: `[${words}]`, placeholder: true })

/** Sentences of one paragraph; empty ones are left out, the others are joined by a space. */
export function paragraph(...parts: (string | Run | undefined)[]): Block {
  const said = parts.filter((part): part is string | Run => part !== undefined && part !== '')
  const runs = said.map((part): Run => (typeof part === 'string' ? { text: part } : part))
  // The space is a run of its own, so that a placeholder can be replaced whole.
  return { kind: 'paragraph', runs: runs.flatMap((run, index) => (index === 0 ? [run] : [{ text: ' ' }, run])) }
}

export const italic = (...runs: Run[]): Block => ({
  kind: 'paragraph',
  runs: runs.map((run) => ({ ...run, italic: true })),
})
export const list = (items: (string | Run[])[]): Block => ({
  kind: 'list',
  items: items.map((item) => (typeof item === 'string' ? [{ text: item }] : item)),
})
export const tableBlock = (table: Table): Block => ({ kind: 'table', table })
export const chartBlock = (chart: Chart): Block => ({ kind: 'chart', chart })

/** Questionnaires as groups: school levels, services of the health station. */
export const levelGroups = (questionnaires: QuestionnaireFigures[]): Group[] =>
  questionnaires.map(({ code, title, score }) => ({ key: code, label: shortTitle(title), score, before: null }))

/** A numbered part of a document: "I. …" with "1. …" under it. */
export type Section = { title: string; body: Block[] }
export type Chapter = { title: string; sections?: Section[]; body?: Block[] }

const roman = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X']

/** Numbers what is there: a part without content has no heading. */
export function layOut(chapters: Chapter[]): Block[] {
  return chapters
    .map(withoutEmpty)
    .filter(hasContent)
    .flatMap(({ title, sections = [], body = [] }, index) => [
      { kind: 'heading' as const, level: 1 as const, text: `${roman[index]}. ${title.toLocaleUpperCase('vi')}` },
      ...body,
      ...sections.flatMap((section, position) => [
        { kind: 'heading' as const, level: 2 as const, text: `${position + 1}. ${section.title}` },
        ...section.body,
      ]),
    ])
}

const withoutEmpty = (chapter: Chapter): Chapter => ({
  ...chapter,
  sections: (chapter.sections ?? []).filter(({ body }) => body.length > 0),
})
const hasContent = ({ sections = [], body = [] }: Chapter): boolean => sections.length + body.length > 0

export const column = (title: string, width: number, align: TableColumn['align'] = 'right'): TableColumn => ({
  title,
  width,
  align,
})
export const words = (text: string): TableCell => ({ kind: 'text', text })
export const count = (value: number | null): TableCell => ({ kind: 'number', value, decimals: 0 })
export const share = (value: number | null): TableCell => ({ kind: 'number', value, decimals: 2, unit: '%' })
export const mark = (value: number | null): TableCell => ({ kind: 'number', value, decimals: 2 })
const none = words('–')

/** Responses of a group; few are not told exactly. */
export const countOf = ({ responses }: Pick<Score, 'responses'>): TableCell =>
  responses > 0 && responses < fewestToShow ? words(`<${fewestToShow}`) : count(responses)

export const scoreColumns = [
  column('Hài lòng', 14),
  column('Cận dưới', 13),
  column('Cận trên', 13),
  column('Số phiếu', 11),
]

/** Score, both ends of its interval, responses. */
export function scoreCells(score: Score): TableCell[] {
  if (!isShown(score)) return [none, none, none, countOf(score)]
  return [share(score.score), share(score.lower), share(score.upper), count(score.responses)]
}

/** A table of groups: name, score, interval, responses. */
export function groupTable(
  id: string,
  caption: string,
  title: string,
  groups: Pick<Group, 'label' | 'score'>[],
): Block {
  return tableBlock({
    id,
    caption,
    columns: [column('TT', 6, 'center'), column(title, 43, 'left'), ...scoreColumns],
    rows: groups.map(({ label, score }, index) => [count(index + 1), words(label), ...scoreCells(score)]),
    ...(groups.some(({ score }) => score.responses > 0 && !isShown(score)) ? { note: hiddenNote } : {}),
  })
}

export const hiddenNote =
  'Nhóm có dưới 05 phiếu ghi “<5” và không nêu kết quả, để không suy ra được ý kiến của từng người.'

export function pointOf(label: string, score: Score): ChartPoint {
  const { responses } = score
  if (!isShown(score)) return { label, score: null, lower: null, upper: null, responses: 0 }
  return { label, score: score.score, lower: score.lower, upper: score.upper, responses }
}
