/** A member of a table: its type is one of Frictionless Table Schema's. */
export type DataField = {
  name: string
  type: 'string' | 'integer' | 'number' | 'boolean' | 'date'
  description: string
  required?: boolean
}

export type DataValue = string | number | boolean | null

export type DataTable = {
  name: string
  title: string
  description: string
  fields: DataField[]
  primaryKey: string[]
  rows: Record<string, DataValue>[]
  /** When anything in it last changed (ISO 8601); null where that is not recorded. */
  modified: string | null
}

export const dataTables = ['daily', 'monthly', 'indicators', 'places', 'questionnaires'] as const
export type DataTableName = (typeof dataTables)[number]

/** The version of the tables' shape: in every address and file. A change that breaks readers makes a new one. */
export const dataVersion = '1'
/** The version of the package: a column more is a higher minor number at the same addresses. */
export const packageVersion = '1.2'

export const licence = {
  name: 'CC-BY-4.0',
  title: 'Creative Commons Attribution 4.0 International',
  path: 'https://creativecommons.org/licenses/by/4.0/',
}
