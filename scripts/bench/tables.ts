import { type Connection, openDatabase } from '../../db/client.ts'

/** Tables that every answer or every board writes again. */
export const hotTables = ['cells', 'device_marks', 'months', 'place_minutes'] as const

export type TableState = {
  name: string
  live: number
  dead: number
  updates: number
  /** Share of updates that needed no new index entry, 0-1; null without updates. */
  hotShare: number | null
  bytes: number
}

export type Tables = { databaseBytes: number; tables: TableState[] }

/** What PostgreSQL counted of them since the database was made, and how large everything is. */
export async function readTables(connection: Connection): Promise<Tables> {
  const { sql, close } = openDatabase(connection)
  try {
    const [size] = await sql<{ bytes: number }[]>`select pg_database_size(current_database())::float8 as bytes`
    const rows = await sql<{ name: string; live: number; dead: number; updates: number; hot: number; bytes: number }[]>`
      select relname as name, n_live_tup::float8 as live, n_dead_tup::float8 as dead, n_tup_upd::float8 as updates,
        n_tup_hot_upd::float8 as hot, pg_total_relation_size(relid)::float8 as bytes
      from pg_stat_user_tables where schemaname = current_schema() and relname in ${sql([...hotTables])} order by relname`
    const tables = rows.map(({ hot, ...row }) => ({ ...row, hotShare: row.updates > 0 ? hot / row.updates : null }))
    return { databaseBytes: size?.bytes ?? 0, tables }
  } finally {
    await close()
  }
}
