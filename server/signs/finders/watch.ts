import type { Provenance } from '../../catalogue/contract.ts'
import { groupBy } from '../../tallies/group-rules.ts'
import type { Found, Seen, Watch } from '../contract.ts'
import { findSigns, spansEnding } from './find-signs.ts'
import { describePast } from './past.ts'

/** How many days before those looked at are the place's past: a quarter, so that a season is compared with itself. */
export const pastDays = 91

/** What staff type has no arrival of its own, and what no page carried no verdict: neither is looked at. */
const watched: readonly Provenance[] = ['open', 'kiosk', 'presence', 'ticket']
const isProof = ({ provenance }: Seen): boolean => provenance === 'ticket' || provenance === 'presence'

/** One place's counted responses of the closed days up to `day`, which are in no pattern yet or anew. */
export type Closed = { day: string; counted: readonly Seen[]; visits: ReadonlyMap<string, number> }

/** Everything the signs find when this day has closed, each response in one finding at most. */
export function findInClosed({ day, counted, visits }: Closed): Found[] {
  const found: Found[] = []
  const sources = groupBy(counted, ({ provenance }) => provenance)
  for (const { from, to } of spansEnding(day)) {
    const past = dayBefore(from, pastDays)
    const proofFrom = dayBefore(from, 28)
    const proven = counted.filter((seen) => isProof(seen) && seen.day >= proofFrom && seen.day <= to)
    const taken = new Set(found.flatMap(({ members }) => members))
    for (const source of watched) {
      const own = (sources.get(source) ?? []).filter(({ id }) => !taken.has(id))
      const judged = own.filter((seen) => seen.day >= from && seen.day <= to)
      if (judged.length === 0) continue
      const history = own.filter((seen) => seen.day >= past && seen.day < from)
      const watch: Watch = {
        from,
        to,
        judged,
        past: describePast(history),
        proven: isProof(judged[0] as Seen) ? [] : proven,
        visits,
      }
      found.push(...findSigns(watch))
    }
  }
  return found
}

export const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10)
