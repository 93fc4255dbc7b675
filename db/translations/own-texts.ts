import { and, eq, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { DraftEdit, NameEdit, NameKind, TranslationChange } from '../../server/translations/change-contract.ts'
import { agencies, fields, places, questionnaireVersions } from '../catalogue/tables.ts'
import { recordAudit } from '../staff/audit.ts'

/** Somebody else has changed the same text since it was read. */
export class ChangedMeanwhile extends Error {}

/** Khmer texts of questionnaires go into their drafts: what was published never changes. */
export async function saveDrafts(transaction: PostgresJsDatabase, drafts: DraftEdit[], actor: string): Promise<void> {
  for (const edit of drafts) await saveDraft(transaction, edit, actor)
}

/** A new row under the draft's number, as every saving of a draft is; the English keeps its mark, its texts are the same. */
async function saveDraft(
  transaction: PostgresJsDatabase,
  { base, definition, isReviewed }: DraftEdit,
  actor: string,
): Promise<void> {
  const { code, version } = definition
  const all = await transaction
    .select()
    .from(questionnaireVersions)
    .where(eq(questionnaireVersions.code, code))
    .for('update')
  const draft = all.find(({ status }) => status === 'draft')
  const known = all.find(({ id }) => id === base.id)
  if (!known || (base.isDraft ? draft?.id !== base.id : draft !== undefined)) throw new ChangedMeanwhile()
  if (draft) await transaction.delete(questionnaireVersions).where(eq(questionnaireVersions.id, draft.id))
  const { en } = known.reviewed
  const reviewed = { ...(en && { en }), ...(isReviewed && { km: new Date().toISOString() }) }
  await transaction
    .insert(questionnaireVersions)
    .values({ code, version, definition, status: 'draft', reason: '', reviewed })
  const criteria = definition.factors.flatMap((factor) => factor.criteria).length
  const after = { criteria, extraQuestions: definition.extra.length }
  await recordAudit(transaction, { actor, action: 'version.draft', subject: `${code}/${version}`, after })
}

/** Names stand in the tables of what they name. */
export async function saveNames(transaction: PostgresJsDatabase, names: NameEdit[]): Promise<void> {
  for (const { kind, code, was, body } of names) {
    const table = tables[kind]
    const changed = await transaction
      .update(table)
      .set({ name: sql`jsonb_set(${table.name}, '{km}', to_jsonb(${body}::text))` })
      .where(and(eq(table.code, code), eq(storedKhmer(table.name), was)))
      .returning({ code: table.code })
    if (changed.length === 0) throw new ChangedMeanwhile()
  }
}

/** A name that only repeats the Vietnamese is none (server/catalogue/name-rules.ts). */
const storedKhmer = (name: AnyPgColumn) =>
  sql`case when ${name} ->> 'km' = ${name} ->> 'vi' then '' else ${name} ->> 'km' end`

const tables = { agency: agencies, place: places, field: fields } satisfies Record<NameKind, unknown>

/** Says of versions that their Khmer is reviewed, or no longer is; drafts just replaced carry theirs already. */
export async function markVersions(
  transaction: PostgresJsDatabase,
  marks: TranslationChange['marks'],
  actor: string,
): Promise<void> {
  for (const { id, reviewed } of marks) {
    const marked = reviewed
      ? sql`${questionnaireVersions.reviewed} || jsonb_build_object('km', now())`
      : sql`${questionnaireVersions.reviewed} - 'km'`
    const [version] = await transaction
      .update(questionnaireVersions)
      .set({ reviewed: marked })
      .where(eq(questionnaireVersions.id, id))
      .returning({ code: questionnaireVersions.code, version: questionnaireVersions.version })
    if (!version) throw new ChangedMeanwhile()
    const subject = `${version.code}/${version.version}`
    const states = { before: { km: !reviewed }, after: { km: reviewed } }
    await recordAudit(transaction, { actor, action: 'version.review', subject, ...states })
  }
}
