import { type Indicator, readIndicators } from '../../db/catalogue/indicators.ts'
import type { Database } from '../../db/client.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import { sectors } from '../catalogue/contract.ts'
import { readIndicatorDetail, readYears } from '../indicators/detail/detail.ts'
import { type Range, readIndicatorView, selectionOf } from '../indicators/indicators.ts'
import type { Term } from '../indicators/term-rules.ts'
import type { Score } from '../score/contract.ts'
import { nothingShown } from '../tallies/running-day.ts'
import { readScores, type Scores } from '../today/today.ts'
import type { CommuneView, IndicatorYears, SectorPlaces, Standing } from './commune-contract.ts'
import { groupByProof, leastToCompare } from './commune-rules.ts'
import { readVoices } from './commune-voices.ts'

/** The whole commune over closed days, so that no figure is one citizen. */
export async function readCommune(
  database: Database,
  state: CatalogueState,
  term: Term,
  today: string,
): Promise<CommuneView> {
  const range = { from: term.from, to: term.closedTo }
  const indicators = await readIndicators(database)
  const period = range.from <= range.to ? { from: range.from, to: range.to } : null
  const [standings, scores, schools, voices] = await Promise.all([
    Promise.all(indicators.map((indicator) => readStanding(database, state, indicator, range, today))),
    period ? readScores(database, state, period, nothingShown(today)) : { agencies: [] },
    readSchools(database, state, indicators, range, today),
    readVoices(database, state, range, today),
  ])
  const comparison = comparePlaces(state, scores)
  return {
    term: term.key,
    year: term.year,
    ...range,
    today,
    indicators: standings,
    voices,
    comparison,
    agencies: scores.agencies.map(({ code, name, shown, target }) => toStanding(code, name, shown, target)),
    schools: schools && { ...schools, schools: placesIn(state, scores, 'education') },
  }
}

async function readStanding(
  database: Database,
  state: CatalogueState,
  indicator: Indicator,
  range: Range,
  today: string,
): Promise<IndicatorYears> {
  const [view, years] = await Promise.all([
    readIndicatorView(database, state, indicator, range, today, 'held'),
    readYears(database, selectionOf(indicator, state), indicator, today),
  ])
  return { indicator: view, years }
}

/** Education by school level: each level has a questionnaire of its own. */
async function readSchools(
  database: Database,
  state: CatalogueState,
  indicators: Indicator[],
  range: Range,
  today: string,
) {
  const education = indicators.find(({ definition }) => definition.sector === 'education')
  if (!education) return null
  const view = await readIndicatorView(database, state, education, range, today, 'held')
  const { questionnaires } = await readIndicatorDetail(database, state, view, range, today)
  return { target: education.target, levels: questionnaires }
}

/** One comparison per sector: what was asked elsewhere cannot be compared. */
function comparePlaces(state: CatalogueState, scores: Pick<Scores, 'agencies'>): SectorPlaces[] {
  const questionnaireOf = ({ key }: Standing) => state.placeByCode.get(key)?.questionnaire
  return sectors.flatMap((sector) => {
    const places = placesIn(state, scores, sector)
    if (places.length === 0) return []
    const enough = places.filter(({ withheld }) => !withheld)
    const groups = groupByProof(enough).map((group) => ({ places: group }))
    const mixed = new Set(enough.map(questionnaireOf)).size > 1
    return [{ sector, mixed, groups, few: places.filter(({ withheld }) => withheld) }]
  })
}

/** Forms filled in at home hang at a place that serves nobody: it stands in no comparison. */
const placesIn = (state: CatalogueState, { agencies }: Pick<Scores, 'agencies'>, sector: string): Standing[] =>
  agencies
    .flatMap(({ places }) => places)
    .filter(({ code, open, received }) => {
      const place = state.placeByCode.get(code)
      return place?.sector === sector && place.questionnaire !== 'household' && (open || received > 0)
    })
    .map(({ code, name, shown, target }) => toStanding(code, name, shown, target))

const toStanding = (key: string, name: string, score: Score, target: number): Standing => ({
  key,
  name,
  score,
  target,
  withheld: score.responses < leastToCompare,
})
