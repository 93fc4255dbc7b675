import { type Indicator, readIndicators } from '../../db/catalogue/indicators.ts'
import type { Database } from '../../db/client.ts'
import { type PatternResponse, tallyByStanding } from '../../db/review/review.ts'
import type { Selection } from '../../db/tallies/slices.ts'
import { tallyByPlaceAndDay } from '../../db/tallies/tallies.ts'
import type { CatalogueState, Place } from '../catalogue/catalogue.ts'
import type { Plan } from '../catalogue/draw-rules.ts'
import { daysBefore } from '../days.ts'
import { readDenominator } from '../indicators/denominator.ts'
import { type Range, readBeliefOf, selectionOf } from '../indicators/indicators.ts'
import { dueFrom, targetOfPlace } from '../indicators/target-rules.ts'
import type { Sums } from '../score/contract.ts'
import { addSums, noSums } from '../score/rules.ts'
import type { CellKey, CellSums } from '../tallies/contract.ts'
import { sumCells } from '../tallies/rules.ts'
import type { Effect, Sensitivity } from './contract.ts'
import { compareStandings, isFedBy, type Strata, shiftStrata, sumByStratum, type Weigh } from './rules.ts'

type Cell = CellKey & CellSums

/** What every indicator that these places feed would be if all that was set aside were counted. Closed days only. */
export async function readSensitivity(
  database: Database,
  state: CatalogueState,
  places: Place[],
  { range, today }: { range: Range; today: string },
): Promise<Sensitivity[]> {
  // Household forms are nobody's place in particular: only who reads the whole commune sees what they feed.
  const inWave = places.length === state.places.length
  const indicators = (await readIndicators(database)).filter(({ definition }) =>
    places.some((place) => isFedBy(definition, { ...place, inWave })),
  )
  return Promise.all(
    indicators.map(async (indicator) => {
      const { counted, setAside, received, weigh } = await readStrata(database, state, indicator, { range, today })
      const { reason } = await readBeliefOf(database, state, indicator, { range, today })
      const about = { ...indicator, reason, dueFrom: dueFrom(indicator.period, range.to) }
      const effect = compareStandings(about, counted, shiftStrata(counted, setAside, 1), weigh)
      return { ...effect, setAside: received }
    }),
  )
}

export type Move = { place: Place; moved: PatternResponse[]; sign: 1 | -1; today: string }

/**
 * What a change of these responses' standing does: to their place over their days, and to every indicator they fall under,
 * over the closed days of their (last) year. `sign` 1 counts them, −1 sets them aside.
 */
export async function readEffects(
  database: Database,
  state: CatalogueState,
  { place, moved, sign, today }: Move,
): Promise<Effect[]> {
  const days = moved.map(({ day }) => day).sort()
  const [first, last] = [days[0] as string, days.at(-1) as string]
  const cells = countCells(state)(moved)
  const indicators = await readIndicators(database)
  const target = targetOfPlace(place, indicators)
  const ofPlace = await readPlaceEffect(database, { place, from: first, to: last, cells, sign, target })
  const [yearEnd, yesterday] = [`${last.slice(0, 4)}-12-31`, daysBefore(today, 1)]
  const range = { from: `${last.slice(0, 4)}-01-01`, to: yearEnd < yesterday ? yearEnd : yesterday }
  const effects = await Promise.all(
    indicators.map(async (indicator) => {
      const own = cells.filter((cell) => cell.day >= range.from && isSelected(cell, selectionOf(indicator, state)))
      if (own.length === 0) return []
      const { counted, weigh, by } = await readStrata(database, state, indicator, { range, today })
      const shift = sumByStratum(own, (cell) => String(by === 'field' ? cell.fieldId : cell.placeId))
      const { reason } = await readBeliefOf(database, state, indicator, { range, today })
      const about = { ...indicator, reason, dueFrom: dueFrom(indicator.period, range.to) }
      return [compareStandings(about, counted, shiftStrata(counted, shift, sign), weigh)]
    }),
  )
  return [ofPlace, ...effects.flat()]
}

/** The tallies of responses, by the counting rules of the writer. */
export const countCells = (state: CatalogueState) => (responses: Parameters<typeof sumCells>[0]) =>
  sumCells(responses, (versionId) => state.versionById.get(versionId)?.plan as Plan)

type MoveOfPlace = Range & { place: Place; cells: Cell[]; sign: 1 | -1; target: number }

async function readPlaceEffect(database: Database, { place, from, to, cells, sign, target }: MoveOfPlace) {
  const rows = await tallyByPlaceAndDay(database, from, to, place.id)
  const before = new Map([['days', rows.map(({ sums }) => sums ?? noSums).reduce(addSums, noSums)]])
  const shift = sumByStratum(cells, () => 'days')
  // So few days never carry a verdict.
  const about = { code: '', title: place.name.vi, target, reason: 'few_days' } as const
  return compareStandings(about, before, shiftStrata(before, shift, sign), null)
}

async function readStrata(
  database: Database,
  state: CatalogueState,
  indicator: Indicator,
  { range, today }: { range: Range; today: string },
) {
  const { definition } = indicator
  const by = definition.fields ? 'field' : 'place'
  const selection = selectionOf(indicator, state)
  const [rows, weigh] = await Promise.all([
    tallyByStanding(database, by, selection, range),
    definition.formula === 'stratified' ? readWeigh(database, state, indicator, { selection, range, today }) : null,
  ])
  const setAside = rows.filter(({ standing }) => standing === 'set_aside')
  return {
    counted: toStrata(rows.filter(({ standing }) => standing === 'counted')),
    setAside: toStrata(setAside),
    received: setAside.reduce((sum, { received }) => sum + received, 0),
    weigh,
    by,
  }
}

const toStrata = (rows: { key: string; sums: Sums }[]): Strata => new Map(rows.map(({ key, sums }) => [key, sums]))

async function readWeigh(
  database: Database,
  state: CatalogueState,
  { definition }: Indicator,
  { selection, range, today }: { selection: Selection; range: Range; today: string },
): Promise<Weigh> {
  const { weigh } = await readDenominator(database, state, { definition, selection, range, today })
  return (strata) => weigh?.([...strata].map(([key, sums]) => ({ key, sums })))?.score ?? null
}

/** The same choice as `matches` makes among stored cells. */
function isSelected(cell: Cell, { versionIds, fieldIds, serviceModes, channels }: Selection): boolean {
  return (
    versionIds.includes(cell.versionId) &&
    (!fieldIds || (fieldIds as number[]).includes(cell.fieldId)) &&
    (!serviceModes || serviceModes.includes(cell.serviceMode)) &&
    (!channels || channels.includes(cell.channel))
  )
}
