import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type postgres from 'postgres'
import { onlySchema } from './connection/schema.ts'

/** Where a schema's applied migrations are noted; `public` keeps the place that Drizzle's own migrator gave them. */
export const journalOf = (schema: string): string =>
  `${quoted(schema === onlySchema ? 'drizzle' : schema)}.__drizzle_migrations`

/**
 * Brings the tables of a schema to this version, all or nothing, or to the first so many migrations. As Drizzle's
 * migrator does it (what is newer than the newest noted is run), but it asks for no right to create schemas where the
 * schema is there: the role of a commune owns its schema and nothing else.
 */
export async function migrate(sql: postgres.Sql, schema: string, count = Number.POSITIVE_INFINITY): Promise<void> {
  await makeJournal(sql, schema)
  const journal = sql.unsafe(
    `select created_at::float8 as at from ${journalOf(schema)} order by created_at desc limit 1`,
  )
  const [last] = (await journal) as unknown as { at: number }[]
  const migrations = readMigrationFiles({ migrationsFolder: findMigrations() }).slice(0, count)
  await sql.begin(async (transaction) => {
    for (const { sql: statements, folderMillis, hash } of migrations) {
      if (last && last.at >= folderMillis) continue
      for (const statement of statements) await transaction.unsafe(statement)
      await transaction.unsafe(`insert into ${journalOf(schema)} (hash, created_at) values ($1, $2)`, [
        hash,
        folderMillis,
      ])
    }
  })
}

/** The folder of the migrations, from the sources and from the built bundle alike. */
export function findMigrations(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'db/migrations'))) folder = dirname(folder)
  return join(folder, 'db/migrations')
}

async function makeJournal(sql: postgres.Sql, schema: string): Promise<void> {
  try {
    for (const name of new Set([schema, schema === onlySchema ? 'drizzle' : schema])) {
      const [found] = await sql`select from pg_namespace where nspname = ${name}`
      if (!found) await sql.unsafe(`create schema ${quoted(name)}`)
    }
    const [journal] = await sql`select from pg_class where oid = to_regclass(${journalOf(schema)})`
    if (journal) return
    await sql.unsafe(`create table ${journalOf(schema)} (id serial primary key, hash text not null, created_at bigint)`)
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    throw new Error(mayNotCreate(schema), { cause: error })
  }
}

const mayNotCreate = (schema: string) =>
  `Vai trò trong DATABASE_URL không được tạo bảng trong lược đồ ${schema}: xin để quản trị cơ sở dữ liệu chạy ` +
  `"create schema ${schema} authorization <vai trò>", hoặc dùng "npm run commune -- add".`

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
