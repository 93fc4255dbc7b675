import type { Improvement } from '../cases/contract.ts'
import type { ReportKind } from '../reports/contract.ts'
import type { Score, Verdict, VerdictReason } from '../score/contract.ts'

/** Null where fewer than five responses, or none, stand behind it: hidden, not zero. */
export type PublicScore = Score | null

export type PublicIndicator = {
  code: string
  title: string
  target: number
  period: string
  ownerCode: string
  ownerName: string
  score: PublicScore
  verdict: Verdict
  reason: VerdictReason | null
  /** Percent of the responses with proof, to the nearest five; null where nothing is published. */
  provenShare: number | null
  /** Used of the one-time tickets given out, in percent to the nearest five; null where fewer than twenty were. */
  ticketRate: number | null
  provisional: boolean
  /** The year the target is due from, where it is not yet. */
  dueFrom: number | null
  /** Share of visits that were answered, 0-1; null where visits are not known. */
  rate: number | null
  /** Weighed by a count of visits that the published groups do not tell apart. */
  isUnpublishable: boolean
}

export type PublicMonth = { month: string; score: PublicScore }

/** What every public page says of itself: whose, of which days. */
export type PublicBasis = { commune: string; from: string; closed: string }

export type PublicReport = {
  id: number
  subject: string
  issuer: string
  kind: ReportKind
  from: string
  to: string
  version: number
  hash: string
}

export type PublicView = PublicBasis & {
  indicators: PublicIndicator[]
  agencies: { code: string; name: string; score: PublicScore }[]
  months: PublicMonth[]
  channels: { channel: string; responses: number }[]
  /** Set aside, rounded down to tens. */
  setAside: number
  improvements: (Improvement & { agency: string })[]
  reports: PublicReport[]
}

export type PublicAgencyView = PublicBasis & {
  code: string
  name: string
  score: PublicScore
  indicators: PublicIndicator[]
  places: { code: string; name: string; score: PublicScore }[]
  months: PublicMonth[]
  improvements: Improvement[]
}
