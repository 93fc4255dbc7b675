import { createHash } from 'node:crypto'
import type { Cell, Role, Table, TableRow } from './contract.ts'
import { fold, parseCount } from './values.ts'

/** Which words of a folded header speak for a role, which speak against it, and what its cells must look like. */
export type RoleRule<R extends string> = {
  role: R
  words: RegExp[]
  not?: RegExp
  fits?: (cells: Cell[]) => boolean
  /** Two columns that fit as well as each other: neither is taken, the person is asked. */
  asksOnTie?: boolean
}

/** Numbers that nobody has to be asked about: a row's place in the table. */
const numberingPattern = /^(stt|tt|so tt|so thu tu|no|thu tu)$/

/** What each column seems to hold: every role once, at the column that speaks for it best; unclaimed numbers are asked about. */
export function guessRoles<R extends string>(header: string[], rows: TableRow[], rules: RoleRule<R>[]): Role<R>[] {
  const columns = header.map((_, index) => cellsOf(rows, index))
  const roles = new Map<number, Role<R>>()
  for (const rule of rules) {
    const strengths = header.map((text, index) => (roles.has(index) ? 0 : strengthOf(text, columns[index] ?? [], rule)))
    const best = Math.max(...strengths, 0)
    const isTie = rule.asksOnTie && strengths.filter((strength) => strength === best).length > 1
    if (best > 0 && !isTie) roles.set(strengths.indexOf(best), rule.role)
  }
  return header.map((text, index) => {
    const isAsked = !numberingPattern.test(fold(text)) && (columns[index] ?? []).some(isNumber)
    return roles.get(index) ?? (isAsked ? 'ask' : 'none')
  })
}

function strengthOf<R extends string>(text: string, cells: Cell[], { words, not, fits }: RoleRule<R>): number {
  const folded = fold(text)
  if (not?.test(folded) || (fits && cells.length > 0 && !fits(cells))) return 0
  return words.filter((word) => word.test(folded)).length
}

export const cellsOf = (rows: TableRow[], column: number): Cell[] =>
  rows.map(([, cells]) => cells[column] ?? '').filter((cell) => cell !== '')

/** Something that could be counted or measured; long digits are telephones, dossiers and the codes of ministries. */
export function isNumber(cell: Cell): boolean {
  const count = parseCount(cell)
  if (count !== null) return count < 10_000_000
  return typeof cell === 'number' || cell.startsWith('=') || /^-?\d{1,7}[.,]\d+\s*%?$/.test(cell)
}

/** One sentence per column of numbers that nobody has said the meaning of, and per role given twice. */
export function findRoleProblems<R extends string>(table: Table, roles: Role<R>[], names: Record<R, string>): string[] {
  const twice = (Object.keys(names) as R[]).filter((role) => roles.filter((one) => one === role).length > 1)
  const asked = table.header.filter((_, index) => roles[index] === 'ask')
  return [
    ...twice.map((role) => `Có hai cột cùng được chọn là “${names[role]}”; xin chỉ chọn một.`),
    ...(asked.length > 0
      ? [`Có số ở cột chưa rõ là gì: ${asked.map((name) => `“${name || 'không tên'}”`).join(', ')}; xin chọn bên dưới.`]
      : []),
  ]
}

/** Files with the same header, whatever its capitals, marks and spaces, have the same key. */
export const keyOfHeader = (header: string[]): string =>
  createHash('sha256').update(header.map(fold).join('\n')).digest('hex')

/** 0 → "A", 26 → "AA": how Excel names a column. */
export function columnLetter(index: number): string {
  const rest = Math.floor(index / 26) - 1
  return (rest >= 0 ? columnLetter(rest) : '') + String.fromCharCode(65 + (index % 26))
}

/** A formula whose result was never saved is no number; null where the cell is none. */
export const describeFormula = (cell: Cell, column: number, row: number): string | null =>
  typeof cell === 'string' && cell.startsWith('=')
    ? `ô ${columnLetter(column)}${row} có công thức chưa có kết quả; xin mở tệp bằng Excel, lưu lại rồi chọn lại.`
    : null
