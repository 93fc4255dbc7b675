import { and, asc, eq, gt, gte, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { WaveSnapshot } from '../../server/catalogue/wave-snapshot-contract.ts'
import type { Entry, Stratum, Wave, WaveTally } from '../../server/waves/contract.ts'
import { agencies, places, questionnaireVersions, waves } from '../catalogue/tables.ts'
import type { Database, Queries } from '../client.ts'
import { changedFields, recordAudit, recordAuditBy } from '../staff/audit.ts'
import { cells } from '../tallies/tables.ts'
import { entries, waveStrata } from './tables.ts'

const waveColumns = {
  id: waves.id,
  name: waves.name,
  ownerAgencyId: waves.ownerAgencyId,
  ownerName: sql<string>`${agencies.name}->>'vi'`,
  versionId: waves.versionId,
  channels: waves.channels,
  opensOn: waves.opensOn,
  closesOn: waves.closesOn,
  formula: waves.formula,
  drawnFromList: waves.drawnFromList,
  snapshot: waves.snapshot,
  closedAt: waves.closedAt,
  closedBy: waves.closedBy,
}

/** Every wave, the latest first. */
export async function readWaves(database: Database): Promise<Wave[]> {
  return database.query
    .select(waveColumns)
    .from(waves)
    .innerJoin(agencies, eq(agencies.id, waves.ownerAgencyId))
    .orderBy(sql`${waves.opensOn} desc, ${waves.id} desc`)
}

export async function findWave(database: Database, id: number): Promise<Wave | undefined> {
  const [wave] = await database.query
    .select(waveColumns)
    .from(waves)
    .innerJoin(agencies, eq(agencies.id, waves.ownerAgencyId))
    .where(eq(waves.id, id as Wave['id']))
  return wave
}

export async function readStrata(database: Database, id: Wave['id']): Promise<Stratum[]> {
  return database.query
    .select({
      id: waveStrata.id,
      name: waveStrata.name,
      population: waveStrata.population,
      planned: waveStrata.planned,
    })
    .from(waveStrata)
    .where(eq(waveStrata.waveId, id))
    .orderBy(asc(waveStrata.position))
}

/** Per wave: planned responses, and responses received so far in waves that are not closed. */
export async function readWaveSizes(database: Database, open: Wave[]) {
  const planned = await database.query
    .select({ id: waveStrata.waveId, count: sql<number>`sum(${waveStrata.planned})::int` })
    .from(waveStrata)
    .groupBy(waveStrata.waveId)
  const since = open.map(({ opensOn }) => opensOn).sort()[0]
  const ids = open.map(({ id }) => id)
  const received = since
    ? await database.query
        .select({ id: cells.waveId, count: sql<number>`sum(${cells.received})::int` })
        .from(cells)
        .where(and(gte(cells.day, since), inArray(cells.waveId, ids)))
        .groupBy(cells.waveId)
    : []
  const byId = (rows: { id: number; count: number }[]) => new Map(rows.map(({ id, count }) => [id, count]))
  return { planned: byId(planned), received: byId(received) }
}

export type NewWave = Omit<typeof waves.$inferInsert, 'id' | 'snapshot' | 'createdAt' | 'closedBy' | 'closedAt'>
type NewStrata = { name: string; population: number; planned: number }[]

/** Where forms filled in at home belong; it is never open, so no code or link leads to it. */
const household = {
  code: 'HOGIADINH',
  name: { vi: 'Hộ gia đình', en: 'Households', km: 'គ្រួសារ' },
  sector: 'administrative',
  questionnaire: 'household',
  fieldCodes: [],
  serviceMode: 'ask',
  asksRespondent: false,
  open: false,
} as const

/** Stores a wave with its strata; or names the wave of the same questionnaire whose days it would share. */
export async function planWave(
  database: Database,
  wave: NewWave,
  strata: NewStrata,
): Promise<{ id: Wave['id'] } | { overlaps: string }> {
  return database.query.transaction(async (transaction) => {
    // Two plans made at the same moment must see each other.
    await transaction.execute(sql`lock table ${waves} in share row exclusive mode`)
    const [version] = await transaction
      .select({ code: questionnaireVersions.code })
      .from(questionnaireVersions)
      .where(eq(questionnaireVersions.id, wave.versionId))
    const code = version?.code ?? ''
    const [other] = await transaction
      .select({ name: waves.name })
      .from(waves)
      .innerJoin(questionnaireVersions, eq(questionnaireVersions.id, waves.versionId))
      .where(
        and(
          eq(questionnaireVersions.code, code),
          isNull(waves.closedAt),
          lte(waves.opensOn, wave.closesOn),
          gte(waves.closesOn, wave.opensOn),
        ),
      )
    if (other) return { overlaps: other.name }
    if (code === household.questionnaire) await openHouseholds(transaction, wave.ownerAgencyId)
    const [row] = await transaction.insert(waves).values(wave).returning({ id: waves.id })
    const { id } = row as { id: Wave['id'] }
    await writeStrata(transaction, id, strata)
    await recordAudit(transaction, {
      ...{ actor: wave.createdBy, action: 'wave.plan', subject: String(id), agencyId: wave.ownerAgencyId },
      after: { ...describePlan(wave, strata), questionnaire: code, channels: wave.channels, formula: wave.formula },
    })
    return { id }
  })
}

type Plan = Pick<Wave, 'name' | 'opensOn' | 'closesOn'>

const describePlan = ({ name, opensOn, closesOn }: Plan, strata: { population: number; planned: number }[]) => ({
  ...{ name, opensOn, closesOn, strata: strata.length },
  planned: strata.reduce((sum, { planned }) => sum + planned, 0),
})

type Transaction = Parameters<Parameters<Database['query']['transaction']>[0]>[0]

async function openHouseholds(transaction: Transaction, owner: NewWave['ownerAgencyId']): Promise<void> {
  const [agency] = await transaction
    .select({ id: agencies.id })
    .from(agencies)
    .where(eq(agencies.code, 'phong-van-hoa-xa-hoi'))
  const position = sql`(select coalesce(max(position), 0) + 1 from places)`
  await transaction
    .insert(places)
    .values({ ...household, fieldCodes: [...household.fieldCodes], agencyId: agency?.id ?? owner, position })
    .onConflictDoNothing()
}

async function writeStrata(transaction: Transaction, waveId: Wave['id'], strata: NewStrata): Promise<void> {
  if (strata.length === 0) return
  await transaction
    .insert(waveStrata)
    .values(strata.map((stratum, index) => ({ ...stratum, waveId, position: index + 1 })))
}

/** Name and strata of a wave that has not begun; false when it has, and nothing changes. */
export async function changePlan(
  database: Database,
  id: Wave['id'],
  change: { name: string; strata: NewStrata },
  by: { username: string; today: string },
): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const before = await holdPlanned(transaction, id, by.today)
    if (!before) return false
    await transaction.update(waves).set({ name: change.name }).where(eq(waves.id, id))
    await transaction.delete(waveStrata).where(eq(waveStrata.waveId, id))
    await writeStrata(transaction, id, change.strata)
    const after = describePlan({ ...before.wave, name: change.name }, change.strata)
    const changed = changedFields(before.plan, after) ?? { after: { strata: change.strata.length } }
    const { ownerAgencyId: agencyId } = before.wave
    const what = { action: 'wave.change' as const, subject: String(id), agencyId }
    await recordAudit(transaction, { actor: by.username, ...what, ...changed })
    return true
  })
}

/** Removes a wave that has not begun; false when it has. */
export async function cancelWave(
  database: Database,
  id: Wave['id'],
  by: { username: string; today: string },
): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const before = await holdPlanned(transaction, id, by.today)
    if (!before) return false
    await transaction.delete(waveStrata).where(eq(waveStrata.waveId, id))
    await transaction.delete(waves).where(eq(waves.id, id))
    const what = { action: 'wave.cancel' as const, subject: String(id), agencyId: before.wave.ownerAgencyId }
    await recordAudit(transaction, { actor: by.username, ...what, before: before.plan })
    return true
  })
}

/** A wave that has not begun, its row held, and its plan as it stands. */
async function holdPlanned(transaction: Transaction, id: Wave['id'], today: string) {
  const [wave] = await transaction
    .select()
    .from(waves)
    .where(and(eq(waves.id, id), gt(waves.opensOn, today), isNull(waves.closedAt)))
    .for('update')
  if (!wave) return undefined
  const strata = await transaction.select().from(waveStrata).where(eq(waveStrata.waveId, id))
  return { wave, plan: describePlan(wave, strata) }
}

/** How many factors and criteria the wave's questionnaire version has: the length of its tallies. */
export type TallyShape = { factors: number; criteria: number }

/** The tallies of a wave by stratum, channel, standing, and whether their day is over. */
export function tallyWave(
  database: Database,
  wave: Pick<Wave, 'id' | 'opensOn'>,
  shape: TallyShape,
  today: string,
): Promise<WaveTally[]> {
  return addUpCells(database.sql, wave, shape, today)
}

async function addUpCells(queries: Queries, wave: Pick<Wave, 'id' | 'opensOn'>, shape: TallyShape, today: string) {
  const sums = (column: string, length: number) =>
    queries.unsafe(`array[${Array.from({ length }, (_, index) => `sum(${column}[${index + 1}])`)}]::float8[]`)
  return queries<WaveTally[]>`
    select stratum_id as "stratumId", channel, standing, day < ${today} as "isPast", sum(received)::int as received,
      ${sums('moments', 7 * (shape.factors + 1))} as moments, ${sums('counts', 6 * shape.criteria)} as counts
    from cells where day >= ${wave.opensOn} and wave_id = ${wave.id} group by 1, 2, 3, 4 order by 1, 2, 3, 4`
}

/**
 * Freezes what has been counted so far, in one transaction; nothing typed at the same moment is half in.
 * False when somebody else closed it first.
 */
export async function closeWave(
  database: Database,
  wave: Pick<Wave, 'id' | 'opensOn'>,
  shape: TallyShape,
  by: { username: string; at: string; today: string },
  makeSnapshot: (tallies: WaveTally[], typed: Entry[]) => WaveSnapshot,
): Promise<boolean> {
  return database.sql.begin(async (transaction) => {
    const [open] = await transaction`
      select owner_agency_id from waves where id = ${wave.id} and closed_at is null for update`
    if (!open) return false
    const tallies = await addUpCells(transaction, wave, shape, by.today)
    const snapshot = makeSnapshot(tallies, await selectEntries(transaction, wave.id))
    await transaction`
      update waves set closed_at = ${by.at}, closed_by = ${by.username}, snapshot = ${JSON.stringify(snapshot)}::text::jsonb
      where id = ${wave.id}`
    await recordAuditBy(transaction, {
      ...{ actor: by.username, action: 'wave.close', subject: String(wave.id), agencyId: open.owner_agency_id },
      after: { closedOn: snapshot.closedOn, responses: snapshot.sums.all[0], earlyReason: snapshot.earlyReason },
    })
    return true
  })
}

/** Every form typed in for a wave, in the order of typing. */
export const readEntries = (database: Database, id: Wave['id']): Promise<Entry[]> => selectEntries(database.sql, id)

async function selectEntries(queries: Queries, id: Wave['id']) {
  return queries<Entry[]>`
    select form_number as "formNumber", entries.place_id as "placeId", response_id as "responseId",
      entered_by as "enteredBy", answers,
      (entered_at at time zone 'Asia/Ho_Chi_Minh')::date::text as "enteredOn", second_answers as "secondAnswers", second_by as "secondBy"
    from entries join responses on responses.place_id = entries.place_id and responses.id = entries.response_id
    where entries.wave_id = ${id} order by entered_at, form_number`
}

export type NewEntry = {
  waveId: Wave['id']
  formNumber: string
  placeId: PlaceId
  responseId: string
  enteredBy: string
  enteredAt: string
}

/** `same`: this very form was stored before. Otherwise why it is refused, and by which number it is known. */
export type Entered = 'entered' | 'same' | 'closed' | 'number_taken' | { storedAs: string }

/**
 * Stores a typed form by `store` and notes who typed it. The wave's row is held meanwhile: one number is used once
 * however many type, and a wave never closes between the two. A crash in between is healed by sending the form again.
 */
export async function enterForm(database: Database, entry: NewEntry, store: () => Promise<unknown>): Promise<Entered> {
  return database.query.transaction(async (transaction) => {
    const [wave] = await transaction
      .select({ closedAt: waves.closedAt })
      .from(waves)
      .where(eq(waves.id, entry.waveId))
      .for('update')
    const known = await transaction
      .select({ formNumber: entries.formNumber, responseId: entries.responseId })
      .from(entries)
      .where(
        and(
          eq(entries.waveId, entry.waveId),
          sql`(${entries.formNumber} = ${entry.formNumber} or ${entries.responseId} = ${entry.responseId})`,
        ),
      )
    const own = known.find(({ responseId }) => responseId === entry.responseId)
    if (own) return own.formNumber === entry.formNumber ? 'same' : { storedAs: own.formNumber }
    if (known.length > 0) return 'number_taken'
    if (!wave || wave.closedAt) return 'closed'
    await store()
    await transaction.insert(entries).values(entry)
    return 'entered'
  })
}

/** Keeps the second typing of a form; false where it has one already, or the wave is closed. */
export async function keepSecondTyping(
  database: Database,
  waveId: Wave['id'],
  formNumber: string,
  second: { secondAnswers: string; secondBy: string; secondAt: string },
): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const [wave] = await transaction
      .select({ closedAt: waves.closedAt })
      .from(waves)
      .where(eq(waves.id, waveId))
      .for('update')
    if (!wave || wave.closedAt) return false
    const rows = await transaction
      .update(entries)
      .set(second)
      .where(and(eq(entries.waveId, waveId), eq(entries.formNumber, formNumber), isNull(entries.secondAnswers)))
      .returning({ formNumber: entries.formNumber })
    return rows.length > 0
  })
}
