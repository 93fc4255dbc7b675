import type { Writable } from 'node:stream'
import { type Connection, openDatabase, type Queries, type Sql } from '../client.ts'
import { onlySchema } from '../connection/schema.ts'
import { restoredMark } from '../ledger/append.ts'
import { migrate } from '../migrate.ts'
import { type BackupHeader, quote, readMigrationTags } from './backup.ts'
import { BackupRefused, type Frame, readBackupFile } from './file.ts'

export type Restored = { header: BackupHeader; rows: Record<string, number> }

/** Reads a whole backup without touching any database: its checksum, its passphrase, its end. Returns its header. */
export async function verifyBackup(path: string, passphrase: string | null): Promise<BackupHeader> {
  let header: BackupHeader | undefined
  for await (const frame of readBackupFile(path, passphrase)) header ??= readHeader(frame)
  if (!header) throw new BackupRefused('Tệp sao lưu trống; không có gì được khôi phục.')
  const known = readMigrationTags()
  if (header.migrations.some((tag, index) => known[index] !== tag))
    throw new BackupRefused('Bản sao lưu này của một phiên bản Ý Dân mới hơn; xin cập nhật chương trình trước.')
  return header
}

/**
 * Loads a verified backup into an empty database, all or nothing, at the migration it was made with, and then brings
 * it to this program's. Tallies come as they were: count them anew afterwards.
 */
export async function restoreBackup(
  connection: Connection,
  path: string,
  passphrase: string | null,
): Promise<Restored> {
  const database = openDatabase(connection)
  const { sql, schema } = database
  try {
    await requireEmpty(sql, schema)
    const header = await verifyBackup(path, passphrase)
    await migrate(sql, schema, header.migrations.length)
    const frames = readBackupFile(path, passphrase)
    const rows = await sql.begin((transaction) => load(transaction, { header, frames, schema }))
    await migrate(sql, schema)
    return { header, rows }
  } finally {
    await database.close()
  }
}

async function requireEmpty(sql: Sql, schema: string): Promise<void> {
  const [found] = await sql`
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any(${schema === onlySchema ? [schema, 'drizzle'] : [schema]}) and c.relkind = 'r' limit 1`
  if (found)
    throw new BackupRefused('Nơi khôi phục phải trống: xin chọn DATA_DIR mới hoặc một cơ sở dữ liệu chưa có bảng nào.')
}

type Load = { header: BackupHeader; frames: AsyncIterable<Frame>; schema: string }

async function load(transaction: Queries, { header, frames, schema }: Load) {
  await transaction`set local statement_timeout = 0`
  const guarded = await liftRowSecurity(transaction, schema)
  const rows: Record<string, number> = {}
  let copy: Writable | undefined
  for await (const { kind, bytes } of frames) {
    if (kind === 'T') copy = await beginCopy(transaction, header, bytes)
    else if (kind === 'D') await write(copy as Writable, bytes)
    else if (kind === 'N') {
      await end(copy as Writable)
      const { name, rows: count } = JSON.parse(bytes.toString()) as { name: string; rows: number }
      const [{ there = 0 } = {}] = await transaction<{ there?: number }[]>`
        select count(*)::int as there from ${transaction(name)}`
      if (there !== count) throw new BackupRefused(`Bảng ${name} không đủ dòng; không có gì được khôi phục.`)
      rows[name] = count
    }
  }
  await setSequences(transaction, header)
  await holdLedger(transaction)
  for (const name of guarded) await transaction.unsafe(`alter table ${quote(name)} force row level security`)
  return rows
}

/** What was logged after the copy may be missing: the ledger goes on only where somebody can show that nothing is. */
async function holdLedger(transaction: Queries): Promise<void> {
  const [table] = await transaction`select from pg_class where oid = to_regclass('ledger_state')`
  if (table) await transaction`update ledger_state set watermark = ${restoredMark}`
}

/** COPY refuses tables whose policies bind the role: the owner sets itself free within this transaction only. */
async function liftRowSecurity(transaction: Queries, schema: string): Promise<string[]> {
  const tables = await transaction<{ name: string }[]>`
    select relname as name from pg_class where relforcerowsecurity and relnamespace = ${schema}::regnamespace`
  for (const { name } of tables) await transaction.unsafe(`alter table ${quote(name)} no force row level security`)
  return tables.map(({ name }) => name)
}

async function beginCopy(transaction: Queries, { tables }: BackupHeader, bytes: Buffer): Promise<Writable> {
  const { name } = JSON.parse(bytes.toString()) as { name: string }
  const columns = tables.find((table) => table.name === name)?.columns ?? []
  // A migration may have put rows there of its own. The append-only tables refuse even an idle DELETE.
  const [found] = await transaction.unsafe(`select from ${quote(name)} limit 1`)
  if (found) await transaction.unsafe(`delete from ${quote(name)}`)
  return transaction.unsafe(`copy ${quote(name)} (${columns.map(quote)}) from stdin`).writable()
}

const write = (copy: Writable, bytes: Buffer) =>
  new Promise<void>((resolve, reject) => copy.write(bytes, (error) => (error ? reject(error) : resolve())))

const end = (copy: Writable) =>
  new Promise<void>((resolve, reject) => {
    copy.once('error', reject)
    copy.end(() => resolve())
  })

/** Sequences go on after the highest number restored. */
async function setSequences(transaction: Queries, { tables }: BackupHeader): Promise<void> {
  for (const { name } of tables) {
    const columns = await transaction<{ column: string; sequence: string | null }[]>`
      select attname as column, pg_get_serial_sequence(${quote(name)}, attname) as sequence
      from pg_attribute where attrelid = ${quote(name)}::regclass and attnum > 0 and not attisdropped`
    for (const { column, sequence } of columns.filter((one) => one.sequence !== null))
      await transaction.unsafe(
        `select setval('${sequence}', coalesce(max(${quote(column)}), 1), max(${quote(column)}) is not null) from ${quote(name)}`,
      )
  }
}

function readHeader({ kind, bytes }: Frame): BackupHeader {
  if (kind !== 'H') throw new BackupRefused('Tệp này không phải bản sao lưu của Ý Dân.')
  return JSON.parse(bytes.toString()) as BackupHeader
}
