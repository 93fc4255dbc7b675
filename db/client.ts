import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { channelOf, lockKey, schemaOf } from './connection/schema.ts'
import { settingsStatement } from './connection/settings.ts'
import { createSockets, type Tls } from './connection/socket.ts'
import { migrate } from './migrate.ts'

type Address = { host: string; port: number; database: string; username: string; password: string }
/** An address, and the schema in that database whose tables are meant; `public` where none is named. */
export type Connection = string | (Address & { schema?: string })
export type Sql = postgres.Sql
/** A pool or a transaction: whatever questions can be put to. */
export type Queries = postgres.ISql<Record<never, never>>

export type Database = {
  /** Questions and changes of people: a small pool. */
  query: PostgresJsDatabase
  sql: Sql
  /** The schema of its tables; locks and channels are named by it. */
  schema: string
  /** Opens the one connection that stores responses. */
  openWriter(): Sql
  /** Opens a connection for one long reading: no limit to its statements, but its end when nobody reads on. */
  openReader(): Sql
  /** Opens a connection that listens to the named channel; `onListen` runs again after every reconnection. */
  listen(channel: string, onMessage: (payload: string) => void, onListen: () => void): Promise<void>
  close(): Promise<void>
}

const oldestServer = 150000
const startLock = 7305104

/** Pools on a migrated database; nothing connects before the first question. */
export function openDatabase(connection: Connection): Database {
  const sql = connect(connection, 8, shortLived)
  const schema = schemaOf(connection)
  const listener = connect(connection, 1)
  return {
    query: drizzle(sql),
    sql,
    schema,
    openWriter: () => connect(connection, 1),
    openReader: () => connect(connection, 1, longReading),
    listen: async (channel, onMessage, onListen) => {
      await listener.listen(channelOf(schema, channel), onMessage, onListen)
    },
    close: async () => {
      await Promise.all([sql.end({ timeout: 5 }), listener.end({ timeout: 1 })])
    },
  }
}

/** Brings the database to this version; several processes may start together. Then runs `load` under the same lock. */
export async function prepareDatabase(connection: Connection, load: (database: PostgresJsDatabase) => Promise<void>) {
  const sql = connect(connection, 1)
  const schema = schemaOf(connection)
  try {
    const [{ version } = { version: '0' }] = await sql<{ version: string }[]>`
      select current_setting('server_version_num') as version`
    if (Number(version) < oldestServer) {
      throw new Error(
        `Cần PostgreSQL 15 trở lên; máy chủ ở DATABASE_URL là bản ${Math.floor(Number(version) / 10000)}.`,
      )
    }
    await sql`select pg_advisory_lock(${lockKey(schema, startLock)}::bigint)`
    await migrate(sql, schema)
    await load(drizzle(sql))
  } finally {
    // Ending the session releases the lock, also after a failure.
    await sql.end({ timeout: 5 })
  }
}

/**
 * Seconds. An idle process keeps the connection that stores, the one that listens and one or two of the pool: the
 * pool's take turns, so what runs every few seconds would keep all eight from ever being idle for a minute (measured).
 */
const shortLived = { idle_timeout: '10' }

/** Ten minutes without asking for more: the reader has gone without a word. */
const longReading = {
  application_name: 'ydan-export',
  statement_timeout: '0',
  idle_in_transaction_session_timeout: '600000',
}

/** At most so many connections, each with the settings that the code relies on; nothing connects before a question. */
export function connect(connection: Connection, max: number, settings: Record<string, string> = {}): Sql {
  const { application_name = 'ydan', idle_timeout, ...others } = settings
  const options = {
    max,
    idle_timeout: idle_timeout ? Number(idle_timeout) : undefined,
    connect_timeout: 5,
    // The default waits up to 20 s after an outage; a citizen's outbox comes back sooner than that.
    backoff: (attempt: number) => Math.min(0.1 * 2 ** attempt, 1),
    onnotice: () => {},
    connection: { application_name },
    // The socket encrypts by itself, so that its first statement is inside.
    ssl: false,
    socket: createSockets(tlsOf(connection), settingsStatement({ search_path: schemaOf(connection), ...others })),
  }
  if (typeof connection === 'string') return postgres(connection.split('#')[0] as string, options)
  const { schema: _, ...address } = connection
  return postgres({ ...address, ...options })
}

/** As postgres.js reads an address, also one with several hosts, which is no URL. */
function tlsOf(connection: Connection): Tls {
  const query = new URLSearchParams(typeof connection === 'string' ? /\?([^#]*)/.exec(connection)?.[1] : '')
  const asked = query.get('sslmode') ?? query.get('ssl') ?? process.env.PGSSL ?? ''
  const mode = query.get('sslrootcert') === 'system' ? 'verify-full' : asked
  const isDirect = query.get('sslnegotiation') === 'direct'
  return { mode: mode === 'disable' || mode === 'false' ? false : mode || (isDirect && 'require'), isDirect }
}

/** Whether an error means "no database or no room just now" rather than "this statement is wrong". */
export function isOutage(error: unknown): boolean {
  const code = codeOf(error)
  return outageCodes.has(code) || /^(08|53|57|58)/.test(code)
}

/** SQLSTATE or the driver's code, also where Drizzle has wrapped the error; '' without one. */
export function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown }
  return code ? String(code) : cause ? codeOf(cause) : ''
}

const outageCodes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
])
