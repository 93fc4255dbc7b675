import type { WaveSnapshot } from '../../server/catalogue/wave-snapshot-contract.ts'
import type { Entry, Wave, WaveTally } from '../../server/waves/contract.ts'
import type { Database, Queries } from '../client.ts'
import { recordAuditBy } from '../staff/audit.ts'
import { selectEntries } from './entries.ts'

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

export type Closing = {
  shape: TallyShape
  by: { username: string; at: string; today: string }
  makeSnapshot: (tallies: WaveTally[], typed: Entry[]) => WaveSnapshot
}

/**
 * Freezes what has been counted so far, in one transaction; nothing typed at the same moment is half in.
 * False when somebody else closed it first.
 */
export async function closeWave(
  database: Database,
  wave: Pick<Wave, 'id' | 'opensOn'>,
  { shape, by, makeSnapshot }: Closing,
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
      actor: by.username,
      action: 'wave.close',
      subject: String(wave.id),
      agencyId: open.owner_agency_id,
      after: { closedOn: snapshot.closedOn, responses: snapshot.sums.all[0], earlyReason: snapshot.earlyReason },
    })
    return true
  })
}
