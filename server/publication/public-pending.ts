import type { Indicator } from '../../db/catalogue/indicators.ts'
import type { Database } from '../../db/client.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import { type Range, readBeliefOf, readPendingOf } from '../indicators/indicators.ts'
import { dueFrom } from '../indicators/target-rules.ts'
import type { PublicPending } from './public-contract.ts'
import { leastPublished } from './suppression-rules.ts'

/**
 * What waits to be decided, as of now: a decision shows at once, whatever was published last. Counts and the verdict only,
 * no score: the published groups are not divided by it.
 */
export async function readPublicPending(
  { database, today }: { database: Database; today: () => string },
  state: CatalogueState,
  indicator: Indicator,
  range: Range,
): Promise<PublicPending | null> {
  const known = await readPendingOf(database, state, indicator, range)
  if (!known) return null
  const { pending, verdict } = await readBeliefOf(database, state, indicator, { range, today: today() })
  const isJudged = dueFrom(indicator.period, range.to) === null
  const turnsTo = isJudged && pending && pending.without.verdict !== verdict ? pending.without.verdict : null
  const { patterns, responses } = known
  return { patterns, responses: responses < leastPublished ? null : responses, turnsTo }
}
