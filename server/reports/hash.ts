import { createHash } from 'node:crypto'
import type { ReportDocument } from './contract.ts'

/** JSON with sorted keys and without members that are undefined: one value has one text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`
}

/** SHA-256 of the canonical JSON, in hexadecimal. */
export function hashDocument(document: ReportDocument): string {
  return createHash('sha256').update(canonicalJson(document)).digest('hex')
}
