import type { Database } from '../../db/client.ts'
import { tallyBy } from '../../db/tallies/slices.ts'
import { tallyByPlaceAndDay } from '../../db/tallies/tallies.ts'
import { readSpecialDays } from '../../db/today/today.ts'
import { countResponses, readVisits } from '../../db/visits/visits.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import { channels, respondents } from '../catalogue/contract.ts'
import { daysBefore } from '../days.ts'
import type { Range } from '../indicators/indicators.ts'
import { groupBy } from '../tallies/group-rules.ts'
import { isOfficeDay } from '../today/silence-rules.ts'
import type { Stratum, StratumResponses } from '../visits/contract.ts'
import { denominatorAmong, fieldStrata, type KnownVisits, knowVisits, placeStrata } from '../visits/rules.ts'
import type { Voice, Voices } from './commune-contract.ts'
import { averageRate, gapOf, silentWorkdays, workdaysSince } from './commune-rules.ts'

/** How far back the last answer of a place is looked for. */
const searchedDays = 60

/** Who came and was not heard: by place, field, way of answering and kind of respondent; and places fallen silent. */
export async function readVoices(
  database: Database,
  state: CatalogueState,
  { from, to }: Range,
  today: string,
): Promise<Voices> {
  const [places, fields, channelCounts, respondentCounts, silent] = await Promise.all([
    readStrata(database, 'place', placeStrata(openPlaces(state)), { range: { from, to }, today }),
    readStrata(database, 'field', fieldStrata(state.fields), { range: { from, to }, today }),
    countBy(database, state, 'channel', { from, to }),
    countBy(database, state, 'respondent', { from, to }),
    readSilent(database, state, today),
  ])
  const codes = new Map(state.places.map(({ id, code }) => [String(id), code]))
  return {
    places: places.map((voice) => ({ ...voice, code: codes.get(voice.key) })),
    fields,
    silent,
    searchedDays,
    channels: toVoices(channels, channelCounts),
    respondents: toVoices(respondents, respondentCounts),
  }
}

const openPlaces = (state: CatalogueState) => state.places.filter(({ open }) => open)

async function readStrata(
  database: Database,
  by: 'place' | 'field',
  strata: Stratum[],
  { range, today }: { range: Range; today: string },
): Promise<Voice[]> {
  if (range.from > range.to) return []
  const [counts, responses] = await Promise.all([
    readVisits(database, range.from, range.to),
    countResponses(database, by, range.from, range.to),
  ])
  const known = knowVisits({ by, counts, range, today })
  const heard = groupBy(responses, ({ id }) => id)
  // Pupils are a headcount, visits add up: their rates are not of one kind.
  return (['visits', 'people'] as const).flatMap((kind) => {
    const own = strata.filter((stratum) => stratum.counts === kind)
    return finish(own.map((stratum) => describeStratum(stratum, known, heard.get(stratum.id) ?? [])))
  })
}

type Raw = Omit<Voice, 'share' | 'gap'>

function describeStratum(stratum: Stratum, known: KnownVisits, own: StratumResponses[]): Raw {
  const { visits, responseRate } = denominatorAmong(known, { strata: [stratum], responses: own })
  const count = own.reduce((sum, one) => sum + one.count, 0)
  return { key: String(stratum.id), name: stratum.name, responses: count, visits, rate: responseRate }
}

async function countBy(
  database: Database,
  state: CatalogueState,
  by: 'channel' | 'respondent',
  { from, to }: Range,
): Promise<Map<string, number>> {
  if (from > to) return new Map()
  const versions = state.versions.filter(({ definition }) => by === 'channel' || definition.sector === 'administrative')
  const slices = await tallyBy(database, by, { versionIds: versions.map(({ id }) => id) }, { from, to })
  return new Map(slices.map(({ key, sums }) => [key, sums?.[0] ?? 0]))
}

/** Every kind there is, also those that nobody chose. */
const toVoices = (keys: readonly string[], counts: Map<string, number>): Voice[] =>
  finish(keys.map((key) => ({ key, name: key, visits: null, rate: null, responses: counts.get(key) ?? 0 })))

function finish(voices: Raw[]): Voice[] {
  const all = voices.reduce((sum, { responses }) => sum + responses, 0)
  const average = averageRate(voices)
  return voices
    .map((voice) => ({ ...voice, share: all === 0 ? null : voice.responses / all }))
    .map((voice) => ({ ...voice, gap: gapOf(voice, average) }))
}

async function readSilent(database: Database, state: CatalogueState, today: string): Promise<Voices['silent']> {
  const [from, yesterday] = [daysBefore(today, searchedDays), daysBefore(today, 1)]
  const [rows, special] = await Promise.all([
    tallyByPlaceAndDay(database, from, yesterday),
    readSpecialDays(database, from, yesterday),
  ])
  const works = isOfficeDay(special)
  return openPlaces(state).flatMap(({ id, code, name }) => {
    const last = rows.filter(({ placeId }) => placeId === id).at(-1)?.day
    const workdays = last === undefined ? null : workdaysSince(last, yesterday, works)
    return workdays === null || workdays >= silentWorkdays ? [{ code, name: name.vi, workdays }] : []
  })
}
