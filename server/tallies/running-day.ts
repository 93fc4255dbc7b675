import type { Database } from '../../db/client.ts'
import { readArrived } from '../../db/tallies/running-day.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import type { AgencyId, PlaceId } from '../catalogue/contract.ts'
import { dayOf } from '../days.ts'
import type { CellKey, CellSums, CountableResponse } from './contract.ts'
import { addToCells, type Cells } from './rules.ts'
import {
  endOfSlots,
  morningSlots,
  type RunningScore,
  runningScore,
  type SlotCell,
  settledSlots,
  shownMornings,
  slotOf,
  sumsOf,
} from './running-day-rules.ts'
import type { DayCloser } from './short-rests.ts'

/** What may be seen of the running day by anybody but the API key. */
export type ShownDay = {
  day: string
  /** Cells of the mornings that show, by place. */
  mornings: Map<PlaceId, (CellKey & CellSums)[]>
  /** By agency; one that has not moved yet stands at nothing. */
  agencies: Map<AgencyId, RunningScore>
}

/** The one place that every screen asks about the running day. */
export type RunningDay = { read(): Promise<ShownDay> }

type Parts = {
  database: Database
  readState: () => Promise<CatalogueState>
  now: () => number
  closeDays: DayCloser
}

/**
 * Follows from the stored responses and the clock alone, so that every process shows the same, also after a restart.
 * Read once per settled half-hour; what was counted then stays until the next one.
 */
export function createRunningDay({ database, readState, now, closeDays }: Parts): RunningDay {
  let kept: { key: string; cells: Promise<SlotCell[]> } | undefined
  const readCells = (day: string, slots: number, state: CatalogueState) => {
    const key = `${day}|${slots}`
    if (kept?.key === key) return kept.cells
    const cells = slots === 0 ? Promise.resolve([]) : readSlots(database, state, day, slots)
    kept = { key, cells }
    // Its readers get the failure; the next one reads anew.
    cells.catch(() => {
      kept = undefined
    })
    return cells
  }
  return {
    read: async () => {
      const nowMs = now()
      const day = dayOf(nowMs)
      const slots = settledSlots(startOf(day), nowMs)
      // Who reads the running day reads the closed ones with it.
      const [state] = await Promise.all([readState(), closeDays()])
      return showDay(state, day, await readCells(day, slots, state), slots)
    },
  }
}

/** Of a day on which nothing shows yet, or that is not asked about. */
export const nothingShown = (day: string): ShownDay => ({ day, mornings: new Map(), agencies: new Map() })

/** A day's midnight in Vietnam. */
const startOf = (day: string): number => Date.parse(`${day}T00:00:00+07:00`)

async function readSlots(database: Database, state: CatalogueState, day: string, slots: number): Promise<SlotCell[]> {
  const startMs = startOf(day)
  const before = new Date(endOfSlots(startMs, slots)).toISOString()
  return cellsBySlot(await readArrived(database, day, before), state, day)
}

/** The cells of each half-hour of a day. */
export function cellsBySlot(responses: CountableResponse[], state: CatalogueState, day: string): SlotCell[] {
  const startMs = startOf(day)
  const bySlot = new Map<number, CountableResponse[]>()
  for (const response of responses) {
    const slot = slotOf(startMs, Date.parse(response.receivedAt))
    bySlot.set(slot, [...(bySlot.get(slot) ?? []), response])
  }
  return [...bySlot].flatMap(([slot, own]) => countSlot(own, state).map((cell) => Object.assign(cell, { slot })))
}

function countSlot(responses: CountableResponse[], state: CatalogueState) {
  const cells: Cells = new Map()
  for (const response of responses) {
    const version = state.versionById.get(response.versionId)
    if (version) addToCells(cells, response, () => version.plan)
  }
  return [...cells.values()]
}

/** An agency of one place is that place: its score has no other place's answers to hide among. */
function showDay(state: CatalogueState, day: string, cells: SlotCell[], slots: number): ShownDay {
  const shown = nothingShown(day)
  for (const { id } of state.agencies) {
    const places = new Set(state.places.filter(({ agencyId }) => agencyId === id).map((place) => place.id))
    const own = cells.filter(({ placeId }) => places.has(placeId))
    const mornings = shownMornings(own, slots)
    for (const [placeId, morning] of mornings) shown.mornings.set(placeId, morning)
    const alone = [...mornings.values()].flat()
    const single = { sums: sumsOf(alone), through: alone.length > 0 ? morningSlots : null }
    shown.agencies.set(id, places.size === 1 ? single : runningScore(own, slots))
  }
  return shown
}
