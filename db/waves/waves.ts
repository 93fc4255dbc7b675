import { and, asc, eq, gt, gte, inArray, isNull, lte, max, sql } from 'drizzle-orm'
import type { Stratum, Wave } from '../../server/waves/contract.ts'
import { agencies, places, questionnaireVersions, waves } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { changedFields, recordAudit } from '../staff/audit.ts'
import { cells } from '../tallies/tables.ts'
import { waveStrata } from './tables.ts'

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
      actor: wave.createdBy,
      action: 'wave.plan',
      subject: String(id),
      agencyId: wave.ownerAgencyId,
      after: { ...describePlan(wave, strata), questionnaire: code, channels: wave.channels, formula: wave.formula },
    })
    return { id }
  })
}

type Plan = Pick<Wave, 'name' | 'opensOn' | 'closesOn'>

const describePlan = ({ name, opensOn, closesOn }: Plan, strata: { population: number; planned: number }[]) => ({
  name,
  opensOn,
  closesOn,
  strata: strata.length,
  planned: strata.reduce((sum, { planned }) => sum + planned, 0),
})

type Transaction = Parameters<Parameters<Database['query']['transaction']>[0]>[0]

async function openHouseholds(transaction: Transaction, owner: NewWave['ownerAgencyId']): Promise<void> {
  const [agency] = await transaction
    .select({ id: agencies.id })
    .from(agencies)
    .where(eq(agencies.code, 'phong-van-hoa-xa-hoi'))
  const [last] = await transaction.select({ position: max(places.position) }).from(places)
  const position = (last?.position ?? 0) + 1
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
