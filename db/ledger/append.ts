import type { Writable } from 'node:stream'
import type { Edge, GrownTile, LedgerState, LoggedResponse, NewEntry, Notice } from '../../server/ledger/contract.ts'
import { codeOf, type Database, type Queries } from '../client.ts'
import { lockKey } from '../connection/schema.ts'
import { seeEverything } from '../connection/settings.ts'
import { readDays, readNotices } from './notices.ts'

/** The ledger within the one transaction that may add to it. */
export type OpenLedger = {
  state: LedgerState
  /** Below this transaction number every response of this moment is decided: committed or never to come. */
  mark: number
  /** The tables came out of a backup, and no line was added since. */
  restored: boolean
  /** Hashes of the growing tile of each level. */
  edge: Edge
  /** Responses without a line, in the order they were taken in, a part at a time; `limit` in all. */
  readResponses(limit: number): AsyncIterable<LoggedResponse[]>
  /** Everything else without a line. */
  readNotices(): Promise<Notice[]>
  /** Whether a day was closed before: then its totals have their line. */
  isClosed(day: string): Promise<boolean>
  /** Totals of days up to this one that have no line yet. */
  readDays(through: string): Promise<Notice[]>
  write(entries: NewEntry[]): Promise<void>
  /** `closed` is the last day whose responses and totals all have their lines; null while some wait. */
  save(tiles: GrownTile[], state: LedgerState, closed: string | null): Promise<void>
}

const sequencerLock = 7305113
const rowsAtOnce = 500

/**
 * Lets one process at a time add to the ledger, all or nothing; null while another one does. Everything is read of one
 * moment, so that a day's totals and the changes of standing before them are about the same responses.
 */
export async function withLedger<T>(database: Database, work: (ledger: OpenLedger) => Promise<T>): Promise<T | null> {
  const done = database.sql.begin('isolation level repeatable read', async (transaction) => {
    await transaction`set local statement_timeout = 0`
    const [lock] =
      await transaction`select pg_try_advisory_xact_lock(${lockKey(database.schema, sequencerLock)}::bigint) as held`
    if (!lock?.held) return null
    // Comments are hashed, and row-level security binds the owner too.
    await transaction.unsafe(seeEverything)
    const { state, mark, restored } = await readState(transaction)
    return work({
      state,
      mark,
      restored,
      edge: await readEdge(transaction, state.size),
      readResponses: (limit) => readResponses(transaction, state.watermark, limit),
      readNotices: () => readNotices(transaction),
      isClosed: async (day) => (await transaction`select from ledger_checkpoints where day = ${day}`).length > 0,
      readDays: (through) => readDays(transaction, through),
      write: (entries) => writeEntries(transaction, entries),
      save: (tiles, next, closed) => save(transaction, tiles, next, closed),
    })
  })
  return (await done.catch((error) => {
    // Another process committed between our snapshot and our lock: its turn, ours is next.
    if (codeOf(error) === '40001') return null
    throw error
  })) as T | null
}

/** After a restore elsewhere transaction numbers begin anew: then everything is looked through once more. */
async function readState(transaction: Queries): Promise<Pick<OpenLedger, 'state' | 'mark' | 'restored'>> {
  const [numbers] = await transaction<{ mark: number; highest: number }[]>`
    select pg_snapshot_xmin(pg_current_snapshot())::text::float8 as mark,
      pg_snapshot_xmax(pg_current_snapshot())::text::float8 as highest`
  const { mark, highest } = numbers as { mark: number; highest: number }
  const [row] = await transaction<LedgerState[]>`
    select size::float8 as size, watermark::float8 as watermark, checkpoint, at::text as at
    from ledger_state where id = 1 for update`
  const state = row ?? { size: 0, watermark: 0, checkpoint: '', at: '' }
  const restored = state.watermark === restoredMark
  return { state: state.watermark > highest ? { ...state, watermark: 0 } : state, mark, restored }
}

/** In the watermark's place after a restore: all responses are looked through, and nothing is signed unasked. */
export const restoredMark = -1

async function readEdge(transaction: Queries, size: number): Promise<Edge> {
  const edge: Edge = []
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / 256)) {
    const width = count % 256
    const [tile] = await transaction<{ hashes: Buffer }[]>`
      select hashes from ledger_tiles where level = ${level} and number = ${Math.floor(count / 256)} and ${width} > 0`
    const bytes = tile?.hashes.subarray(0, width * 32) ?? Buffer.alloc(0)
    edge[level] = Array.from({ length: bytes.length / 32 }, (_, at) => bytes.subarray(at * 32, at * 32 + 32))
  }
  return edge
}

/**
 * A transaction older than every running one has committed or never will: below that mark nothing can appear any more.
 * Rows of another cluster's numbering (restored) stand above every number given out here, and are taken too. A cursor
 * in SQL: postgres.js's own holds the connection, on which the lines are written in between.
 */
async function* readResponses(
  transaction: Queries,
  watermark: number,
  limit: number,
): AsyncGenerator<LoggedResponse[]> {
  await transaction.unsafe(
    `declare waiting no scroll cursor for ${waitingResponses} and r.taken_in >= ${Number(watermark)}
      order by r.taken_in, r.received_at, r.place_id, r.id limit ${Number(limit)}`,
  )
  for (;;) {
    const rows = await transaction.unsafe<LoggedResponse[]>(`fetch ${rowsAtOnce} from waiting`)
    if (rows.length > 0) yield rows
    if (rows.length < rowsAtOnce) break
  }
  await transaction.unsafe('close waiting')
}

/** With the standing at arrival: what the first decision moved it from. */
const waitingResponses = `
    select r.place_id as "placeId", r.id, r.version_id as "versionId", r.day::text as day,
      to_char(r.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt",
      r.field_id as "fieldId", r.service_mode as "serviceMode", r.channel, r.provenance, r.respondent, r.language,
      r.assisted,
      case when f.first is null then r.reason else f."fromReason" end as reason,
      case when (case when f.first is null then r.reason else f."fromReason" end) is null
        then 'counted' else 'set_aside' end as standing,
      r.answers, r.extras, r.wave_id as "waveId", r.stratum_id as "stratumId", r.seconds, c.body as comment
    from responses r
    left join comments c on c.place_id = r.place_id and c.response_id = r.id
    left join lateral (select s.id as first, s.from_reason as "fromReason" from standing_changes s
      where s.place_id = r.place_id and s.response_id = r.id order by s.id limit 1) f on true
    where (r.taken_in < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
        or r.taken_in >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
      and not exists (select from ledger_entries e
        where e.kind = 'response' and e.place_id = r.place_id and e.response_id = r.id)`

const columns = 'position, kind, place_id, response_id, receipt, parts, body, source, at'

async function writeEntries(transaction: Queries, entries: NewEntry[]): Promise<void> {
  const copy = await transaction.unsafe(`copy ledger_entries (${columns}) from stdin`).writable()
  const at = new Date().toISOString()
  await endCopy(copy, entries.map((entry) => copyLine(entry, at)).join(''))
}

function copyLine({ position, kind, placeId, responseId, receipt, parts, body, source }: NewEntry, at: string): string {
  const text = body?.replaceAll('\\', '\\\\') ?? null
  const values = [position, kind, placeId, responseId, receipt, parts && `\\\\x${parts.toString('hex')}`, text, source]
  return `${values.map((value) => value ?? '\\N').join('\t')}\t${at}\n`
}

const endCopy = (copy: Writable, text: string) =>
  new Promise<void>((resolve, reject) => {
    copy.once('error', reject)
    copy.end(text, () => resolve())
  })

async function save(
  transaction: Queries,
  tiles: GrownTile[],
  state: LedgerState,
  closed: string | null,
): Promise<void> {
  const rows = tiles.map(({ level, number, hashes }) => ({ level, number, hashes: hashes.toString('hex') }))
  await transaction`
    insert into ledger_tiles (level, number, hashes)
    select level, number, decode(hashes, 'hex')
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as t(level int2, number int8, hashes text)
    on conflict (level, number) do update set hashes = excluded.hashes`
  const { size, watermark, checkpoint, at } = state
  await transaction`
    insert into ledger_state (id, size, watermark, checkpoint, at)
    values (1, ${size}, ${watermark}, ${checkpoint}, ${at})
    on conflict (id) do update set size = excluded.size, watermark = excluded.watermark,
      checkpoint = excluded.checkpoint, at = excluded.at`
  if (closed === null) return
  await transaction`
    insert into ledger_checkpoints (day, size, checkpoint) values (${closed}, ${size}, ${checkpoint})
    on conflict (day) do nothing`
}
