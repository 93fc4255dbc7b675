import type { Database } from '../../../db/client.ts'
import { type CountedPattern, listDecided, listWaiting, readLooks } from '../../../db/signs/patterns.ts'
import type { LookProps } from '../../../web/review/patterns/look.tsx'
import type { Place } from '../../catalogue/catalogue.ts'
import { daysBefore } from '../../days.ts'
import type { StaffMember } from '../../staff/contract.ts'
import { type ReviewParts, readablePlaces } from '../asked.ts'
import { longestLookDays, type PatternLine } from './contract.ts'
import { decidablePlaces, type LookProblem } from './look-routes.ts'

const patternsShown = 50
const looksShown = 3

/** What waits, and what was decided last, at these places. */
export async function readPatternLists(database: Database, places: Place[]) {
  const ids = places.map(({ id }) => id)
  const [waiting, decided] = await Promise.all([
    listWaiting(database, ids, patternsShown + 1),
    listDecided(database, ids, 10),
  ])
  const lineOf = (pattern: CountedPattern): PatternLine => {
    const { id, sign, from, to, provenance, count, state } = pattern
    return { id, sign, from, to, provenance, count, state, place: nameOf(places, pattern.placeId) }
  }
  return {
    waiting: waiting.slice(0, patternsShown).map(lineOf),
    more: waiting.length > patternsShown,
    decided: decided.map(lineOf),
  }
}

const nameOf = (places: Place[], id: number): string => places.find((place) => place.id === id)?.name.vi ?? ''

/** The form that asks for a look, where this member may ask, and the last looks at places in reach. */
export async function describeLooks(
  parts: ReviewParts,
  member: StaffMember,
  refused?: LookProblem,
): Promise<LookProps> {
  const [state, places, looks] = await Promise.all([
    parts.catalogue.read(),
    decidablePlaces(parts, member),
    readLooks(parts.database, looksShown),
  ])
  const readable = readablePlaces(state, member)
  const yesterday = daysBefore(parts.today(), 1)
  const form = {
    places: places.map(({ code, name }) => ({ code, name: name.vi })),
    typed: refused?.typed ?? {},
    problems: refused?.problems ?? [],
    from: daysBefore(yesterday, 27),
    to: yesterday,
    longestDays: longestLookDays,
  }
  return {
    look: places.length > 0 ? form : null,
    looks: looks
      .filter(({ placeId }) => placeId === null || readable.some(({ id }) => id === placeId))
      .map(({ placeId, ...look }) => ({ ...look, place: placeId && nameOf(readable, placeId) })),
  }
}
