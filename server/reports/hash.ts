import { createHash } from 'node:crypto'
import { canonicalJson } from '../canonical-json.ts'
import type { ReportDocument } from './contract.ts'

/** SHA-256 of the canonical JSON, in hexadecimal. */
export function hashDocument(document: ReportDocument): string {
  return createHash('sha256').update(canonicalJson(document)).digest('hex')
}
