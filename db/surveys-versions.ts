import { and, eq, max, ne, sql } from 'drizzle-orm'
import type { Questionnaire } from '../server/surveys/contract.ts'
import type { Database } from './client.ts'
import { questionnaireVersions } from './schema.ts'

/** Makes the one draft of a questionnaire, numbered one above its highest version; null when there is a draft already. */
export async function createDraft(database: Database, definition: Questionnaire): Promise<number | null> {
  const { code } = definition
  return database.query.transaction(async (transaction) => {
    const isDraft = and(eq(questionnaireVersions.code, code), eq(questionnaireVersions.status, 'draft'))
    if ((await transaction.$count(questionnaireVersions, isDraft)) > 0) return null
    const [highest] = await transaction
      .select({ version: max(questionnaireVersions.version) })
      .from(questionnaireVersions)
      .where(eq(questionnaireVersions.code, code))
    const version = (highest?.version ?? 0) + 1
    // Of two drafts made at once, both get this number and the unique constraint keeps one.
    const made = await transaction
      .insert(questionnaireVersions)
      .values({ code, version, definition: { ...definition, version }, status: 'draft', reason: '' })
      .onConflictDoNothing()
      .returning({ version: questionnaireVersions.version })
    return made[0]?.version ?? null
  })
}

/** Puts another text into a draft; false when there is no such draft (any more). */
export async function replaceDraft(database: Database, definition: Questionnaire): Promise<boolean> {
  const rows = await database.query
    .update(questionnaireVersions)
    // Somebody who reviewed a translation reviewed the text that stood there then.
    .set({ definition, reviewed: {} })
    .where(draftOf(definition.code, definition.version))
    .returning({ id: questionnaireVersions.id })
  return rows.length > 0
}

/** Publishes a draft for good and retires the version before it, in one transaction; false when there is no such draft. */
export async function publishDraft(
  database: Database,
  code: string,
  version: number,
  reason: string,
): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const [draft] = await transaction
      .select({ id: questionnaireVersions.id })
      .from(questionnaireVersions)
      .where(draftOf(code, version))
      .for('update')
    if (!draft) return false
    await transaction
      .update(questionnaireVersions)
      .set({ status: 'retired', retiredAt: sql`now()` })
      .where(
        and(
          eq(questionnaireVersions.code, code),
          eq(questionnaireVersions.status, 'published'),
          ne(questionnaireVersions.id, draft.id),
        ),
      )
    await transaction
      .update(questionnaireVersions)
      .set({ status: 'published', publishedAt: sql`now()`, reason })
      .where(eq(questionnaireVersions.id, draft.id))
    return true
  })
}

/** Throws a draft away; its number is free again, as nobody ever answered it. False when there is no such draft. */
export async function discardDraft(database: Database, code: string, version: number): Promise<boolean> {
  const rows = await database.query
    .delete(questionnaireVersions)
    .where(draftOf(code, version))
    .returning({ id: questionnaireVersions.id })
  return rows.length > 0
}

const draftOf = (code: string, version: number) =>
  and(
    eq(questionnaireVersions.code, code),
    eq(questionnaireVersions.version, version),
    eq(questionnaireVersions.status, 'draft'),
  )
