import { type Indicator, readIndicators } from '../../db/catalogue/indicators.ts'
import type { Database } from '../../db/client.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import { sectors } from '../catalogue/contract.ts'
import { readIndicatorDetail, readYears } from '../indicators/detail/detail.ts'
import { withholdFewInDetail } from '../indicators/detail/few-rules.ts'
import { type Range, readIndicatorView, selectionOf } from '../indicators/indicators.ts'
import { readOutlook } from '../indicators/outlook.ts'
import type { Term } from '../indicators/term-rules.ts'
import { type Charts, chartsOf } from '../indicators/warnings.ts'
import type { Score } from '../score/contract.ts'
import { shown } from '../score/rules.ts'
import { nothingShown } from '../tallies/running-day.ts'
import { readScores, type Scores } from '../today/today.ts'
import type { CommuneView, IndicatorYears, SectorPlaces, Standing } from './commune-contract.ts'
import { groupByProof, leastToCompare } from './commune-rules.ts'
import { readVoices } from './commune-voices.ts'

type Asked = { term: Term; today: string; charts: Charts }

/** The whole commune over closed days, so that no figure is one citizen. */
export async function readCommune(database: Database, state: CatalogueState, asked: Asked): Promise<CommuneView> {
  const { term, today } = asked
  const range = { from: term.from, to: term.closedTo }
  const indicators = await readIndicators(database)
  const period = range.from <= range.to ? { from: range.from, to: range.to } : null
  const [standings, scores, schools, voices] = await Promise.all([
    Promise.all(indicators.map((indicator) => readStanding(database, state, indicator, asked))),
    period ? readScores(database, state, { period, running: nothingShown(today) }) : { agencies: [] },
    readSchools(database, state, indicators, { range, today }),
    readVoices(database, state, range, today),
  ])
  const compared = comparePlaces(state, scores)
  const isSchool = ({ places }: Scores['agencies'][number]) =>
    places.length > 0 && places.every(({ code }) => state.placeByCode.get(code)?.sector === 'education')
  return {
    term: term.key,
    year: term.year,
    ...range,
    today,
    indicators: standings,
    voices,
    warnings: indicators.flatMap(({ definition }) => chartsOf(definition, state, asked.charts)),
    comparison: compared.filter(({ sector }) => sector !== 'education'),
    agencies: scores.agencies.filter((agency) => !schools || !isSchool(agency)).map(toStanding),
    schools: schools && { ...schools, compared: compared.find(({ sector }) => sector === 'education') ?? null },
  }
}

async function readStanding(
  database: Database,
  state: CatalogueState,
  indicator: Indicator,
  { term, today }: Asked,
): Promise<IndicatorYears> {
  const range = { from: term.from, to: term.closedTo }
  const [view, years, outlook] = await Promise.all([
    readIndicatorView(database, state, indicator, { range, today, precision: 'held' }),
    readYears(database, selectionOf(indicator, state), indicator, today),
    readOutlook(database, state, { indicator, period: term, today }),
  ])
  return { indicator: view, years: years.map((year) => ({ ...year, score: shown(year.score) })), outlook }
}

/** Education by school level: each level has a questionnaire of its own. */
async function readSchools(
  database: Database,
  state: CatalogueState,
  indicators: Indicator[],
  { range, today }: { range: Range; today: string },
) {
  const education = indicators.find(({ definition }) => definition.sector === 'education')
  if (!education) return null
  const view = await readIndicatorView(database, state, education, { range, today, precision: 'held' })
  const { questionnaires } = withholdFewInDetail(await readIndicatorDetail(database, state, view, { range, today }))
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
    .map(toStanding)

type Scored = { code: string; name: string; shown: Score; target: number; dueFrom: number | null }

const toStanding = ({ code, name, shown, target, dueFrom }: Scored): Standing => ({
  key: code,
  name,
  score: shown,
  target,
  dueFrom,
  withheld: shown.responses < leastToCompare,
})
