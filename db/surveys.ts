import { randomBytes } from 'node:crypto'
import { and, asc, desc, eq, gte, inArray, isNull, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import {
  caseRulesKey,
  type HolidayReference,
  readCaseRules,
  type ThemeReference,
} from '../server/cases/settings-contract.ts'
import type {
  AgencyReference,
  FieldReference,
  IndicatorReference,
  PlaceReference,
  Questionnaire,
  Text,
} from '../server/surveys/contract.ts'
import type { Database } from './client.ts'
import {
  agencies,
  fields,
  holidays,
  indicators,
  places,
  questionnaireVersions,
  referenceItems,
  retiredCodes,
  settings,
  themes,
  waves,
} from './schema.ts'
import { changedFields, recordAudit } from './staff-audit.ts'

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
    const isNew = async (key: string) =>
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
  transaction: Pick<PostgresJsDatabase, 'select' | 'insert' | 'update'>,
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
}

/** `page` authenticates the ids of pages, `presence` the codes on screens, `ledger` hides what the lines of the ledger say. */
export type Secrets = Record<'rotation' | 'receipt' | 'device' | 'page' | 'presence' | 'ledger', string>

/** Keys made once by the first process that starts; they never leave the database and the server. */
export async function loadSecrets(database: Database): Promise<Secrets> {
  const read = async (key: string) => {
    const value = randomBytes(32).toString('hex')
    await database.query.insert(settings).values({ key, value }).onConflictDoNothing()
    const [row] = await database.query.select().from(settings).where(eq(settings.key, key))
    return (row as { value: string }).value
  }
  const [rotation, receipt] = [await read('key.rotation'), await read('key.receipt')]
  const [device, page] = [await read('key.device'), await read('key.page')]
  const [presence, ledger] = [await read('key.presence'), await read('key.ledger')]
  return { rotation, receipt, device, page, presence, ledger }
}

export type CatalogueRows = Awaited<ReturnType<typeof readCatalogue>>

/** Everything the surveys are made of: small tables, read whole. */
export async function readCatalogue(database: Database) {
  const [agencyRows, fieldRows, placeRows, versionRows, waveRows, settingRows, holidayRows, retiredRows] =
    await Promise.all([
      database.query.select().from(agencies).orderBy(asc(agencies.position)),
      database.query.select().from(fields).orderBy(asc(fields.position)),
      database.query.select().from(places).orderBy(asc(places.position), asc(places.id)),
      database.query.select().from(questionnaireVersions).orderBy(asc(questionnaireVersions.code)),
      database.query.select().from(waves).where(isNull(waves.closedAt)).orderBy(asc(waves.id)),
      database.query
        .select()
        .from(settings)
        .where(inArray(settings.key, ['qr.capitals', caseRulesKey])),
      database.query.select().from(holidays),
      database.query.select().from(retiredCodes).orderBy(desc(retiredCodes.retiredAt)),
    ])
  const setting = (key: string) => settingRows.find((row) => row.key === key)?.value
  return {
    agencies: agencyRows,
    fields: fieldRows,
    places: placeRows,
    versions: versionRows,
    waves: waveRows,
    qrCapitals: setting('qr.capitals') === 'yes',
    caseRules: readCaseRules(setting(caseRulesKey)),
    holidays: holidayRows,
    retiredCodes: retiredRows,
  }
}

export type PlaceChange = { name: Text; open: boolean; budgetPerHour: number | null }

/** False when there is no such place. */
export async function updatePlace(
  database: Database,
  code: string,
  change: PlaceChange,
  actor: string,
): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const [before] = await transaction.select().from(places).where(eq(places.code, code)).for('update')
    if (!before) return false
    await transaction.update(places).set(change).where(eq(places.code, code))
    const changed = changedFields(flatten(before), flatten(change))
    const { agencyId } = before
    if (changed) await recordAudit(transaction, { actor, action: 'place.change', subject: code, agencyId, ...changed })
    return true
  })
}

const flatten = ({ name, open, budgetPerHour }: PlaceChange) => ({
  ...{ nameVi: name.vi, nameEn: name.en, nameKm: name.km, open, budgetPerHour },
})

export async function setQrCapitals(database: Database, capitals: boolean, actor: string): Promise<void> {
  const key = 'qr.capitals'
  const value = capitals ? 'yes' : 'no'
  await database.query.transaction(async (transaction) => {
    await transaction.insert(settings).values({ key, value: 'no' }).onConflictDoNothing()
    const [row] = await transaction.select().from(settings).where(eq(settings.key, key)).for('update')
    if (row?.value === value) return
    await transaction.update(settings).set({ value }).where(eq(settings.key, key))
    const changed = { before: { capitals: !capitals }, after: { capitals } }
    await recordAudit(transaction, { actor, action: 'place.qr', subject: key, ...changed })
  })
}

/** Marks a version's wording in a language as reviewed by a native speaker, or takes the mark back. False when there is no such version. */
export async function markReviewed(
  database: Database,
  code: string,
  version: number,
  language: 'en' | 'km',
  reviewed: boolean,
  actor: string,
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
