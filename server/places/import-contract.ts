import type { Sector, Text } from '../catalogue/contract.ts'
import type { TableView } from '../spreadsheets/contract.ts'

export const mostPlaces = 500

export const importRoles = ['name', 'nameEn', 'nameKm', 'code', 'agency', 'questionnaire', 'fields'] as const
export type ImportRole = (typeof importRoles)[number]

/** One row as it was understood; without a code one is made when it is stored. */
export type ImportedPlace = {
  row: number
  code: string
  name: Text
  agency: { code: string; name: string }
  questionnaire: { code: string; name: string }
  sector: Sector
  fields: { code: string; name: string }[]
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

export type ImportReading = { places: ImportedPlace[]; questions: LevelQuestion[]; problems: string[] }

export type PlacesPreview = {
  view: TableView<ImportRole>
  reading: ImportReading
  /** The clerk changed how the file is read and has not seen the result yet. */
  unseen: boolean
}
