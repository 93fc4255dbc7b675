import { links } from '../../web/links.ts'
import { csvLine } from '../csv-rules.ts'
import { type DataTable, dataVersion, licence, packageVersion } from './open-data-contract.ts'
import { communeName, provinceName } from './public-figures.ts'

/**
 * RFC 4180 in UTF-8, with the mark by which Excel knows it: without it every Vietnamese letter opens as two wrong ones.
 * Frictionless' own program, pandas and readr drop the mark; it needs no word in the package, whose encoding stays utf-8.
 */
export function writeCsv({ fields, rows }: DataTable): string {
  const names = fields.map(({ name }) => name)
  const lines = rows.map((row) => csvLine(names.map((name) => row[name] ?? null)))
  return `\uFEFF${[csvLine(names), ...lines].join('')}`
}

export function writeJson({ name, title, rows }: DataTable, closed: string): string {
  return JSON.stringify({ schemaVersion: dataVersion, name, title, publishedThrough: closed, licence: licence.name, rows })
}

/** Frictionless Tabular Data Package: what the files hold, in words and types, and the ledger's checkpoint they rest on. */
export function describePackage(tables: DataTable[], closed: string, checkpoint: string | null = null) {
  return {
    profile: 'tabular-data-package',
    name: 'y-dan',
    id: `y-dan-v${dataVersion}`,
    version: packageVersion,
    title: `Mức độ hài lòng của người dân, ${communeName}, ${provinceName}`,
    description: `Số liệu tổng hợp đến hết ngày ${closed}. Không có phiếu, ý kiến hay dữ liệu cá nhân; không số nào dựa trên ít hơn 5 phiếu.`,
    licenses: [licence],
    contributors: [{ title: `Ủy ban nhân dân ${communeName}`, role: 'publisher' }],
    ...(checkpoint && { ledger: { path: links.ledger, checkpoint } }),
    resources: tables.map(describeResource),
  }
}

const describeResource = ({ name, title, description, fields, primaryKey }: DataTable) => ({
  profile: 'tabular-data-resource',
  name, title, description, path: `${name}.csv`, format: 'csv', mediatype: 'text/csv', encoding: 'utf-8',
  dialect: { delimiter: ',', lineTerminator: '\r\n', doubleQuote: true, header: true },
  schema: {
    fields: fields.map(({ required, ...field }) => ({ ...field, ...(required && { constraints: { required } }) })),
    missingValues: [''],
    primaryKey,
  },
})
