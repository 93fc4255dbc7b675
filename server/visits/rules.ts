import type { Sector } from '../catalogue/contract.ts'
import { lastDayOf, shiftMonth } from '../days.ts'
import { groupBy } from '../tallies/group-rules.ts'
import type { Denominator, Range, Stratum, StratumResponses, VisitCount } from './contract.ts'

type Named = { id: number; name: { vi: string } }

export const placeStrata = (places: (Named & { sector: Sector })[]): Stratum[] =>
  places.map(({ id, name, sector }) => ({ id, name: name.vi, counts: countsOf(sector) }))

export const fieldStrata = (fields: Named[]): Stratum[] =>
  fields.map(({ id, name }) => ({ id, name: name.vi, counts: 'visits' }))

/** Schools have pupils, the others have visits. */
export const countsOf = (sector: Sector): Stratum['counts'] => (sector === 'education' ? 'people' : 'visits')

type Question = {
  counts: VisitCount[]
  /** Place counts answer for places, agencies and sectors, field counts for fields: never both, they are the same visits. */
  by: 'place' | 'field'
  strata: Stratum[]
  range: Range
  today: string
}

/** How many people of these strata could have answered, how many did, and which strata are not heard or not counted. */
export const denominatorOf = ({ responses, strata, ...question }: Question & { responses: StratumResponses[] }) =>
  denominatorAmong(knowVisits(question), { strata, responses })

/** The same of some strata among all, so that a list of them sorts the counts and the days once. */
export function denominatorAmong(
  counted: KnownVisits,
  { strata, responses }: { strata: Stratum[]; responses: StratumResponses[] },
): Denominator {
  const known = visitsAmong(counted, strata)
  const inRange = responses.filter(({ day }) => isWithin(day, counted.range))
  const byId = new Map(known.strata.map((one) => [one.stratum.id, one]))
  const covered = inRange.filter((row) => isCovered(row, byId.get(row.id)))
  const answered = covered.reduce((sum, { count }) => sum + count, 0)
  const heard = new Set(inRange.filter(({ count }) => count > 0).map(({ id }) => id))
  return {
    visits: known.visits,
    responses: answered,
    responseRate: known.visits ? answered / known.visits : null,
    covered: known.covered,
    missing: known.strata.filter(({ visits }) => visits === null).map(({ stratum }) => stratum.name),
    silent: known.strata
      .filter(({ visits, stratum }) => visits !== null && visits > 0 && !heard.has(stratum.id))
      .map(({ stratum }) => stratum.name),
  }
}

export type StratumVisits = { stratum: Stratum; visits: number | null; parts: Part[] }

/** The counts of a range of days by stratum, and the months and workdays they are looked for in. */
export type KnownVisits = { range: Range; until: Range; months: Month[]; byStratum: Map<number, VisitCount[]> }

export function knowVisits({ counts, by, range, today }: Omit<Question, 'strata'>): KnownVisits {
  const until = overlap(range, { from: range.from, to: today })
  const months = listMonths(until).map((month) => describeMonth(month, until, range, today))
  const mine = counts.filter(({ placeId, fieldId }) => (by === 'place' ? placeId && fieldId === 0 : placeId === null))
  const byStratum = groupBy(mine, ({ placeId, fieldId }) => (by === 'place' ? placeId : fieldId) as number)
  return { range, until, months, byStratum }
}

export const visitsFor = ({ strata, ...question }: Question) => visitsAmong(knowVisits(question), strata)

/** The visits of each stratum over a range of days up to today, no visit counted twice. */
export function visitsAmong({ until, months, byStratum }: KnownVisits, strata: Stratum[]) {
  const all = strata.map((stratum): StratumVisits & { covered: number; expected: number } => {
    const own = byStratum.get(stratum.id) ?? []
    const parts = stratum.counts === 'people' ? takeHeadcount(own, until) : takeMonths(own, until, months)
    const known = parts.filter(({ way }) => way !== 'none')
    return {
      stratum,
      parts,
      visits: known.length ? known.reduce((sum, { visits }) => sum + visits, 0) : null,
      covered: parts.reduce((sum, part) => sum + part.covered, 0),
      expected: parts.reduce((sum, part) => sum + part.expected, 0),
    }
  })
  const known = all.filter(({ visits }) => visits !== null)
  const expected = all.reduce((sum, one) => sum + one.expected, 0)
  return {
    visits: known.length ? known.reduce((sum, { visits }) => sum + (visits ?? 0), 0) : null,
    covered: expected
      ? all.reduce((sum, one) => sum + one.covered, 0) / expected
      : known.length / Math.max(1, all.length),
    strata: all as StratumVisits[],
  }
}

/** One calendar month of one stratum: where its visits come from. `expected` and `covered` are days. */
type Part = {
  month: string
  way: 'days' | 'month' | 'none'
  days: Set<string>
  visits: number
  covered: number
  expected: number
}

/** A calendar month of the range: whether the range holds all of it that has passed, and the workdays in it. */
type Month = { month: string; isWhole: boolean; workdays: Set<string> }

function describeMonth(month: string, until: Range, range: Range, today: string): Month {
  const last = lastDayOf(month)
  const days = listDays(overlap(until, { from: `${month}-01`, to: last }))
  const isWhole = range.from <= `${month}-01` && (range.to >= last || range.to >= today)
  return { month, isWhole, workdays: new Set(days.filter(isWorkday)) }
}

/**
 * Per calendar month: the days that were counted, or the month's own count when the range holds the whole month (the
 * running one: up to today). Where both are there, the days only if they are complete: a clerk who gave up counting days
 * and wrote the month's total instead means the total.
 */
function takeMonths(own: VisitCount[], until: Range, months: Month[]): Part[] {
  const byMonth = groupBy(own, ({ day }) => day.slice(0, 7))
  return months.map(({ month, isWhole, workdays }) => {
    const given = byMonth.get(month) ?? []
    const ofMonth = isWhole ? given.find(({ period }) => period === 'month') : undefined
    const ofDays = given.filter(({ period, day }) => period === 'day' && isWithin(day, until))
    const days = new Set(ofDays.map(({ day }) => day))
    const expected = workdays.size + [...days].filter((day) => !workdays.has(day)).length
    if (ofMonth && (days.size === 0 || days.size < expected))
      return { month, way: 'month', days: new Set(), visits: ofMonth.count, covered: expected, expected }
    const visits = ofDays.reduce((sum, { count }) => sum + count, 0)
    return { month, way: days.size > 0 ? 'days' : 'none', days, visits, covered: days.size, expected }
  })
}

const overlap = (a: Range, b: Range): Range => {
  const [, from] = [a.from, b.from].sort() as [string, string]
  const [to] = [a.to, b.to].sort() as [string, string]
  return { from, to }
}

/** The newest number of people of the range, or of the eleven months before it. */
function takeHeadcount(own: VisitCount[], until: Range): Part[] {
  if (until.from > until.to) return []
  const earliest = firstDayOfMonthsBefore(until.from, 11)
  const [newest] = own
    .filter(({ period, day }) => period === 'month' && day >= earliest && day <= until.to)
    .sort((a, b) => (a.day < b.day ? 1 : -1))
  const expected = listDays(until).filter(isWorkday).length
  const part = { month: until.from.slice(0, 7), days: new Set<string>(), expected }
  return newest
    ? [{ ...part, way: 'month', visits: newest.count, covered: expected }]
    : [{ ...part, way: 'none', visits: 0, covered: 0 }]
}

/** Whether the visits that a response belongs to are known: only such responses may stand over them. */
function isCovered(row: StratumResponses, known: StratumVisits | undefined): boolean {
  if (!known) return false
  if (known.stratum.counts === 'people') return known.visits !== null
  const part = known.parts.find(({ month }) => row.day.startsWith(month))
  if (!part || part.way === 'none') return false
  return part.way === 'month' || row.period === 'month' || part.days.has(row.day)
}

const isWithin = (day: string, { from, to }: Range): boolean => day >= from && day <= to

/** Monday to Friday. A weekend day without a count is taken as closed, with one as open. */
export const isWorkday = (day: string): boolean => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

export function listDays({ from, to }: Range): string[] {
  const days: string[] = []
  for (let ms = Date.parse(`${from}T00:00:00Z`); ms <= Date.parse(`${to}T00:00:00Z`); ms += 86_400_000)
    days.push(new Date(ms).toISOString().slice(0, 10))
  return days
}

/** YYYY-MM of every month that the range touches. */
export function listMonths({ from, to }: Range): string[] {
  if (from > to) return []
  const months: string[] = []
  for (let month = from.slice(0, 7); month <= to.slice(0, 7); month = shiftMonth(month, 1)) months.push(month)
  return months
}

export const firstDayOfMonthsBefore = (day: string, count: number): string =>
  `${shiftMonth(day.slice(0, 7), -count)}-01`
