import { date, integer, jsonb, pgTable, smallint, text, unique } from 'drizzle-orm/pg-core'
import type { AgencyId } from '../../server/catalogue/contract.ts'
import { type ReportDocument, type ReportInput, reportKinds, reportStates } from '../../server/reports/contract.ts'
import { agencies, instant, sector } from '../catalogue/tables.ts'

/**
 * A report (báo cáo): a draft may change; approved, it stays as it is, byte for byte. A correction is a new version.
 * References from the table `report_seals` hold that (migration 0010).
 */
export const reports = pgTable(
  'reports',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    kind: text({ enum: reportKinds }).notNull(),
    sector: sector().notNull(),
    /** The body that issues it. */
    agencyId: smallint('agency_id')
      .notNull()
      .references(() => agencies.id)
      .$type<AgencyId>(),
    from: date('from_day', { mode: 'string' }).notNull(),
    to: date('to_day', { mode: 'string' }).notNull(),
    version: smallint().notNull(),
    /** The version this one corrects, and why. */
    correctsId: integer('corrects_id'),
    correctionReason: text('correction_reason'),
    state: text({ enum: reportStates }).notNull().default('draft'),
    /** Everything the document is made from: tallies, formula and questionnaire versions, themes, the agency's own paragraphs. */
    input: jsonb().$type<ReportInput>().notNull(),
    /** The document as data; Word, PDF and Excel are drawn from it. */
    document: jsonb().$type<ReportDocument>().notNull(),
    /** SHA-256 of the canonical JSON of `document`. */
    hash: text().notNull(),
    codeVersion: text('code_version').notNull(),
    madeBy: text('made_by').notNull(),
    madeAt: instant('made_at').notNull(),
    approvedBy: text('approved_by'),
    approvedAt: instant('approved_at'),
    publishedBy: text('published_by'),
    publishedAt: instant('published_at'),
  },
  (t) => [unique('reports_version').on(t.kind, t.sector, t.agencyId, t.from, t.to, t.version)],
)
