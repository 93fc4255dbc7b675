import type { Database } from '../../db/client.ts'
import {
  findLastSignDay,
  type PlaceFindings,
  readDailyVisits,
  readSeen,
  recordSigns,
  type SeenRow,
} from '../../db/review/signs.ts'
import type { CatalogueState, Place } from '../catalogue/catalogue.ts'
import { capacityOf } from './signs/capacity.ts'
import type { Seen } from './signs/contract.ts'
import { givenLevels } from './signs/past.ts'
import { dayBefore, findInClosed, pastDays } from './signs/watch.ts'

/** The longest span looked at lies before its past. */
const daysRead = pastDays + 28

/** So many missed nights are made good; longer ago is what the four-week look is for. */
const mostMissed = 7

/**
 * Looks at every closed day that nobody has looked at yet, oldest first. Two processes look at a day once; a day whose
 * look was stopped is looked at again.
 */
export async function lookForSigns(
  database: Database,
  state: CatalogueState,
  today: string,
  stopped?: AbortSignal,
): Promise<void> {
  const yesterday = dayBefore(today, 1)
  const last = await findLastSignDay(database)
  const earliest = dayBefore(today, mostMissed)
  const first = last === null ? yesterday : last >= earliest ? dayBefore(last, -1) : earliest
  for (let day = first; day <= yesterday; day = dayBefore(day, -1)) {
    const found: PlaceFindings[] = []
    for (const place of state.places.filter(({ open }) => open)) {
      if (stopped?.aborted) return
      found.push(await lookAtPlace(database, place, day))
    }
    await recordSigns(database, day, found)
  }
}

async function lookAtPlace(database: Database, { id }: Place, day: string): Promise<PlaceFindings> {
  const from = dayBefore(day, daysRead)
  const [rows, visits] = await Promise.all([
    readSeen(database, id, from, day),
    readDailyVisits(database, id, from, day),
  ])
  const counted = rows.map(toSeen)
  const recent = counted.filter((seen) => seen.day >= dayBefore(day, pastDays) && seen.provenance !== 'entered')
  return { placeId: id, findings: findInClosed({ day, counted, visits }), capacity: capacityOf(recent, meanOf(visits)) }
}

const toSeen = ({ answers, ...row }: SeenRow): Seen => ({ ...row, levels: givenLevels(answers) })

function meanOf(visits: ReadonlyMap<string, number>): number | null {
  if (visits.size === 0) return null
  return [...visits.values()].reduce((sum, count) => sum + count, 0) / visits.size
}
