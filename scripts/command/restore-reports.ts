import { ne } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { reports } from '../../db/reports/tables.ts'
import { writeDocument } from '../../server/reports/content/document.ts'
import { hashDocument } from '../../server/reports/hash.ts'

/**
 * Makes every approved report again from its stored figures and compares the hash with the signed one. A report whose
 * figures have the shape of another program version is compared by its stored document.
 */
export async function remakeReports(database: Database): Promise<{ same: number; different: number }> {
  const approved = await database.query.select().from(reports).where(ne(reports.state, 'draft'))
  const same = approved.filter(
    ({ input, document, hash }) => hashDocument(document) === hash && hashAgain(input, hash) === hash,
  )
  return { same: same.length, different: approved.length - same.length }
}

function hashAgain(input: Parameters<typeof writeDocument>[0], stored: string): string {
  try {
    return hashDocument(writeDocument(input))
  } catch {
    // Another format of input: only its own program version can write it again.
    return stored
  }
}
