import { z } from 'zod'
import { type VerdictReason, verdictReasons, verdicts } from '../score/contract.ts'
import type { CommuneId } from './contract.ts'

/*
 * What the board reads of a commune. Looser than what a commune of this version writes: a member more, as a newer version
 * may have, is left out; one less, as in an older one, is null.
 */

const percent = z.number().min(0).max(100)
const text = (most: number) => z.string().max(most)

const RemoteIndicator = z.object({
  code: text(20),
  title: text(300),
  target: percent,
  score: percent.nullable(),
  lower: percent.nullable(),
  upper: percent.nullable(),
  responses: z.int().min(0).max(1e9),
  verdict: z.enum(verdicts),
  reason: text(40).nullable().catch(null),
  sources: z
    .object({ provenShare: z.number().min(0).max(1).nullable() })
    .nullable()
    .catch(null),
  responseRate: z.number().min(0).nullable().catch(null),
  formula: text(40),
  definitionVersion: z.int(),
  approvedReport: text(64).nullable().catch(null),
})

export const RemoteResult = z.object({
  schemaVersion: z.literal('1'),
  period: text(10),
  generatedFrom: z.object({ from: z.iso.date(), to: z.iso.date() }).nullable(),
  indicators: z.array(RemoteIndicator).max(60),
  ledger: text(2000).nullable().catch(null),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})
export type RemoteResult = z.infer<typeof RemoteResult>

const OpenRow = z.object({
  period: text(10),
  indicator: text(20),
  title: text(300),
  target: percent,
  score: percent.nullable(),
  lower: percent.nullable(),
  upper: percent.nullable(),
  responses: z.int().min(0).max(1e9).nullable(),
  suppressed: z.boolean(),
  verdict: z.enum(verdicts).nullable().catch(null),
  verdict_reason: text(40).nullable().catch(null),
  proven_share: z.number().min(0).max(100).nullable().catch(null),
  formula: text(40),
  definition_version: z.int(),
})

/** The open data's file of indicators: published groups only. */
export const OpenIndicators = z.object({
  schemaVersion: z.literal('1'),
  name: z.literal('indicators'),
  publishedThrough: z.iso.date(),
  rows: z.array(OpenRow).max(2000),
})
export type OpenIndicators = z.infer<typeof OpenIndicators>

export type FigureVerdict = z.infer<typeof RemoteIndicator>['verdict']

/** One indicator of one commune and period, percents; null where nothing was answered or it was kept back. */
export type Figure = {
  code: string
  title: string
  target: number
  score: number | null
  lower: number | null
  upper: number | null
  responses: number
  /** Open data has none for months. */
  verdict: FigureVerdict | null
  reason: VerdictReason | null
  /** Shares, 0-1. */
  provenShare: number | null
  responseRate: number | null
  formula: string
  definitionVersion: number
  approvedReport: string | null
}

/** What a reason may be here; words of a newer version say nothing to this one. */
export const reasonOf = (text: string | null): VerdictReason | null =>
  (verdictReasons as readonly (string | null)[]).includes(text) ? (text as VerdictReason) : null

/** `exact`: read with a key; `open`: from the published groups, where there is no key. */
export type ReadingSource = 'exact' | 'open'

/** What a commune said of a period. Of a running one the newest is kept, of one that is over every different one. */
export type Reading = {
  communeId: CommuneId
  period: string
  source: ReadingSource
  /** All days of the period had closed. */
  isFinal: boolean
  /** The closed days it is made of. */
  from: string
  to: string
  figures: Figure[]
  checkpoint: string | null
  seenAt: string
  lastSeenAt: string
}
