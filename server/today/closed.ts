import type { Database } from '../../db/client.ts'
import { tallyBy } from '../../db/tallies/slices.ts'
import { type PlaceDay, tallyByPlaceAndDay } from '../../db/tallies/tallies.ts'
import type { CatalogueState, Place } from '../catalogue/catalogue.ts'
import type { AgencyId, PlaceId } from '../catalogue/contract.ts'
import type { Period } from '../indicators/period-rules.ts'
import type { Sums } from '../score/contract.ts'
import { addSums, noSums } from '../score/rules.ts'
import type { Closeness } from '../tallies/contract.ts'
import { groupBy } from '../tallies/group-rules.ts'
import { withheldAtAgency, withheldAtPlaces } from '../tallies/small-days-rules.ts'

/** Days of places that no figure holds: none about a single place, none about their agency. */
export type Withheld = { atPlaces: PlaceDay[]; atAgency: PlaceDay[] }

export type ClosedSums = {
  places: Map<PlaceId, ClosedPlace>
  agencies: Map<AgencyId, Sums>
}

/** What came in, exactly; the sums as far as they may show; how many counted answers wait for their month. */
export type ClosedPlace = { received: number; setAside: number; sums: Sums; waiting: number }

type Asked = { period: Period; closeness: Closeness }

/** Closed days of whole agencies as a reader may see them; ends before it begins: none. */
export async function sumClosed(
  database: Database,
  state: CatalogueState,
  places: Place[],
  { period, closeness }: Asked,
): Promise<ClosedSums> {
  if (period.from > period.to) return { places: new Map(), agencies: new Map() }
  if (closeness === 'rows') return sumExactly(database, state, places, period)
  const rows = await readRows(database, places, period)
  const { atPlaces, atAgency } = findWithheld(rows, places, period)
  const agencyOf = agencies(places)
  return {
    places: new Map([...groupBy(rows, ({ placeId }) => placeId)].map(([id, own]) => [id, addRows(own, atPlaces)])),
    agencies: new Map(
      [...groupBy(rows, ({ placeId }) => agencyOf.get(placeId) as AgencyId)].map(([id, own]) => [
        id,
        addRows(own, atAgency).sums,
      ]),
    ),
  }
}

async function sumExactly(database: Database, state: CatalogueState, places: Place[], period: Period) {
  const selection = { versionIds: state.versions.map(({ id }) => id), placeIds: places.map(({ id }) => id) }
  const slices = await tallyBy(database, 'place', selection, period)
  const agencyOf = agencies(places)
  const sums = new Map<AgencyId, Sums>()
  for (const slice of slices) {
    const agency = agencyOf.get(Number(slice.key) as PlaceId) as AgencyId
    sums.set(agency, addSums(sums.get(agency) ?? noSums, slice.sums ?? noSums))
  }
  const counted = slices.map(
    ({ key, received, setAside, sums: own }) =>
      [Number(key) as PlaceId, { received, setAside, sums: own ?? noSums, waiting: 0 }] as const,
  )
  return { places: new Map(counted), agencies: sums }
}

/** What the figures of a period leave out for a reader, null for whoever sees every day; `places` are whole agencies. */
export async function readWithheld(
  database: Database,
  places: Place[],
  { period, closeness }: Asked,
): Promise<Withheld | null> {
  if (closeness === 'rows') return null
  if (period.from > period.to) return { atPlaces: [], atAgency: [] }
  return findWithheld(await readRows(database, places, period), places, period)
}

const readRows = (database: Database, places: Place[], { from, to }: Period) =>
  tallyByPlaceAndDay(
    database,
    from,
    to,
    places.map(({ id }) => id),
  )

function findWithheld(rows: PlaceDay[], places: Place[], period: Period): Withheld {
  const agencyOf = agencies(places)
  const byAgency = [...groupBy(rows, ({ placeId }) => agencyOf.get(placeId)).values()]
  return {
    atPlaces: byAgency.flatMap((own) => withheldAtPlaces(own, period)),
    atAgency: byAgency.flatMap((own) => withheldAtAgency(own, period)),
  }
}

const agencies = (places: Place[]) => new Map(places.map(({ id, agencyId }) => [id, agencyId]))

function addRows(rows: PlaceDay[], withheld: PlaceDay[]): ClosedPlace {
  const left = new Set(withheld)
  const sumsOf = (some: PlaceDay[]) => some.reduce((all, { sums }) => (sums ? addSums(all, sums) : all), noSums)
  return {
    received: rows.reduce((sum, row) => sum + row.received, 0),
    setAside: rows.reduce((sum, row) => sum + row.setAside, 0),
    sums: sumsOf(rows.filter((row) => !left.has(row))),
    waiting: sumsOf(rows.filter((row) => left.has(row)))[0],
  }
}
