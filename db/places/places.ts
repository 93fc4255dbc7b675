import { and, asc, eq, max, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { AgencyId, PlaceId, Text } from '../../server/catalogue/contract.ts'
import { writeWeek } from '../../server/typed/week.ts'
import { agencies, places, questionnaireVersions, retiredCodes } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { changedFields, recordAudit } from '../staff/audit.ts'
import { cells } from '../tallies/tables.ts'
import { changeTimes, type PlaceTimes, type TimesChange } from './hours.ts'
import { moveOne } from './order.ts'

export type PlaceSetup = Pick<
  typeof places.$inferSelect,
  'agencyId' | 'sector' | 'questionnaire' | 'fieldCodes' | 'serviceMode' | 'asksRespondent'
>
export type NewPlace = PlaceSetup & { code: string; name: Text; budgetPerHour: number | null } & Partial<PlaceTimes>

/** Adds places at the end, all or none; the codes that are or ever were in use, when there are such. */
export const addPlaces = (database: Database, given: NewPlace[], actor: string): Promise<string[]> =>
  importPlaces(database, { added: given, changed: [] }, actor)

/** Adds places at the end and changes when others work, all or none; the codes that are or ever were in use, when there are such. */
export async function importPlaces(
  database: Database,
  { added: given, changed }: { added: NewPlace[]; changed: TimesChange[] },
  actor: string,
): Promise<string[]> {
  return database.query.transaction(async (transaction) => {
    const used = given.length > 0 ? await holdCodes(transaction, given.map(codeOf)) : []
    if (used.length > 0) return used
    await changeTimes(transaction, changed, actor)
    if (given.length === 0) return []
    const [last] = await transaction.select({ position: max(places.position) }).from(places)
    const first = (last?.position ?? 0) + 1
    await transaction.insert(places).values(given.map((place, index) => ({ ...place, position: first + index })))
    await recordAudit(
      transaction,
      ...given.map(({ agencyId, ...place }) => ({
        actor,
        action: 'place.create' as const,
        subject: place.code,
        agencyId,
        after: flatten(place),
      })),
    )
    return []
  })
}

const codeOf = ({ code }: NewPlace): string => code

const flatten = ({ name, week, ...place }: Omit<NewPlace, 'agencyId'>) => ({
  nameVi: name.vi,
  nameEn: name.en,
  nameKm: name.km,
  ...place,
  ...(week && { week: writeWeek(week) }),
})

/** Nobody else gives or takes a code until this transaction ends; says which of these are or were in use. */
async function holdCodes(transaction: PostgresJsDatabase, codes: string[]): Promise<string[]> {
  await transaction.execute(sql`lock table ${retiredCodes} in share row exclusive mode`)
  const rows = await transaction.execute<{ code: string }>(sql`
    select code from places where code in ${codes} union select code from retired_codes where code in ${codes}`)
  return [...new Set([...rows.map(({ code }) => code), ...codes.filter((code, at) => codes.indexOf(code) !== at)])]
}

/** Whose a place is and what it asks. With answers it keeps its sector: they would change sides in past results. */
export async function setUpPlace(
  database: Database,
  id: PlaceId,
  setup: PlaceSetup,
  actor: string,
): Promise<'changed' | 'has_answers'> {
  return database.query.transaction(async (transaction) => {
    const [before] = await transaction.select().from(places).where(eq(places.id, id)).for('update')
    if (!before) throw new Error(`no place ${id}`)
    if (setup.sector !== before.sector && (await hasAnswers(transaction, id))) return 'has_answers'
    await transaction.update(places).set(setup).where(eq(places.id, id))
    const changed = changedFields(
      await inCodes(transaction, { ...setup, ...pick(before, setup) }),
      await inCodes(transaction, setup),
    )
    const line = { actor, action: 'place.change' as const, subject: before.code, agencyId: before.agencyId }
    if (changed) await recordAudit(transaction, { ...line, ...changed })
    return 'changed'
  })
}

const pick = (row: PlaceSetup, names: PlaceSetup) =>
  Object.fromEntries(Object.keys(names).map((name) => [name, row[name as keyof PlaceSetup]]))

async function hasAnswers(transaction: PostgresJsDatabase, id: PlaceId): Promise<boolean> {
  const rows = await transaction.select({ day: cells.day }).from(cells).where(eq(cells.placeId, id)).limit(1)
  return rows.length > 0
}

/** The log names an agency by its code. */
async function inCodes(transaction: PostgresJsDatabase, { agencyId, ...setup }: PlaceSetup) {
  const [agency] = await transaction.select({ code: agencies.code }).from(agencies).where(eq(agencies.id, agencyId))
  return { agency: agency?.code ?? null, ...setup }
}

/** Moves a place before or after its neighbour in the same agency; nothing at the ends. */
export async function movePlace(database: Database, id: PlaceId, direction: 'up' | 'down', actor: string) {
  await database.query.transaction(async (transaction) => {
    const rows = await transaction.select().from(places).orderBy(asc(places.position), asc(places.id)).for('update')
    const one = rows.find((row) => row.id === id)
    if (!one) return
    const own = rows.filter(({ agencyId }) => agencyId === one.agencyId)
    const moved = moveOne(own, own.indexOf(one), direction)
    if (!moved) return
    // The agency's places share their old seats out anew, the others keep theirs.
    const order = rows.map((row) => (row.agencyId === one.agencyId ? (moved.shift() as typeof row) : row))
    const wrong = order.map(({ id: placeId }, index) => ({ placeId, position: index + 1 }))
    for (const { placeId, position } of wrong.filter(({ position }, index) => order[index]?.position !== position))
      await transaction.update(places).set({ position }).where(eq(places.id, placeId))
    const [before, after] = [rows.indexOf(one) + 1, order.indexOf(one) + 1]
    const line = { actor, action: 'place.order' as const, subject: one.code, agencyId: one.agencyId }
    await recordAudit(transaction, { ...line, before: { position: before }, after: { position: after } })
  })
}

export type CodeChange = { code: string; revoked: boolean; reason: string }

/** Gives a place a new code and keeps the old one for ever: it leads on, or nowhere where it was revoked. */
export async function changeCode(
  database: Database,
  id: PlaceId,
  { code, revoked, reason }: CodeChange,
  actor: string,
): Promise<'changed' | 'taken'> {
  return database.query.transaction(async (transaction) => {
    const used = await holdCodes(transaction, [code])
    if (used.length > 0) return 'taken'
    const [before] = await transaction.select().from(places).where(eq(places.id, id)).for('update')
    if (!before) throw new Error(`no place ${id}`)
    await transaction.insert(retiredCodes).values({ code: before.code, placeId: id, revoked, reason })
    await transaction.update(places).set({ code }).where(eq(places.id, id))
    const line = { actor, action: 'place.code' as const, subject: code, agencyId: before.agencyId }
    await recordAudit(transaction, { ...line, before: { code: before.code }, after: { code, revoked, reason } })
    return 'changed'
  })
}

/** An agency with places that are open. */
export async function hasOpenPlaces(transaction: PostgresJsDatabase, agencyId: AgencyId): Promise<boolean> {
  const rows = await transaction.select({ open: places.open }).from(places).where(eq(places.agencyId, agencyId))
  return rows.some(({ open }) => open)
}

/** The code of the first place that takes answers now; null where none does. */
export async function findAnsweringCode(database: Database): Promise<string | null> {
  const isPublished = and(
    eq(questionnaireVersions.code, places.questionnaire),
    eq(questionnaireVersions.status, 'published'),
  )
  const [found] = await database.query
    .select({ code: places.code })
    .from(places)
    .innerJoin(questionnaireVersions, isPublished)
    .where(eq(places.open, true))
    .orderBy(asc(places.position), asc(places.id))
    .limit(1)
  return found?.code ?? null
}
