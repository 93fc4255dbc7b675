import type { PlaceId, Questionnaire } from '../../server/catalogue/contract.ts'
import type { CellKey, CellSums, CountableResponse } from '../../server/tallies/contract.ts'
import { questionnaireVersions } from '../catalogue/tables.ts'
import type { Database, Queries, Sql } from '../client.ts'
import { cellsToJson, insertCells } from '../tallies/cells.ts'
import { forgetRolledMonths } from '../tallies/months.ts'

type Cell = CellKey & CellSums

/** The counting rules, handed in: this file only moves rows. */
export type Counting<Plan> = {
  planVersion: (definition: Questionnaire) => Plan
  addToCells: (cells: Map<string, Cell>, response: CountableResponse, planOf: (versionId: number) => Plan) => void
  keyOfCell: (cell: CellKey) => string
}

export type Rebuilt = { places: number; responses: number; differing: number }

const rowsAtOnce = 5000

/**
 * Counts every response anew, place by place, and replaces a place's tallies where they differ. Answers wait while
 * their place is counted (a table lock that the writer's statement respects), and are then added to the new tallies.
 */
export async function rebuildTallies<Plan>(database: Database, counting: Counting<Plan>): Promise<Rebuilt> {
  const versions = await database.query.select().from(questionnaireVersions)
  const plans = new Map(versions.map((version) => [version.id as number, counting.planVersion(version.definition)]))
  const places = await database.sql<{ id: PlaceId }[]>`select id from places order by id`
  const total: Rebuilt = { places: places.length, responses: 0, differing: 0 }
  for (const { id } of places) {
    const { responses, differing } = await rebuildPlace(
      database.sql,
      id,
      counting,
      (versionId) => plans.get(versionId) as Plan,
    )
    total.responses += responses
    total.differing += differing
  }
  // Whole months are added up anew from the cells by the server's next round.
  await database.sql.begin((transaction) => forgetRolledMonths(transaction))
  return total
}

async function rebuildPlace<Plan>(
  sql: Sql,
  placeId: PlaceId,
  counting: Counting<Plan>,
  planOf: (versionId: number) => Plan,
) {
  return sql.begin(async (transaction) => {
    await transaction`set local statement_timeout = 0`
    await transaction`lock table cells in share row exclusive mode`
    const right = new Map<string, Cell>()
    let responses = 0
    const rows = transaction<CountableResponse[]>`
      select ${columns(transaction)}, answers, extras, seconds, ${isoTime(transaction, 'received_at')} as "receivedAt"
      from responses where place_id = ${placeId}`.cursor(rowsAtOnce)
    for await (const part of rows) {
      for (const response of part) counting.addToCells(right, response, planOf)
      responses += part.length
    }
    const stored = await transaction<Cell[]>`
      select ${columns(transaction)}, received, ${isoTime(transaction, 'last_received_at')} as "lastReceivedAt",
        moments, counts, extra_sums as "extraSums", durations
      from cells where place_id = ${placeId}`
    const differing = countDiffering(right, new Map(stored.map((cell) => [counting.keyOfCell(cell), cell])))
    if (differing > 0) await replaceCells(transaction, placeId, [...right.values()])
    return { responses, differing }
  })
}

const columns = (sql: Queries) => sql`
  place_id as "placeId", day::text as day, version_id as "versionId", field_id as "fieldId",
  service_mode as "serviceMode", channel, provenance, respondent, standing, wave_id as "waveId", stratum_id as "stratumId"`

const isoTime = (sql: Queries, column: string) =>
  sql`to_char(${sql(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

function countDiffering(right: Map<string, Cell>, stored: Map<string, Cell>): number {
  const keys = new Set([...right.keys(), ...stored.keys()])
  return [...keys].filter((key) => !isSameCell(right.get(key), stored.get(key))).length
}

/** Sums of thirds differ in their last bits with the order of adding; a billionth is far below one answer. */
function isSameCell(a: Cell | undefined, b: Cell | undefined): boolean {
  if (!a || !b) return false
  const isClose = (x: number, y: number | undefined) =>
    y !== undefined && Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(x))
  const areClose = (x: number[], y: number[]) =>
    x.length === y.length && x.every((value, index) => isClose(value, y[index]))
  return (
    a.received === b.received &&
    a.lastReceivedAt === b.lastReceivedAt &&
    areClose(a.moments, b.moments) &&
    areClose(a.counts, b.counts) &&
    areClose(a.extraSums, b.extraSums) &&
    areClose(a.durations, b.durations)
  )
}

async function replaceCells(transaction: Queries, placeId: PlaceId, cells: Cell[]): Promise<void> {
  await transaction`delete from cells where place_id = ${placeId}`
  await transaction.unsafe(insertCells(1), [cellsToJson(cells)])
}
