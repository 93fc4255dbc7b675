import { createHash } from 'node:crypto'
import { and, eq, inArray } from 'drizzle-orm'
import type { Scope } from '../../server/catalogue/contract.ts'
import type { DayRange, ExportedResponse, ExportSelection } from '../../server/exports/contract.ts'
import { waves } from '../catalogue/tables.ts'
import type { Database, Queries, Sql } from '../client.ts'
import { comments } from '../respond/tables.ts'
import { withinScope } from '../staff/scope.ts'
import { waveStrata } from '../waves/tables.ts'

export type ExportReading = {
  selection: ExportSelection
  /** Consecutive stretches of days. */
  ranges: DayRange[]
  /** Keys the order within a day and place, which must not tell who came first. */
  orderKey: Buffer
  /** Whose comments are read beside the answers; null = none. */
  commentScope: Scope | null
}

/** Small enough for what is made of them to die young in the collector's eyes. */
const rowsAtOnce = 200

type StoredRow = Omit<ExportedResponse, 'comment'> & { id: string }

/**
 * Responses by day, place and keyed hash of their ids, as they stood at the beginning. `own` is a connection of nobody
 * else: it holds one read-only transaction for as long as the reader takes, and is left to the caller to close.
 */
export async function* streamResponses(
  database: Database,
  own: Sql,
  reading: ExportReading,
): AsyncGenerator<ExportedResponse[]> {
  await own`begin isolation level repeatable read read only`
  for (const range of reading.ranges) {
    for await (const rows of selectResponses(own, reading, range).cursor(rowsAtOnce)) {
      yield await withoutIds(database, rows, reading.commentScope)
    }
  }
  await own`commit`
}

function selectResponses(sql: Queries, { selection, orderKey }: ExportReading, { from, to }: DayRange) {
  const [inner, outer] = hmacBlocks(orderKey)
  return sql<StoredRow[]>`
    select place_id as "placeId", id, version_id as "versionId", day::text as day,
      case when extract(hour from received_at at time zone 'Asia/Ho_Chi_Minh') < 12
        then 'morning' else 'afternoon' end as half,
      field_id as "fieldId", service_mode as "serviceMode", channel, provenance, respondent, language, assisted,
      standing, reason, answers, extras, wave_id as "waveId", stratum_id as "stratumId", seconds
    from responses
    where day between ${from} and ${to} and version_id = any(${selection.versionIds}::int2[])
      and place_id = any(${selection.placeIds}::int2[])
    order by responses.day, place_id, sha256(${outer}::bytea || sha256(${inner}::bytea || uuid_send(id)))`
}

/** The two padded keys of HMAC-SHA-256 (RFC 2104): PostgreSQL has the hash without an extension, not the HMAC. */
function hmacBlocks(key: Buffer): [inner: Buffer, outer: Buffer] {
  const block = Buffer.alloc(64)
  const short = key.length > 64 ? createHash('sha256').update(key).digest() : key
  short.copy(block)
  const padded = (pad: number) => Buffer.from(block.map((byte) => byte ^ pad))
  return [padded(0x36), padded(0x5c)]
}

/** The ids end here; they only lead to the comments. */
async function withoutIds(database: Database, rows: StoredRow[], scope: Scope | null): Promise<ExportedResponse[]> {
  const bodies = scope === null ? new Map<string, string>() : await readComments(database, scope, rows)
  return rows.map(({ id, ...row }) => ({ ...row, comment: bodies.get(`${row.placeId}|${id}`) ?? null }))
}

/** Comments that this scope may see. Those about an official's conduct stay in their cases, whoever asks. */
async function readComments(database: Database, scope: Scope, rows: StoredRow[]): Promise<Map<string, string>> {
  const { placeId, responseId, restricted, body } = comments
  const own = and(
    inArray(placeId, [...new Set(rows.map((row) => row.placeId))]),
    inArray(
      responseId,
      rows.map(({ id }) => id),
    ),
    eq(restricted, false),
  )
  const found = await withinScope(database, scope, (transaction) =>
    transaction.select({ placeId, responseId, body }).from(comments).where(own),
  )
  return new Map(found.map((row) => [`${row.placeId}|${row.responseId}`, row.body]))
}

/** Every wave and stratum by id, closed ones too. */
export async function readWaveNames(database: Database) {
  const [named, strata] = await Promise.all([
    database.query.select({ id: waves.id, name: waves.name }).from(waves),
    database.query.select({ id: waveStrata.id, name: waveStrata.name }).from(waveStrata),
  ])
  const byId = (rows: { id: number; name: string }[]) => new Map(rows.map(({ id, name }) => [id, name]))
  return { waves: byId(named), strata: byId(strata) }
}
