import type { Indicator } from '../../db/catalogue/indicators.ts'
import type { Database } from '../../db/client.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import { readDenominator } from '../indicators/denominator.ts'
import { selectionOf } from '../indicators/indicators.ts'
import type { Published } from './publications.ts'

const visitsOf = new WeakMap<Published, Map<string, number | null>>()

/** Visits behind an indicator, as they were known when the day was first asked for; null where days or places lack counts. */
export async function readVisitsOnce(
  { database, today }: { database: Database; today: () => string },
  { state, published }: { state: CatalogueState; published: Published },
  indicator: Indicator,
  range: { from: string; to: string },
): Promise<number | null> {
  const { code, version, definition } = indicator
  const known = visitsOf.get(published) ?? new Map<string, number | null>()
  visitsOf.set(published, known)
  const name = `${code}/${version}`
  if (!known.has(name)) {
    const selection = selectionOf(indicator, state)
    const { known: counts } = await readDenominator(database, state, { definition, selection, range, today: today() })
    const isWhole = counts && counts.missing.length === 0 && counts.covered >= leastCovered
    known.set(name, isWhole ? counts.visits : null)
  }
  return known.get(name) ?? null
}

/** A share of visits is said only where nearly all of them are counted. */
const leastCovered = 0.95
