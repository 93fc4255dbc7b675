import { and, desc, eq, isNull, sql } from 'drizzle-orm'
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
      .values({ ...batch, count, marks: '0'.repeat(count) })
      .onConflictDoUpdate({
        target: [
          ticketBatches.placeId,
          ticketBatches.fieldId,
          ticketBatches.day,
          ticketBatches.kind,
          ticketBatches.madeBy,
        ],
        targetWhere: sql`${ticketBatches.kind} in ('single', 'program') and ${ticketBatches.revokedOn} is null`,
        set: {
          count: sql`${ticketBatches.count} + ${count}`,
          marks: sql`rpad(${ticketBatches.marks}::text, ${ticketBatches.count} + ${count}, '0')::bit varying`,
          expiresOn: batch.expiresOn,
        },
      })
      .returning({ id: ticketBatches.id, count: ticketBatches.count })
    const { id, count: total } = row as { id: number; count: number }
    // In the order of the hashes: neither id nor position says which slip of the sheet it is.
    const rows = hashes.toSorted().map((hash, at) => ({ hash, batchId: id, number: total - count + at }))
    await transaction.insert(tickets).values(rows)
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
  placeId: PlaceId
  fieldId: FieldId | 0
  expiresOn: string
  used: boolean
  revoked: boolean
}

/** A ticket as its page and the clerk's screen need it. */
export async function findTicket({ sql }: Database, hash: string): Promise<FoundTicket | undefined> {
  const [row] = await sql<FoundTicket[]>`
    select place_id as "placeId", field_id as "fieldId", expires_on::text as "expiresOn",
      revoked_on is not null as revoked,
      used_on is not null or (number < length(marks) and get_bit(marks, number) = 1) as used
    from tickets join ticket_batches on ticket_batches.id = batch_id where hash = ${hash}`
  return row
}

/** Where a ticket stands: its batch, its number in it, and whether an older version used it up. */
export type TicketNumber = { batchId: number; number: number; used: boolean }

/** The numbers of the tickets that there are, by their hashes. Little is asked and little answered: each answer with a ticket pays for it. */
export async function findNumbers(database: Database, hashes: string[]): Promise<Map<string, TicketNumber>> {
  const found = await readNumbers(database, hashes)
  const unnumbered = found.filter(({ number }) => number === null).map(({ batchId }) => batchId)
  for (const batchId of new Set(unnumbered)) await numberTickets(database, batchId)
  const rows = unnumbered.length === 0 ? found : await readNumbers(database, hashes)
  return new Map(
    rows.map(({ at, batchId, number, used }) => [
      hashes[at - 1] as string,
      { batchId, number: number as number, used },
    ]),
  )
}

const readNumbers = ({ sql }: Database, hashes: string[]) => sql<
  { at: number; batchId: number; number: number | null; used: boolean }[]
>`
  select at::int4 as at, batch_id as "batchId", number, used_on is not null as used
  from unnest(${hashes}::text[]) with ordinality as given (hash, at) join tickets on tickets.hash = given.hash`

/** What an answer with a ticket of a batch is judged by. */
export type BatchState = Pick<FoundTicket, 'placeId' | 'expiresOn' | 'revoked'>

export async function readBatchStates({ sql }: Database, ids: number[]): Promise<Map<number, BatchState>> {
  const rows = await sql<(BatchState & { id: number })[]>`
    select id, place_id as "placeId", expires_on::text as "expiresOn", revoked_on is not null as revoked
    from ticket_batches where id = any(${ids})`
  return new Map(rows.map(({ id, ...batch }) => [id, batch]))
}

/** Gives the tickets of a batch that an older version made while both ran the numbers that are free. */
async function numberTickets({ sql }: Database, batchId: number): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`
      update ticket_batches set marks = rpad(marks::text, count, '0')::bit varying where id = ${batchId}`
    await transaction`
      update tickets set number = free.number
      from (select number, row_number() over (order by number) as turn from generate_series(0, (
          select count(*)::int - 1 from tickets where batch_id = ${batchId})) as number
        where number not in (select number from tickets where batch_id = ${batchId} and number is not null)) as free,
        (select id, row_number() over (order by id) as turn from tickets
          where batch_id = ${batchId} and number is null) as waiting
      where tickets.id = waiting.id and waiting.turn = free.turn`
  })
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
      used: sql<number>`(select coalesce(sum(n), 0)::int
        from unnest(${ticketBatches.uses}[1:${today}::date - ${ticketBatches.day}]) as n)`,
    })
    .from(ticketBatches)
    .where(eq(ticketBatches.placeId, placeId))
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
