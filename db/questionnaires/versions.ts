import { and, eq, ne, sql } from 'drizzle-orm'
import type { Questionnaire, VersionId } from '../../server/catalogue/contract.ts'
import { sealVersions } from '../catalogue/seals.ts'
import { questionnaireVersions } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { changedFields, recordAudit } from '../staff/audit.ts'

/** Makes the one draft of a questionnaire, numbered one above its highest version; null when there is a draft already. */
export async function createDraft(
  database: Database,
  definition: Questionnaire,
  actor: string,
): Promise<number | null> {
  const { code } = definition
  return database.query.transaction(async (transaction) => {
    // Everybody who begins a draft of this questionnaire waits here for the one before.
    const own = eq(questionnaireVersions.code, code)
    await transaction.select({ id: questionnaireVersions.id }).from(questionnaireVersions).where(own).for('update')
    const versions = await transaction
      .select({ version: questionnaireVersions.version, status: questionnaireVersions.status })
      .from(questionnaireVersions)
      .where(own)
    if (versions.some(({ status }) => status === 'draft')) return null
    const version = 1 + Math.max(0, ...versions.map((one) => one.version))
    await transaction
      .insert(questionnaireVersions)
      .values({ code, version, definition: { ...definition, version }, status: 'draft', reason: '' })
    const what = describeDraft(code, version, definition)
    await recordAudit(transaction, { ...what, actor, action: 'version.draft' })
    return version
  })
}

/**
 * Puts another text into a draft, as a new row: an id of a version never names two definitions, so whatever a process
 * has prepared under it stays right. Somebody who reviewed a translation reviewed the text that stood there before.
 * False when there is no such draft (any more), or not the one named.
 */
export async function replaceDraft(
  database: Database,
  definition: Questionnaire,
  actor: string,
  over?: VersionId,
): Promise<boolean> {
  const { code, version } = definition
  return database.query.transaction(async (transaction) => {
    const gone = await transaction
      .delete(questionnaireVersions)
      .where(and(draftOf(code, version), over === undefined ? undefined : eq(questionnaireVersions.id, over)))
      .returning({ id: questionnaireVersions.id })
    if (gone.length === 0) return false
    await transaction.insert(questionnaireVersions).values({ code, version, definition, status: 'draft', reason: '' })
    await recordAudit(transaction, { ...describeDraft(code, version, definition), actor, action: 'version.draft' })
    return true
  })
}

export type Publishing = { code: string; version: number; reason: string; actor: string }

/** Publishes a draft for good and retires the version before it, in one transaction; false when there is no such draft. */
export async function publishDraft(database: Database, { code, version, reason, actor }: Publishing): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const [draft] = await transaction
      .select({ id: questionnaireVersions.id })
      .from(questionnaireVersions)
      .where(draftOf(code, version))
      .for('update')
    if (!draft) return false
    const retired = await transaction
      .update(questionnaireVersions)
      .set({ status: 'retired', retiredAt: sql`now()` })
      .where(
        and(
          eq(questionnaireVersions.code, code),
          eq(questionnaireVersions.status, 'published'),
          ne(questionnaireVersions.id, draft.id),
        ),
      )
      .returning({ version: questionnaireVersions.version })
    await transaction
      .update(questionnaireVersions)
      .set({ status: 'published', publishedAt: sql`now()`, reason })
      .where(eq(questionnaireVersions.id, draft.id))
    await sealVersions(transaction)
    await recordAudit(transaction, {
      actor,
      action: 'version.publish',
      subject: `${code}/${version}`,
      before: { inUse: retired[0]?.version ?? null },
      after: { inUse: version, reason },
    })
    return true
  })
}

/** Throws a draft away; its number is free again, as nobody ever answered it. False when there is no such draft. */
export async function discardDraft(database: Database, code: string, version: number, actor: string): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const rows = await transaction
      .delete(questionnaireVersions)
      .where(draftOf(code, version))
      .returning({ definition: questionnaireVersions.definition })
    const [gone] = rows
    if (!gone) return false
    const { subject, after: before } = describeDraft(code, version, gone.definition)
    await recordAudit(transaction, { actor, action: 'version.discard', subject, before })
    return true
  })
}

/** How large a draft is: its text stands in the draft itself. */
const describeDraft = (code: string, version: number, { factors, extra }: Questionnaire) => ({
  subject: `${code}/${version}`,
  after: { criteria: factors.flatMap(({ criteria }) => criteria).length, extraQuestions: extra.length },
})

const draftOf = (code: string, version: number) =>
  and(
    eq(questionnaireVersions.code, code),
    eq(questionnaireVersions.version, version),
    eq(questionnaireVersions.status, 'draft'),
  )

export type TranslationReview = {
  code: string
  version: number
  language: 'en' | 'km'
  reviewed: boolean
  actor: string
}

/** Marks a version's wording in a language as reviewed by a native speaker, or takes the mark back. False when there is no such version. */
export async function markReviewed(
  database: Database,
  { code, version, language, reviewed, actor }: TranslationReview,
): Promise<boolean> {
  const own = and(eq(questionnaireVersions.code, code), eq(questionnaireVersions.version, version))
  return database.query.transaction(async (transaction) => {
    const [before] = await transaction
      .select({ marks: questionnaireVersions.reviewed })
      .from(questionnaireVersions)
      .where(own)
      .for('update')
    if (!before) return false
    const marks = reviewed
      ? sql`${questionnaireVersions.reviewed} || jsonb_build_object(${language}::text, now())`
      : sql`${questionnaireVersions.reviewed} - ${language}::text`
    await transaction.update(questionnaireVersions).set({ reviewed: marks }).where(own)
    const changed = changedFields({ [language]: Boolean(before.marks[language]) }, { [language]: reviewed })
    const subject = `${code}/${version}`
    if (changed) await recordAudit(transaction, { actor, action: 'version.review', subject, ...changed })
    return true
  })
}
