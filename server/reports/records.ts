import { createHash } from 'node:crypto'
import type { Database } from '../../db/client.ts'
import { canonicalJson } from '../canonical-json.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import { readCodeVersion } from '../code-version.ts'
import { listPlaceholders } from './content/blanks-rules.ts'
import { writeDocument } from './content/document.ts'
import { formatDay } from './content/numbers-rules.ts'
import type { ReportDocument, ReportInput } from './contract.ts'
import { hashDocument } from './hash.ts'
import type { Paragraphs, ReportRequest, ReportValues } from './input/contract.ts'
import { readReportInput } from './input/input.ts'
import type { ReportRecord, Verification, Written } from './record-contract.ts'

const { codeVersion } = readCodeVersion()

/** The document of an input as it will be read back from the database. */
export function writeReport(given: ReportInput): Written {
  const input = JSON.parse(JSON.stringify(given)) as ReportInput
  const document = writeDocument(input)
  return { input, document, hash: hashDocument(document), codeVersion }
}

type Own = Pick<ReportValues, 'paragraphs' | 'correction'> & { ledger?: string | null }

/** Made of today's figures; the agency's own words and what it corrects come from outside. */
export async function writeFresh(
  database: Database,
  state: CatalogueState,
  { kind, sector, agency, from, to }: ReportRequest,
  { today, own: { paragraphs, correction, ledger } }: { today: string; own: Own },
): Promise<Written> {
  const request = { kind, sector, agency, from, to }
  const input = await readReportInput(database, state, request, { today, paragraphs })
  return writeReport(withValues(input, { ...(correction && { correction }), ...(ledger && { ledger }) }))
}

/** The same figures with the agency's words. */
export const writeParagraphs = (report: ReportRecord, paragraphs: Paragraphs): Written =>
  writeReport(withValues(report.input, { paragraphs }))

/** What the report asks for beside causes and proposals, and what was typed for each. */
export function listBlanks({ input }: Pick<ReportRecord, 'input'>): { asked: string; typed: string }[] {
  const { paragraphs } = input.values as ReportValues
  const open = writeDocument(withValues(input, { paragraphs: { causes: '–', proposals: '–' } }))
  return listPlaceholders(open).map((asked) => ({ asked, typed: paragraphs.blanks?.[asked] ?? '' }))
}

export function ownOf({ input }: ReportRecord): Own {
  const { paragraphs, correction } = input.values as ReportValues
  return { paragraphs, ...(correction && { correction }) }
}

const withValues = ({ format, values }: ReportInput, own: Partial<ReportValues>): ReportInput => ({
  format,
  values: { ...values, ...own },
})

/** Makes the document again from the stored figures with this program and compares it, letter by letter. */
export function verifyReport(report: ReportRecord): Verification {
  const { hash, document, input, codeVersion: madeWith } = report
  const again = writeAgain(input)
  const remadeHash = again && hashDocument(again)
  const isSame = again !== null && remadeHash === hash && canonicalJson(again) === canonicalJson(document)
  return {
    intact: hashDocument(document) === hash,
    remade: again === null ? 'unreadable' : isSame ? 'same' : 'different',
    hash,
    remadeHash,
    madeWith,
    checkedWith: codeVersion,
  }
}

/** Null where another program version wrote the figures in a shape that this one does not know. */
function writeAgain(input: ReportInput): ReportDocument | null {
  try {
    return writeDocument(input)
  } catch {
    return null
  }
}

/** What is drawn as a file: a draft says on its first page that it is one. */
export function documentToDraw({ document, state, from, to, input }: ReportRecord): ReportDocument {
  const drawn = {
    ...document,
    period: `Từ ${formatDay(from)} đến ${formatDay(to)}`,
    fingerprint: createHash('sha256').update(canonicalJson(input)).digest('hex'),
  }
  return state === 'draft' ? { ...drawn, body: [draftNote, ...document.body] } : drawn
}

const draftNote: ReportDocument['body'][number] = {
  kind: 'paragraph',
  runs: [{ text: 'BẢN THẢO – CHƯA ĐƯỢC DUYỆT', bold: true }],
}
