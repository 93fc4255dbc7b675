import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../db/client.ts'
import { cloneDatabase } from './fixtures/test-server.ts'

/**
 * A schema can be spread over the nodes of Citus 13 as long as its tables and statements keep to what that engine takes:
 * each of these was refused by it. What holds here was run on Citus 13.0.5 (README, "Một tỉnh, nhiều xã").
 */
let database: Database
beforeAll(async () => {
  database = openDatabase(await cloneDatabase())
})
afterAll(() => database.close())

const here = "(select oid from pg_namespace where nspname = 'public')"

describe('a migrated database', () => {
  test('has no trigger of its own', async () => {
    const rows = await database.sql.unsafe(`
      select tgrelid::regclass::text || '.' || tgname as name from pg_trigger where not tgisinternal`)
    expect(rows.map(({ name }) => name)).toEqual([])
  })

  test('has policies without a question and without NULLIF, and functions alike', async () => {
    const policies = await database.sql`
      select tablename || '.' || policyname as name, concat(qual, ' ', with_check) as text from pg_policies`
    expect(policies.length).toBeGreaterThan(10)
    expect(policies.filter(({ text }) => /\bselect\b|nullif/i.test(text)).map(({ name }) => name)).toEqual([])
    const functions = await database.sql.unsafe(`select proname, prosrc from pg_proc where pronamespace = ${here}`)
    expect(functions.length).toBeGreaterThan(2)
    expect(functions.filter(({ prosrc }) => /nullif|\bfrom\b/i.test(prosrc)).map(({ proname }) => proname)).toEqual([])
  })

  test('has references between its own tables only, and nothing outside its schema', async () => {
    const rows = await database.sql.unsafe(`
      select conname from pg_constraint c join pg_class r on r.oid = c.confrelid
      where contype = 'f' and (connamespace <> ${here} or r.relnamespace <> ${here})`)
    expect(rows).toEqual([])
  })
})

describe('statements', () => {
  const files = listFiles('db').filter((file) => file.endsWith('.ts'))
  const texts = files.map((file) => ({
    file,
    text: readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, ''),
  }))
  const tables = [
    ...new Set(texts.flatMap(({ text }) => [...text.matchAll(/pgTable\(\s*'(\w+)'/g)].map(([, name]) => name))),
  ]

  test('know their tables', () => expect(tables.length).toBeGreaterThan(40))

  test('take what an INSERT selects from tables out of a part before it (else: syntax error at or near NOT)', () => {
    const wrong = texts.flatMap(({ file, text }) =>
      [...text.matchAll(/insert into [\s\S]*?(?=on conflict|returning|`|\)\s*,?\s*\n)/g)]
        .filter(([part]) => !sealed.test(part))
        .flatMap(([part]) => tables.filter((table) => new RegExp(`(from|join) ${table}\\b`).test(part)))
        .map((table) => `${file}: ${table}`),
    )
    expect(wrong).toEqual([])
  })

  test('name no clock and no sum of moments in ON CONFLICT … DO UPDATE, and no parameter in its WHERE', () => {
    const clauses = texts.flatMap(({ file, text }) =>
      [...text.matchAll(/do update set ([\s\S]*?)(?=returning|`)/g)].map(([, clause = '']) => ({ file, clause })),
    )
    expect(clauses.length).toBeGreaterThan(8)
    const wrong = clauses.filter(
      ({ clause }) =>
        /now\(\)|current_timestamp|(minute|_at) [-+] interval|make_interval/.test(clause) ||
        /where[\s\S]*\$\{(?!sql\.raw)/.test(clause),
    )
    expect(wrong).toEqual([])
    const built = texts.flatMap(({ text }) =>
      [...text.matchAll(/onConflictDoUpdate\(\{[\s\S]*?\}\)/g)].map(([part]) => part),
    )
    expect(built.filter((part) => /now\(\)|make_interval/.test(part))).toEqual([])
  })

  test('select into a table with policies with ON CONFLICT only (else Citus copies, which policies refuse)', () => {
    const wrong = texts.flatMap(({ file, text }) =>
      [...text.matchAll(/insert into (?:comments|cases|case_events|callbacks|audit_log) [^`]*`/g)]
        .filter(([part]) => /\bselect\b/.test(part) && !/on conflict do nothing/.test(part))
        .map(() => file),
    )
    expect(wrong).toEqual([])
  })

  test('open rows to a transaction by SET LOCAL, which goes along to other machines, never by set_config()', () => {
    for (const { file, text } of texts) expect(text, file).not.toMatch(/set_config\('ydan|set_config\(\$\{/)
  })

  test('ask nothing inside VALUES, and add no moments inside CASE', () => {
    for (const { file, text } of texts) {
      expect(text, file).not.toMatch(/position = sql[^`]*`\(select/)
      expect(text, file).not.toMatch(/case when[^`]*timestamptz [-+]/)
    }
  })
})

test('no migration names a schema, and none after the tenth makes what Citus refuses', () => {
  const folder = join(root, 'db/migrations')
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.sql'))) {
    const text = readFileSync(join(folder, name), 'utf8')
    expect(text, `${name}: npm run migration -- once more`).not.toMatch(/\bpublic"?\./)
    if (Number(name.slice(0, 4)) > 10) expect(text, name).not.toMatch(/create (constraint )?trigger|create rule/i)
  }
})

const root = join(import.meta.dirname, '..')

/** Copies of columns without any function: nothing is left to be worked out on the way. */
const sealed = /insert into (version|report)_seals/

function listFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? listFiles(path) : [path]
  })
}
