import type { Indicator } from '../../db/catalogue/indicators.ts'
import type { Database } from '../../db/client.ts'
import { tallyBy } from '../../db/tallies/slices.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import { countDays, daysBefore } from '../days.ts'
import { type Outlook, outlookOf, type SoFar } from '../score/outlook-rules.ts'
import { effectiveSize, noSums, scoreOf } from '../score/rules.ts'
import { readDenominator } from './denominator.ts'
import { type Range, selectionOf } from './indicators.ts'
import { expectedResponses, leastForOutlook, recentDays } from './outlook-rules.ts'

type Asked = { indicator: Pick<Indicator, 'definition' | 'target'>; period: Range; today: string }

/**
 * Where a running period may end, from its closed days and the rate of the last four weeks. Null where the period is over or
 * has no closed day, where too few answered, and for households: a wave has a plan and dates of its own.
 */
export async function readOutlook(
  database: Database,
  state: CatalogueState,
  { indicator, period, today }: Asked,
): Promise<Outlook | null> {
  const closed = { from: period.from, to: daysBefore(today, 1) }
  if (period.to < today || closed.from > closed.to || indicator.definition.questionnaire === 'household') return null
  const selection = { ...selectionOf(indicator, state), carrying: true }
  const since = daysBefore(today, recentDays)
  const recentFrom = since > closed.from ? since : closed.from
  const [whole, recent, weighed] = await Promise.all([
    tallyBy(database, 'total', selection, closed),
    tallyBy(database, 'total', selection, { from: recentFrom, to: closed.to }),
    readWeighed(database, state, { indicator, period: closed, today }),
  ])
  const sums = whole[0]?.sums ?? noSums
  const known = weighed ?? { ...scoreOf(sums), effectiveSize: sums[0] > 0 ? effectiveSize(sums) : null }
  if (known.score === null || known.effectiveSize === null || known.responses < leastForOutlook) return null
  const counted = { responses: recent[0]?.sums?.[0] ?? 0, days: countDays(recentFrom, closed.to) }
  const { score, responses } = known
  const expected = expectedResponses(counted, countDays(today, period.to))
  return simulateOnce({ score, responses, effectiveSize: known.effectiveSize, target: indicator.target, expected })
}

const simulated = new Map<string, Outlook>()
/** A commune's indicators on its pages of a day, several times over. */
const mostSimulated = 100

/** The same figures give the same ends: two thousand runs are not done again for every page. */
function simulateOnce(soFar: SoFar): Outlook {
  const key = JSON.stringify(soFar)
  const known = simulated.get(key)
  if (known) return known
  const outlook = outlookOf(soFar)
  if (simulated.size >= mostSimulated) simulated.clear()
  simulated.set(key, outlook)
  return outlook
}

/** Where the formula weighs by visits: none without visits, never the pooled score instead. */
async function readWeighed(
  database: Database,
  state: CatalogueState,
  { indicator: { definition }, period: range, today }: Asked,
) {
  if (definition.formula !== 'stratified') return null
  const carrying = { ...selectionOf({ definition }, state), carrying: true }
  const { weighed } = await readDenominator(database, state, { definition, selection: carrying, range, today })
  return { ...(weighed?.score ?? scoreOf(noSums)), effectiveSize: weighed?.effectiveSize ?? null }
}
