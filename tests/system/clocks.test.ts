import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import { mintPageId } from '../../server/respond/arrive.ts'
import { ageOfPage } from '../../server/respond/page-rules.ts'
import { decideStanding, happenedWithin } from '../../server/respond/rules.ts'
import { backupHealth, clockDifference, isClockOff } from '../../server/system/rules.ts'
import { links } from '../../web/links.ts'
import { testPassword } from '../fixtures/global-setup.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let offsetMs = 0
beforeAll(async () => {
  server = await startTestServer({ now: () => Date.now() + offsetMs })
})
afterAll(() => server.stop())

const standings = async () =>
  (await server.database.sql`select standing, reason, seconds from responses order by received_at`).map((row) => ({
    ...row,
  }))

/** The id of a page that another process of this commune made. */
async function makePage(madeMs: number) {
  const { sql } = server.database
  const [row] = await sql<{ key: string; id: PlaceId }[]>`
    select settings.value as key, places.id from settings, places where settings.key = 'key.page' and code = 'QUAYHT'`
  return mintPageId(row?.key as string, row?.id as PlaceId, madeMs)
}

/** A citizen's form whose page was made by a clock so far ahead. */
async function sendForm(aheadMs: number): Promise<void> {
  const { id, answers } = await fullBody(server, 'QUAYHT', 5, await makePage(Date.now() + aheadMs))
  const chosen = Object.entries(answers).map(([code, level]) => [`a-${code}`, String(level)])
  const body = new URLSearchParams([['id', id], ...chosen])
  const reply = await server.send(links.survey('QUAYHT'), { method: 'POST', body })
  expect(reply.status).toBe(303)
}

describe('an id made by a clock that is ahead', () => {
  test.each([1, 1000, 8000, 30_000, 3_600_000])('by %i ms is no sign', (aheadMs) => {
    const nowMs = Date.UTC(2026, 10, 27)
    const ageMs = ageOfPage(nowMs + aheadMs, nowMs)
    expect(ageMs).toBeNull()
    const quiet = { honeypotFilled: false, sameDevice: false, outOfPace: false, countedThisHour: 0, openThisHour: 0 }
    const within = { keptByTablet: false, outsideHours: false, countedThisHalfHour: 0, mostPerHalfHour: null }
    const plain = { ...quiet, ...within, budgetPerHour: 120, provenance: 'open' } as const
    expect(decideStanding({ ...plain, ageMs })).toEqual({ standing: 'counted', reason: null })
  })

  test('tells its age to the millisecond when it is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), (age) => {
        const nowMs = Date.UTC(2026, 10, 27)
        expect(ageOfPage(nowMs - age, nowMs)).toBe(age)
      }),
    )
  })

  test('six answers to pages of a process 8 s ahead, or from before a clock was set back, count', async () => {
    for (const aheadMs of [8000, 8000, 8000, 60_000, 60_000, 60_000]) await sendForm(aheadMs)
    const counted = { standing: 'counted', reason: null, seconds: null }
    expect(await standings()).toEqual(Array.from({ length: 6 }, () => counted))
    await sendForm(0)
    expect((await standings()).at(-1)).toMatchObject({ standing: 'set_aside', reason: 'too_fast' })
  })
})

describe('the clocks of the database and of this process', () => {
  test.each([
    [1000, 4000, 1010, { aheadMs: 2995, uncertainMs: 5 }, true],
    [1000, 3004, 1000, { aheadMs: 2004, uncertainMs: 0 }, true],
    [1000, 3000, 1000, { aheadMs: 2000, uncertainMs: 0 }, false],
    [9000, 6900, 9000, { aheadMs: -2100, uncertainMs: 0 }, true],
    [1000, 5000, 7000, { aheadMs: 1000, uncertainMs: 3000 }, false],
  ])('asked at %i, answered %i, heard at %i', (sent, database, received, expected, isOff) => {
    expect(clockDifference(sent, database, received)).toEqual(expected)
    expect(isClockOff(expected)).toBe(isOff)
  })

  test.each([
    [0, /Đồng hồ khớp với máy chạy Ý Dân/],
    [-8200, /Hai đồng hồ lệch nhau 8,\d giây Đồng hồ của cơ sở dữ liệu chạy trước .+ \(NTP\)/],
    [8200, /Hai đồng hồ lệch nhau 8,\d giây Đồng hồ của cơ sở dữ liệu chạy sau .+ \(NTP\)/],
    [-86_400_000, /Hai đồng hồ lệch nhau 1 ngày 0 giờ|Hai đồng hồ lệch nhau 23 giờ 59 phút/],
  ])('%i ms apart are told on the system page', async (ms, words) => {
    offsetMs = ms
    const { cookie } = await server.signInAs('administrator')
    const html = await (await server.send(links.system, { headers: { cookie } })).text()
    offsetMs = 0
    expect(html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')).toMatch(words)
  })
})

describe('a clock that was set back', () => {
  test('makes nothing recent that is said to come', () => {
    expect(happenedWithin(1000, 5000, 5999)).toBe(true)
    expect(happenedWithin(1000, 5000, 6001)).toBe(false)
    expect(happenedWithin(1000, 5000, 4999)).toBe(false)
    expect(happenedWithin(1000, Number.NEGATIVE_INFINITY, 0)).toBe(false)
  })

  test('does not make a stopped backup good for ever', () => {
    const nowMs = Date.UTC(2026, 10, 27)
    expect(backupHealth({ at: '2027-11-27T00:00:00Z' }, nowMs)).toBe('warn')
    expect(backupHealth({ at: '2026-11-27T00:00:30Z' }, nowMs)).toBe('ok')
  })

  test('keeps nobody out longer than a wait lasts', async () => {
    const enter = (password: string) =>
      server.send(links.signIn(), { method: 'POST', body: new URLSearchParams({ username: 'admin', password }) })
    offsetMs = 86_400_000
    for (let attempt = 0; attempt < 12; attempt += 1) await enter('sai-mat-khau')
    offsetMs = 0
    expect((await enter(testPassword)).status).toBe(303)
  })
})
