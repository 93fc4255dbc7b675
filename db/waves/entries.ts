import { and, eq, isNull, sql } from 'drizzle-orm'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { Entry, Wave } from '../../server/waves/contract.ts'
import { waves } from '../catalogue/tables.ts'
import type { Database, Queries } from '../client.ts'
import { entries } from './tables.ts'

/** Every form typed in for a wave, in the order of typing. */
export const readEntries = (database: Database, id: Wave['id']): Promise<Entry[]> => selectEntries(database.sql, id)

export async function selectEntries(queries: Queries, id: Wave['id']) {
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
