import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IndicatorResult } from '../../server/indicators/contract.ts'
import type { DailyResult } from '../../server/today/contract.ts'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let clock = Date.UTC(2026, 10, 23, 3)
beforeAll(async () => {
  server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
})
afterAll(() => server.stop())

const indicator = async (code: string, from?: string, to?: string) =>
  (await server.read<IndicatorResult[]>(links.api.indicators(from, to))).find(
    (one) => one.code === code,
  ) as IndicatorResult
const board = async (place: string, read: (path: string) => Promise<DailyResult[]> = server.read) =>
  (await read(links.api.daily(place)))[0] as DailyResult
const asStaff = async (cookie: string) => async (path: string) =>
  (await server.send(path, { headers: { cookie } })).json() as Promise<DailyResult[]>

describe('indicators', () => {
  test('are the six of the plan, empty and honest before the first answer', async () => {
    const all = await server.read<IndicatorResult[]>(links.api.indicators('2020-01-01', '2020-12-31'))
    expect(all.map(({ code, target }) => [code, target])).toEqual([
      ['I.1', 95],
      ['II.1', 95],
      ['II.2', 90],
      ['II.7', 95],
      ['II.8', 90],
      ['II.9', 90],
    ])
    for (const one of all) {
      expect(one).toMatchObject({ score: null, lower: null, upper: null, responses: 0, verdict: 'not_yet_provable' })
    }
  })

  test('take exactly the responses that their definition names', async () => {
    await server.answer({ ...(await fullBody(server, 'QUAYDD', 5)), field: 'dat-dai' })
    await server.answer({ ...(await fullBody(server, 'QUAYHT', 1)), serviceMode: 'online' })
    await server.answer(await fullBody(server, 'DVCTT', 5))
    await server.answer(await fullBody(server, 'KHAMBENH', 4))
    await server.answer(await fullBody(server, 'TRTHCS', 2))
    const found = await server.read<IndicatorResult[]>(links.api.indicators())
    const figures = Object.fromEntries(found.map(({ code, score, responses }) => [code, [responses, score]]))
    expect(figures).toEqual({
      'I.1': [2, 50],
      'II.1': [3, expect.closeTo(66.67, 1)],
      'II.2': [1, 100],
      'II.7': [0, null],
      'II.8': [1, 100],
      'II.9': [1, 0],
    })
  })

  test('leave out what was set aside and what nobody had an opinion on', async () => {
    const before = await indicator('II.8')
    const silent = await fullBody(server, 'TCHUNG', 0)
    expect((await server.answer(silent)).status).toBe(201)
    expect(await indicator('II.8')).toEqual(before)
    expect(await board('TCHUNG')).toMatchObject({ responses: 0, score: null, setAside: 0 })
  })

  test('count the days of the asked range only, both ends included', async () => {
    clock = Date.UTC(2026, 10, 24, 3)
    await server.answer(await fullBody(server, 'TRMN', 5))
    expect((await indicator('II.9', '2026-11-24', '2026-11-24')).responses).toBe(1)
    expect((await indicator('II.9', '2026-11-23', '2026-11-24')).responses).toBe(2)
    expect((await indicator('II.9', '2026-11-25', '2026-12-01')).responses).toBe(0)
  })
})

type Ask = { criterion: string; probability: number }[]

/** One citizen's share of satisfied and of answered questions, weighed by 1/π, worked out apart from the server's rules. */
function weighByHand(ask: Ask, given: Record<string, number | undefined>): { y: number; m: number } {
  const total = ask.reduce((sum, { probability }) => sum + 1 / probability, 0)
  const share = (keep: (level: number) => boolean) =>
    ask
      .filter(({ criterion }) => keep(given[criterion] ?? 0))
      .reduce((sum, { probability }) => sum + 1 / probability / total, 0)
  return { y: share((level) => level >= 4), m: share((level) => level >= 1) }
}

test('day, indicator and a recount by hand agree on random answers', async () => {
  const fresh = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
  const level = fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined })
  const people = fc.array(fc.array(level, { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 40 })
  const totals = { y: 0, m: 0, n: 0 }
  await fc.assert(
    fc.asyncProperty(people, async (everyone) => {
      for (const levels of everyone.filter((one) => one.some((answer) => answer !== undefined))) {
        const id = randomUUID()
        const reply = await fresh.send(links.api.questionnaire('TCHUNG', id))
        const { ask } = (await reply.json()) as { ask: Ask }
        const answers = Object.fromEntries(ask.map(({ criterion }, index) => [criterion, levels[index]]))
        const sent = await fresh.answer({ id, place: 'TCHUNG', answers })
        expect(sent.status).toBe(201)
        const { y, m } = weighByHand(ask, answers)
        totals.n += m > 0 ? 1 : 0
        totals.m += m
        totals.y += y
      }
      const expected = totals.m > 0 ? (100 * totals.y) / totals.m : null
      const [day] = await fresh.read<DailyResult[]>(links.api.daily('TCHUNG'))
      const found = (await fresh.read<IndicatorResult[]>(links.api.indicators())).find(({ code }) => code === 'II.8')
      for (const one of [day, found]) {
        expect(one?.responses).toBe(totals.n)
        if (expected === null) expect(one?.score).toBeNull()
        else expect(one?.score).toBeCloseTo(expected, 9)
      }
      expect([day?.lower, day?.upper]).toEqual([found?.lower, found?.upper])
    }),
    { numRuns: 8 },
  )
  expect(await fresh.countDiffering()).toBe(0)
  await fresh.stop()
})

describe('what staff see of the running day', () => {
  const answerMinted = async (place: string, count: number, level: number) => {
    for (let sent = 0; sent < count; sent += 1) {
      const id = await server.mint(place, clock - 60_000)
      expect((await server.answer(await fullBody(server, place, level, id))).status).toBe(201)
    }
  }

  test('a place shows its morning from noon on where enough stand behind it, and the whole day the day after', async () => {
    clock = Date.UTC(2026, 10, 26, 3)
    const { cookie } = await server.signIn()
    const read = await asStaff(cookie)
    await answerMinted('QUAYTH', 90, 5)
    await server.answer(await fullBody(server, 'QUAYTH', 1))
    expect(await board('QUAYTH', read)).toMatchObject({ score: null, responses: 0 })
    clock = Date.UTC(2026, 10, 26, 5, 1)
    expect((await board('QUAYTH', read)).score).toBeNull()
    clock = Date.UTC(2026, 10, 26, 5, 2)
    expect(await board('QUAYTH', read)).toMatchObject({ responses: 91, score: expect.closeTo(98.9, 1) })
    await server.answer(await fullBody(server, 'QUAYTH', 1))
    clock = Date.UTC(2026, 10, 26, 16, 59)
    expect((await board('QUAYTH', read)).responses).toBe(91)
    expect((await board('QUAYTH')).responses).toBe(92)
    clock = Date.UTC(2026, 10, 27, 3)
    expect((await read(links.api.daily('QUAYTH', '2026-11-26', '2026-11-26')))[0]).toMatchObject({ responses: 92 })
  })

  test('another process, started later, shows the same', async () => {
    clock = Date.UTC(2026, 10, 26, 9)
    const other = await startTestServer({ now: () => clock, connection: server.connection })
    const { cookie } = await server.signIn()
    const pageOf = async (one: TestServer) => (await one.send(links.today(), { headers: { cookie } })).text()
    const boardOf = (html: string) => /<div id="today-board".*<\/main>/s.exec(html)?.[0]
    expect(boardOf(await pageOf(other))).toBe(boardOf(await pageOf(server)))
    expect(await pageOf(other)).toMatch(/tính trên\D*91/)
    await other.stop()
  })

  test('a closed day of four shows no score of its own to people, and counts in a longer period', async () => {
    clock = Date.UTC(2026, 10, 30, 3)
    for (let sent = 0; sent < 4; sent += 1) await server.answer(await fullBody(server, 'QUAYXH', 4))
    clock += 86_400_000
    const { cookie } = await server.signIn()
    const read = await asStaff(cookie)
    const [day] = await read(links.api.daily('QUAYXH', '2026-11-30', '2026-11-30'))
    expect(day).toMatchObject({ score: null, lower: null, responses: 4 })
    expect((await server.read<DailyResult[]>(links.api.daily('QUAYXH', '2026-11-30', '2026-11-30')))[0]?.score).toBe(
      100,
    )
    const page = await (await server.send(links.today('2026-11-30'), { headers: { cookie } })).text()
    expect(page).toContain('Dưới 5 phiếu, không hiện điểm')
  })

  test('no choice of range or indicator shows an answer of the running day', async () => {
    clock = Date.UTC(2026, 11, 3, 3)
    const { cookie } = await server.signIn()
    const staffSees = async (from: string) => {
      const reply = await server.send(links.api.indicators(from, '2026-12-03'), { headers: { cookie } })
      return ((await reply.json()) as IndicatorResult[]).map(({ code, responses }) => `${code}:${responses}`).join()
    }
    const nothing = await Promise.all(['2026-12-01', '2026-12-02', '2026-12-03'].map(staffSees))
    for (let count = 1; count <= 6; count += 1)
      await server.answer({ ...(await fullBody(server, 'QUAYDD', 1)), field: 'dat-dai', serviceMode: 'online' })
    clock += 10 * 3_600_000
    expect(await Promise.all(['2026-12-01', '2026-12-02', '2026-12-03'].map(staffSees))).toEqual(nothing)
    clock += 86_400_000
    expect(await staffSees('2026-12-03')).toContain('I.1:6,II.1:6,II.2:6')
  })
})

test('a board open at one process moves when another process stores an answer', async () => {
  clock = Date.UTC(2026, 11, 10, 3)
  const other = await startTestServer({ now: () => clock, connection: server.connection })
  const { cookie } = await server.signIn()
  const stop = new AbortController()
  const stream = await server.send(links.live, { headers: { cookie }, signal: stop.signal })
  const reader = (stream.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let text = ''
  const readUntil = async (pattern: RegExp) => {
    while (!pattern.test(text)) text += decoder.decode((await reader.read()).value, { stream: true })
  }
  await readUntil(/event: today\ndata: .*\n\n/)
  await other.answer(await fullBody(other, 'KHAMBENH', 5))
  await readUntil(/"code":"KHAMBENH"[^}]*"received":1/)
  stop.abort()
  await reader.cancel().catch(() => {})
  await other.stop()
})

test('the OpenAPI document names every route under /api and the members of their replies', async () => {
  const document = (await (await server.send(links.api.openapi)).json()) as {
    paths: Record<string, Record<string, { summary?: string }>>
  }
  expect(Object.keys(document.paths).sort()).toEqual(
    [
      '/api/daily',
      '/api/indicators',
      '/api/openapi.json',
      '/api/places',
      '/api/places/{code}/questionnaire',
      '/api/province/v1/indicators',
      '/api/responses',
      '/api/tickets',
    ].sort(),
  )
  for (const operations of Object.values(document.paths))
    for (const operation of Object.values(operations)) expect(operation.summary).toMatch(/\.$/)
  expect(JSON.stringify(document)).toContain('not_yet_provable')
})

test('/health says ok, in JSON', async () => {
  const reply = await server.send(links.health)
  expect([reply.status, await reply.json()]).toEqual([200, { status: 'ok' }])
})
