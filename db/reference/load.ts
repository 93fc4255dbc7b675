import { and, eq, gte, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { HolidayReference, ThemeReference } from '../../server/catalogue/case-rules-contract.ts'
import type {
  AgencyReference,
  FieldReference,
  IndicatorReference,
  PlaceReference,
  Questionnaire,
} from '../../server/catalogue/contract.ts'
import { themes } from '../cases/tables.ts'
import { sealVersions } from '../catalogue/seals.ts'
import {
  agencies,
  fields,
  holidays,
  indicators,
  places,
  questionnaireVersions,
  referenceItems,
} from '../catalogue/tables.ts'

export type Reference = {
  agencies: AgencyReference[]
  fields: FieldReference[]
  places: PlaceReference[]
  questionnaires: Questionnaire[]
  indicators: IndicatorReference[]
  holidays: HolidayReference[]
  themes: ThemeReference[]
}

/** Loads each item of the reference data once ever: what an administrator changed since then stays as it is. */
export async function loadReference(database: PostgresJsDatabase, reference: Reference): Promise<void> {
  await database.transaction(async (transaction) => {
    // Asked once: a question for each of them at every start adds up where the database is another machine.
    const known = new Set(
      (await transaction.select({ key: referenceItems.key }).from(referenceItems)).map(({ key }) => key),
    )
    const isNew = async (key: string) =>
      !known.has(key) &&
      (await transaction.insert(referenceItems).values({ key }).onConflictDoNothing().returning()).length > 0
    for (const agency of reference.agencies) {
      if (await isNew(`agency:${agency.code}`)) await transaction.insert(agencies).values(agency).onConflictDoNothing()
    }
    for (const field of reference.fields) {
      if (await isNew(`field:${field.code}`)) await transaction.insert(fields).values(field).onConflictDoNothing()
    }
    const agencyIds = new Map((await transaction.select().from(agencies)).map((agency) => [agency.code, agency.id]))
    const agencyId = (code: string) => {
      const id = agencyIds.get(code)
      if (!id) throw new Error(`reference data names an unknown agency: ${code}`)
      return id
    }
    for (const { agency, fields: fieldCodes, ...place } of reference.places) {
      if (!(await isNew(`place:${place.code}`))) continue
      await transaction
        .insert(places)
        .values({ ...place, agencyId: agencyId(agency), fieldCodes })
        .onConflictDoNothing()
    }
    for (const definition of reference.questionnaires) {
      if (await isNew(`questionnaire:${definition.code}:${definition.version}`)) await publish(transaction, definition)
    }
    for (const { owner, ...indicator } of reference.indicators) {
      if (!(await isNew(`indicator:${indicator.code}:${indicator.version}`))) continue
      await transaction
        .insert(indicators)
        .values({ ...indicator, ownerAgencyId: agencyId(owner) })
        .onConflictDoNothing()
    }
    for (const holiday of reference.holidays) {
      if (await isNew(`holiday:${holiday.day}`))
        await transaction.insert(holidays).values(holiday).onConflictDoNothing()
    }
    for (const theme of reference.themes) {
      if (await isNew(`theme:${theme.code}`)) await transaction.insert(themes).values(theme).onConflictDoNothing()
    }
  })
}

/** Publishes a version of the reference data, unless the commune has gone on to versions of its own. */
async function publish(
  transaction: Pick<PostgresJsDatabase, 'select' | 'insert' | 'update' | 'execute'>,
  definition: Questionnaire,
) {
  const { code, version } = definition
  const known = await transaction
    .select({ version: questionnaireVersions.version })
    .from(questionnaireVersions)
    .where(and(eq(questionnaireVersions.code, code), gte(questionnaireVersions.version, version)))
  if (known.length > 0) return
  await transaction
    .update(questionnaireVersions)
    .set({ status: 'retired', retiredAt: sql`now()` })
    .where(and(eq(questionnaireVersions.code, code), eq(questionnaireVersions.status, 'published')))
  await transaction
    .insert(questionnaireVersions)
    .values({ code, version, definition, status: 'published', publishedAt: sql`now()` })
  await sealVersions(transaction)
}
