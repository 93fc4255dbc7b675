import type { Database } from '../../../db/client.ts'
import { countPressure, type PressureCount } from '../../../db/indicators/pressure.ts'
import type { Place } from '../../catalogue/catalogue.ts'
import { daysBefore } from '../../days.ts'
import type { PressureShare } from './contract.ts'
import { shareOfPressure } from './rules.ts'

/** Closed days of the range only; `range` with both ends included. */
export async function readPressure(
  database: Database,
  places: Pick<Place, 'id'>[],
  { from, to }: { from: string; to: string },
  today: string,
): Promise<PressureCount[]> {
  const yesterday = daysBefore(today, 1)
  const ids = places.map(({ id }) => id)
  return countPressure(database, ids, from, to < yesterday ? to : yesterday)
}

/** All of it together. */
export const totalPressure = (counts: PressureCount[]): PressureShare =>
  shareOfPressure(
    counts.reduce((sum, { answered }) => sum + answered, 0),
    counts.reduce((sum, { yes }) => sum + yes, 0),
  )
