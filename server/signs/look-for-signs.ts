import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '../../db/client.ts'
import {
  addFound,
  findLastSignDay,
  type PlaceFindings,
  readDailyVisits,
  readSeen,
  recordSigns,
  type SeenRow,
} from '../../db/signs/looks.ts'
import type { CatalogueState, Place } from '../catalogue/catalogue.ts'
import type { Found, Seen } from './contract.ts'
import { capacityOf } from './finders/capacity.ts'
import { givenLevels } from './finders/past.ts'
import { dayBefore, findInClosed, pastDays } from './finders/watch.ts'

/** The longest span looked at lies before its past. */
const daysRead = pastDays + 28

/** So many missed nights are made good; longer ago is what the four-week look and a look somebody asks for are for. */
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
  const { counted, visits } = await readPlace(database, id, dayBefore(day, daysRead), day)
  const recent = counted.filter((seen) => seen.day >= dayBefore(day, pastDays) && seen.provenance !== 'entered')
  return { placeId: id, findings: findInClosed({ day, counted, visits }), capacity: capacityOf(recent, meanOf(visits)) }
}

/**
 * Looks once more at every closed day of a range, as each night did: what came late, was decided otherwise since or was
 * never looked at. Gives how many patterns are new; null where it was stopped. The same days, spans and thresholds as at
 * night, so that looking again finds nothing more by luck.
 */
export async function lookAgain(
  database: Database,
  places: Pick<Place, 'id'>[],
  { from, to }: { from: string; to: string },
  stopped?: AbortSignal,
): Promise<number | null> {
  let fresh = 0
  for (const { id } of places) {
    const { counted, visits } = await readPlace(database, id, dayBefore(from, daysRead), to)
    const found: Found[] = []
    for (let day = from; day <= to; day = dayBefore(day, -1)) {
      // Somebody else's request waits for a day at most.
      await nextTurn()
      if (stopped?.aborted) return null
      const taken = new Set(found.flatMap(({ members }) => members))
      found.push(...findInClosed({ day, counted: counted.filter((seen) => !taken.has(seen.id)), visits }))
    }
    fresh += await addFound(database, id, found)
  }
  return fresh
}

async function readPlace(database: Database, id: Place['id'], from: string, to: string) {
  const [rows, visits] = await Promise.all([readSeen(database, id, from, to), readDailyVisits(database, id, from, to)])
  return { counted: readLevels(rows), visits }
}

/** Each different sequence of levels is worked out, and kept, once. */
function readLevels(rows: SeenRow[]): Seen[] {
  const known = new Map<string, string>()
  return rows.map(({ id, day, provenance, answers, minute, seconds, comment, settled }) => {
    const levels = known.get(answers) ?? givenLevels(answers)
    known.set(answers, levels)
    return { id, day, minute, provenance, levels, seconds, comment, settled } satisfies Required<Seen>
  })
}

function meanOf(visits: ReadonlyMap<string, number>): number | null {
  if (visits.size === 0) return null
  return [...visits.values()].reduce((sum, count) => sum + count, 0) / visits.size
}
