import { eq } from 'drizzle-orm'
import { type DatabaseState, LastBackup } from '../../server/system/contract.ts'
import { settings } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { countReceived } from '../tallies/slices.ts'

type Server = Omit<DatabaseState, 'responses' | 'lastRolledMonth'>

/** What the database says about itself; an ordinary role may ask all of it, of connections only its own. */
export async function readDatabaseState(database: Database): Promise<DatabaseState> {
  const { sql } = database
  // Two questions: on Citus the server's views and our tables may stand on different machines.
  const [server] = await sql<Server[]>`
    select current_setting('server_version') as version,
      pg_database_size(current_database())::float8 as bytes,
      to_json(pg_postmaster_start_time())#>>'{}' as "startedAt",
      (select count(*)::int from pg_stat_activity where datname = current_database() and usename = current_user) as connections,
      current_setting('max_connections')::int as "mostConnections"`
  const [rolled] = await sql<Pick<DatabaseState, 'lastRolledMonth'>[]>`
    select (select max(month)::text from rolled_months
        where through >= (month + interval '1 month' - interval '1 day')::date) as "lastRolledMonth"`
  const lastRolledMonth = rolled?.lastRolledMonth ?? null
  return { ...(server as Server), responses: await countReceived(database), lastRolledMonth }
}

/** Milliseconds since 1970 by the database's clock, at the moment of asking. */
export async function readDatabaseClock({ sql }: Database): Promise<number> {
  const [row] = await sql<{ ms: number }[]>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`
  return (row as { ms: number }).ms
}

/** Null before the first backup, and where its note cannot be read. */
export async function readLastBackup(database: Database): Promise<LastBackup | null> {
  const [row] = await database.query.select().from(settings).where(eq(settings.key, 'last_backup'))
  return LastBackup.safeParse(parseJson(row?.value)).data ?? null
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}
