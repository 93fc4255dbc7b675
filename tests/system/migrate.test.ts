import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { openDatabase, prepareDatabase } from '../../db/client.ts'
import { channelHere, channelOf, lockKey } from '../../db/connection/schema.ts'
import { migrate } from '../../db/migrate.ts'
import { readConfig } from '../../server/config.ts'
import { makeEmpty } from '../fixtures/database/empty-database.ts'
import { cloneDatabase } from '../fixtures/test-server.ts'

const journal = 'select id, hash, created_at from drizzle.__drizzle_migrations order by id'

test('a database whose migrations were written differently runs none of them again', async () => {
  const connection = await cloneDatabase()
  const database = openDatabase(connection)
  await database.sql.unsafe(`update drizzle.__drizzle_migrations set hash = 'as it was then'`)
  const before = await database.sql.unsafe(journal)
  await prepareDatabase(connection, async () => {})
  expect(await database.sql.unsafe(journal)).toEqual(before)
  await database.close()
})

test('an older database keeps its rows, and what was published, approved or left under a receipt is guarded', async () => {
  const connection = await makeEmpty()
  const database = openDatabase(connection)
  const { sql } = database
  await migrate(sql, 'public', 10)
  const id = randomUUID()
  await sql.begin(async (transaction) => {
    await transaction`select set_config('ydan.agencies', 'all', true)`
    await transaction.unsafe(old(id))
  })
  await migrate(sql, 'public')
  const rows = await sql.begin(async (transaction) => {
    await transaction`select set_config('ydan.agencies', 'all', true)`
    return transaction.unsafe(`
      select e.agency_id, e.restricted, c.receipt from case_events e join callbacks c on c.case_id = e.case_id`)
  })
  expect([...rows]).toEqual([{ agency_id: 1, restricted: true, receipt: 'ABCDE-FGHJK' }])
  const guarded: [string, string][] = [
    [`update questionnaire_versions set definition = '{"a": 2}' where version = 2`, 'published_version_kept'],
    [`update questionnaire_versions set status = 'published' where version = 1`, 'retired_version_kept'],
    [`delete from questionnaire_versions where version = 1`, 'published_version_kept'],
    [`update reports set approved_by = 'ai-do'`, 'approved_report_kept'],
    [`update reports set state = 'approved'`, 'published_report_kept'],
  ]
  for (const [statement, name] of guarded)
    await expect(sql.unsafe(statement), statement).rejects.toMatchObject({ constraint_name: name })
  for (const table of ['audit_log', 'standing_changes', 'ledger_entries', 'version_seals', 'report_seals'])
    for (const change of [`delete from ${table}`, `truncate ${table}`])
      await expect(sql.unsafe(change), change).rejects.toMatchObject({ code: '42501' })
  await database.close()
})

/** A retired and a published version, a published report, a case with its course and a number left for a call back. */
const old = (response: string) => `
  insert into agencies (code, name, short_name, position) values ('a', '{}', 'A', 1);
  insert into places (code, agency_id, name, sector, questionnaire, field_codes, service_mode, asks_respondent, position)
    values ('QUAY1', 1, '{}', 'health', 'q', '{}', 'ask', false, 1);
  insert into questionnaire_versions (code, version, status, definition) values ('r', 1, 'retired', '{"a": 1}'), ('q', 2, 'published', '{"a": 1}');
  insert into reports (kind, sector, agency_id, from_day, to_day, version, state, input, document, hash, code_version, made_by,
    made_at, approved_by, approved_at, published_by, published_at)
    values ('quarterly', 'health', 1, '2026-07-01', '2026-09-30', 1, 'published', '{}', '{"b": 1}', 'h', '1', 'x', now(), 'y', now(), 'y', now());
  insert into responses (place_id, id, version_id, day, received_at, field_id, service_mode, channel, respondent, language,
    standing, answers, wave_id, stratum_id)
    values (1, '${response}', 2, '2026-09-01', now(), 0, 'unstated', 'qr', 'unstated', 'vi', 'counted', '1', 0, 0);
  insert into cases (place_id, response_id, receipt, kind, agency_id, restricted, day, half, due_on)
    values (1, '${response}', 'ABCDE-FGHJK', 'comment', 1, true, '2026-09-01', 'morning', '2026-09-05');
  insert into case_events (case_id, actor, kind) values (1, 'x', 'taken');
  insert into callbacks (case_id, consent, consented_at) values (1, 'Đồng ý.', now())`

test('locks and channels are a schema’s own; those of public are what they always were', async () => {
  expect([lockKey('public', 7305104), channelOf('public', 'tallies')]).toEqual(['7305104', 'tallies'])
  const keys = ['vinh_thuan', 'an_minh'].flatMap((schema) => [7305104, 7305105].map((lock) => lockKey(schema, lock)))
  expect(new Set(keys).size).toBe(4)
  const base = await makeEmpty()
  for (const schema of ['public', 'vinh_thuan']) {
    const { sql, close } = openDatabase({ ...base, schema })
    await sql.unsafe(`create schema if not exists ${schema}`)
    const [row] = await sql.unsafe(
      `select ${channelHere('tallies')} as channel, pg_advisory_lock(${lockKey(schema, 1)})`,
    )
    expect(row?.channel).toBe(channelOf(schema, 'tallies'))
    await close()
  }
})

test.each(['Vĩnh Thuận', 'a-b', 'pg_toast', 'information_schema', 'drizzle', '1a', `a${'b'.repeat(48)}`, 'a;drop'])(
  'the start refuses %s as a schema with one sentence',
  (name) => expect(() => readConfig({ DATABASE_SCHEMA: name })).toThrow(/^DATABASE_SCHEMA chỉ gồm/),
)

test('the schema is public where none is set', () => {
  expect(readConfig({}).databaseSchema).toBe('public')
  expect(readConfig({ DATABASE_SCHEMA: 'vinh_thuan' }).databaseSchema).toBe('vinh_thuan')
})
