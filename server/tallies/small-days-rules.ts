import type { PlaceId } from '../catalogue/contract.ts'
import { lastDayOf } from '../days.ts'
import type { Sums } from '../score/contract.ts'
import { fewestShown } from '../score/rules.ts'
import type { Closeness } from './contract.ts'
import { groupBy } from './group-rules.ts'

/** What a place counted on a closed day; null where nothing was counted. */
export type DayOfPlace = {
  placeId: PlaceId
  day: string
  sums: Sums | null
  /** Where fewer than five of them stood in nothing that had shown that day: the day is as one of so few. */
  rest?: number | null
  agencyRest?: number | null
}

/** So many answers make a place's day show in a week of it. */
export const leastOfDay = (closeness: Closeness): number => (closeness === 'rows' ? 0 : fewestShown)

/** The closed days asked about, both included. */
type Period = { from: string; to: string }

const countIn = (rows: DayOfPlace[]): number => rows.reduce((sum, { sums, rest }) => sum + (rest ?? sums?.[0] ?? 0), 0)
const isFew = (count: number): boolean => count > 0 && count < fewestShown
const isSmall = (row: DayOfPlace): boolean => isFew(countIn([row]))

/** Whether the month of a day lies whole within the period. */
const isWhole = (day: string, period: Period | null): boolean =>
  period !== null && period.from <= `${day.slice(0, 7)}-01` && lastDayOf(day.slice(0, 7)) <= period.to

/**
 * Which days of which places stand in no figure about a single place. A month's small days of a place stand in together,
 * where they are five; what the places of the agency then keep back is nothing or five too, else its sum would tell it.
 * `rows` are all places of one agency over the period.
 */
export function withheldAtPlaces<R extends DayOfPlace>(rows: R[], period: Period): R[] {
  const months = groupBy(rows.filter(isSmall), ({ day }) => day.slice(0, 7))
  return [...months.values()].flatMap((small) =>
    isWhole((small[0] as R).day, period)
      ? withholdFew([...groupBy(small, ({ placeId }) => placeId).values()], countIn).flat()
      : small,
  )
}

/**
 * Parts of one whole that stay back: those of fewer than five, and the smallest others where these are too few to hide
 * among each other. Complementary suppression: the whole less what shows tells nothing about fewer than five. `within`
 * counts what of a part enters another whole that is known as well.
 */
export function withholdFew<T>(parts: T[], countOf: (part: T) => number, within: (part: T) => number = countOf): T[] {
  const withheld: T[] = []
  let [hidden, hiddenWithin] = [0, 0]
  for (const part of parts.toSorted((a, b) => countOf(a) - countOf(b))) {
    if (!isFew(countOf(part)) && !isFew(hidden) && !isFew(hiddenWithin)) continue
    withheld.push(part)
    hidden += countOf(part)
    hiddenWithin += within(part)
  }
  return withheld
}

/**
 * Which days of which places stand in no figure about their agency: a day's small places stand in together where they are
 * five, else with the month, where its other such days make five. A day of which the agency's running score had left one
 * to four answers waits whole, and counts as so many. `rows` are all places of one agency over the period;
 * without one no month is whole.
 */
export function withheldAtAgency<R extends DayOfPlace>(rows: R[], period: Period | null): R[] {
  const days = [...groupBy(rows, ({ day }) => day).values()].map((own) => {
    const rest = own[0]?.agencyRest ?? null
    const small = own.filter(isSmall)
    return rest === null ? { waiting: small, count: countIn(small) } : { waiting: own, count: rest }
  })
  const months = groupBy(
    days.filter(({ count }) => isFew(count)),
    ({ waiting }) => (waiting[0] as R).day.slice(0, 7),
  )
  return [...months.values()].flatMap((some) => {
    const waiting = some.flatMap((one) => one.waiting)
    const count = some.reduce((sum, one) => sum + one.count, 0)
    return isWhole((waiting[0] as R).day, period) && !isFew(count) ? [] : waiting
  })
}

/** What a day shows of an agency by itself: its places of five or more, and the others where they are five together. */
export const shownOfDays = <R extends DayOfPlace>(rows: R[]): R[] => {
  const withheld = new Set(withheldAtAgency(rows, null))
  return rows.filter((row) => !withheld.has(row))
}
