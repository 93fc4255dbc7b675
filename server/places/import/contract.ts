import type { OwnDay, Sector, Text } from '../../catalogue/contract.ts'
import type { TableView } from '../../spreadsheets/contract.ts'
import type { Week } from '../../typed/week.ts'

export const mostPlaces = 500

/** Said of a file that says what is stored: nothing in it is to be mended. */
export const nothingToStore = 'Tệp giống những gì đã lưu: không có gì để ghi.'

/** A column for each day of the week, Monday first. */
export const weekdayRoles = ['t2', 't3', 't4', 't5', 't6', 't7', 'cn'] as const

const textRoles = ['name', 'nameEn', 'nameKm', 'code', 'agency', 'questionnaire', 'fields'] as const
/** The hours in one column, in one for each day, or as opening, closing and days; own days in one. */
const timeRoles = ['hours', ...weekdayRoles, 'opens', 'closes', 'openDays', 'ownDays'] as const
export const importRoles = [...textRoles, ...timeRoles] as const
export type ImportRole = (typeof importRoles)[number]

/** The texts of a row by role, and the heading it stands under. */
export type Texts = Record<ImportRole, string> & { section: string }

/** One row as it was understood; without a code one is made when it is stored. */
export type ImportedPlace = {
  row: number
  code: string
  name: Text
  agency: { code: string; name: string }
  questionnaire: { code: string; name: string }
  sector: Sector
  fields: { code: string; name: string }[]
  /** Null where no hours are given; `hours` says it in words. */
  week: Week | null
  hours: string
  ownDays: OwnDay[]
}

/** What a row changes of a place that is there already: its hours and own days, nothing else. */
export type PlaceChange = {
  row: number
  code: string
  name: string
  week: Week | null
  ownDays: OwnDay[]
  /** The week in words, where it changes. */
  hours: { before: string; after: string } | null
  added: OwnDay[]
  removed: OwnDay[]
}

/** A school of several levels, each with a questionnaire of its own: somebody has to say which are meant. */
export type LevelQuestion = {
  row: number
  name: string
  /** Codes and names of questionnaires, the youngest pupils first; every one where the name does not say. */
  levels: { code: string; name: string }[]
  /** What was answered: codes with + between them, 'none' to leave the row out; empty before that. */
  answer: string
}

export type ImportReading = {
  places: ImportedPlace[]
  changes: PlaceChange[]
  /** Rows that say what is stored already. */
  unchanged: number
  questions: LevelQuestion[]
  problems: string[]
}

export type PlacesPreview = {
  view: TableView<ImportRole>
  reading: ImportReading
  /** The clerk changed how the file is read and has not seen the result yet. */
  unseen: boolean
}
