import { type Indicator, readIndicators } from '../../../db/catalogue/indicators.ts'
import type { Database } from '../../../db/client.ts'
import { readOtherLanguages, type SpokenResponse } from '../../../db/indicators/languages.ts'
import { tallyBy } from '../../../db/tallies/slices.ts'
import type { CatalogueState } from '../../catalogue/catalogue.ts'
import type { Plan } from '../../catalogue/draw-rules.ts'
import { daysBefore } from '../../days.ts'
import type { Sums } from '../../score/contract.ts'
import { harmOf } from '../../score/estimators.ts'
import { fewestShown, noSums, scoreOf } from '../../score/rules.ts'
import { addToCells, type Cells } from '../../tallies/rules.ts'
import { type Range, selectionOf } from '../indicators.ts'
import type { LanguagePart, LanguageView } from './contract.ts'
import { counts, gatherMonths, type SpokenSums, subtractSums, sumLanguage } from './rules.ts'

const others = ['km', 'en'] as const

type Asked = { range: Range; today: string }

/**
 * An indicator's closed days by the language of the form. Khmer and English stand apart in whole groups of months
 * (rules.ts); the rest is what remains of everything counted, so that the parts add up to the indicator's responses.
 */
export async function readLanguages(
  database: Database,
  state: CatalogueState,
  indicator: Indicator,
  { range, today }: Asked,
): Promise<LanguageView> {
  const yesterday = daysBefore(today, 1)
  const { from } = range
  const to = range.to < yesterday ? range.to : yesterday
  if (from > to) return { parts: [] }
  const selection = selectionOf(indicator, state)
  const [spoken, [total]] = await Promise.all([
    readSpoken(database, state, { versionIds: selection.versionIds, from: `${from.slice(0, 4)}-01-01`, to }),
    tallyBy(database, 'total', selection, { from, to }),
  ])
  const groups = gatherMonths(spoken)
  const apart = others
    .map((key) => ({ key, sums: sumLanguage(groups, { language: key, indicator: indicator.code, from, to }) }))
    .filter(({ sums }) => sums[0] > 0)
  return { parts: apart.length > 0 ? describe(apart, total?.sums ?? noSums) : [] }
}

type Spoken = { key: LanguagePart['key']; sums: Sums }

function describe(apart: Spoken[], total: Sums): LanguagePart[] {
  const rest = apart.reduce((left, { sums }) => subtractSums(left, sums), total)
  // So few would be read off the total.
  if (rest[0] > 0 && rest[0] < fewestShown) return []
  const spoken: Spoken[] = [{ key: 'rest' as const, sums: rest }, ...apart].filter(({ sums }) => sums[0] > 0)
  const scores = spoken.map(({ sums }) => scoreOf(sums))
  const harms = harmOf(spoken.map(({ sums }, index) => ({ score: scores[index]?.score ?? null, weight: sums[3] })))
  return spoken.map(({ key, sums }, index) => ({
    key,
    score: scores[index] as LanguagePart['score'],
    share: sums[0] / total[0],
    harm: harms[index]?.share ?? 0,
  }))
}

type Wanted = { versionIds: number[]; from: string; to: string }

/** All of the sectors asked about, whichever indicator is looked at: the groups of months must not depend on that. */
async function readSpoken(database: Database, state: CatalogueState, wanted: Wanted): Promise<SpokenSums[]> {
  const own = state.versions.filter(({ id }) => wanted.versionIds.includes(id))
  const sectors = new Set(own.map(({ definition }) => definition.sector))
  const versionIds = state.versions.filter(({ definition }) => sectors.has(definition.sector)).map(({ id }) => id)
  const planOf = (id: number) => state.versionById.get(id)?.plan as Plan
  const cells = new Map<SpokenResponse['language'], Cells>(others.map((language) => [language, new Map()]))
  const take = (rows: SpokenResponse[]) => {
    for (const row of rows) addToCells(cells.get(row.language) as Cells, row, planOf)
  }
  const [indicators] = await Promise.all([
    readIndicators(database),
    // A month still running would grow day by day.
    readOtherLanguages(database, { versionIds, from: wanted.from, to: lastMonthEnd(wanted.to) }, take),
  ])
  return [...cells].flatMap(([language, held]) => toSpoken(state, indicators, { language, held }))
}

/** The last day of the last month that is over by the end of a day; a day that ends its month is one. */
function lastMonthEnd(day: string): string {
  const next = daysBefore(day, -1)
  return daysBefore(`${next.slice(0, 7)}-01`, 1)
}

function toSpoken(
  state: CatalogueState,
  indicators: Indicator[],
  { language, held }: { language: SpokenResponse['language']; held: Cells },
): SpokenSums[] {
  const fieldCodes = new Map<number, string>(state.fields.map(({ id, code }) => [id, code]))
  return [...held.values()].flatMap((cell) => {
    const definition = state.versionById.get(cell.versionId)?.definition
    if (!definition || cell.moments[0] === 0) return []
    const { sector, code: questionnaire } = definition
    const about = { ...cell, sector, questionnaire, field: fieldCodes.get(cell.fieldId) ?? null }
    const members = indicators.filter((one) => counts(one.definition, about)).map(({ code }) => code)
    const sums = cell.moments.slice(0, 7) as unknown as Sums
    return members.length > 0 ? [{ language, sector, members, sums, month: cell.day.slice(0, 7) }] : []
  })
}
