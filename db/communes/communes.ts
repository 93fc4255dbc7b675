import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import type { Commune, CommuneId, Issuer } from '../../server/communes/contract.ts'
import { settings } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { recordAudit } from '../staff/audit.ts'
import { communes } from './tables.ts'

const { id, code, name, address, ledgerKey, ledgerKeySeen, addedAt, leftAt } = communes
const shown = { id, code, name, address, ledgerKey, ledgerKeySeen, addedAt, leftAt }

/** Every commune that is or was followed, by name as Vietnamese sorts it. */
export async function listCommunes(database: Database): Promise<Commune[]> {
  const rows = await database.query
    .select({ ...shown, hasKey: sql<boolean>`${communes.sealedKey} is not null` })
    .from(communes)
  return rows.sort((a, b) => a.name.localeCompare(b.name, 'vi') || a.id - b.id)
}

/** The sealed key of each commune that is followed and has one. */
export async function readSealedKeys(database: Database): Promise<Map<CommuneId, string>> {
  const rows = await database.query.select({ id, sealed: communes.sealedKey }).from(communes).where(isNull(leftAt))
  return new Map(rows.flatMap((row) => (row.sealed ? [[row.id, row.sealed]] : [])))
}

export type CommuneChange = { name: string; address: string; ledgerKey: string | null }

/** Null when its code or address is taken. */
export async function addCommune(
  database: Database,
  { sealedKey, actor, ...given }: CommuneChange & { code: string; sealedKey: string | null; actor: string },
): Promise<CommuneId | null> {
  return database.query.transaction(async (transaction) => {
    const [row] = await transaction
      .insert(communes)
      .values({ ...given, sealedKey })
      .onConflictDoNothing()
      .returning({ id })
    if (!row) return null
    const after = { name: given.name, address: given.address, hasKey: sealedKey !== null }
    await recordAudit(transaction, { actor, action: 'commune.add', subject: given.code, after })
    return row.id
  })
}

/** Changes what is given; an absent sealed key leaves the one there is. False when the address is another's. */
export async function changeCommune(
  database: Database,
  of: CommuneId,
  { sealedKey, actor, ...given }: CommuneChange & { sealedKey?: string; actor: string },
): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const [taken] = await transaction
      .select({ id })
      .from(communes)
      .where(and(ne(id, of), eq(address, given.address)))
    if (taken) return false
    const [before] = await transaction.select(shown).from(communes).where(eq(id, of)).for('update')
    if (!before) return false
    const moved = before.ledgerKey !== given.ledgerKey && { ledgerKeySeen: null }
    await transaction
      .update(communes)
      .set({ ...given, ...moved, ...(sealedKey && { sealedKey }) })
      .where(eq(id, of))
    const change = {
      before: { name: before.name, address: before.address },
      after: { ...given, keyChanged: sealedKey !== undefined },
    }
    await recordAudit(transaction, { actor, action: 'commune.change', subject: before.code, ...change })
    return true
  })
}

/** Stops or takes up following; what was read stays. False where nothing changed. */
export async function followCommune(
  database: Database,
  { of, follow, actor }: { of: CommuneId; follow: boolean; actor: string },
): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const [row] = await transaction
      .update(communes)
      .set({ leftAt: follow ? null : sql`now()` })
      .where(and(eq(id, of), follow ? sql`${leftAt} is not null` : isNull(leftAt)))
      .returning({ code })
    if (!row) return false
    await recordAudit(transaction, { actor, action: follow ? 'commune.follow' : 'commune.leave', subject: row.code })
    return true
  })
}

/** Whether this database is a province's board, a commune's own, or still nobody's. */
export async function readUse(database: Pick<Database['query'], 'execute'>): Promise<'province' | 'commune' | null> {
  const [row] = (await database.execute(
    sql`select (select value from settings where key = 'serves') as serves, exists(select from places) as has_places`,
  )) as unknown as { serves: string | null; has_places: boolean }[]
  if (row?.serves === 'province') return 'province'
  return row?.has_places ? 'commune' : null
}

/** Marks a new database as a board's. */
export async function markProvince(database: Pick<Database['query'], 'execute'>): Promise<void> {
  await database.execute(sql`insert into settings (key, value) values ('serves', 'province') on conflict do nothing`)
}

const issuerKeys = { province: 'province.name', issuer: 'province.issuer' } as const

/** Null until somebody said it. */
export async function findIssuer(database: Database): Promise<Issuer | null> {
  const rows = await database.query
    .select()
    .from(settings)
    .where(inArray(settings.key, Object.values(issuerKeys)))
  const said = (key: string) => rows.find((row) => row.key === key)?.value
  const [province, issuer] = [said(issuerKeys.province), said(issuerKeys.issuer)]
  return province && issuer ? { province, issuer } : null
}

export async function keepIssuer(database: Database, issuer: Issuer, actor: string): Promise<void> {
  await database.query.transaction(async (transaction) => {
    const rows = (['province', 'issuer'] as const).map((name) => ({ key: issuerKeys[name], value: issuer[name] }))
    await transaction
      .insert(settings)
      .values(rows)
      .onConflictDoUpdate({ target: settings.key, set: { value: sql`excluded.value` } })
    await recordAudit(transaction, { actor, action: 'commune.issuer', subject: issuer.province, after: issuer })
  })
}
