import { z } from 'zod'

/** Rows of data, blank ones not counted; more is refused, never cut. */
export const mostRows = 10_000
/** Titles, headers and signatures around the rows of data. */
const mostAround = 100
export const mostColumns = 60
export const longestCell = 200
/** Where a file is read for longer texts. */
export const longestLongCell = 12_000
const mostSheets = 30

const Cell = z.union([z.string().max(longestLongCell), z.number()])
/** Numbers as typed, everything else as text: days YYYY-MM-DD, months YYYY-MM, a formula without a result “=…”. */
export type Cell = z.infer<typeof Cell>

/** Each row behind its number in the file; blank rows are not there. */
const TableRow = z.tuple([z.int().min(1), z.array(Cell).max(mostColumns)])
export type TableRow = z.infer<typeof TableRow>

const Grid = z.strictObject({
  name: z.string().max(100),
  rows: z.array(TableRow).max(mostRows + mostAround),
  /** Row numbers, and columns from 0, that Excel does not show. */
  hiddenRows: z.array(z.int().min(1)).max(mostRows + mostAround),
  hiddenColumns: z.array(z.int().min(0)).max(mostColumns),
})
export type Grid = z.infer<typeof Grid>
export const mostGridRows = mostRows + mostAround

/** A file as it was read: what the preview carries from one request to the next, checked anew each time. */
export const Book = z.strictObject({
  file: z.string().max(120),
  sheets: z.array(Grid).min(1).max(mostSheets),
  hiddenSheets: z.int().min(0),
})
export type Book = z.infer<typeof Book>

/** Where the clerk says the table is; what is left out is found. */
export type TableChoice = { sheet?: number | undefined; headerRow?: number | undefined; lines?: number | undefined }

/** One table of a file: the header's lines joined, and every row below that is not blank. */
export type Table = {
  sheet: number
  /** The number in the file of the header's first row. */
  headerRow: number
  lines: number
  /** What stands above the header: often the only place that names the month. */
  title: string
  header: string[]
  rows: TableRow[]
  blankRows: number
}

/** Why a row is no data. */
export const leftOutReasons = ['total', 'section', 'numbers', 'header', 'signature', 'hidden', 'blank'] as const
export type LeftOut = { why: (typeof leftOutReasons)[number]; count: number; rows: number[] }

/** `ask`: the column holds numbers and nobody has said yet what they are. */
export type Role<R extends string> = R | 'none' | 'ask'

/** What both previews show of a table and its columns. */
export type TableView<R extends string> = {
  book: Book
  table: Table
  roles: Role<R>[]
  /** What people call the roles. */
  names: Record<R, string>
  /** The roles were chosen by a person for an earlier file with this header. */
  isRemembered: boolean
  leftOut: LeftOut[]
  /** Whether rows that Excel hides are read; null until somebody says so. */
  readsHidden: boolean | null
  hiddenRows: number
  problems: string[]
}
