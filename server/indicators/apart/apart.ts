import type { Indicator } from '../../../db/catalogue/indicators.ts'
import type { Database } from '../../../db/client.ts'
import { tallyBy } from '../../../db/tallies/slices.ts'
import type { CatalogueState } from '../../catalogue/catalogue.ts'
import { daysBefore } from '../../days.ts'
import type { Sums } from '../../score/contract.ts'
import { compareScores, harmOf } from '../../score/estimators.ts'
import { fewestShown, noSums, scoreOf } from '../../score/rules.ts'
import { type Range, selectionOf } from '../indicators.ts'
import type { ApartKind, ApartPart, AssistedView, LanguageView } from './contract.ts'
import { gatherMonths, subtractSums, sumApart } from './rules.ts'
import { readApartSums } from './sums.ts'

type Asked = { range: Range; today: string }

/** An indicator's closed days by the language of the form: Khmer and English apart, in whole groups of months. */
export async function readLanguages(
  database: Database,
  state: CatalogueState,
  indicator: Indicator,
  asked: Asked,
): Promise<LanguageView> {
  const { apart, total } = await readApart(database, state, indicator, { ...asked, kind: 'language', keys: languages })
  return { parts: apart.length > 0 ? describe(apart, total, 'first') : [] }
}

const languages = ['km', 'en'] as const
const sides = ['self', 'helped'] as const

/** Fewer on a side say nothing about a difference. */
const leastCompared = 20

/**
 * By who pressed and read. All three, those included who did not say, wait for one another: what is left when both sides
 * are taken from the whole is whole groups as well.
 */
export async function readAssisted(
  database: Database,
  state: CatalogueState,
  indicator: Indicator,
  asked: Asked,
): Promise<AssistedView> {
  const { apart, total } = await readApart(database, state, indicator, { ...asked, kind: 'assisted', keys: sides })
  const parts = apart.length === sides.length ? describe(apart, total, 'last') : []
  const [self, helped] = sides.map((key) => parts.find((part) => part.key === key)?.score)
  const isComparable = self && helped && Math.min(self.responses, helped.responses) >= leastCompared
  return { parts, difference: isComparable ? compareScores(helped, self) : null }
}

type Apart<Key extends string> = { key: Key; sums: Sums }

/** What of each key may stand apart, and everything counted in these days. */
async function readApart<Key extends string>(
  database: Database,
  state: CatalogueState,
  indicator: Indicator,
  { range, today, kind, keys }: Asked & { kind: ApartKind; keys: readonly Key[] },
): Promise<{ apart: Apart<Key>[]; total: Sums }> {
  const yesterday = daysBefore(today, 1)
  const { from } = range
  const to = range.to < yesterday ? range.to : yesterday
  if (from > to) return { apart: [], total: noSums }
  const selection = selectionOf(indicator, state)
  const [given, [total]] = await Promise.all([
    readApartSums(database, state, kind, { versionIds: selection.versionIds, year: from.slice(0, 4), to }),
    tallyBy(database, 'total', selection, { from, to }),
  ])
  const groups = gatherMonths(given, { together: kind === 'assisted' })
  const apart = keys
    .map((key) => ({ key, sums: sumApart(groups, { key, indicator: indicator.code, from, to }) }))
    .filter(({ sums }) => sums[0] > 0)
  return { apart, total: total?.sums ?? noSums }
}

/** The parts add up to the indicator's responses: what stands apart, and before or after it the rest. */
function describe<Key extends string>(apart: Apart<Key>[], total: Sums, restStands: 'first' | 'last') {
  const left = apart.reduce((sums, part) => subtractSums(sums, part.sums), total)
  // So few would be read off the total.
  if (left[0] > 0 && left[0] < fewestShown) return []
  const rest: Apart<Key | 'rest'>[] = left[0] > 0 ? [{ key: 'rest', sums: left }] : []
  const all = restStands === 'first' ? [...rest, ...apart] : [...apart, ...rest]
  const scores = all.map(({ sums }) => scoreOf(sums))
  const harms = harmOf(all.map(({ sums }, index) => ({ score: scores[index]?.score ?? null, weight: sums[3] })))
  return all.map(({ key, sums }, index) => ({
    key,
    score: scores[index] as ApartPart<Key>['score'],
    share: sums[0] / total[0],
    harm: harms[index]?.share ?? 0,
  }))
}
