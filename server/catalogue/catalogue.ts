import { type CatalogueRows, readCatalogue } from '../../db/catalogue/catalogue.ts'
import type { Database } from '../../db/client.ts'
import { type Background, createBackground } from '../background.ts'
import { PublicError } from '../errors.ts'
import { readTypedCode } from '../typed/code.ts'
import { type Plan, planVersion } from './draw-rules.ts'
import { nameForAll } from './name-rules.ts'

export type Place = CatalogueRows['places'][number] & { agency: CatalogueRows['agencies'][number] }
export type Field = CatalogueRows['fields'][number]
export type Version = CatalogueRows['versions'][number] & { plan: Plan }

/** The surveys as they stand now. Read anew when older than a second, so that every process follows every change. */
export type Catalogue = {
  /** The current state; the last known one while the database is away, so that pages still open. */
  read(): Promise<CatalogueState>
  /** Reads anew at once, after a change made here. */
  refresh(): Promise<CatalogueState>
}

export type CatalogueState = {
  agencies: CatalogueRows['agencies']
  fields: Field[]
  places: Place[]
  versions: Version[]
  retiredCodes: CatalogueRows['retiredCodes']
  /** Waves not closed yet, planned ones too. */
  waves: CatalogueRows['waves']
  qrCapitals: boolean
  /** What becomes a case, and the days on which nobody works. */
  caseRules: CatalogueRows['caseRules']
  holidays: CatalogueRows['holidays']
  placeByCode: Map<string, Place>
  /** Codes of old posters: replaced ones are another name of their place. */
  retiredByCode: Map<string, CatalogueRows['retiredCodes'][number]>
  fieldByCode: Map<string, Field>
  publishedByCode: Map<string, Version>
  versionById: Map<number, Version>
}

const freshForMs = 1000

export function createCatalogue(
  database: Database,
  now: () => number,
  background: Background = createBackground(now, () => {}),
): Catalogue {
  let state: CatalogueState | undefined
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<CatalogueState> | undefined

  const refresh = async () => {
    const startedAt = now()
    state = indexCatalogue(await readCatalogue(database), state)
    readAt = startedAt
    return state
  }
  return {
    refresh,
    read: async () => {
      // A clock set back must not keep an old state for as long.
      if (state && Math.abs(now() - readAt) < freshForMs) return state
      reading ??= refresh().finally(() => {
        reading = undefined
      })
      // An older state is served meanwhile: without a note nobody would see that it no longer changes.
      void background.run('catalogue', () => reading as Promise<CatalogueState>)
      return reading.catch((error) => {
        if (state) return state
        throw error
      })
    },
  }
}

function indexCatalogue(rows: CatalogueRows, before: CatalogueState | undefined): CatalogueState {
  const named = rows.agencies.map((agency) => ({ ...agency, name: nameForAll(agency.name) }))
  const agencies = new Map(named.map((agency) => [agency.id, agency]))
  const places = rows.places.map((place) => ({
    ...place,
    name: nameForAll(place.name),
    agency: agencies.get(place.agencyId) as Place['agency'],
  }))
  // A published definition never changes, so its plan is made once.
  const versions = rows.versions.map((version) => ({
    ...version,
    plan: (version.status !== 'draft' && before?.versionById.get(version.id)?.plan) || planVersion(version.definition),
  }))
  return {
    ...rows,
    agencies: named,
    places,
    versions,
    placeByCode: new Map(places.map((place) => [place.code, place])),
    retiredByCode: new Map(rows.retiredCodes.map((retired) => [retired.code, retired])),
    fieldByCode: new Map(rows.fields.map((field) => [field.code, field])),
    publishedByCode: new Map(
      versions.filter((v) => v.status === 'published').map((version) => [version.code, version]),
    ),
    versionById: new Map(versions.map((version) => [version.id, version])),
  }
}

/** The place behind a code in any case, also a replaced one; 404 unknown, 410 closed or revoked. */
export function getOpenPlace(state: CatalogueState, code: string): Place {
  const place = getPlace(state, code)
  if (state.retiredByCode.get(readTypedCode(code))?.revoked) throw new PublicError('code_revoked')
  if (!place.open) throw new PublicError('place_closed')
  return place
}

/** The place that has or ever had a code: what was begun or printed under an old one still finds it. */
export function getPlace(state: CatalogueState, code: string): Place {
  const known = readTypedCode(code)
  const retired = state.retiredByCode.get(known)
  const place = state.placeByCode.get(known) ?? state.places.find(({ id }) => id === retired?.placeId)
  if (!place) throw new PublicError('unknown_place')
  return place
}

/** The version new pages are made with. */
export function getPublished(state: CatalogueState, place: Place): Version {
  const version = state.publishedByCode.get(place.questionnaire)
  if (!version) throw new PublicError('place_closed')
  return version
}

/** The lengths of a version's tally arrays, as the database adds them up. */
export const shapeOfVersion = ({ id, plan }: Version) => ({
  versionId: id as number,
  factors: plan.definition.factors.length,
  criteria: plan.criteria.length,
  extras: plan.definition.extra.length,
})
