import type { Database } from '../../../db/client.ts'
import { tallyVersions } from '../../../db/tallies/slices.ts'
import { type CatalogueState, type Place, shapeOfVersion, type Version } from '../../catalogue/catalogue.ts'
import type { Sector } from '../../catalogue/contract.ts'
import type { Period, TallyRow } from './contract.ts'
import { versionsOf } from './questionnaires.ts'

const levels = 6

/** Per place, questionnaire version and criterion how often each level was answered; channels added up. */
export async function readTallies(
  database: Database,
  state: CatalogueState,
  sector: Sector,
  { from, to }: Period,
): Promise<TallyRow[]> {
  const versions = versionsOf(state, sector)
  const places = state.places.filter((place) => place.sector === sector)
  const rows: TallyRow[] = []
  for (const place of places) {
    const own = versions.filter(({ code }) => code === place.questionnaire)
    const selection = { versionIds: own.map(({ id }) => id), placeIds: [place.id] }
    const tallies = await tallyVersions(database, own.map(shapeOfVersion), selection, { from, to })
    for (const version of own) {
      const ofVersion = tallies.filter(({ versionId }) => versionId === version.id)
      const responses = ofVersion.reduce((sum, { moments }) => sum + (moments[0] ?? 0), 0)
      if (responses > 0) rows.push(...describeRows(place, version, ofVersion, responses))
    }
  }
  return rows
}

function describeRows(
  place: Place,
  { version, definition, plan }: Version,
  tallies: { counts: number[] }[],
  responses: number,
): TallyRow[] {
  return plan.criteria.map(({ official, text }, position) => ({
    place: place.name.vi,
    questionnaire: definition.title.vi,
    version,
    official,
    responses,
    factor: definition.factors[plan.factorOf[position] as number]?.title.vi ?? '',
    text: text.vi,
    levels: Array.from({ length: levels }, (_, level) =>
      tallies.reduce((sum, { counts }) => sum + (counts[position * levels + level] ?? 0), 0),
    ),
  }))
}
