import type { Database } from '../../db/client.ts'
import { countResponses, readVisits } from '../../db/visits/visits.ts'
import type { CatalogueState, Field, Place } from '../catalogue/catalogue.ts'
import { lastDayOf } from '../days.ts'
import type { Range, StoredVisits, Stratum, StratumResponses, VisitGroup, VisitRow, VisitsView } from './contract.ts'
import { countsOf, denominatorAmong, fieldStrata, knowVisits, placeStrata } from './rules.ts'

type Shown = { period: 'day' | 'month'; day: string }
type Known = { stored: StoredVisits[]; byPlace: StratumResponses[]; byField: StratumResponses[] }

export const rangeOf = ({ period, day }: Shown): Range => ({
  from: day,
  to: period === 'day' ? day : lastDayOf(day.slice(0, 7)),
})

/** A month or a day: what was counted per place and per field, and how many of those people answered. */
export async function readVisitsView(
  database: Database,
  state: CatalogueState,
  shown: Shown,
  today: string,
): Promise<VisitsView> {
  const { from, to } = rangeOf(shown)
  const [stored, byPlace, byField] = await Promise.all([
    // A day's page also needs the number of its month.
    readVisits(database, `${from.slice(0, 7)}-01`, to),
    countResponses(database, 'place', from, to),
    countResponses(database, 'field', from, to),
  ])
  const known = { stored, byPlace, byField }
  const groups = [...groupPlaces(state, shown, known, today), ...groupFields(state, shown, known, today)]
  return { ...shown, today, groups: groups.filter(({ rows }) => rows.length > 0) }
}

/** Places that are open, or that somebody came to while they were. */
export function listCountable(state: CatalogueState, { stored, byPlace }: Pick<Known, 'stored' | 'byPlace'>): Place[] {
  const used = new Set<number | null>([...stored.map(({ placeId }) => placeId), ...byPlace.map(({ id }) => id)])
  return state.places.filter((place) => place.open || used.has(place.id))
}

/** Fields that some administrative place serves. */
export function listServedFields(state: CatalogueState): Field[] {
  const served = new Set(
    state.places.filter(({ sector }) => sector === 'administrative').flatMap(({ fieldCodes }) => fieldCodes),
  )
  return state.fields.filter(({ code }) => served.has(code))
}

export const keyOfPlace = (code: string): string => `d-${code}`
export const keyOfField = (code: string): string => `l-${code}`

const units = { administrative: 'Lượt giao dịch', health: 'Lượt khám, tiêm', education: 'Số học sinh' } as const

function groupPlaces(state: CatalogueState, shown: Shown, known: Known, today: string): VisitGroup[] {
  // Pupils are counted once for months, not day by day.
  const places = listCountable(state, known).filter(
    ({ sector }) => shown.period === 'month' || countsOf(sector) === 'visits',
  )
  return state.agencies.map((agency) => {
    const own = places.filter(({ agencyId }) => agencyId === agency.id)
    const strata = placeStrata(own)
    const keys = own.map(({ code }) => keyOfPlace(code))
    const sectors = new Set(own.map(({ sector }) => sector))
    const isSchools = sectors.has('education')
    return {
      name: agency.name.vi,
      note: isSchools ? 'Ghi số học sinh một lần; số này được dùng tiếp cho các tháng sau, đến khi ghi số mới.' : null,
      unit: sectors.size === 1 ? units[[...sectors][0] as keyof typeof units] : 'Lượt phục vụ',
      ...describeGroup('place', { strata, keys, shown, known, today }),
    }
  })
}

function groupFields(state: CatalogueState, shown: Shown, known: Known, today: string): VisitGroup[] {
  const fields = listServedFields(state)
  return [
    {
      name: 'Thủ tục hành chính, theo lĩnh vực',
      note: 'Cùng những lượt giao dịch ở trên, đếm theo lĩnh vực. Hai cách đếm không bao giờ cộng vào nhau.',
      unit: units.administrative,
      ...describeGroup('field', {
        strata: fieldStrata(fields),
        keys: fields.map(({ code }) => keyOfField(code)),
        shown,
        known,
        today,
      }),
    },
  ]
}

type GroupAsked = { strata: Stratum[]; keys: string[]; shown: Shown; known: Known; today: string }

function describeGroup(
  by: 'place' | 'field',
  { strata, keys, shown, known, today }: GroupAsked,
): Pick<VisitGroup, 'rows' | 'total'> {
  const responses = by === 'place' ? known.byPlace : known.byField
  const counted = knowVisits({ counts: known.stored, by, range: rangeOf(shown), today })
  const rows = strata.map((stratum, index): VisitRow => {
    const own = known.stored.filter((one) =>
      by === 'place' ? one.placeId === stratum.id && one.fieldId === 0 : !one.placeId && one.fieldId === stratum.id,
    )
    const exact = own.find(({ period, day }) => period === shown.period && day === shown.day)
    const days = own.filter(({ period, day }) => period === 'day' && day >= shown.day)
    return {
      ...denominatorAmong(counted, { strata: [stratum], responses }),
      key: keys[index] as string,
      name: stratum.name,
      counts: stratum.counts,
      count: exact?.count ?? null,
      noted: exact ? { by: exact.changedBy, at: exact.changedAt, source: exact.source } : null,
      days: shown.period === 'month' && days.length > 0 ? sumDays(days) : null,
      received: responses.filter(({ id }) => id === stratum.id).reduce((sum, { count }) => sum + count, 0),
    }
  })
  return { rows, total: denominatorAmong(counted, { strata, responses }) }
}

const sumDays = (days: StoredVisits[]) => ({
  known: days.length,
  sum: days.reduce((sum, { count }) => sum + count, 0),
})
