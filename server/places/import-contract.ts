import { z } from 'zod'
import type { Sector, Text } from '../catalogue/contract.ts'

export const mostPlaces = 500

const Cell = z.union([z.string().max(200), z.number()])

/** The sheet as the preview carries it to the next request, checked anew. */
export const PlaceSheet = z.strictObject({
  file: z.string().max(120),
  title: z.string().max(1000),
  header: z.array(z.string().max(200)).min(1).max(40),
  rows: z.array(z.tuple([z.int().min(1), z.array(Cell).max(40)])).max(10_000),
})
export type PlaceSheet = z.infer<typeof PlaceSheet>

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

export type ImportReading = { places: ImportedPlace[]; problems: string[] }
