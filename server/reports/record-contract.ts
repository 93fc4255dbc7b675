import { z } from 'zod'
import type { AgencyId, Sector } from '../catalogue/contract.ts'
import { toKeptText } from '../typed/text.ts'
import type { ReportDocument, ReportInput, ReportKind, ReportState, Run, TableColumn } from './contract.ts'

/** A report as it is kept, without what it is made from. Times are instants. */
export type ReportSummary = {
  id: number
  kind: ReportKind
  sector: Sector
  agencyId: AgencyId
  agency: string
  from: string
  to: string
  version: number
  correctsId: number | null
  correctionReason: string | null
  state: ReportState
  hash: string
  codeVersion: string
  madeBy: string
  madeAt: string
  approvedBy: string | null
  approvedAt: string | null
  publishedBy: string | null
  publishedAt: string | null
  correctedBy: { id: number; version: number; state: ReportState } | null
}

export type ReportRecord = ReportSummary & { input: ReportInput; document: ReportDocument }

/** What is written anew whenever a draft changes: they belong together. */
export type Written = { input: ReportInput; document: ReportDocument; hash: string; codeVersion: string }

export type NewReport = Written &
  Pick<ReportRecord, 'kind' | 'sector' | 'agencyId' | 'from' | 'to' | 'version' | 'correctsId' | 'correctionReason'>

/** What can be made today: a kind with a period; `key` is what the form sends. */
export type Preset = { key: string; kind: ReportKind; from: string; to: string; label: string }

/** A body with a sector it reports on; `key` is what the form sends. */
export type IssuerChoice = { key: string; agencyId: AgencyId; agency: string; sector: Sector; label: string }

export type ReportLine = ReportSummary & { title: string }

export type FigureChange = { table: string; row: string; column: string; before: string; after: string }
export type TextChange = { section: string; removed: string[]; added: string[] }
export type DocumentChanges = { figures: FigureChange[]; texts: TextChange[] }

/** What making a report again from its stored figures says. */
export type Verification = {
  /** The stored document has the stored hash. */
  intact: boolean
  /** `unreadable`: this program version does not know the shape of the figures. */
  remade: 'same' | 'different' | 'unreadable'
  hash: string
  remadeHash: string | null
  madeWith: string
  checkedWith: string
}

export type PageCell = { text: string; align: TableColumn['align']; bold: boolean }
export type PageTable = { caption: string; columns: TableColumn[]; rows: PageCell[][]; note?: string }
export type PageBlock =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'paragraph'; runs: Run[] }
  | { kind: 'list'; items: Run[][] }
  | { kind: 'table'; table: PageTable }
  | { kind: 'chart'; caption: string; svg: string }

/** A document as a page shows it: texts cleaned, tables numbered, numbers written out, charts drawn. */
export type PageDocument = Pick<
  ReportDocument,
  'issuerAbove' | 'issuer' | 'number' | 'placeAndDate' | 'type' | 'subject' | 'signature'
> & {
  country: string
  motto: string
  signer: string
  recipientsTitle: string
  recipients: string[]
  body: PageBlock[]
  appendices: { title: string; body: PageBlock[] }[]
}

export const MakeForm = z.strictObject({
  period: z.string().max(40).default(''),
  issuer: z.string().max(80).default(''),
})
export type MakeForm = z.infer<typeof MakeForm>

/** What was seen when the form was sent: whoever signs, signs this and nothing later. */
const seen = z.string().regex(/^[0-9a-f]{64}$/)
const kept = z.string().transform((text) => toKeptText(text).trim())
const ownWords = kept.pipe(z.string().max(4000, 'Tối đa 4.000 ký tự; xin rút ngắn.')).default('')

const shortWords = kept.pipe(z.string().max(400, 'Tối đa 400 ký tự; xin rút ngắn.'))

/** `blanks` are the other placeholders, in the order of listBlanks. */
export const ParagraphsForm = z.strictObject({
  hash: seen,
  blanks: z.preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(shortWords).max(40)),
  causes: ownWords,
  proposals: ownWords,
})
export const SeenForm = z.strictObject({ hash: seen })
export const RefreshForm = z.strictObject({ hash: seen, fresh: seen })
export const CorrectForm = z.strictObject({
  reason: kept.pipe(
    z.string().min(10, 'Xin nêu lý do đính chính, từ 10 ký tự.').max(500, 'Tối đa 500 ký tự; xin rút ngắn.'),
  ),
})
