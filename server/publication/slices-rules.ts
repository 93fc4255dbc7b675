import type { Sums } from '../score/contract.ts'
import { groupBy } from '../tallies/group-rules.ts'
import type { Group } from './contract.ts'
import { addGroups } from './rules.ts'

/** Whose figure it is, and of which day (YYYY-MM-DD), month (YYYY-MM) or year (YYYY). */
export type SliceKey = {
  scope: 'place' | 'agency' | 'commune' | 'channel' | 'indicator'
  /** Id, channel, or the indicator's membership; '' for the commune. */
  id: string
  period: string
}

const nameOf = ({ scope, id, period }: SliceKey): string => `${scope} ${id} ${period}`

/** Every published figure that a group enters, whole. */
export function slicesOf({ period, day, placeId, agencyId, channel, members }: Group): SliceKey[] {
  const wide = [day.slice(0, 7), day.slice(0, 4)].flatMap((span): SliceKey[] => [
    ...(placeId === null ? [] : [{ scope: 'place' as const, id: String(placeId), period: span }]),
    ...(agencyId === null ? [] : [{ scope: 'agency' as const, id: String(agencyId), period: span }]),
    { scope: 'commune', id: '', period: span },
    { scope: 'channel', id: channel, period: span },
    ...members.map((member): SliceKey => ({ scope: 'indicator', id: member, period: span })),
  ])
  return period === 'day' && placeId !== null ? [{ scope: 'place', id: String(placeId), period: day }, ...wide] : wide
}

/** All published figures at once: whatever is not in it is not published. */
export type Slices = (key: SliceKey) => Group[]

export function sliceGroups(groups: Group[]): Slices {
  const pairs = groups.flatMap((group) => slicesOf(group).map((key) => ({ name: nameOf(key), group })))
  const byName = groupBy(pairs, ({ name }) => name)
  return (key) => (byName.get(nameOf(key)) ?? []).map(({ group }) => group)
}

const sumsOf = new WeakMap<Slices, Map<string, Sums | null>>()

/** Null where nothing of it is published. Added up once for all who ask: what is published does not change. */
export function sumSlice(slices: Slices, key: SliceKey): Sums | null {
  const known = sumsOf.get(slices) ?? new Map<string, Sums | null>()
  sumsOf.set(slices, known)
  const name = nameOf(key)
  const sums = known.has(name) ? (known.get(name) ?? null) : addSlice(slices, key)
  known.set(name, sums)
  return sums
}

function addSlice(slices: Slices, key: SliceKey): Sums | null {
  const groups = slices(key)
  const sums = addGroups(groups)
  return groups.length === 0 || sums[0] === 0 ? null : sums
}

/** "2026-10", "2026-09"… from the first to the last day, oldest first. */
export function monthsBetween(from: string, to: string): string[] {
  const [year, month] = from.split('-').map(Number) as [number, number]
  const [lastYear, lastMonth] = to.split('-').map(Number) as [number, number]
  const count = Math.max(0, 12 * (lastYear - year) + lastMonth - month + 1)
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.UTC(year, month - 1 + index, 1)).toISOString().slice(0, 7),
  )
}
