import { and, eq } from 'drizzle-orm'
import type { AgencyId } from '../../server/catalogue/contract.ts'
import type { Database } from '../client.ts'
import { recordAudit } from '../staff/audit.ts'
import { replyTemplates } from './tables.ts'

/** What an agency wrote for its replies, by what each is for. */
export async function readTemplates(database: Database, agencyId: AgencyId): Promise<Map<string, string>> {
  const rows = await database.query.select().from(replyTemplates).where(eq(replyTemplates.agencyId, agencyId))
  return new Map(rows.map(({ key, body }) => [key, body]))
}

export type SavedTemplate = { agencyId: AgencyId; agency: string; key: string; body: string; actor: string }

/** Keeps a template, or with an empty text forgets it. */
export async function saveTemplate(database: Database, { agencyId, agency, key, body, actor }: SavedTemplate) {
  await database.query.transaction(async (transaction) => {
    if (body) {
      await transaction
        .insert(replyTemplates)
        .values({ agencyId, key, body })
        .onConflictDoUpdate({ target: [replyTemplates.agencyId, replyTemplates.key], set: { body } })
    } else {
      const which = and(eq(replyTemplates.agencyId, agencyId), eq(replyTemplates.key, key))
      await transaction.delete(replyTemplates).where(which)
    }
    const subject = `${agency}/${key}`
    const action = 'reply_template.change'
    await recordAudit(transaction, { actor, action, subject, agencyId, after: { body } })
  })
}
