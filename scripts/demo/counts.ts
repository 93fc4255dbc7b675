import type { Database } from '../../db/client.ts'
import { saveVisits } from '../../db/visits/visits.ts'
import type { CatalogueState, Place } from '../../server/catalogue/catalogue.ts'
import type { FieldId } from '../../server/catalogue/contract.ts'
import { addDays } from '../../server/days.ts'
import type { VisitChange } from '../../server/visits/contract.ts'
import { busynessOn } from './calendar.ts'
import { profileOf } from './places.ts'
import { createChance, seedOf } from './random.ts'

type Counting = { state: CatalogueState; seed: number; from: string; to: string; by: string }

/** Of those who come, this share answers. */
const answering = { office: 0.31, online: 0.24, clinic: 0.42, vaccination: 0.5, school: 1 }
const pupils: Record<string, number> = { TRMN: 1620, TRTH: 2450, TRTHCS: 2080 }

/** Visits of every day from `from` to `to` as the center and the station count them, and pupils once a year. */
export async function countVisits(database: Database, counting: Counting): Promise<void> {
  const { state, from, to, by } = counting
  if (from > to) return
  const open = state.places.filter((place) => place.open)
  const days = listDays(from, to)
  const served = open.filter(({ sector }) => sector !== 'education')
  const changes = [
    ...served.flatMap((place) => days.flatMap((day) => visitsOn(counting, place, day))),
    ...monthsIn(from, to).flatMap((month) => fieldCounts(counting, served, month)),
    ...open.filter(({ sector }) => sector === 'education').flatMap((place) => headcounts(place, from, to)),
  ]
  await saveVisits(database, changes, by, 'form')
}

function visitsOn({ seed }: Counting, place: Place, day: string): VisitChange[] {
  const { rhythm, perDay } = profileOf(place)
  const mean = (perDay * busynessOn(rhythm, day)) / answering[rhythm]
  const count = createChance(seedOf(seed, 'visits', place.code, day)).count(mean)
  return count > 0 ? [{ placeId: place.id, fieldId: 0, period: 'day', day, count }] : []
}

/** The same visits by field, as the month's list of files gives them. */
function fieldCounts(counting: Counting, places: Place[], month: string): VisitChange[] {
  const sums = new Map<FieldId, number>()
  const days = listDays(`${month}-01`, addDays(firstOfNext(month), -1))
  for (const place of places) {
    const total = days.flatMap((day) => visitsOn(counting, place, day)).reduce((sum, one) => sum + (one.count ?? 0), 0)
    const ids = place.fieldCodes.flatMap((code) => counting.state.fieldByCode.get(code)?.id ?? [])
    // The first fields named at a place are its commonest.
    const parts = ids.map((_, index) => ids.length - index)
    const whole = parts.reduce((sum, part) => sum + part, 0)
    for (const [index, id] of ids.entries()) {
      sums.set(id, (sums.get(id) ?? 0) + Math.round((total * (parts[index] as number)) / whole))
    }
  }
  return [...sums].map(([fieldId, count]) => ({ placeId: null, fieldId, period: 'month', day: `${month}-01`, count }))
}

/** When the sample begins, and each September: a number holds for a year. */
function headcounts({ id, code }: Place, from: string, to: string): VisitChange[] {
  const first = `${from.slice(0, 7)}-01`
  const months = [first, ...listDays(from, to).filter((day) => day.endsWith('-09-01'))]
  return [...new Set(months)].map((day) => ({
    placeId: id,
    fieldId: 0,
    period: 'month',
    day,
    count: pupils[code] ?? 300,
  }))
}

/** Pages opened without an answer, beside those that were sent. */
export async function countOpenings(database: Database, from: string, to: string): Promise<void> {
  await database.sql`
    with opened as materialized (
      select place_id, day, channel, ceil(sum(received) * (1.2 + mod(abs(hashtext(place_id || '|' || day)), 40) / 100.0))::int as count
      from cells where day between ${from} and ${to} and channel in ('qr', 'web', 'kiosk') group by 1, 2, 3)
    insert into openings (place_id, day, channel, count) select place_id, day, channel, count from opened
    on conflict (place_id, day, channel) do update set count = excluded.count`
}

const listDays = (from: string, to: string): string[] => {
  const days: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

const firstOfNext = (month: string): string => `${addDays(`${month}-28`, 4).slice(0, 7)}-01`

/** Months that are whole within the range's end. */
function monthsIn(from: string, to: string): string[] {
  const months: string[] = []
  for (let month = from.slice(0, 7); firstOfNext(month) <= addDays(to, 1); month = firstOfNext(month).slice(0, 7))
    months.push(month)
  return months
}
