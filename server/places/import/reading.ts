import { columnLetter } from '../../spreadsheets/columns.ts'
import type { Cell, Role } from '../../spreadsheets/contract.ts'
import type { DataRow } from '../../spreadsheets/rows.ts'
import { fold } from '../../spreadsheets/values.ts'
import { readTypedCode } from '../../typed/code.ts'
import { readOwnDays } from '../own-days-rules.ts'
import {
  type ImportedPlace,
  type ImportReading,
  type ImportRole,
  importRoles,
  mostPlaces,
  nothingToStore,
  type Texts,
} from './contract.ts'
import { changeOf, findExisting, problemsOfExisting } from './existing.ts'
import { type CellProblem, readHours } from './hours-rules.ts'
import type { ImportKnown, KnownPlace, Times } from './known.ts'
import { type RowReading, readNewRow } from './row.ts'

const mostProblems = 100

/** What is read: the columns' names and roles, the rows of data, what was answered about levels, by row, and what is unclear. */
export type Given = {
  header: string[]
  roles: Role<ImportRole>[]
  rows: DataRow[]
  answers: ReadonlyMap<number, string>
  problems: string[]
}

/** Reads every row; one problem anywhere is enough for nothing to be stored. */
export function readPlaces(given: Given, known: ImportKnown): ImportReading {
  const problems = [...given.problems, ...checkTable(given)]
  const reading: ImportReading = { places: [], changes: [], unchanged: 0, questions: [], problems }
  if (problems.length > 0) return reading
  const rowsByCode = new Map<string, number>()
  for (const row of given.rows) {
    const texts = textsOf(row, given.roles)
    const existing = findExisting(readTypedCode(texts.code), known)
    const { times, problems: ofTimes } = readTimes(row, given, existing)
    const complain = (sentences: string[]) =>
      problems.push(...sentences.map((sentence) => `Dòng ${row.number}: ${sentence}`))
    complain(ofTimes)
    if (existing) {
      const above = rowsByCode.get(existing.code)
      complain(above ? [`trùng mã ${existing.code} với dòng ${above}; xin giữ một dòng.`] : [])
      complain(problemsOfExisting(existing, texts, known))
      rowsByCode.set(existing.code, row.number)
      addChange(reading, row.number, existing, times)
    } else {
      const read = readNewRow({ number: row.number, texts, times }, given.answers.get(row.number) ?? '', known)
      complain(addPlaces(reading, read, known))
    }
    if (problems.length >= mostProblems) break
  }
  if (reading.places.length + reading.changes.length + problems.length === 0) problems.push(nothingIn(reading))
  return reading
}

const nothingIn = ({ unchanged }: ImportReading): string =>
  unchanged > 0 ? nothingToStore : 'Không có nơi phục vụ nào để thêm.'

function checkTable({ roles, rows }: Given): string[] {
  if (!roles.includes('name') && !roles.includes('code'))
    return ['Không thấy cột tên nơi phục vụ; xin chọn cột đó ở bên dưới.']
  return rows.length > mostPlaces ? [`Tệp có hơn ${mostPlaces} dòng; xin tách thành nhiều tệp.`] : []
}

/** The texts of a row by role, and the heading it stands under. */
const textsOf = (row: DataRow, roles: Role<ImportRole>[]): Texts => {
  const of = (role: ImportRole) => String(cellOf(row, roles, role)).trim()
  const texts = Object.fromEntries(importRoles.map((role) => [role, of(role)])) as Record<ImportRole, string>
  return { ...texts, section: row.section }
}

const cellOf = ({ cells }: DataRow, roles: Role<ImportRole>[], role: ImportRole): Cell =>
  cells[roles.indexOf(role)] ?? ''

/** When the row says the place works; what it leaves empty stays as it is. */
function readTimes(row: DataRow, { header, roles }: Given, existing: KnownPlace | undefined) {
  const hours = readHours((role) => cellOf(row, roles, role), existing?.week ?? null)
  const typed = String(cellOf(row, roles, 'ownDays')).trim()
  const days = typed === '' ? (existing?.ownDays ?? []) : readOwnDays(typed)
  const ownDays = typeof days === 'string' ? [] : days
  const found =
    typeof days === 'string' ? [...hours.problems, { role: 'ownDays' as const, text: days }] : hours.problems
  const name = ({ role, text }: CellProblem) => {
    const column = roles.indexOf(role)
    return `ô ${columnLetter(column)}${row.number} (cột “${header[column]}”): ${text}`
  }
  return { times: { week: hours.week, ownDays }, problems: found.map(name) }
}

function addChange(reading: ImportReading, row: number, existing: KnownPlace, times: Times): void {
  const change = changeOf(row, existing, times)
  if (change) reading.changes.push(change)
  else reading.unchanged += 1
}

function addPlaces(reading: ImportReading, read: RowReading, known: ImportKnown): string[] {
  const problems = [...read.problems]
  if (read.question) reading.questions.push(read.question)
  for (const place of read.places) {
    problems.push(...problemsBeside(place, reading.places, known))
    reading.places.push(place)
  }
  return problems
}

/** What the row has in common with places that exist and with rows above it. */
function problemsBeside(place: ImportedPlace, above: ImportedPlace[], known: ImportKnown): string[] {
  const problems: string[] = []
  const name = fold(place.name.vi)
  const there = known.places.find((one) => one.agency === place.agency.code && fold(one.name) === name)
  if (there) problems.push(`đã có “${there.name}” (mã ${there.code}) ở đơn vị này; xin ghi mã ấy hoặc đổi tên.`)
  const twin = above.find((one) => one.agency.code === place.agency.code && fold(one.name.vi) === name)
  if (twin) problems.push(`trùng tên với dòng ${twin.row}; xin giữ một dòng.`)
  const sameCode = place.code && above.find(({ code }) => code === place.code)
  if (sameCode) problems.push(`trùng mã ${place.code} với dòng ${sameCode.row}; xin đổi hoặc để trống.`)
  else if (known.usedCodes.has(place.code)) problems.push(`mã ${place.code} đã từng dùng; xin đổi hoặc để trống.`)
  return problems
}
