import { maskPersonalData } from '../cases/masking-rules.ts'
import type { CatalogueState, Version } from '../catalogue/catalogue.ts'
import type { Provenance } from '../catalogue/contract.ts'
import { addResponse, answeringSpans, asksEverything, emptySums } from '../tallies/rules.ts'
import type { ExportColumns } from './columns.ts'
import type { Cell, ExportedResponse } from './contract.ts'
import { levelOf } from './rules.ts'

/** What ids stand for; waves that are closed are not in the catalogue. */
export type ExportNames = { waves: Map<number, string>; strata: Map<number, string> }

export type WriteRow = (response: ExportedResponse, number: number) => Cell[]

/** Makes rows in the order of the columns. */
export function createRowWriter(
  columns: ExportColumns,
  state: CatalogueState,
  versions: Version[],
  names: ExportNames,
): WriteRow {
  const known = new Map(versions.map((version) => [version.id as number, readVersion(version, columns)]))
  const places = new Map(state.places.map((place) => [place.id as number, place]))
  const fields = new Map(state.fields.map((field) => [field.id as number, field.code]))
  return (response, number) => {
    const { version, positions, weigh } = known.get(response.versionId) as VersionReader
    const place = places.get(response.placeId)
    return [
      ...[number, place?.code ?? null, place?.name.vi ?? null, response.day],
      ...[asksEverything(response.channel) ? null : response.half, version.version, response.channel],
      ...sourceOf(response.provenance),
      ...[fields.get(response.fieldId) ?? null, response.serviceMode, response.respondent, response.language],
      ...[response.assisted === null ? null : Number(response.assisted), response.standing, response.reason],
      ...[names.waves.get(response.waveId) ?? null, names.strata.get(response.stratumId) ?? null],
      ...[spanOf(response.seconds), ...weigh(response)],
      ...positions.map((position) => levelOf(response.answers[position])),
      ...columns.extras.map(({ code }) => response.extras?.[code] ?? null),
      ...columns.comment.map(() => response.comment && maskPersonalData(response.comment).masked),
    ]
  }
}

type VersionReader = ReturnType<typeof readVersion>

function readVersion(version: Version, columns: ExportColumns) {
  const place = new Map(version.plan.criteria.map(({ code }, position) => [code, position]))
  return {
    version,
    positions: columns.criteria.map(({ code }) => place.get(code) ?? -1),
    weigh: weighBy(version),
  }
}

/** y and m of a response, by the very rule that the tallies are counted with; one cell serves every row. */
function weighBy({ plan }: Version): (response: ExportedResponse) => [y: Cell, m: Cell] {
  const cell = emptySums(plan)
  return (response) => {
    cell.moments.fill(0)
    addResponse(cell, plan, { ...response, extras: null, seconds: null, receivedAt: '' })
    const [answered, , y = 0, m = 0] = cell.moments
    return answered ? [y, m] : [null, null]
  }
}

/** To the outside an id of no page of ours is open, and said to be none of ours. */
function sourceOf(provenance: Provenance): [provenance: Provenance, minted: Cell] {
  if (provenance === 'unminted') return ['open', 0]
  return [provenance, provenance === 'entered' ? null : 1]
}

function spanOf(seconds: number | null): number | null {
  if (seconds === null) return null
  const index = answeringSpans.findIndex((end) => seconds <= end)
  return (index < 0 ? answeringSpans.length : index) + 1
}
