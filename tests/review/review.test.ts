import { randomUUID } from 'node:crypto'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Connection } from '../../db/client.ts'
import { withinScope } from '../../db/staff/scope.ts'
import { auditLog } from '../../db/staff/tables.ts'
import { rollMonths } from '../../db/tallies/months.ts'
import { tallyBy } from '../../db/tallies/slices.ts'
import { createCatalogue, shapeOfVersion } from '../../server/catalogue/catalogue.ts'
import { fieldNames } from '../../server/respond/contract.ts'
import { tokenOf } from '../../server/review/rules.ts'
import { scoreOf } from '../../server/score/rules.ts'
import { links } from '../../web/links.ts'
import { formatInterval, formatPercent } from '../../web/ui/format.ts'
import { cloneDatabase, fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const day = '2026-10-20'
const dayStart = Date.UTC(2026, 9, 20, 2)
const nextMorning = Date.UTC(2026, 9, 21, 2)
const coordinator = 'phong-van-hoa-xa-hoi'
const why = 'Đã đối chiếu với sổ tiếp nhận trong ngày.'

let clock: number
let server: TestServer
let cookie: string
let seeded: Connection & object

const start = (connection: Connection) =>
  startTestServer({ connection, now: () => clock, config: { placeBudgetPerHour: 20 } })

/** Twenty counted (two of them at level 3), then ten set aside because the hour's budget is full (all at level 2). */
beforeAll(async () => {
  clock = dayStart
  seeded = await cloneDatabase()
  server = await start(seeded)
  for (let i = 0; i < 30; i += 1) await answer('QUAYDD', i < 18 ? 5 : i < 20 ? 3 : 2)
  await server.stop()
})
beforeEach(async () => {
  clock = nextMorning
  server = await start(await cloneDatabase(seeded))
  cookie = (await server.signInAs('manager', [coordinator])).cookie
})
afterEach(() => server.stop())

/** A second apart, as the citizens of a counter are: the order of adding is then the order of coming. */
async function answer(place: string, level: number, id = randomUUID() as string) {
  clock += 1000
  const reply = await server.answer(await fullBody(server, place, level, id))
  expect(reply.status).toBe(201)
}

const group = (sign: string, more: Record<string, string> = {}) => ({
  diem: 'QUAYDD',
  ngay: day,
  'dau-hieu': sign,
  kenh: 'web',
  ...more,
})
const overBudget = group('over_budget')

const open = (path: string, as = cookie) => server.send(path, { headers: { cookie: as } })
const post = (path: string, body: URLSearchParams, as = cookie) =>
  server.send(path, { method: 'POST', headers: { cookie: as }, body })

const hiddenIn = (html: string) =>
  [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
    ([, name, value]) => [name, value] as [string, string],
  )

/** The preview's form, filled in. */
async function preview(pattern: Record<string, string>, tokens: string[] = [], as = cookie) {
  const chosen = new URLSearchParams(tokens.map((token) => ['phieu', token]))
  const reply = await open(`${links.previewReview(pattern)}&${chosen}`, as)
  expect(reply.status).toBe(200)
  const html = await reply.text()
  return { html, form: new URLSearchParams([...hiddenIn(html), ['why', why]]) }
}

async function decide(pattern: Record<string, string>, tokens: string[] = []) {
  const { form } = await preview(pattern, tokens)
  const reply = await post(links.decideReview, form)
  expect(reply.status).toBe(303)
  return (reply.headers.get('location') as string).split('/').at(-1) as string
}

async function tokensOf(pattern: Record<string, string>) {
  const html = await (await open(links.reviewPattern(pattern))).text()
  return [...html.matchAll(/name="phieu" value="([0-9a-f]{16})"/g)].map(([, token]) => token as string)
}

const readDay = async () => {
  const [row] = await server.read<{ score: number; responses: number; setAside: number }[]>(
    links.api.daily('QUAYDD', day, day),
  )
  return row
}

/** Everything stored of the tallies, as text: equal means equal to the last bit. */
const readCells = async () =>
  (await server.database.sql<{ cell: string }[]>`select cells::text as cell from cells order by 1`).map(
    ({ cell }) => cell,
  )
const readStandings = async () => [
  ...(await server.database.sql`select place_id, id, standing, reason from responses order by 1, 2`),
]

test('the list groups by place, day, reason and channel, and says what hangs on it', async () => {
  const html = await (await open(links.review())).text()
  expect(html).toContain(links.reviewPattern(overBudget).replaceAll('&', '&amp;'))
  expect(html).toContain('10\u00a0phiếu')
  // By hand: 18 of 20 counted citizens satisfied, 18 of 30 with those set aside; everyone answered all on one level.
  for (const sums of [
    [20, 2, 18, 20, 18, 18, 20],
    [30, 12, 18, 30, 18, 18, 30],
  ] as const) {
    const { score, lower, upper } = scoreOf(sums)
    expect(html).toContain(formatPercent(score as number, 95))
    expect(html).toContain(formatInterval(lower as number, upper as number, 95))
  }
  expect(formatPercent(60, 95)).toBe('60,0\u00a0%')
  // Both of its targets are due from 2028: until then there is no verdict to change.
  expect(html).toContain('Đang theo dõi, chỉ tiêu từ 2028')
  expect(html).not.toMatch(/Chưa đạt|Kết luận thay đổi/)
})

test('a verdict that hangs on them is said to change where the target is due', async () => {
  for (let i = 0; i < 30; i += 1) await answer('KHAMBENH', i < 18 ? 5 : i < 20 ? 3 : 2)
  clock += 86_400_000
  const html = await (await open(links.review())).text()
  expect(html).toMatch(/II\.8.*Kết luận thay đổi/s)
})

test('a response is shown by its half of the day, channel, reason and marks, never by its id or a time', async () => {
  const html = await (await open(links.reviewPattern(overBudget))).text()
  expect(html.match(/Buổi sáng, qua liên kết/g)).toHaveLength(10)
  expect(html).toMatch(/answer-mark dissatisfied/)
  const ids = await server.database.sql<{ id: string }[]>`select id::text as id from responses`
  for (const { id } of ids) expect(html).not.toContain(id)
  expect(html).not.toMatch(/\d\d:\d\d/)
})

test('a preview shows the score before and after and changes nothing', async () => {
  const before = [await readCells(), await readStandings()]
  const { html } = await preview(overBudget)
  expect(html).toContain('Sau quyết định')
  expect(html).toContain('60,0\u00a0%')
  expect(html).toContain('Tính lại 10\u00a0phiếu')
  expect([await readCells(), await readStandings()]).toEqual(before)
})

test('counting a group again moves counts and score, and a recount agrees', async () => {
  expect(await readDay()).toMatchObject({ score: 90, responses: 20, setAside: 10 })
  const decision = await decide(overBudget)
  expect(await readDay()).toMatchObject({ score: 60, responses: 30, setAside: 0 })
  expect(await server.countDiffering()).toBe(0)
  const html = await (await open(links.reviewDecision(decision))).text()
  expect(html).toContain('từ để riêng sang được tính')
  expect(html).toContain(why)
  expect(await (await open(links.review())).text()).toContain(links.reviewDecision(decision))
})

test('single responses are decided about by themselves', async () => {
  const tokens = await tokensOf(overBudget)
  expect(tokens).toHaveLength(10)
  await decide(overBudget, tokens.slice(0, 3))
  expect(await readDay()).toMatchObject({ responses: 23, setAside: 7 })
  expect(await tokensOf(overBudget)).toHaveLength(7)
  expect(await server.countDiffering()).toBe(0)
})

test('taking a decision back restores the former state to the last bit, once', async () => {
  const before = [await readCells(), await readStandings()]
  const decision = await decide(overBudget)
  expect([await readCells(), await readStandings()]).not.toEqual(before)
  const undo = () => post(links.undoReview(decision), new URLSearchParams({ why }))
  const undone = await undo()
  expect(undone.status).toBe(303)
  expect([await readCells(), await readStandings()]).toEqual(before)
  expect((await undo()).status).toBe(409)
  expect([await readCells(), await readStandings()]).toEqual(before)
  const html = await (await open(links.reviewDecision(decision))).text()
  expect(html).toContain(undone.headers.get('location'))
  const again = (undone.headers.get('location') as string).split('/').at(-1) as string
  expect((await post(links.undoReview(again), new URLSearchParams({ why }))).status).toBe(303)
  expect(await readDay()).toMatchObject({ responses: 30, setAside: 0 })
})

test('a group that changed since its preview is refused and shown anew', async () => {
  const stale = await preview(overBudget)
  await decide(overBudget, (await tokensOf(overBudget)).slice(0, 1))
  const reply = await post(links.decideReview, stale.form)
  expect(reply.status).toBe(409)
  const html = await reply.text()
  expect(html).toContain('nhóm phiếu đã đổi')
  expect(html).toContain('Tính lại 9\u00a0phiếu')
  expect(html).toContain(why)
  expect(await readDay()).toMatchObject({ responses: 21, setAside: 9 })
  const fresh = new URLSearchParams([...hiddenIn(html), ['why', why]])
  expect((await post(links.decideReview, fresh)).status).toBe(303)
})

test('of two equal decisions at once one is taken', async () => {
  const { form } = await preview(overBudget)
  const replies = await Promise.all([1, 2, 3].map(() => post(links.decideReview, form)))
  expect(replies.map(({ status }) => status).sort()).toEqual([303, 409, 409])
  expect(await readDay()).toMatchObject({ responses: 30, setAside: 0 })
  expect(await server.countDiffering()).toBe(0)
})

test.each([
  ['none', ''],
  ['nine characters', 'chín ký t'],
  ['spaces', ' '.repeat(40)],
  ['501 characters', 'a'.repeat(501)],
])('a reason of %s is refused and the form kept', async (_, reason) => {
  const { form } = await preview(overBudget)
  form.set('why', reason)
  const reply = await post(links.decideReview, form)
  expect(reply.status).toBe(422)
  expect(await reply.text()).toContain('từ 10 đến 500 ký tự.')
  expect(await readDay()).toMatchObject({ responses: 20, setAside: 10 })
})

test('the log says who moved how many of which place and day, and nothing of what citizens said', async () => {
  const { cookie: as, username } = await server.signInAs('manager', [coordinator])
  const { form } = await preview(overBudget, [], as)
  expect((await post(links.decideReview, form, as)).status).toBe(303)
  const rows = await withinScope(server.database, 'all', (transaction) => transaction.select().from(auditLog))
  const own = rows.filter(({ action }) => action.startsWith('response.'))
  expect(own).toMatchObject([{ actor: username, action: 'response.restore', subject: `QUAYDD ${day} 10` }])
  expect(own[0]?.agencyId).not.toBeNull()
  const ids = await server.database.sql<{ id: string }[]>`select id::text as id from responses`
  for (const { id } of ids) expect(JSON.stringify(own)).not.toContain(id)
})

test('the months made of changed days are made anew', async () => {
  const state = await createCatalogue(server.database, () => clock).read()
  const shapes = state.versions.map(shapeOfVersion)
  const selection = { versionIds: shapes.map(({ versionId }) => versionId) }
  const readMonth = async () =>
    (await tallyBy(server.database, 'total', selection, { from: '2026-10-01', to: '2026-10-31' }))[0]
  clock = Date.UTC(2026, 10, 3, 2)
  expect(await rollMonths(server.database, shapes, '2026-10-31')).toEqual(['2026-10-01'])
  expect(await readMonth()).toMatchObject({ received: 30, setAside: 10 })
  await decide(overBudget)
  expect(await readMonth()).toMatchObject({ received: 30, setAside: 0, sums: [30, 12, 18, 30, 18, 18, 30] })
  expect(await rollMonths(server.database, shapes, '2026-10-31')).toEqual(['2026-10-01'])
  expect(await readMonth()).toMatchObject({ received: 30, setAside: 0, sums: [30, 12, 18, 30, 18, 18, 30] })
  expect(await server.countDiffering()).toBe(0)
})

test('open boards hear of a decision', async () => {
  const heard = new Promise<string>((resolve) => {
    void server.database.listen('tallies', resolve, () => {})
  })
  await decide(overBudget)
  const [place] = await server.database.sql`select id from places where code = 'QUAYDD'`
  expect(await heard).toBe(String(place?.id))
})

describe('counted responses', () => {
  beforeEach(async () => {
    for (const _ of [1, 2, 3]) await answerForm('QUAYKD', 5, 6000)
    await answerForm('QUAYKD', 5, 40_000)
    clock += 86_400_000
  })

  const fast = { ...group('very_fast'), diem: 'QUAYKD', ngay: '2026-10-21', kenh: 'qr' }

  test('very fast ones are listed and set aside by hand', async () => {
    const list = await (await open(links.review({ xem: 'duoc-tinh' }))).text()
    expect(list).toContain(links.reviewPattern(fast).replaceAll('&', '&amp;'))
    expect(await tokensOf(fast)).toHaveLength(3)
    const before = await readCells()
    const decision = await decide(fast)
    const rows = await server.database.sql`
      select reason, count(*)::int as count from responses where day = '2026-10-21' group by 1 order by 1 nulls last`
    expect([...rows]).toEqual([
      { reason: 'reviewed', count: 3 },
      { reason: null, count: 1 },
    ])
    expect(await server.countDiffering()).toBe(0)
    expect((await post(links.undoReview(decision), new URLSearchParams({ why }))).status).toBe(303)
    expect(await readCells()).toEqual(before)
  })

  test('runs of identical full answers within an hour are listed from eight on', async () => {
    const like = async (count: number) =>
      server.database
        .sql`update responses set answers = repeat('5', length(answers)), received_at = ${'2026-10-20T03:00:00Z'}
        where (place_id, id) in (select place_id, id from responses where day = ${day} and standing = 'counted' limit ${count})`
    await like(7)
    const list = async () => (await open(links.review({ xem: 'duoc-tinh', diem: 'QUAYDD' }))).text()
    expect(await list()).not.toContain('dau-hieu=same_hour')
    await like(8)
    expect(await list()).toContain('dau-hieu=same_hour')
  })

  /** Through the page, whose id tells when it was made. */
  async function answerForm(place: string, level: number, takesMs: number) {
    clock += 1000
    const id = await server.mint(place, clock)
    const { answers } = await fullBody(server, place, level, id)
    clock += takesMs
    const marks = Object.entries(answers).map(([criterion, value]) => [fieldNames.answer(criterion), String(value)])
    const body = new URLSearchParams([['id', id], ['version', '1'], ['channel', 'qr'], ...marks] as [string, string][])
    expect((await server.send(links.survey(place), { method: 'POST', body })).status).toBe(303)
  }
})

describe('who', () => {
  const agency = 'trung-tam-pvhcc'

  test.each([
    ['manager', [coordinator], 200, 200],
    ['manager', [agency], 200, 403],
    ['manager', ['tram-y-te'], 404, 403],
    ['manager', [coordinator, agency], 200, 403],
    ['leader', [], 200, 403],
    ['auditor', [], 200, 403],
    ['administrator', [], 200, 403],
    ['clerk', [agency], 403, 403],
    ['interviewer', [agency], 403, 403],
  ] as const)('%s of %j reads with %i and decides with %i', async (role, agencies, reads, decides) => {
    const { cookie: as } = await server.signInAs(role, [...agencies])
    const { form } = await preview(overBudget)
    expect((await open(links.reviewPattern(overBudget), as)).status).toBe(reads)
    expect((await open(links.previewReview(overBudget), as)).status).toBe(decides)
    const reply = await post(links.decideReview, form, as)
    expect(reply.status).toBe(decides === 200 ? 303 : decides)
    expect(await readDay()).toMatchObject({ setAside: decides === 200 ? 0 : 10 })
  })

  test('about a school the administrator decides, not the coordinating manager', async () => {
    clock = dayStart
    for (let i = 0; i < 22; i += 1) await answer('TRTH', 5)
    clock = nextMorning
    const school = { ...overBudget, diem: 'TRTH' }
    expect((await open(links.previewReview(school))).status).toBe(403)
    const { cookie: as } = await server.signIn()
    const { form } = await preview(school, [], as)
    expect((await post(links.decideReview, form, as)).status).toBe(303)
    expect(await server.read(links.api.daily('TRTH', day, day))).toMatchObject([{ responses: 22, setAside: 0 }])
  })

  test('who may not decide may not take a decision back either, and only readers of the place see it', async () => {
    const decision = await decide(overBudget)
    const rated = await server.signInAs('manager', [agency])
    const other = await server.signInAs('manager', ['tram-y-te'])
    expect((await open(links.reviewDecision(decision), rated.cookie)).status).toBe(200)
    expect((await open(links.reviewDecision(decision), other.cookie)).status).toBe(404)
    const reply = await post(links.undoReview(decision), new URLSearchParams({ why }), rated.cookie)
    expect(reply.status).toBe(403)
    expect(await readDay()).toMatchObject({ setAside: 0 })
  })

  test('managers list their own places only', async () => {
    const { cookie: as } = await server.signInAs('manager', ['tram-y-te'])
    const html = await (await open(links.review(), as)).text()
    expect(html).not.toContain('QUAYDD')
    expect(html).not.toContain('Sau quyết định')
    expect((await open(links.review({ diem: 'QUAYDD' }), as)).status).toBe(404)
  })
})

test('wherever a count of them stands, who may read them finds a link', async () => {
  const range = ['2026-10-01', '2026-10-31'] as const
  const leader = await server.signInAs('leader')
  const clerk = await server.signInAs('clerk', ['trung-tam-pvhcc'])
  const read = async (path: string, as: { cookie: string }) => (await open(path, as.cookie)).text()
  const linkIn = (html: string) =>
    /<main[\s\S]*href="(\/phieu-de-rieng[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
  expect(linkIn(await read(links.today(day), leader))).toBe(links.review({ tu: day, den: day }))
  expect(linkIn(await read(links.indicators(...range), leader))).toBe(links.review())
  expect(linkIn(await read(links.indicator('II.1', ...range), leader))).toBe(
    links.review({ tu: range[0], den: range[1] }),
  )
  const board = await open(links.today(day), clerk.cookie)
  expect(board.status).toBe(200)
  expect(linkIn(await board.text())).toBeUndefined()
})

test('of the running day only a number is shown', async () => {
  clock = dayStart + 3_600_000 * 6
  const html = await (await open(links.review())).text()
  expect(html).toContain('Hôm nay để riêng 10\u00a0phiếu')
  expect(html).not.toContain('dau-hieu=over_budget')
  expect((await open(links.reviewPattern(overBudget))).status).toBe(404)
  expect((await open(links.previewReview(overBudget))).status).toBe(404)
})

test('restoring two hundred while three hundred answers arrive in the same cells loses and doubles nothing', async () => {
  // A process whose clock still says the day before stands for a batch that crosses midnight.
  const arriving = await startTestServer({
    connection: server.connection,
    now: () => dayStart + 7_200_000,
    config: { placeBudgetPerHour: 150 },
  })
  const send = async (count: number) => {
    const bodies = await Promise.all(Array.from({ length: count }, (_, i) => fullBody(arriving, 'QUAYDD', 1 + (i % 5))))
    return Promise.all(bodies.map((body) => arriving.answer(body)))
  }
  await send(350)
  const waiting = await server.database.sql<{ placeId: number; id: string }[]>`
    select place_id as "placeId", id::text as id from responses where reason = 'over_budget' order by id limit 200`
  const tokens = waiting.map(tokenOf)
  expect(new Set(tokens).size).toBe(200)
  const first = await preview(overBudget, tokens.slice(0, 100))
  const second = await preview(overBudget, tokens.slice(100))
  const [replies, ...decisions] = await Promise.all([
    send(300),
    post(links.decideReview, first.form),
    post(links.decideReview, second.form),
  ])
  expect(replies.every(({ status }) => status === 201)).toBe(true)
  expect(decisions.map(({ status }) => status)).toEqual([303, 303])
  const [{ moved } = { moved: 0 }] = await server.database.sql`
    select count(*)::int as moved from responses join standing_changes on response_id = responses.id and to_reason is null
    where standing = 'counted'`
  expect(moved).toBe(200)
  await arriving.stop()
  const [{ received } = { received: 0 }] = await server.database.sql`select sum(received)::int as received from cells`
  expect(received).toBe(30 + 350 + 300)
  expect(await server.countDiffering()).toBe(0)
})
