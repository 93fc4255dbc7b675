import type { Database } from '../../db/client.ts'
import { readPublicReports } from '../../db/publication/publications.ts'

export async function listReports(database: Database) {
  const reports = await readPublicReports(database)
  return reports.map(({ document, id, kind, from, to, version, hash }) => ({
    id,
    kind,
    from,
    to,
    version,
    hash,
    subject: `${document.type} ${document.subject}`,
    issuer: document.issuer,
  }))
}
