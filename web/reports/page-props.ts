import type { Problem } from '../../server/problems.ts'
import type { PageDocument, ReportSummary } from '../../server/reports/record-contract.ts'

export type ReportView = {
  report: ReportSummary
  title: string
  page: PageDocument
  /** What nobody has filled in yet. */
  placeholders: string[]
  /** Every placeholder beside causes and proposals, filled in or not. */
  blanks: { asked: string; typed: string }[]
  /** All versions of this report, the newest first. */
  versions: ReportSummary[]
  values: Record<string, string>
  problems: Problem[]
  takesParagraphs: boolean
  mayMake: boolean
  mayApprove: boolean
  /** Whoever looks made it: another should approve. */
  isMaker: boolean
}
