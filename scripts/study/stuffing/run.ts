import {
  carryingSums,
  describeSources,
  isSpread,
  judge,
  leastSpread,
  spreadOf,
} from '../../../server/indicators/belief/rules.ts'
import type { Score, Sums, Verdict, VerdictReason } from '../../../server/score/contract.ts'
import { addSums, noSums, scoreOf } from '../../../server/score/rules.ts'
import type { ClosedSign } from '../../../server/signs/contract.ts'
import { capacityOf } from '../../../server/signs/finders/capacity.ts'
import { findInClosed, pastDays } from '../../../server/signs/finders/watch.ts'
import { type Arrived, createDoor, type Event } from './arrivals.ts'
import { dayAt, isWorkday } from './town.ts'

/** An arrived event, and the sign that proposes to set it aside. */
export type Judged = Arrived & { sign: ClosedSign | null; foundOn: number | null }

/** Days after which a four-week look has surely closed. */
const afterwards = 28

/**
 * Runs every day as the server does: the door, the signs over closed days, the capacity learned anew. Where they are
 * reviewed, somebody keeps each pattern the next morning, and it becomes the place's past; else all of them wait.
 */
export function runPlace(events: Event[], days: number, reviewed = false): Judged[] {
  const door = createDoor()
  const all: Judged[] = []
  let [next, capacity]: [number, number | null] = [0, null]
  const present = events.filter(({ absent }) => !absent)
  for (let day = 0; day < days + afterwards; day += 1) {
    for (; present[next]?.day === dayAt(day); next += 1)
      all.push({ ...door(present[next] as Event, capacity), sign: null, foundOn: null })
    if (!isWorkday(day) && day % 7 !== 6) continue
    const earliest = dayAt(day - pastDays - 28)
    const kept = all.filter((one) => one.counted && (one.sign === null || one.settled) && one.day >= earliest)
    capacity = capacityOf(
      kept.filter((one) => one.day >= dayAt(day - pastDays)),
      null,
    )
    const found = findInClosed({ day: dayAt(day), counted: kept, visits: new Map() })
    const signs = new Map(found.flatMap(({ sign, members }) => members.map((id) => [id, sign] as const)))
    for (const one of kept)
      if (signs.has(one.id)) Object.assign(one, { sign: signs.get(one.id), foundOn: day, settled: reviewed })
  }
  return all
}

export type Conclusion = { score: Score; verdict: Verdict; reason: VerdictReason | null }

/** Score and verdict of what counts and is in no pattern, from a day on. */
export function conclude(events: readonly Judged[], target: number): Conclusion {
  const kept = events.filter(({ counted, sign }) => counted && sign === null)
  const sums = new Map<string, Sums>()
  const days = new Map<string, Sums>()
  for (const event of kept) {
    const kind = event.provenance === 'open' || event.provenance === 'unminted' ? event.provenance : 'proven'
    sums.set(kind, addSums(sums.get(kind) ?? noSums, sumsOf(event)))
    if (kind !== 'unminted') days.set(event.day, addSums(days.get(event.day) ?? noSums, sumsOf(event)))
  }
  const carrying = scoreOf(carryingSums(sums))
  const belief = { ...describeSources(sums), carrying }
  const all = scoreOf([...sums.values()].reduce(addSums, noSums))
  const judged = judge(belief, all, target, isSpread(spreadOf([...days.values()]), leastSpread))
  return { score: carrying, ...judged }
}

function sumsOf({ levels }: Pick<Event, 'levels'>): Sums {
  const y = [...levels].filter((level) => level >= '4').length / levels.length
  return [1, y < 1 ? 1 : 0, y, 1, y * y, y, 1]
}
