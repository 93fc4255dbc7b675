import type { Database } from '../../../db/client.ts'
import { type PendingResponse, readPendingResponses } from '../../../db/signs/pending.ts'
import type { Slice } from '../../../db/tallies/slices.ts'
import type { Sums } from '../../score/contract.ts'
import { addSums, noSums } from '../../score/rules.ts'
import type { CellKey, CellSums } from '../../tallies/contract.ts'
import { sumCells } from '../../tallies/rules.ts'
import type { ClosedRange, Material, Question } from './question.ts'
import { sourceOf } from './rules.ts'

export type PendingCells = { patterns: number; responses: number; cells: (CellKey & CellSums)[] }

/** What waits to be decided among the responses of an indicator; null where nothing does. */
export async function readPending(
  database: Database,
  { selection, planOf }: Pick<Question, 'selection' | 'planOf'>,
  { from, to }: ClosedRange,
): Promise<PendingCells | null> {
  const rows = from > to ? [] : await readPendingResponses(database, selection, from, to)
  if (rows.length === 0) return null
  const known = counted.get(rows) ?? {
    patterns: new Set(rows.map(({ patternId }) => patternId)).size,
    responses: rows.length,
    cells: sumCells(rows, planOf),
  }
  counted.set(rows, known)
  return known
}

/** What is read once is added up once. */
const counted = new WeakMap<PendingResponse[], PendingCells>()

/** The same material as if everything that waits were set aside. */
export function withoutPending({ definition }: Question, material: Material, { cells }: PendingCells): Material {
  const stratumOf = (cell: CellKey) => String(definition.fields ? cell.fieldId : cell.placeId)
  const carrying = cells.filter(({ provenance }) => provenance !== 'unminted')
  return {
    sources: subtract(material.sources, cells, sourceOf),
    strata: material.strata && {
      carrying: subtract(material.strata.carrying, carrying, stratumOf),
      all: subtract(material.strata.all, cells, stratumOf),
    },
    readDays: async () => subtract(await material.readDays(), carrying, ({ day }) => day),
  }
}

type Cell = CellKey & CellSums

function subtract(slices: Slice[], cells: Cell[], keyOf: (cell: Cell) => string): Slice[] {
  return slices.map((slice) => {
    const own = cells.filter((cell) => keyOf(cell) === slice.key)
    if (own.length === 0) return slice
    const taken = own.map(({ moments }) => moments.slice(0, 7).map((sum) => -sum) as unknown as Sums)
    return { ...slice, sums: cleaned(taken.reduce(addSums, slice.sums ?? noSums)) }
  })
}

/** Nobody left: no rounding error must pass for weight. */
const cleaned = (sums: Sums): Sums => (sums[0] < 0.5 ? noSums : sums)
