import type { IndicatorReference } from '../catalogue/contract.ts'
import { lastDayOf } from '../days.ts'
import type { Sums } from '../score/contract.ts'
import { addSums, noSums } from '../score/rules.ts'
import { groupBy } from '../tallies/group-rules.ts'
import { withholdFew } from '../tallies/small-days-rules.ts'
import type { Cell, ClosedTally, Group, Membership, StandingHistory, Traits } from './contract.ts'
import { leastPublished } from './suppression-rules.ts'

/** The indicator with the part of its definition that selects responses: another selection is another membership. */
export function membershipOf(code: string, definition: IndicatorReference['definition']): Membership {
  const { sector, questionnaire, fields, serviceModes, channels } = definition
  const lists = [fields, serviceModes, channels].map((list) => (list ? [...list].sort().join('+') : '*'))
  const key = [code, sector ?? '*', questionnaire ?? '*', ...lists].join('/')
  return { key, code, sector, questionnaire, fields, serviceModes, channels }
}

const enters = (membership: Membership, traits: Traits): boolean =>
  (!membership.sector || membership.sector === traits.sector) &&
  (!membership.questionnaire || membership.questionnaire === traits.questionnaire) &&
  (!membership.fields || (traits.field !== null && membership.fields.includes(traits.field))) &&
  (!membership.serviceModes || membership.serviceModes.includes(traits.serviceMode)) &&
  (!membership.channels || membership.channels.includes(traits.channel))

/** Which indicators these responses enter by the definitions given. */
export const membersOf = (memberships: Membership[], traits: Traits): string[] =>
  memberships
    .filter((membership) => enters(membership, traits))
    .map(({ key }) => key)
    .sort()

type CellName = Pick<Cell, 'placeId' | 'day' | 'channel' | 'members'>

const profileOf = ({ channel, members }: Pick<CellName, 'channel' | 'members'>) => [channel, ...members].join('|')
export const nameOfCell = (cell: CellName): string => `${cell.placeId} ${cell.day} ${profileOf(cell)}`
export const cellNamesOf = ({ cells, channel, members }: Group): string[] =>
  cells.map(([placeId, day]) => nameOfCell({ placeId, day, channel, members }))

/** Tallies that enter the same figures, added up; each day by the definitions that were in force when it was first published. */
export function gatherCells(tallies: ClosedTally[], definitionsOf: (day: string) => Membership[]): Cell[] {
  const cells = new Map<string, Cell>()
  for (const tally of tallies) {
    if (tally.sums[0] === 0) continue
    const { placeId, agencyId, day, channel, sums, until } = tally
    const named = { placeId, agencyId, day, channel, members: membersOf(definitionsOf(day), tally) }
    const before = cells.get(nameOfCell(named))
    cells.set(nameOfCell(named), {
      ...named,
      agencyId: before?.agencyId ?? agencyId,
      sums: addSums(before?.sums ?? noSums, sums),
      until: Math.max(before?.until ?? 0, until),
    })
  }
  return [...cells.values()]
}

/** Wider and wider: what is too few for its day waits for the month, then joins its place, its agency, the commune. */
const widths = ['place', 'agency', 'commune'] as const

/**
 * New groups from what belongs to none yet, days up to `closed`: nothing under five, and no response in two groups. What a
 * place's day, then a place's or an agency's month keeps back is nothing or five too: staff know how many came, and those
 * at the counter the sum.
 */
export function formGroups(cells: Cell[], known: Group[], closed: string, at: number): Group[] {
  const taken = new Set(known.flatMap(cellNamesOf))
  const free = cells.filter((cell) => cell.day <= closed && !taken.has(nameOfCell(cell)))
  const days = groupBy(free, ({ placeId, day }) => `${placeId} ${day}`)
  const waits = new Set([...days.values()].flatMap((day) => withholdFew(day, ({ sums }) => sums[0])))
  const formed = free
    .filter((cell) => !waits.has(cell))
    .map((cell) => makeGroup([cell], { period: 'day', width: 'place', at, number: 0 }))
  let left = free.filter((cell) => waits.has(cell) && lastOfMonth(cell.day) <= closed)
  const isShown = shownDays(cells)
  for (const width of widths) {
    const pools = enoughPools(left, width, isShown)
    formed.push(
      ...pools.map((together) =>
        makeGroup(together, { period: 'month', width, at, number: numberOf(together, width, known) }),
      ),
    )
    const joined = new Set(pools.flat())
    left = left.filter((cell) => !joined.has(cell))
  }
  return formed
}

/** Whether a cell is of a day on which its place counted five: whose sum is known at the counter by itself. */
function shownDays(cells: Cell[]): (cell: Cell) => boolean {
  const dayOf = ({ placeId, day }: Cell) => `${placeId} ${day}`
  const days = groupBy(cells, dayOf)
  return (cell) => isEnough(joinCells(days.get(dayOf(cell)) ?? []))
}

/** What joins at this width; the widest has nobody left to hide among. */
function enoughPools(left: Cell[], width: Width, isShown: (cell: Cell) => boolean): Cell[][] {
  const pools = [...groupBy(left, (cell) => poolOf(cell, width)).values()]
  if (width === 'commune') return pools.filter((pool) => isEnough(joinCells(pool)))
  const wholes = groupBy(pools, ([cell]) => `${monthOf(cell as Cell)} ${whoOf(cell as Cell, width)}`)
  const countIn = (pool: Cell[]) => joinCells(pool).sums[0]
  const shownIn = (pool: Cell[]) => countIn(pool.filter(isShown))
  const waits = new Set([...wholes.values()].flatMap((own) => withholdFew(own, countIn, shownIn)))
  return pools.filter((pool) => !waits.has(pool))
}

/** A pool that was published before is not opened again: what comes later is its next. */
function numberOf([first]: Cell[], width: Width, known: Group[]): number {
  const scope = `${scopeOf(first as Cell, width)}#`
  return known.filter((one) => one.scope.startsWith(scope) && one.day === monthOf(first as Cell)).length + 1
}

const isEnough = ({ sums }: { sums: Sums }) => sums[0] >= leastPublished
const monthOf = ({ day }: { day: string }) => `${day.slice(0, 7)}-01`
const poolOf = (cell: Cell, width: Width) => `${monthOf(cell)} ${scopeOf(cell, width)}`

type Width = (typeof widths)[number]

const whoOf = (cell: Cell, width: Width): string =>
  `${width}/${{ place: cell.placeId, agency: cell.agencyId, commune: '' }[width]}`
const scopeOf = (cell: Cell, width: Width): string => `${whoOf(cell, width)}|${profileOf(cell)}`

type GroupKey = { period: Group['period']; width: Width; at: number; number: number }

function makeGroup(cells: Cell[], { period, width, at, number }: GroupKey): Group {
  const first = cells[0] as Cell
  return {
    scope: `${scopeOf(first, width)}${period === 'month' ? `#${number}` : ''}`,
    period,
    day: period === 'day' ? first.day : monthOf(first),
    placeId: width === 'place' ? first.placeId : null,
    agencyId: width === 'commune' ? null : first.agencyId,
    channel: first.channel,
    members: first.members,
    cells: cells.map(({ placeId, day }) => [placeId, day]),
    releases: [{ at, ...joinCells(cells) }],
  }
}

export const joinCells = (cells: Cell[]) => ({
  sums: cells.reduce((sum, cell) => addSums(sum, cell.sums), noSums),
  until: Math.max(0, ...cells.map(({ until }) => until)),
})

/** Groups whose responses now add up to something else than was published, with what they add up to. */
export function findMoved(cells: Cell[], known: Group[]): { group: Group; sums: Sums; until: number }[] {
  const byName = new Map(cells.map((cell) => [nameOfCell(cell), cell]))
  return known.flatMap((group) => {
    const now = joinCells(cellNamesOf(group).flatMap((name) => byName.get(name) ?? []))
    const until = Math.max(now.until, group.releases.at(-1)?.until ?? 0)
    return isSame(now.sums, sumsOf(group)) ? [] : [{ group, sums: now.sums, until }]
  })
}

// Sums added in another order differ in their last bits.
const isSame = (a: Sums, b: Sums) => a.every((value, index) => Math.abs(value - (b[index] as number)) < 1e-9)

/** A group as it is published now. */
export const sumsOf = (group: Group): Sums => group.releases.at(-1)?.sums ?? noSums
export const addGroups = (groups: Group[]): Sums => groups.map(sumsOf).reduce(addSums, noSums)

/**
 * Per response, in which releases it was held and whether it would be in the next. Null where that does not add up to
 * what was published: such a group stays as it is for good.
 */
export function readMemberships(group: Group, histories: StandingHistory[], next: Sums): boolean[][] | null {
  const rows = histories.map((history) => [...group.releases.map((one) => isHeldBy(one, history)), history.counted])
  const counts = [...group.releases.map(({ sums }) => sums[0]), next[0]]
  const adds = counts.every((count, index) => rows.filter((row) => row[index]).length === count)
  return adds ? rows : null
}

function isHeldBy(
  { at, until }: { at: number; until: number },
  { at: came, counted, changes }: StandingHistory,
): boolean {
  if (came > until) return false
  return changes.find((change) => change.at > at)?.countedBefore ?? counted
}

/** The last day of the day's month. */
export const lastOfMonth = (day: string): string => lastDayOf(day.slice(0, 7))
