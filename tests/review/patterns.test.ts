import { randomUUID } from 'node:crypto'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Connection } from '../../db/client.ts'
import { addFound } from '../../db/signs/looks.ts'
import { withinScope } from '../../db/staff/scope.ts'
import { auditLog } from '../../db/staff/tables.ts'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import { type ClosedSign, closedSigns } from '../../server/signs/contract.ts'
import { links } from '../../web/links.ts'
import { closedSignNames } from '../../web/review/patterns/words.ts'
import { cloneDatabase, fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const days = ['2026-10-20', '2026-10-21', '2026-10-22'] as const
const [from, , to] = days
const coordinator = 'phong-van-hoa-xa-hoi'
const why = 'Đã đối chiếu với sổ tiếp nhận ba ngày ấy.'

let clock: number
let server: TestServer
let cookie: string
let seeded: Connection & object
/** Ids of those who answered 5 everywhere, on all three days. */
let praise: string[]

const start = (connection: Connection) => startTestServer({ connection, now: () => clock })

/** Each of three days: six people at level 3, then eight within minutes at level 5. */
beforeAll(async () => {
  clock = Date.UTC(2026, 9, 20, 2)
  seeded = await cloneDatabase()
  server = await start(seeded)
  praise = []
  for (const day of days) {
    clock = Date.parse(`${day}T02:00:00Z`)
    for (let at = 0; at < 14; at += 1) await answer(at < 6 ? 3 : 5)
  }
  await server.stop()
})
beforeEach(async () => {
  clock = Date.UTC(2026, 9, 23, 2)
  server = await start(await cloneDatabase(seeded))
  cookie = (await server.signInAs('manager', [coordinator])).cookie
})
afterEach(() => server.stop())

async function answer(level: number) {
  clock += 120_000
  const id = await server.mint('QUAYDD', clock - 40_000)
  if (level === 5) praise.push(id)
  expect((await server.answer(await fullBody(server, 'QUAYDD', level, id))).status).toBe(201)
}

async function propose(sign: ClosedSign = 'burst', members = praise, place = 'QUAYDD'): Promise<number> {
  const [row] = await server.database.sql<{ id: PlaceId }[]>`select id from places where code = ${place}`
  const finding = { sign, from, to, provenance: 'open' as const, chance: 1e-7, observed: 24, expected: 3, judged: 42 }
  expect(await addFound(server.database, row?.id as PlaceId, [{ ...finding, members }])).toBe(1)
  const [pattern] = await server.database.sql<{ id: number }[]>`select max(id) as id from sign_patterns`
  return pattern?.id as number
}

const open = (path: string, as = cookie) => server.send(path, { headers: { cookie: as } })
const read = async (path: string, as = cookie) => (await open(path, as)).text()
const post = (path: string, fields: Record<string, string>, as = cookie) =>
  server.send(path, { method: 'POST', headers: { cookie: as }, body: new URLSearchParams(fields) })
const signatureIn = (html: string) => /name="signature" value="([0-9a-f]{64})"/.exec(html)?.[1] as string

async function decide(id: number, choice: string, as = cookie) {
  const signature = signatureIn(await read(links.signPattern(id), as))
  return post(links.signPattern(id), { signature, choice, why }, as)
}

const readDays = async () =>
  (
    await server.read<{ day: string; score: number; responses: number; setAside: number }[]>(
      links.api.daily('QUAYDD', from, to),
    )
  ).map(({ score, responses, setAside }) => [Math.round(score), responses, setAside])
const readCells = async () =>
  (await server.database.sql<{ cell: string }[]>`select cells::text as cell from cells order by 1`).map(
    ({ cell }) => cell,
  )
const readState = async (id: number) => {
  const [row] = await server.database.sql`select state, why, decision from sign_patterns where id = ${id}`
  return row
}

test('what waits is listed with its place, days and number, and leads to its page', async () => {
  const id = await propose()
  const html = await read(links.review())
  expect(html).toContain(links.signPattern(id))
  expect(html).toContain(closedSignNames.burst)
  expect(html).toContain('24\u00a0phiếu')
})

test.each(closedSigns)('the page of %s says what it is, how seldom, among how many, and draws it', async (sign) => {
  await server.database.sql`insert into visits (place_id, field_id, period, day, count, source, changed_by)
    select id, 0, 'day', ${from}, 4, 'form', 'test' from places where code = 'QUAYDD'`
  const html = await read(links.signPattern(await propose(sign)))
  expect(html).toContain(`<h1>${closedSignNames[sign]}</h1>`)
  expect(html).toContain('một phần 10.000.000')
  expect(html).toContain('42\u00a0phiếu cùng nguồn')
  expect(html).toContain('<figure class="evidence">')
  expect(html).toMatch(/<svg[^>]*>.*class="evidence-own"/s)
})

test('the page shows the score with and without the pattern, each with its interval', async () => {
  const html = await read(links.signPattern(await propose()))
  expect(html).toContain('Hiện nay, tính cả nhóm này')
  expect(html).toContain('57,1\u00a0%')
  expect(html).toContain('0,0\u00a0%')
  expect(html).toMatch(/\(\d+,\d+\u00a0–\u00a0\d+,\d+\)/)
})

test('no id and no time of one answer stands in the page', async () => {
  const html = await read(links.signPattern(await propose()))
  for (const id of praise) expect(html).not.toContain(id)
  // Hours of the axis and quarters only.
  for (const [time] of html.matchAll(/\d\d:\d\d/g)) expect(time).toMatch(/:(00|30)$/)
})

test('setting a pattern aside moves all of it, on every day, and a recount agrees', async () => {
  const id = await propose()
  expect(await readDays()).toEqual([
    [57, 14, 0],
    [57, 14, 0],
    [57, 14, 0],
  ])
  expect((await decide(id, 'set_aside')).status).toBe(303)
  expect(await readDays()).toEqual([
    [0, 6, 8],
    [0, 6, 8],
    [0, 6, 8],
  ])
  expect(await server.countDiffering()).toBe(0)
  expect(await readState(id)).toMatchObject({ state: 'set_aside', why })
  const changes = await server.database.sql`select distinct decision from standing_changes`
  expect(changes).toHaveLength(1)
  expect(await read(links.review())).toContain('từ 20/10/2026 đến 22/10/2026')
})

test('taking it back restores every day to the last bit and the pattern waits again', async () => {
  const id = await propose()
  const before = await readCells()
  await decide(id, 'set_aside')
  const { decision } = (await readState(id)) as { decision: string }
  expect(await read(links.signPattern(id))).toContain(links.reviewDecision(decision))
  expect((await post(links.undoReview(decision), { why })).status).toBe(303)
  expect(await readCells()).toEqual(before)
  expect(await readState(id)).toMatchObject({ state: 'pending', decision: null })
  expect((await decide(id, 'keep')).status).toBe(303)
})

test('keeping a pattern moves nothing, says so, and can be reopened once', async () => {
  const id = await propose()
  const before = await readCells()
  expect((await decide(id, 'keep')).status).toBe(303)
  expect(await readCells()).toEqual(before)
  expect(await read(links.signPattern(id))).toContain('Đã giữ cả nhóm trong điểm')
  expect((await post(links.reopenPattern(id), { why })).status).toBe(303)
  expect(await readState(id)).toMatchObject({ state: 'pending', why: null })
  expect((await post(links.reopenPattern(id), { why })).status).toBe(409)
})

test('of several people deciding at once one is taken and the others are told', async () => {
  const id = await propose()
  const other = (await server.signInAs('manager', [coordinator])).cookie
  const signature = signatureIn(await read(links.signPattern(id)))
  const replies = await Promise.all([
    post(links.signPattern(id), { signature, choice: 'set_aside', why }),
    post(links.signPattern(id), { signature, choice: 'keep', why }, other),
    post(links.signPattern(id), { signature, choice: 'set_aside', why }, other),
  ])
  expect(replies.map(({ status }) => status).sort()).toEqual([303, 409, 409])
  const told = replies.find(({ status }) => status === 409)
  expect(await told?.text()).toContain('nhóm này đã đổi từ lúc Ông/Bà mở trang')
  expect(await server.countDiffering()).toBe(0)
})

test('a pattern whose responses changed since it was shown is shown anew', async () => {
  const id = await propose()
  const signature = signatureIn(await read(links.signPattern(id)))
  await server.database
    .sql`update responses set standing = 'set_aside', reason = 'reviewed' where id = ${praise[0] as string}`
  const reply = await post(links.signPattern(id), { signature, choice: 'set_aside', why })
  expect(reply.status).toBe(409)
  expect(await reply.text()).toContain('Để riêng cả nhóm (23\u00a0phiếu)')
})

test.each([
  ['no choice', { why }, 'Xin chọn để riêng cả nhóm hoặc giữ cả nhóm trong điểm.'],
  ['no reason', { choice: 'keep' }, 'từ 10 đến 500 ký tự.'],
])('%s is refused with a sentence and changes nothing', async (_, fields, sentence) => {
  const id = await propose()
  const signature = signatureIn(await read(links.signPattern(id)))
  const reply = await post(links.signPattern(id), { signature, ...fields } as Record<string, string>)
  expect(reply.status).toBe(422)
  expect(await reply.text()).toContain(sentence)
  expect(await readState(id)).toMatchObject({ state: 'pending' })
})

test('the log says who decided about which place and days, and nothing of what citizens said', async () => {
  await decide(await propose(), 'set_aside')
  const rows = await withinScope(server.database, 'all', (transaction) => transaction.select().from(auditLog))
  const own = rows.filter(({ action }) => action === 'response.set_aside')
  expect(own).toMatchObject([{ subject: `QUAYDD ${from}/${to} 24` }])
  for (const id of praise) expect(JSON.stringify(own)).not.toContain(id)
})

test('the ledger gets a line for every response that a pattern moved', async () => {
  await server.catchUp()
  await decide(await propose(), 'set_aside')
  await server.catchUp()
  const [row] = await server.database.sql`select count(*)::int as count from ledger_entries where kind = 'standing'`
  expect(row).toEqual({ count: 24 })
})

describe('who may', () => {
  test.each([
    ['the rated agency reads, and decides nothing', 'manager', ['trung-tam-pvhcc'], 200, 403],
    ['another agency does not see it', 'manager', ['tram-y-te'], 404, 403],
    ['the leader reads', 'leader', [], 200, 403],
    ['the auditor reads', 'auditor', [], 200, 403],
    ['the administrator reads a place that is no school', 'administrator', [], 200, 403],
    ['a clerk does not', 'clerk', ['trung-tam-pvhcc'], 403, 403],
  ] as const)('%s', async (_, role, agencies, reads, decides) => {
    const id = await propose()
    const { cookie: as } = await server.signInAs(role, [...agencies])
    const page = await open(links.signPattern(id), as)
    expect(page.status).toBe(reads)
    if (reads === 200) expect(await page.text()).not.toContain('Ghi quyết định')
    const signature = signatureIn(await read(links.signPattern(id)))
    expect((await post(links.signPattern(id), { signature, choice: 'keep', why }, as)).status).toBe(decides)
    expect(await readState(id)).toMatchObject({ state: 'pending' })
  })

  test('nobody opens one that reaches into the running day', async () => {
    const id = await propose()
    clock = Date.UTC(2026, 9, 22, 8)
    expect((await open(links.signPattern(id))).status).toBe(404)
  })
})

describe('looking again', () => {
  const ask = (fields: Record<string, string>, as = cookie) => post(links.lookAgain, fields, as)
  const looks = async () => [...(await server.database.sql`select asked_by, found from sign_looks order by id`)]

  test('finds what could not be seen at night, once, and says how many', async () => {
    await server.database.sql`insert into visits (place_id, field_id, period, day, count, source, changed_by)
      select id, 0, 'day', ${from}, 1, 'form', 'test' from places where code = 'QUAYDD'`
    expect((await ask({ tu: '20/10/2026', den: '22/10/2026' })).status).toBe(303)
    await expect.poll(looks).toMatchObject([{ found: 1 }])
    expect(await read(links.review())).toContain('Thấy 1 nhóm mới')
    expect((await ask({ tu: '20/10/2026', den: '22/10/2026', diem: 'QUAYDD' })).status).toBe(303)
    await expect.poll(looks).toMatchObject([{ found: 1 }, { found: 0 }])
    const found = await server.database.sql`select sign, state, observed, judged from sign_patterns`
    expect([...found]).toEqual([{ sign: 'more_than_visits', state: 'pending', observed: 14, judged: 14 }])
  })

  test.each([
    ['the running day', { tu: '20/10/2026', den: '23/10/2026' }, 'chỉ nhìn lại được các ngày đã khép'],
    ['the wrong way round', { tu: '22/10/2026', den: '20/10/2026' }, 'Từ ngày phải trước hoặc bằng Đến ngày.'],
    ['too many days', { tu: '01/01/2026', den: '20/10/2026' }, 'nhiều nhất 92 ngày'],
    ['no day', { tu: '31/02/2026', den: '20/10/2026' }, 'không đọc được “31/02/2026”'],
    ['long ago', { tu: '01/01/2025', den: '20/01/2025' }, 'trong vòng một năm'],
  ])('%s is refused with a sentence', async (_, fields, sentence) => {
    const reply = await ask(fields)
    expect(reply.status).toBe(422)
    expect(await reply.text()).toContain(sentence)
    expect(await looks()).toEqual([])
  })

  test('is asked by who may decide only', async () => {
    const range = { tu: '20/10/2026', den: '22/10/2026' }
    for (const [role, agencies] of [
      ['manager', ['tram-y-te']],
      ['leader', []],
      ['auditor', []],
    ] as const) {
      const { cookie: as } = await server.signInAs(role, [...agencies])
      expect((await ask(range, as)).status).toBe(403)
    }
    expect((await ask({ ...range, diem: randomUUID().slice(0, 8) })).status).toBe(404)
    expect(await looks()).toEqual([])
  })
})
