import { join } from 'node:path'
import type postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeBackup } from '../../db/backup/backup.ts'
import { checkpointText, readCheckpoint, readSigner, signNote } from '../../server/ledger/note-rules.ts'
import { makeKeyText } from '../../server/ledger/vault.ts'
import type { TestServer } from '../fixtures/test-server.ts'
import { answer, type Books, fillBooks, keepFile, urlOf, verify } from './books.ts'

let books: Books
beforeAll(async () => {
  books = await fillBooks()
})
afterAll(() => books.stop())

const clean = /^Không thấy sai lệch trong \d+ dòng/

test('an untouched database, its folder and its backup show nothing', async () => {
  const url = await verify(['--database-url', urlOf(books.connection)])
  expect(url.output).toMatch(clean)
  expect(url.code).toBe(0)
  const folder = await verify(['--data-dir', books.dataDir])
  expect(folder.output).toMatch(clean)
  const path = join(books.folder, 'whole.ydb')
  const settings = { product: '0', contactKey: null, at: '2026-11-20T03:00:00.000Z' }
  await writeBackup(books.connection, path, { ...settings, passphrase: null })
  expect((await verify(['--backup', path])).output).toMatch(clean)
  const sealed = join(books.folder, 'sealed.ydb')
  await writeBackup(books.connection, sealed, { ...settings, passphrase: 'một mật khẩu dài' })
  expect((await verify(['--backup', sealed], { BACKUP_PASSPHRASE: 'một mật khẩu dài' })).output).toMatch(clean)
})

type Case = [what: string, sentence: RegExp, tamper: (sql: postgres.Sql) => Promise<unknown>]

const one = `(select place_id, id from responses where day = '2026-11-18' and answers ~ '2' and standing = 'counted' order by received_at limit 1)`
const where = `(place_id, id) = ${one}`
const counted = `(select place_id, id from responses where day = '2026-11-18' and standing = 'counted' and answers ~ '5' order by received_at limit 1)`

const cases: Case[] = [
  [
    'a bad answer is deleted',
    /không còn trong bảng: đã bị xóa/,
    (sql) => sql.unsafe(`delete from responses where ${where}`),
  ],
  [
    'a 2 becomes a 5',
    /câu trả lời đã bị sửa \(dòng/,
    (sql) => sql.unsafe(`update responses set answers = replace(answers, '2', '5') where ${where}`),
  ],
  [
    'a response is said to have been given with help',
    /câu trả lời đã bị sửa \(dòng/,
    (sql) => sql.unsafe(`update responses set assisted = not coalesce(assisted, false) where ${where}`),
  ],
  [
    'a response moves to another day',
    /ngày đã bị sửa, đúng ra là 2026-11-18/,
    (sql) => sql.unsafe(`update responses set day = '2026-11-17' where ${where}`),
  ],
  [
    'a response comes at another hour',
    /giờ nhận hoặc đợt khảo sát đã bị sửa/,
    (sql) => sql.unsafe(`update responses set received_at = received_at + interval '1 minute' where ${where}`),
  ],
  [
    'two responses are swapped',
    /câu trả lời đã bị sửa/,
    (sql) =>
      sql.unsafe(`with a as (select * from responses where ${where}), b as (select * from responses where (place_id, id) = ${counted})
        update responses r set answers = case when r.id = a.id then b.answers else a.answers end
        from a, b where r.id in (a.id, b.id)`),
  ],
  [
    'an old response is slipped in, past the sequencer',
    /được chèn thêm/,
    (sql) =>
      sql.unsafe(`insert into responses select (r).* from (select jsonb_populate_record(responses,
        jsonb_build_object('id', gen_random_uuid(), 'taken_in', 0)) as r from responses where ${where}) as made`),
  ],
  [
    'a response is set aside without a decision',
    /nay để riêng \(reviewed\), khi nhận là được tính: đổi mà không có dòng/,
    (sql) => sql.unsafe(`update responses set standing = 'set_aside', reason = 'reviewed' where ${where}`),
  ],
  [
    'a decided response moves on without a decision',
    /theo sổ là được tính: đổi mà không có dòng/,
    (sql) =>
      sql.unsafe(`update responses set standing = 'set_aside', reason = 'over_budget'
        where (place_id, id) in (select place_id, response_id from standing_changes)`),
  ],
  ['the history of a standing is removed', /đã bị xóa/, (sql) => sql.unsafe('delete from standing_changes')],
  [
    'the reason of a decision is rewritten',
    /Lần xét lại phiếu .* đã bị sửa sau khi ghi sổ/,
    (sql) => sql.unsafe(`update standing_changes set why = 'Khác'`),
  ],
  ['a comment is rewritten', /ý kiến đã bị sửa/, (sql) => sql.unsafe(`update comments set body = 'Rất hài lòng'`)],
  ['a comment is removed', /ý kiến bị xóa mà không có dòng xóa/, (sql) => sql.unsafe('delete from comments')],
  [
    "a day's totals are changed",
    /Dòng \d+ của sổ \(day\) đã bị sửa/,
    (sql) =>
      sql.unsafe(`update ledger_entries set body = replace(body, '"received":24', '"received":23') where kind = 'day'`),
  ],
  [
    'a tally is replaced',
    /Số đếm của nơi phục vụ \d+, ngày 2026-11-18 .* khác với đếm lại từ phiếu/,
    (sql) => sql.unsafe(`update cells set moments[3] = moments[3] + 1 where day = '2026-11-18'`),
  ],
  [
    'a tally is removed',
    /Số đếm của nơi phục vụ \d+, ngày 2026-11-19 bị thiếu/,
    (sql) => sql.unsafe(`delete from cells where day = '2026-11-19'`),
  ],
  [
    'a month is replaced',
    /tháng từ 2026-11-01/,
    (sql) =>
      sql.unsafe(`insert into rolled_months values ('2026-11-01', '2026-11-30')
          on conflict (month) do update set through = excluded.through; delete from months; insert into months (month, place_id, version_id, field_id, service_mode, channel,
        respondent, standing, wave_id, stratum_id, received, last_received_at, moments, counts, extra_sums, durations)
        select '2026-11-01', place_id, version_id, field_id, service_mode, channel, respondent, standing, wave_id, stratum_id, received + 1,
        last_received_at, moments, counts, extra_sums, durations from cells where day = '2026-11-19'`),
  ],
  [
    'an approved report is rewritten',
    /Báo cáo số \d+ .*: nội dung không khớp mã đã duyệt/,
    (sql) => sql.unsafe(`update reports set document = jsonb_set(document, '{subject}', '"Tất cả đều tốt"')`),
  ],
  [
    'an approved report is rewritten with its hash',
    /Báo cáo số \d+ .* đã bị sửa sau khi ghi sổ/,
    (sql) => sql.unsafe(`update reports set hash = repeat('0', 64)`),
  ],
  [
    'a target is lowered',
    /Chỉ tiêu II.1 phiên bản 1 đã bị sửa/,
    (sql) => sql.unsafe(`update indicators set target = 50 where code = 'II.1'`),
  ],
  [
    'a published questionnaire is rewritten',
    /Bộ câu hỏi outpatient phiên bản 1 đã bị sửa/,
    (sql) =>
      sql.unsafe(
        `update questionnaire_versions set definition = jsonb_set(definition, '{source}', '"khác"') where code = 'outpatient'`,
      ),
  ],
  [
    'a line and its response disappear together',
    /Dòng \d+ của sổ ghi bị xóa/,
    (sql) =>
      sql.unsafe(`with gone as (delete from responses where ${where} returning place_id, id)
        delete from ledger_entries e using gone where e.response_id = gone.id`),
  ],
  [
    'the published hashes are replaced',
    /không ghép thành mã gốc đã ký|không đúng với các dòng/,
    (sql) => sql.unsafe(`update ledger_tiles set hashes = set_byte(hashes, 40, 1)`),
  ],
]

describe('as the superuser, triggers off', () => {
  test.each(cases)('%s: found', async (_what, sentence, tamper) => {
    const { connection, tamper: sql, end } = await books.copy()
    await tamper(sql)
    await end()
    const said = await verify(['--database-url', urlOf(connection)])
    expect(said.output).toMatch(sentence)
    expect(said.code).toBe(1)
  })

  test('a decision and an erasure that wait for their line are no finding', async () => {
    const { connection, tamper, end } = await books.copy()
    await tamper.unsafe(`insert into standing_changes (decision, place_id, response_id, from_reason, to_reason, why, changed_by)
      select gen_random_uuid(), place_id, id, null, 'reviewed', 'Vừa quyết định', 'admin' from responses where ${where}`)
    await tamper.unsafe(`update responses set standing = 'set_aside', reason = 'reviewed' where ${where}`)
    await tamper.unsafe(`insert into ledger_events (body) select jsonb_build_object('type', 'erasure', 'place', place_id,
      'response', response_id, 'at', now(), 'reason', 'Yêu cầu') from comments`)
    await tamper`delete from comments`
    await end()
    const said = (await verify(['--database-url', urlOf(connection)])).output
    expect(said).not.toMatch(/không có dòng|ý kiến/)
    expect(said).toMatch(/Số đếm của nơi phục vụ/)
  })

  test('an old response that the sequencer takes in carries a day that was closed: found', async () => {
    const { connection, tamper, end } = await books.copy()
    await tamper.unsafe(`insert into responses (place_id, id, version_id, day, received_at, field_id, service_mode, channel,
      respondent, language, standing, answers, wave_id, stratum_id)
      select place_id, gen_random_uuid(), version_id, day, received_at, field_id, service_mode, channel,
      respondent, language, standing, answers, wave_id, stratum_id from responses where ${where}`)
    await end()
    const server = await books.start(connection)
    await server.catchUp()
    await server.stop()
    expect((await verify(['--database-url', urlOf(connection)])).output).toMatch(/bị lùi ngày/)
  })

  test('the last hour is dropped with its lines: the checkpoint kept outside knows', async () => {
    const { connection, tamper, end } = await books.copy()
    const last = keepFile(books.folder, books.vault.remembered())
    await rollBack(tamper)
    await end()
    const said = await verify(['--database-url', urlOf(connection), '--last', last])
    expect(said.output).toMatch(/Sổ cái thiếu các dòng cuối: đã từng ký \d+ dòng, nay chỉ còn \d+ dòng/)
  })

  test("yesterday's copy is put back: whoever remembered a checkpoint knows", async () => {
    const remember = keepFile(books.folder, '')
    expect((await verify(['--database-url', urlOf(books.connection), '--remember', remember])).code).toBe(0)
    const said = await verify(['--database-url', urlOf(books.yesterday), '--remember', remember])
    expect(said.output).toMatch(/Sổ cái thiếu các dòng cuối/)
    expect(said.code).toBe(1)
  })

  test('everything is signed again with another key: found', async () => {
    const { connection, tamper, end } = await books.copy()
    await signAgain(tamper)
    await end()
    const said = await verify(['--database-url', urlOf(connection)])
    expect(said.output).toMatch(/đã bị ký lại bằng khóa khác/)
  })
})

describe('at an address', () => {
  const serve = async (from: Books['connection'], then: (url: string, server: TestServer) => Promise<void>) => {
    const { connection, end } = await books.copy(from)
    await end()
    const server = await books.start(connection, { ...books.vault, remembered: () => '', remember: () => {} })
    try {
      await then(server.url, server)
    } finally {
      await server.stop()
    }
  }

  test('a witness accepts what grew, and says in one sentence what was rolled back or forked', async () => {
    const witness = keepFile(books.folder, '')
    const see = async (url: string) => (await verify(['--url', url, '--remember', witness])).output.trim()
    await serve(books.yesterday, async (url) => expect(await see(url)).toMatch(clean))
    await serve(books.connection, async (url) => expect(await see(url)).toMatch(clean))
    await serve(books.yesterday, async (url) =>
      expect(await see(url)).toMatch(/^Sổ cái bị lùi: máy này đã thấy \d+ dòng, nay chỉ còn \d+ dòng\.$/),
    )
    await serve(books.yesterday, async (url, server) => {
      for (let at = 0; at < 25; at += 1) await answer(server, books.clock, 'TCHUNG', 5)
      await server.catchUp()
      expect(await see(url)).toMatch(/^Sổ cái đã bị viết lại: \d+ dòng đầu không còn như lần đã thấy/)
    })
  })
})

/** As somebody would who knows the tables: the last ten responses and all that follows them. */
async function rollBack(sql: postgres.Sql): Promise<void> {
  const [first] = await sql`select min(position)::int as at from ledger_entries where response_id in
    (select id from responses where day = '2026-11-20')`
  const at = Number(first?.at)
  await sql`delete from responses where day = '2026-11-20'`
  await sql`delete from cells where day = '2026-11-20'`
  await sql`delete from ledger_entries where position >= ${at}`
  await sql`update ledger_tiles set hashes = substring(hashes for ${at * 32})`
  await sql`update ledger_state set size = ${at}, checkpoint = (select checkpoint from ledger_checkpoints order by day limit 1)`
}

async function signAgain(sql: postgres.Sql): Promise<void> {
  const [state] = await sql<{ checkpoint: string }[]>`select checkpoint from ledger_state`
  const { origin, size, root } = readCheckpoint(state?.checkpoint ?? '') ?? { origin: '', size: 0, root: '' }
  const other = readSigner(makeKeyText(origin))
  if (!other) throw new Error('no key')
  const note = signNote(checkpointText(origin, size, Buffer.from(root, 'base64')), [other])
  await sql`update ledger_state set checkpoint = ${note}`
}
