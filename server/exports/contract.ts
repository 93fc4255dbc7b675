import { z } from 'zod'
import type {
  AgencyId,
  Channel,
  FieldId,
  Language,
  PlaceId,
  Provenance,
  Respondent,
  ServiceMode,
  StratumId,
  VersionId,
  WaveId,
} from '../catalogue/contract.ts'
import { readTypedCode } from '../typed/code.ts'

export const exportFormats = ['csv', 'xlsx', 'jsonl', 'spss'] as const
export type ExportFormat = (typeof exportFormats)[number]

const Typed = z.string().max(100).optional()

/** As typed or as linked: questionnaire, days, places (repeated or with commas), format, with comments. */
export const ExportQuery = z.object({
  bo: Typed,
  tu: Typed,
  den: Typed,
  diem: z
    .union([z.string().max(2000), z.array(z.string().max(20)).max(200)])
    .optional()
    .transform((given) => [
      ...new Set(
        [given ?? []]
          .flat()
          .flatMap((codes) => codes.split(','))
          .map((code) => readTypedCode(code))
          .filter(Boolean),
      ),
    ]),
  dang: z.enum(exportFormats).default('csv'),
  'y-kien': z.enum(['co']).optional(),
})
export type ExportQuery = z.infer<typeof ExportQuery>

export type Cell = string | number | null

/** A response as it is exported: without its id, its receipt and its time. */
export type ExportedResponse = {
  placeId: PlaceId
  day: string
  half: 'morning' | 'afternoon'
  versionId: VersionId
  fieldId: FieldId | 0
  serviceMode: ServiceMode
  channel: Channel
  provenance: Provenance
  respondent: Respondent
  language: Language
  assisted: boolean | null
  standing: 'counted' | 'set_aside'
  reason: string | null
  answers: string
  extras: Record<string, number | string> | null
  waveId: WaveId | 0
  stratumId: StratumId | 0
  seconds: number | null
  /** Null where there is none, or comments were not asked for. */
  comment: string | null
}

/** What one version says about a column. */
export type ColumnSource = { version: number; text: string; official: string; probability: number | null }

export type ExportColumn = {
  /** ASCII, at most 64 bytes, once per file: a variable's name in every statistics program. */
  name: string
  /** The question or what the column is, in Vietnamese. */
  label: string
  kind: 'text' | 'number' | 'day'
  /** Each value that stands for something. */
  values: [value: string | number, label: string][]
  /** Which of these values are no measurement. */
  missing: number[]
  /** What an empty cell means. */
  empty: string
  /** Per version that asks it, oldest first; empty where no version does. */
  sources: ColumnSource[]
}

/** One line of the codebook: a column in one version, or a column of every version. */
export type CodebookLine = {
  name: string
  label: string
  kind: ExportColumn['kind']
  version: number | null
  official: string
  values: string
  missing: string
  /** Known probability of being asked outside paper and interviews. */
  probability: number | null
}

export type Codebook = {
  questionnaire: string
  title: string
  source: string
  from: string
  to: string
  lines: CodebookLine[]
  notes: string[]
}

/** Which responses: those of the versions of one questionnaire at some places. */
export type ExportSelection = { versionIds: VersionId[]; placeIds: PlaceId[] }

/** Days, both included. */
export type DayRange = { from: string; to: string }

export type ExportChoice = {
  questionnaires: { code: string; title: string }[]
  places: { code: string; name: string; agency: string; chosen: boolean }[]
  /** As asked for, or the default. */
  asked: { questionnaire: string; from: string; to: string; format: ExportFormat; comments: boolean }
  lastDay: string
  problem: string | null
  /** Null where nothing can be exported. */
  found: { rows: number; columns: number; versions: number[]; agencyId: AgencyId | null } | null
}
