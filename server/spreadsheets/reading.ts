import { cellsOf, findRoleProblems, guessRoles, isNumber, type RoleRule } from './columns.ts'
import type { Book, Role, Table, TableChoice, TableView } from './contract.ts'
import { findTable } from './find.ts'
import { type SortedRows, sortRows } from './rows.ts'

/** What one kind of file is read for. */
export type TableKind<R extends string> = {
  rules: RoleRule<R>[]
  /** Roles that say what a row is about. */
  named: R[]
  names: Record<R, string>
  /** Null where nothing is counted: then unnamed rows are never sums. */
  counted: R | null
}

export type TableReading<R extends string> = { view: TableView<R>; sorted: SortedRows }
export type Fields = Record<string, string>

const rowsScored = 200

/** The table that a preview's form speaks of, or the one found in a file that was just brought. */
export function locateTable<R extends string>(book: Book, fields: Fields, kind: TableKind<R>): Table | string {
  return findTable(book, choiceOf(fields), (header, rows) => {
    const roles = guessRoles(header, rows.slice(0, rowsScored), kind.rules)
    return roles.filter((role) => role !== 'none' && role !== 'ask').length
  })
}

/** Another sheet or header row takes the rest of an earlier choice with it. */
function choiceOf(fields: Fields): TableChoice {
  const number = (text: string | undefined) => (/^\d{1,6}$/.test(text ?? '') ? Number(text) : undefined)
  const [wasSheet, wasRow] = (fields.doc ?? '').split('.')
  const isSameSheet = fields.trang === undefined || fields.trang === wasSheet
  const isSameRow = isSameSheet && fields.tieude === wasRow
  return {
    sheet: number(fields.trang),
    headerRow: isSameSheet ? number(fields.tieude) : undefined,
    lines:
      isSameRow || fields.dongtd !== (fields.doc ?? '').split('.')[2] ? number(fields.dongtd) || undefined : undefined,
  }
}

/** Which sheet and rows the columns of a form belong to. */
export const placeOfTable = ({ sheet, headerRow, lines }: Table): string => `${sheet}.${headerRow}.${lines}`

/** Roles as the form gives them, as they were given for the same header before, or as the header and cells suggest. */
export function readTable<R extends string>(
  book: Book,
  table: Table,
  fields: Fields,
  { kind, remembered }: { kind: TableKind<R>; remembered: string[] | null },
): TableReading<R> {
  const given = fields.doc === placeOfTable(table) ? givenRoles(table, fields, kind) : null
  const recalled = given ? null : recallRoles(table, remembered, kind)
  const guessed = guessRoles(table.header, table.rows, kind.rules)
  const roles = given ?? recalled ?? guessed
  const hidden = new Set(book.sheets[table.sheet]?.hiddenRows ?? [])
  const hiddenRows = table.rows.filter(([number]) => hidden.has(number)).length
  const readsHidden = fields.an === 'doc' ? true : fields.an === 'bo' ? false : null
  const columnsOf = (wanted: (role: Role<R>) => boolean) =>
    [...roles.keys()].filter((at) => wanted(roles[at] as Role<R>))
  const counts = columnsOf((role) => role === kind.counted)
  const uses = {
    names: columnsOf((role) => kind.named.includes(role as R)),
    count: counts[0],
    used: columnsOf((role) => role !== 'none' && role !== 'ask'),
  }
  const sorted = sortRows(table, uses, readsHidden ? new Set() : hidden)
  const problems = [
    ...findRoleProblems(table, roles, kind.names),
    ...(hiddenRows > 0 && readsHidden === null
      ? [`Trang tính có ${hiddenRows} dòng đang ẩn; xin chọn đọc hay bỏ qua các dòng đó ở bên dưới.`]
      : []),
    ...sorted.problems,
  ]
  const isRemembered = recalled !== null && recalled.join() !== guessed.join()
  const { names } = kind
  const view = { book, table, roles, names, isRemembered, leftOut: sorted.leftOut, readsHidden, hiddenRows, problems }
  return { view, sorted }
}

function givenRoles<R extends string>({ header, rows }: Table, fields: Fields, { names }: TableKind<R>): Role<R>[] {
  const isKnown = (text: string | undefined): text is Role<R> =>
    text !== undefined && (text in names || text === 'none')
  return header.map((_, index) => {
    const text = fields[`cot-${index}`]
    if (isKnown(text)) return text
    const isAsked = fields.action !== 'rest' && cellsOf(rows, index).some(isNumber)
    return isAsked ? 'ask' : 'none'
  })
}

/** What is kept for the next file: a column that held no numbers was never asked about, so it is judged anew. */
export const keptRoles = <R extends string>({ header, rows }: Table, roles: Role<R>[]): string[] =>
  header.map((_, index) => (roles[index] !== 'none' || cellsOf(rows, index).some(isNumber) ? (roles[index] ?? '') : ''))

function recallRoles<R extends string>(table: Table, kept: string[] | null, { names }: TableKind<R>): Role<R>[] | null {
  if (kept?.length !== table.header.length) return null
  return kept.map((text, index) => {
    if (text in names || text === 'none') return text as Role<R>
    return cellsOf(table.rows, index).some(isNumber) ? 'ask' : 'none'
  })
}

/** How a file is read, in one word: the button to store holds only for what the clerk saw. */
export const signatureOf = <R extends string>({ table, roles, readsHidden }: TableView<R>, rest: string): string =>
  [placeOfTable(table), ...roles, readsHidden, rest].join('.')
