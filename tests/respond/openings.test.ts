import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBackground } from '../../server/background.ts'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import { firstDayOf, funnelOf } from '../../server/places/rules.ts'
import { createOpenings } from '../../server/respond/openings.ts'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let now = Date.UTC(2026, 10, 23, 3)
beforeAll(async () => {
  server = await startTestServer({ now: () => now })
})
afterAll(() => server.stop())

const countOf = async (one: TestServer, code: string) => {
  const rows = await one.database.sql<{ day: string; channel: string; count: number }[]>`
    select openings.day::text as day, channel::text as channel, count from openings
    join places on places.id = openings.place_id where code = ${code} order by day, channel`
  return rows.map(({ day, channel, count }) => `${day} ${channel} ${count}`)
}
const open = (code: string, channel?: string, headers: Record<string, string> = {}, method = 'GET') =>
  server.send(links.survey(code, channel), { headers, method })

describe('opening the page of a place', () => {
  test('is counted once each time, by day and channel', async () => {
    for (let times = 0; times < 3; times++) await open('QUAYHT')
    // A tablet that nobody enrolled is a page like any other.
    await open('QUAYHT', 'kiosk')
    await open('QUAYHT', 'nothing-known')
    await expect.poll(() => countOf(server, 'QUAYHT')).toEqual(['2026-11-23 qr 5'])
    now = Date.UTC(2026, 10, 23, 17)
    await open('QUAYHT')
    const both = ['2026-11-23 qr 5', '2026-11-24 qr 1']
    await expect.poll(() => countOf(server, 'QUAYHT')).toEqual(both)
  })

  test('by a program, ahead of time or only for its head is not counted', async () => {
    await open('QUAYDD', undefined, {}, 'HEAD')
    await open('QUAYDD', undefined, { 'sec-purpose': 'prefetch;prerender' })
    await open('QUAYDD', undefined, { 'user-agent': 'facebookexternalhit/1.1' })
    await open('QUAYDD', 'web')
    await expect.poll(() => countOf(server, 'QUAYDD')).toEqual(['2026-11-24 web 1'])
  })

  test('that does not show the form is not counted', async () => {
    await server.send('/s/KHONGCO')
    const refused = new URLSearchParams({ id: 'x' })
    expect((await server.send(links.survey('QUAYXH'), { method: 'POST', body: refused })).status).toBe(422)
    await open('QUAYXH')
    await expect.poll(() => countOf(server, 'QUAYXH')).toEqual(['2026-11-24 qr 1'])
  })

  test('waits in memory for a moment and is stored when the process ends', async () => {
    const other = await startTestServer({ connection: server.connection, now: () => now })
    for (let times = 0; times < 20; times++) await other.send(links.survey('TRTH'))
    await other.stop()
    expect(await countOf(server, 'TRTH')).toEqual(['2026-11-24 qr 20'])
  })

  test('is added up over processes', async () => {
    const other = await startTestServer({ connection: server.connection, now: () => now })
    const opening = (one: TestServer) => one.send(links.survey('TRMN'))
    await Promise.all(Array.from({ length: 30 }, (_, index) => opening(index % 2 ? server : other)))
    await other.stop()
    await expect.poll(() => countOf(server, 'TRMN')).toEqual(['2026-11-24 qr 30'])
  })

  test('shows the page also where nothing can be counted', async () => {
    const other = await startTestServer()
    await other.database.sql`drop table openings`
    expect((await other.send(links.survey('QUAYHT'))).status).toBe(200)
    expect((await other.send(links.health)).status).toBe(200)
    await other.stop()
  })
})

test('what could not be stored is stored once there is room again', async () => {
  const other = await startTestServer()
  await other.database.sql`alter table openings rename to away`
  const openings = createOpenings(
    other.database,
    () => now,
    createBackground(
      () => now,
      () => {},
    ),
  )
  openings.note(1 as PlaceId, 'qr')
  openings.note(1 as PlaceId, 'qr')
  await openings.drain()
  await other.database.sql`alter table away rename to openings`
  openings.note(1 as PlaceId, 'qr')
  await openings.drain()
  expect(await other.database.sql`select count from openings`).toEqual([{ count: 3 }])
  await other.stop()
})

describe('from the opened page to the form that came', () => {
  const text = async (path: string, cookie: string) =>
    (await (await server.send(path, { headers: { cookie } })).text())
      .replace(/<(style|svg).*?<\/\1>|<[^>]+>/gs, ' ')
      .replaceAll('\u00a0', ' ')
      .replace(/\s+/g, ' ')

  test('a place shows both by channel, of today, a week or a month', async () => {
    const { cookie } = await server.signIn()
    for (let times = 0; times < 4; times++) await open('KHAMBENH', 'web')
    for (let times = 0; times < 3; times++) await server.answer(await fullBody(server, 'KHAMBENH', 5))
    const row = /Liên kết, tin nhắn Lượt mở trang: 4 Phiếu đã gửi: 3 Tỷ lệ gửi: 75,0 %/
    await expect.poll(() => text(links.placeFor('KHAMBENH', '1'), cookie)).toMatch(row)
    now = Date.UTC(2026, 10, 30, 3)
    expect(await text(links.placeFor('KHAMBENH', '1'), cookie)).toContain('Chưa có lượt mở trang nào')
    expect(await text(links.placeFor('KHAMBENH', '7'), cookie)).toMatch(row)
    expect(await text(links.placeFor('KHAMBENH', '30'), cookie)).toMatch(row)
    expect(await text(links.placesFor('7'), cookie)).toContain('Mở trang 4 → gửi 3 phiếu (75,0 %)')
  })

  test('counts of another agency are not shown', async () => {
    const { cookie } = await server.signInAs('manager', ['truong-cong-lap'])
    expect(await text(links.placesFor('30'), cookie)).not.toContain('Mở trang 4 → gửi 3')
  })

  test('there is no share of nothing, and paper is no page', () => {
    const id = 7 as PlaceId
    const count = (kind: 'opened' | 'sent', channel: 'qr' | 'paper', number: number, placeId = id) => ({
      placeId,
      channel,
      kind,
      count: number,
    })
    const counts = [count('sent', 'qr', 2), count('sent', 'paper', 9), count('opened', 'qr', 5, 8 as PlaceId)]
    const line = { channel: 'qr', opened: 0, sent: 2, share: null }
    expect(funnelOf(counts, id)).toEqual({ lines: [line], opened: 0, sent: 2, share: null })
    expect(funnelOf([], id)).toEqual({ lines: [], opened: 0, sent: 0, share: null })
  })

  test.each([
    ['1', '2026-03-01', '2026-03-01'],
    ['7', '2026-03-01', '2026-02-23'],
    ['30', '2026-03-01', '2026-01-31'],
  ] as const)('%s days up to %s begin on %s', (period, today, first) => expect(firstDayOf(period, today)).toBe(first))
})
