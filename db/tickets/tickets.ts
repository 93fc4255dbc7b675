import { and, count, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { FieldId, PlaceId } from '../../server/catalogue/contract.ts'
import type { BatchKind } from '../../server/tickets/contract.ts'
import { places, settings } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { changedFields, recordAudit } from '../staff/audit.ts'
import { hashToken } from '../staff/members.ts'
import { apiKeys } from '../staff/tables.ts'
import { ticketBatches, tickets } from './tables.ts'

export type NewBatch = {
  placeId: PlaceId
  fieldId: FieldId | 0
  day: string
  kind: BatchKind
  expiresOn: string
  madeBy: string
  /** Of the codes, which nobody keeps. */
  hashes: string[]
}

/** Stores tickets; those given one at a time join the batch of their day, and the log tells of the first. */
export async function addTickets(database: Database, { hashes, ...batch }: NewBatch): Promise<number> {
  return database.query.transaction(async (transaction) => {
    const count = hashes.length
    const [row] = await transaction
      .insert(ticketBatches)
      .values({ ...batch, count })
      .onConflictDoUpdate({
        target: [
          ticketBatches.placeId,
          ticketBatches.fieldId,
          ticketBatches.day,
          ticketBatches.kind,
          ticketBatches.madeBy,
        ],
        targetWhere: sql`${ticketBatches.kind} in ('single', 'program') and ${ticketBatches.revokedOn} is null`,
        set: { count: sql`${ticketBatches.count} + ${count}`, expiresOn: batch.expiresOn },
      })
      .returning({ id: ticketBatches.id, count: ticketBatches.count })
    const { id, count: total } = row as { id: number; count: number }
    // In the order of the hashes: neither id nor position says which slip of the sheet it is.
    await transaction.insert(tickets).values(hashes.toSorted().map((hash) => ({ hash, batchId: id })))
    if (total === count) {
      const [place] = await transaction.select().from(places).where(eq(places.id, batch.placeId))
      const { kind, expiresOn, madeBy: actor } = batch
      const subject = place?.code ?? String(batch.placeId)
      const line = { actor, action: 'ticket.make' as const, subject, agencyId: place?.agencyId ?? null }
      await recordAudit(transaction, { ...line, after: { kind, count, expiresOn } })
    }
    return id
  })
}

export type FoundTicket = {
  id: number
  placeId: PlaceId
  fieldId: FieldId | 0
  expiresOn: string
  used: boolean
  revoked: boolean
}

export const findTicket = async (database: Database, hash: string): Promise<FoundTicket | undefined> =>
  (await findTickets(database, [hash])).get(hash)

/** The tickets that there are, by their hashes. */
export async function findTickets(database: Database, hashes: string[]): Promise<Map<string, FoundTicket>> {
  const rows = await database.sql<(FoundTicket & { hash: string })[]>`
    select hash, tickets.id, place_id as "placeId", field_id as "fieldId", expires_on::text as "expiresOn",
      used_on is not null as used, revoked_on is not null as revoked
    from tickets join ticket_batches on ticket_batches.id = batch_id where hash = any(${hashes})`
  return new Map(rows.map(({ hash, ...ticket }) => [hash, ticket]))
}

/** A place's batches, newest first, with how many were used before `today`. */
export async function readBatches(database: Database, placeId: PlaceId, today: string) {
  return database.query
    .select({
      id: ticketBatches.id,
      kind: ticketBatches.kind,
      day: ticketBatches.day,
      fieldId: ticketBatches.fieldId,
      count: ticketBatches.count,
      expiresOn: ticketBatches.expiresOn,
      madeBy: ticketBatches.madeBy,
      revokedOn: ticketBatches.revokedOn,
      used: count(tickets.id),
    })
    .from(ticketBatches)
    .leftJoin(tickets, and(eq(tickets.batchId, ticketBatches.id), lt(tickets.usedOn, today)))
    .where(eq(ticketBatches.placeId, placeId))
    .groupBy(ticketBatches.id)
    .orderBy(desc(ticketBatches.id))
    .limit(100)
}

/** Those not yet used are taken no more. False when there is no such batch in force. */
export async function revokeBatch(
  database: Database,
  { id, placeId, today, actor }: { id: number; placeId: PlaceId; today: string; actor: string },
): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const [batch] = await transaction
      .update(ticketBatches)
      .set({ revokedOn: today })
      .where(and(eq(ticketBatches.id, id), eq(ticketBatches.placeId, placeId), isNull(ticketBatches.revokedOn)))
      .returning()
    if (!batch) return false
    const [place] = await transaction.select().from(places).where(eq(places.id, placeId))
    const after = { kind: batch.kind, day: batch.day, count: batch.count }
    const subject = place?.code ?? String(placeId)
    await recordAudit(transaction, {
      actor,
      action: 'ticket.revoke' as const,
      subject,
      agencyId: place?.agencyId ?? null,
      after,
    })
    return true
  })
}

/**
 * Writes the tickets used since a day again in the order of their hashes, so that their order in the table, in a dump and
 * their transaction number say nothing about which response came with which.
 */
export async function hideOrderOfUse(database: Database, since: string): Promise<void> {
  await database.query.transaction(async (transaction) => {
    const rows = await transaction.delete(tickets).where(gt(tickets.usedOn, since)).returning()
    if (rows.length === 0) return
    const ordered = rows.toSorted((a, b) => (a.hash < b.hash ? -1 : 1))
    for (let from = 0; from < ordered.length; from += 1000)
      await transaction
        .insert(tickets)
        .overridingSystemValue()
        .values(ordered.slice(from, from + 1000))
  })
}

const daysKey = 'tickets.days'
export const usualDays = 30

/** How many days a ticket made now is taken. */
export async function readTicketDays(database: Database): Promise<number> {
  const [row] = await database.query.select().from(settings).where(eq(settings.key, daysKey))
  return row ? Number(row.value) : usualDays
}

export async function setTicketDays(database: Database, days: number, actor: string): Promise<void> {
  await database.query.transaction(async (transaction) => {
    await transaction
      .insert(settings)
      .values({ key: daysKey, value: String(usualDays) })
      .onConflictDoNothing()
    const [before] = await transaction.select().from(settings).where(eq(settings.key, daysKey)).for('update')
    const changed = changedFields({ days: Number(before?.value) }, { days })
    if (!changed) return
    await transaction
      .update(settings)
      .set({ value: String(days) })
      .where(eq(settings.key, daysKey))
    await recordAudit(transaction, { actor, action: 'ticket.days', subject: daysKey, ...changed })
  })
}

/** The name of the key that a program came with. */
export async function nameOfApiKey(database: Database, key: string): Promise<string | undefined> {
  const [row] = await database.query
    .select({ name: apiKeys.name })
    .from(apiKeys)
    .where(eq(apiKeys.keyHash, hashToken(key)))
  return row?.name
}
