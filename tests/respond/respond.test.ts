import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { fullBody, readComments, startTestServer, type TestServer } from '../fixtures/test-server.ts'

type Daily = { place: string; responses: number; setAside: number; score: number | null }[]

describe('one answer', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.stop())

  test('is stored, receipted and counted', async () => {
    const reply = await server.answer(await fullBody(server, 'QUAYHT', 5))
    expect(reply.status).toBe(201)
    expect(await reply.json()).toEqual({ receipt: expect.stringMatching(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/) })
    expect(await server.read(links.api.daily('QUAYHT'))).toMatchObject([
      { place: 'QUAYHT', responses: 1, setAside: 0, score: 100 },
    ])
    expect(await server.countDiffering()).toBe(0)
  })

  test('sent fifty times at once is one response: one 201, forty-nine 200, one receipt', async () => {
    const body = await fullBody(server, 'QUAYDD', 4)
    const replies = await Promise.all(Array.from({ length: 50 }, () => server.answer(body)))
    const receipts = new Set(
      await Promise.all(replies.map(async (reply) => ((await reply.json()) as { receipt: string }).receipt)),
    )
    expect(replies.map((reply) => reply.status).sort()).toEqual([...Array(49).fill(200), 201])
    expect(receipts.size).toBe(1)
    expect(await server.read(links.api.daily('QUAYDD'))).toMatchObject([{ responses: 1 }])
  })

  test('sent again with other content leaves the first answer standing', async () => {
    const body = await fullBody(server, 'KHAMBENH', 5)
    const first = await (await server.answer(body)).json()
    const again = await server.answer({ ...(await fullBody(server, 'KHAMBENH', 1, body.id)), comment: 'khác' })
    expect([again.status, await again.json()]).toEqual([200, first])
    expect(await server.read(links.api.daily('KHAMBENH'))).toMatchObject([{ responses: 1, score: 100 }])
  })

  test('with the same id at another place is another response', async () => {
    const id = randomUUID()
    const first = await server.answer(await fullBody(server, 'TRMN', 5, id))
    const second = await server.answer(await fullBody(server, 'TRTH', 5, id))
    expect([first.status, second.status]).toEqual([201, 201])
  })

  test('is the same response whether the id is written in capitals or not', async () => {
    const body = await fullBody(server, 'TRTHCS', 5)
    const replies = [await server.answer(body), await server.answer({ ...body, id: body.id.toUpperCase() })]
    expect(replies.map((reply) => reply.status)).toEqual([201, 200])
  })

  test('replayed among new ones in one batch does not keep these from being counted', async () => {
    const known = await fullBody(server, 'TCHUNG', 5)
    await server.answer(known)
    const fresh = await Promise.all(Array.from({ length: 30 }, () => fullBody(server, 'TCHUNG', 4)))
    const replies = await Promise.all([...fresh, known, ...fresh].map((body) => server.answer(body)))
    expect(replies.filter((reply) => reply.status === 201)).toHaveLength(30)
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(31)
    expect(await server.read(links.api.daily('TCHUNG'))).toMatchObject([{ responses: 31 }])
    expect(await server.countDiffering()).toBe(0)
  })

  test('keeps its comment, apart from the answers, and its tallies in every questionnaire at once', async () => {
    const places = ['QUAYXH', 'KHAMBENH', 'TCHUNG', 'TRMN', 'DVCTT']
    const bodies = await Promise.all(
      Array.from({ length: 40 }, (_, i) => fullBody(server, places[i % 5] as string, (i % 5) + 1)),
    )
    const replies = await Promise.all(
      bodies.map((body) => server.answer({ ...body, comment: 'Đường đến trạm khó đi quá' })),
    )
    expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([201]))
    const stored = await readComments(server.database)
    expect(stored.filter(({ body }) => body === 'Đường đến trạm khó đi quá')).toHaveLength(40)
    expect(await server.countDiffering()).toBe(0)
  })
})

describe('standing', () => {
  let server: TestServer
  let clock = Date.UTC(2026, 10, 23, 3)
  beforeAll(async () => {
    server = await startTestServer({ now: () => clock })
  })
  afterAll(() => server.stop())
  const reasons = async (place: string) => {
    const rows = await server.database.sql`
      select r.reason from responses r join places p on p.id = r.place_id where p.code = ${place} order by received_at`
    return rows.map((row) => row.reason)
  }
  const sendForm = async (place: string, { waitMs = 5000, fields = {}, cookie = '' } = {}) => {
    const page = await (await server.send(links.survey(place), { headers: { cookie } })).text()
    const names = [...page.matchAll(/name="(a-[^"]+)"/g)].map((match) => match[1] as string)
    const hidden = [...page.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
      (m) => [m[1], m[2]] as string[],
    )
    clock += waitMs
    const body = new URLSearchParams([
      ...hidden,
      ...[...new Set(names)].map((name) => [name, '5']),
      ...Object.entries(fields),
    ] as string[][])
    return server.send(links.survey(place), { method: 'POST', body, headers: { cookie } })
  }

  test('a form read by a person is counted and leads to the thank-you page of its receipt', async () => {
    const reply = await sendForm('QUAYHT')
    expect(reply.status).toBe(303)
    const thanks = await server.send(reply.headers.get('location') as string)
    expect(thanks.status).toBe(200)
    expect(await reasons('QUAYHT')).toEqual([null])
  })

  test('a form sent back within three seconds is set aside, and thanked all the same', async () => {
    expect((await sendForm('QUAYDD', { waitMs: 2900 })).status).toBe(303)
    expect(await reasons('QUAYDD')).toEqual(['too_fast'])
    expect(await server.read(links.api.daily('QUAYDD'))).toMatchObject([{ responses: 0, setAside: 1, score: null }])
  })

  test('a form with the hidden field filled is set aside', async () => {
    expect((await sendForm('QUAYKD', { fields: { website: 'https://example.org' } })).status).toBe(303)
    expect(await reasons('QUAYKD')).toEqual(['honeypot'])
  })

  test('the same device at the same place within the hour is set aside; later, elsewhere or without a cookie it is counted', async () => {
    const first = await sendForm('QUAYXH')
    const cookie = first.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    await sendForm('QUAYXH', { cookie })
    await sendForm('QUAYXH')
    await sendForm('QUAYTH', { cookie })
    clock += 3_700_000
    await sendForm('QUAYXH', { cookie })
    expect(await reasons('QUAYXH')).toEqual([null, 'same_device', null, null])
    expect(await reasons('QUAYTH')).toEqual([null])
  })

  test('the device mark is stored as a hash to the minute, in no way tied to the response', async () => {
    const marks = await server.database.sql`select hash, minute::text from device_marks`
    expect(marks.length).toBeGreaterThan(0)
    for (const { hash, minute } of marks) {
      expect(hash).toMatch(/^[\w-]{43}$/)
      expect(minute).toMatch(/:00\+00$/)
    }
    const columns = await server.database
      .sql`select column_name from information_schema.columns where table_name = 'responses'`
    expect(columns.map((column) => column.column_name).join()).not.toMatch(/ip|agent|device|cookie|mark/)
  })

  test('200 citizens behind one address in five minutes are all stored; those over the budget are set aside', async () => {
    const bodies = await Promise.all(Array.from({ length: 200 }, () => fullBody(server, 'DVCTT', 5)))
    for (let start = 0; start < 200; start += 20) {
      const replies = await Promise.all(bodies.slice(start, start + 20).map((body) => server.answer(body)))
      expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([201]))
      clock += 30_000
    }
    expect((await server.read<Daily>(links.api.daily('DVCTT')))[0]).toMatchObject({ responses: 120, setAside: 80 })
    clock += 3_700_000
    await server.answer(await fullBody(server, 'DVCTT', 5))
    expect((await server.read<Daily>(links.api.daily('DVCTT')))[0]).toMatchObject({ responses: 121, setAside: 80 })
    expect(await server.countDiffering()).toBe(0)
  })

  test('two processes on one database keep one budget', async () => {
    const other = await startTestServer({ now: () => clock, connection: server.connection })
    const send = async (to: TestServer, count: number) => {
      for (let i = 0; i < count; i += 1) await to.answer(await fullBody(to, 'TRMN', 5))
    }
    await send(server, 70)
    await expect.poll(() => countedMinutes(server, 'TRMN')).toBe(70)
    await send(other, 70)
    await other.stop()
    expect((await server.read<Daily>(links.api.daily('TRMN')))[0]).toMatchObject({ responses: 120, setAside: 20 })
  })
})

const countedMinutes = async (server: TestServer, place: string) => {
  const rows = await server.database.sql`
    select coalesce(sum(counted), 0)::int as counted from place_minutes m join places p on p.id = m.place_id where p.code = ${place}`
  return rows[0]?.counted
}

describe('the day', () => {
  test.each([
    ['2026-11-22T16:59:59Z', '2026-11-22'],
    ['2026-11-22T17:00:01Z', '2026-11-23'],
    ['2026-11-23T00:00:00Z', '2026-11-23'],
  ])('at %s is %s', async (instant, day) => {
    const server = await startTestServer({ now: () => Date.parse(instant) })
    await server.answer(await fullBody(server, 'QUAYHT', 5))
    expect(await server.read(links.api.daily('QUAYHT', day, day))).toMatchObject([{ day, responses: 1 }])
    await server.stop()
  })
})
