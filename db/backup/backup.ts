import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Connection, openDatabase, type Queries } from '../client.ts'
import { schemaOf } from '../connection/schema.ts'
import { seeEverything } from '../connection/settings.ts'
import { findMigrations, journalOf } from '../migrate.ts'
import { type Frame, writeBackupFile } from './file.ts'

/** What a backup says about itself, before its rows. */
export type BackupHeader = {
  product: string
  at: string
  postgres: string
  /** Tags of the migrations that the tables were made by, in order. */
  migrations: string[]
  /** In an order in which every row finds what it refers to. */
  tables: { name: string; columns: string[] }[]
  /** The key of the sealed texts, in encrypted backups that were asked to hold it. */
  contactKey: string | null
  /** The ledger's signed checkpoint at that moment; null before the first, missing in older copies. */
  checkpoint?: string | null
}

export type BackupDone = {
  rows: number
  responses: number
  bytes: number
  sha256: string
  at: string
  checkpoint: string | null
}

/**
 * Not copied: what passes within days (sessions, device marks, the hour's budget) and what is added up anew from the
 * cells (months). The cells go along, so that a recount after restoring can be compared with them.
 */
const leftOut = ['__drizzle_migrations', 'sessions', 'device_marks', 'place_minutes', 'months', 'rolled_months']

/** Copies every table as it was at one moment, while answers come in, to one file. Memory does not grow with the rows. */
export async function writeBackup(
  connection: Connection,
  path: string,
  settings: { product: string; passphrase: string | null; contactKey: string | null; at: string },
): Promise<BackupDone> {
  const database = openDatabase(connection)
  const counted = { rows: 0, responses: 0, checkpoint: null as string | null }
  try {
    const file = await database.sql.begin('isolation level repeatable read read only', async (transaction) => {
      await transaction`set local statement_timeout = 0`
      // Row-level security binds the owner too: without this, comments, cases and the audit log would be left behind.
      await transaction.unsafe(seeEverything)
      const header = await describe(transaction, schemaOf(connection), settings)
      counted.checkpoint = header.checkpoint ?? null
      return writeBackupFile(path, listFrames(transaction, header, counted), settings.passphrase)
    })
    const done = { ...counted, ...file, at: settings.at }
    await noteBackup(database.sql, path, done)
    return done
  } finally {
    await database.close()
  }
}

async function describe(
  transaction: Queries,
  schema: string,
  { product, at, contactKey }: { product: string; at: string; contactKey: string | null },
): Promise<BackupHeader> {
  const [{ version = '' } = {}] = await transaction<{ version?: string }[]>`show server_version`.then((rows) =>
    rows.map((row) => ({ version: (row as unknown as { server_version: string }).server_version })),
  )
  const [noted] = await transaction.unsafe(`select count(*)::int as applied from ${journalOf(schema)}`)
  const migrations = readMigrationTags().slice(0, noted?.applied)
  const [{ checkpoint = null } = {}] = await transaction<{ checkpoint?: string }[]>`select checkpoint from ledger_state`
  const tables = await listTables(transaction, schema)
  return { product, at, postgres: version, migrations, tables, contactKey, checkpoint }
}

/** Tags of this program's migrations, in order. */
export function readMigrationTags(): string[] {
  const journal = JSON.parse(readFileSync(join(findMigrations(), 'meta/_journal.json'), 'utf8'))
  return (journal as { entries: { tag: string }[] }).entries.map(({ tag }) => tag)
}

async function listTables(transaction: Queries, schema: string): Promise<BackupHeader['tables']> {
  const tables = await transaction<{ name: string; columns: string[]; needs: string[] }[]>`
    select c.relname as name,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      array(select f.confrelid::regclass::text from pg_constraint f
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schema} and c.relkind = 'r' and c.relname <> all(${leftOut}) order by c.relname`
  return orderByNeeds(tables).map(({ name, columns }) => ({ name, columns }))
}

/** Tables after those they refer to. */
export function orderByNeeds<T extends { name: string; needs: string[] }>(tables: T[]): T[] {
  const done = new Set<string>()
  const ordered: T[] = []
  while (ordered.length < tables.length) {
    const ready = tables.filter(({ name, needs }) => !done.has(name) && needs.every((need) => done.has(need)))
    if (ready.length === 0) throw new Error('tables refer to each other in a circle')
    for (const table of ready) done.add(table.name)
    ordered.push(...ready)
  }
  return ordered
}

async function* listFrames(
  transaction: Queries,
  header: BackupHeader,
  counted: { rows: number; responses: number },
): AsyncGenerator<Frame> {
  yield { kind: 'H', bytes: toJson(header) }
  for (const table of header.tables) {
    yield { kind: 'T', bytes: toJson({ name: table.name }) }
    let rows = 0
    const copy = await transaction.unsafe(`copy ${rowsOf(table.name, table.columns)} to stdout`).readable()
    for await (const chunk of copy) {
      rows += countLines(chunk as Buffer)
      yield { kind: 'D', bytes: chunk as Buffer }
    }
    // postgres.js 3.4.9 leaves the socket paused when the last rows overfill the stream: reading once more resumes it.
    copy._read(0)
    yield { kind: 'N', bytes: toJson({ name: table.name, rows }) }
    counted.rows += rows
    if (table.name === 'responses') counted.responses = rows
  }
  yield { kind: 'E', bytes: toJson({ rows: counted.rows }) }
}

/** Tickets in the order of their making: where they stand in the table could say in which order they were used. */
const rowsOf = (name: string, columns: string[]): string =>
  name === 'tickets'
    ? `(select ${columns.map(quote)} from ${quote(name)} order by id)`
    : `${quote(name)} (${columns.map(quote)})`

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** In COPY's text format a line break inside a value is written as two characters: one line is one row. */
function countLines(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count += 1
  return count
}

const toJson = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))

/** For the administrator's page: when the last backup was made; the file's name without its folder. */
async function noteBackup(sql: Queries, path: string, { at, bytes, responses }: BackupDone): Promise<void> {
  const value = JSON.stringify({ at, file: path.split(/[\\/]/).at(-1), bytes, responses })
  await sql`insert into settings (key, value) values ('last_backup', ${value})
    on conflict (key) do update set value = excluded.value`
}
