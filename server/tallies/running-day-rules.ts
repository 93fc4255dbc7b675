import type { PlaceId, Provenance } from '../catalogue/contract.ts'
import type { Sums } from '../score/contract.ts'
import type { CellKey, CellSums } from './contract.ts'

/** Counted answers of one place and half-hour of the running day; `slot` counts the half-hours from midnight. */
export type SlotCell = CellKey & CellSums & { slot: number }

/** A group of answers shown together: their cells. */
type Group = SlotCell[]

const slotMs = 1_800_000
/** Slots before noon. */
export const morningSlots = 24

/** A half-hour is read when it has been over for so long: clocks differ by 30 s, and a batch is stored within seconds. */
export const settledMs = 120_000

/** A half-day of a place shows from so many counted answers on, an agency's score moves by so many from two places. */
const leastOfHalf = 5
const leastOfMove = 10
const leastPlaces = 2

/**
 * What somebody at a counter can send in a day to surround one citizen's answer with known ones: forms without proof,
 * and tickets or scans of the screen. Taps on a tablet and forms typed in are within a counter's reach like open forms.
 */
export const withinReach = { unproven: 50, proven: 4 } as const

/**
 * So many answers beyond that reach stand in everything shown of the running day. With fewer, who knows the own answers
 * reads the citizen's off the rest: tests/today/insertion.test.ts measures how often.
 */
export const leastOthers = 40

/** How many half-hours of a day are over and settled at a moment, 0 to 48; `startMs` is the day's midnight. */
export const settledSlots = (startMs: number, nowMs: number): number =>
  Math.min(48, Math.max(0, Math.floor((nowMs - settledMs - startMs) / slotMs)))

/** When so many half-hours of the day are over. */
export const endOfSlots = (startMs: number, slots: number): number => startMs + slots * slotMs

/** The half-hour of the day at which an instant lies. */
export const slotOf = (startMs: number, atMs: number): number => Math.floor((atMs - startMs) / slotMs)

/** What of the answers certainly comes from other people than one at the counter; programs can send any number. */
function countOthers(group: Group): number {
  const count = (counts: (provenance: Provenance) => boolean) =>
    group.reduce((sum, { provenance, moments }) => sum + (counts(provenance) ? (moments[0] as number) : 0), 0)
  const proven = count((provenance) => provenance === 'ticket' || provenance === 'presence')
  const unproven = count((provenance) => provenance !== 'unminted') - proven
  return Math.max(0, proven - withinReach.proven) + Math.max(0, unproven - withinReach.unproven)
}

const countIn = (group: Group): number => group.reduce((sum, { moments }) => sum + (moments[0] as number), 0)

const isSheltered = (group: Group): boolean => countIn(group) >= leastOfHalf && countOthers(group) >= leastOthers

/**
 * The places of one agency whose morning may show, with its cells. A place whose morning may not joins the afternoon,
 * and shows with the day. The agency's own score tells the whole: what is left of it beside the shown places must be
 * sheltered too, or be nothing.
 */
export function shownMornings(cells: SlotCell[], slots: number): Map<PlaceId, SlotCell[]> {
  if (slots < morningSlots) return new Map()
  const mornings = new Map<PlaceId, Group>()
  for (const cell of cells)
    if (cell.slot < morningSlots) mornings.set(cell.placeId, [...(mornings.get(cell.placeId) ?? []), cell])
  const shown = [...mornings]
    .filter(([, group]) => isSheltered(group))
    .sort(([, a], [, b]) => countOthers(b) - countOthers(a))
  const rest = [...mornings].filter(([, group]) => !isSheltered(group)).flatMap(([, group]) => group)
  while (shown.length > 0 && rest.length > 0 && !isSheltered(rest)) rest.push(...(shown.pop() as [PlaceId, Group])[1])
  return new Map(shown)
}

/** Whether a place's morning, by itself, may have shown from noon on. */
export const mayShowMorning = isSheltered

/** An agency's running score: its sums, and the half-hour at whose end it last moved; null before the first. */
export type RunningScore = { sums: Sums; through: number | null }

/**
 * Walks the settled half-hours of an agency of several places. Answers by programs never move it. What it rests on are
 * whole groups, each enough by itself, so that the difference of any two looks at it is one too.
 */
export function runningScore(cells: SlotCell[], slots: number): RunningScore {
  const carried = cells.filter(({ provenance }) => provenance !== 'unminted')
  const shown: Group = []
  let through: number | null = null
  let waiting: Group = []
  for (let slot = 0; slot < slots; slot += 1) {
    waiting = [...waiting, ...carried.filter((cell) => cell.slot === slot)]
    if (!mayMove(waiting)) continue
    shown.push(...waiting)
    waiting = []
    through = slot + 1
  }
  return { sums: sumsOf(shown), through }
}

const mayMove = (group: Group): boolean =>
  countIn(group) >= leastOfMove &&
  new Set(group.map(({ placeId }) => placeId)).size >= leastPlaces &&
  countOthers(group) >= leastOthers

/** The seven sums over all criteria, added up. */
export const sumsOf = (group: Pick<CellSums, 'moments'>[]): Sums =>
  [0, 1, 2, 3, 4, 5, 6].map((index) =>
    group.reduce((sum, { moments }) => sum + (moments[index] as number), 0),
  ) as unknown as Sums
