import type { Database } from '../../db/client.ts'
import { readWholeDay } from '../../db/tallies/running-day.ts'
import { keepShortRests, readClosedThrough } from '../../db/tallies/short-rests.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import { addDays, dayOf } from '../days.ts'
import type { CountableResponse } from './contract.ts'
import { type SlotCell, settledMs } from './running-day-rules.ts'
import { shortRestsOf } from './short-rests-rules.ts'

/** Makes sure that what is short of the days closed so far is known, before anybody reads them. */
export type DayCloser = () => Promise<void>

type Parts = {
  database: Database
  readState: () => Promise<CatalogueState>
  now: () => number
  toCells: (responses: CountableResponse[], state: CatalogueState, day: string) => SlotCell[]
}

/**
 * A day is looked at when it is over, and once more, for good, when its last answers are stored. Days before the first
 * look have shown already. Asked by every reader of the running day; the database only twice a day and process.
 */
export function createDayCloser(parts: Parts): DayCloser {
  let kept: { key: string; done: Promise<void> } | undefined
  return () => {
    const nowMs = parts.now()
    const yesterday = addDays(dayOf(nowMs), -1)
    const isSettled = dayOf(nowMs - settledMs) > yesterday
    const key = `${yesterday} ${isSettled}`
    if (kept?.key === key) return kept.done
    const done = closeUpTo(parts, yesterday, isSettled)
    kept = { key, done }
    // Its readers get the failure; the next one tries anew.
    done.catch(() => {
      kept = undefined
    })
    return done
  }
}

async function closeUpTo(parts: Parts, yesterday: string, isSettled: boolean): Promise<void> {
  const known = await readClosedThrough(parts.database)
  const state = await parts.readState()
  for (let day = known ? addDays(known, 1) : yesterday; day <= yesterday; day = addDays(day, 1)) {
    const rests = await findRests(parts, state, day)
    await keepShortRests(parts.database, { day, rests, isSettled: isSettled || day < yesterday })
  }
}

async function findRests({ database, toCells }: Parts, state: CatalogueState, day: string) {
  const cells = toCells(await readWholeDay(database, day), state, day)
  return state.agencies.flatMap(({ id: agencyId }) => {
    const places = new Set(state.places.filter((place) => place.agencyId === agencyId).map(({ id }) => id))
    const own = cells.filter(({ placeId }) => places.has(placeId))
    return shortRestsOf(own, places.size > 1).map((rest) => ({ ...rest, agencyId }))
  })
}
