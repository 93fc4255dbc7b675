import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../db/client.ts'
import { loadSecrets } from '../../db/secrets.ts'
import { createBackground } from '../../server/background.ts'
import { createCatalogue, getOpenPlace } from '../../server/catalogue/catalogue.ts'
import { arriveResponse, type HowArrived, mintPageId, readResponse } from '../../server/respond/arrive.ts'
import { readDeviceSigns, turnOf } from '../../server/respond/device-rules.ts'
import { createRecorder } from '../../server/respond/record.ts'
import { hashDevice } from '../../server/respond/rules.ts'
import { links } from '../../web/links.ts'
import { en } from '../../web/messages/en.ts'
import { vi } from '../../web/messages/vi.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const minuteMs = 60_000

describe('one telephone, without script', () => {
  let server: TestServer
  let clock = Date.UTC(2026, 10, 23, 3)
  const jar = new Map<string, string>()
  beforeAll(async () => {
    server = await startTestServer({ now: () => clock })
  })
  afterAll(() => server.stop())

  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const visit = async (path: string, init: RequestInit = {}) => {
    const reply = await server.send(path, { ...init, headers: { cookie: cookie() } })
    for (const one of reply.headers.getSetCookie()) {
      const [name, value] = (one.split(';')[0] as string).split('=') as [string, string]
      jar.set(name, value)
    }
    return reply
  }
  const open = async (place: string) => (await visit(links.survey(place))).text()
  /** Answers the page and reads the thanks it leads to. */
  const answer = async (place: string, page: string, fields: Record<string, string> = {}) => {
    const hidden = [...page.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map((m) => [m[1], m[2]])
    const names = new Set([...page.matchAll(/name="(a-[^"]+)"/g)].map((match) => match[1]))
    clock += minuteMs
    const marks = [...names].map((name) => [name, '4'])
    const body = new URLSearchParams([...hidden, ...marks, ...Object.entries(fields)] as string[][])
    const reply = await visit(links.survey(place), { method: 'POST', body })
    expect(reply.status).toBe(303)
    return (await visit(reply.headers.get('location') as string)).text()
  }
  const reasons = async (place: string) => {
    const rows = await server.database.sql`
      select r.reason from responses r join places p on p.id = r.place_id where p.code = ${place} order by received_at`
    return rows.map((row) => row.reason)
  }
  const household = { household: '1' }

  test('is told before answering; the second person counts, the third is set aside and told so', async () => {
    const first = await open('QUAYHT')
    expect(first).not.toContain(vi.survey.turnSecond)
    expect(await answer('QUAYHT', first)).not.toContain(vi.thanks.aside)
    const second = await open('QUAYHT')
    expect(second).toContain(vi.survey.turnSecond)
    expect(second).toMatch(/<input type="checkbox" name="household" value="1"/)
    expect(await answer('QUAYHT', second, household)).not.toContain(vi.thanks.aside)
    const third = await open('QUAYHT')
    expect(third).toContain(vi.survey.turnFurther)
    expect(third).not.toContain('name="household"')
    expect(await answer('QUAYHT', third, household)).toContain(vi.thanks.aside)
    expect(await reasons('QUAYHT')).toEqual([null, null, 'same_device'])
  })

  test('that answers again without being another person is set aside, told so, and keeps the second person’s turn', async () => {
    await answer('QUAYDD', await open('QUAYDD'))
    expect(await answer('QUAYDD', await open('QUAYDD'))).toContain(vi.thanks.aside)
    expect(await answer('QUAYDD', await open('QUAYDD'), household)).not.toContain(vi.thanks.aside)
    expect(await reasons('QUAYDD')).toEqual([null, 'same_device', null])
  })

  test('is new again an hour after its last answer, at another place, and says so in the reader’s language', async () => {
    expect(await open('QUAYKD')).not.toContain('class="again"')
    expect(await (await visit(links.survey('QUAYHT', undefined, 'en'))).text()).toContain(en.survey.turnFurther)
    clock += 61 * minuteMs
    const fresh = await open('QUAYHT')
    expect(fresh).not.toContain('class="again"')
    await answer('QUAYHT', fresh)
    expect(await open('QUAYHT')).toContain(vi.survey.turnSecond)
  })

  test('that fails another check keeps its tick', async () => {
    const page = await open('QUAYHT')
    const hidden = [...page.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map((m) => [m[1], m[2]])
    const body = new URLSearchParams([...hidden, ['household', '1']] as string[][])
    const reply = await visit(links.survey('QUAYHT'), { method: 'POST', body })
    expect([reply.status, await reply.text()]).toEqual([
      422,
      expect.stringMatching(/name="household" value="1" checked/),
    ])
  })
})

describe('the signs of a device', () => {
  const phone = { isKiosk: false, saysHousehold: false, questions: 8, nowMs: 100_000, keptMs: 0 }
  const kiosk = { ...phone, isKiosk: true }
  const mark = (agoMs: number, household = false) => ({ atMs: 100_000 - agoMs, household })

  test.each([
    ['a new telephone', undefined, phone, [false, false, false]],
    ['the same again', mark(9000), phone, [true, false, false]],
    ['the second person', mark(9000), { ...phone, saysHousehold: true }, [false, true, false]],
    ['a third', mark(9000, true), { ...phone, saysHousehold: true }, [true, false, false]],
    ['a tablet a minute later', mark(60_000), kiosk, [false, false, false]],
    ['a tablet eight seconds later, eight questions', mark(8000), kiosk, [false, false, false]],
    ['a tablet seven seconds later', mark(7000), kiosk, [false, false, true]],
    ['a tablet, two questions, three seconds later', mark(3000), { ...kiosk, questions: 2 }, [false, false, false]],
    [
      'a tablet that kept it for an hour, given a minute before the last',
      mark(3_540_000),
      { ...kiosk, keptMs: 3_600_000 },
      [false, false, false],
    ],
    [
      'a tablet that kept it, given five seconds before the last',
      mark(3_595_000),
      { ...kiosk, keptMs: 3_600_000 },
      [false, false, true],
    ],
    ['a tablet whose last answer lies ahead of this clock', mark(-5000), kiosk, [false, false, false]],
  ])('%s', (_, known, sender, [sameDevice, household, outOfPace]) => {
    expect(readDeviceSigns(known, sender)).toEqual({ sameDevice, household, outOfPace })
  })

  test('tell whose turn it is', () => {
    expect([turnOf(undefined), turnOf(mark(1)), turnOf(mark(1, true))]).toEqual(['first', 'second', 'further'])
  })
})

test('an enrolled tablet counts one person after another, and only what nobody could have answered is set aside', async () => {
  let clock = Date.UTC(2026, 10, 23, 3)
  const server = await startTestServer({ now: () => clock })
  const database = openDatabase(server.connection)
  const catalogue = createCatalogue(database, () => clock)
  const recorder = createRecorder(
    database,
    () => clock,
    createBackground(
      () => clock,
      () => {},
    ),
    async () => () => null,
  )
  const secrets = await loadSecrets(database)
  const state = await catalogue.read()
  const place = getOpenPlace(state, 'QUAYHT')
  const answerAfter = async (waitMs: number) => {
    const id = mintPageId(secrets.page, place.id, clock)
    clock += waitMs
    const answered = readResponse(state, place, await fullBody(server, 'QUAYHT', 4, id), {
      allowed: [],
      rotationKey: secrets.rotation,
      nowMs: clock,
    })
    const how: HowArrived = {
      nowMs: clock,
      channel: 'qr',
      pageMadeMs: clock - 20_000,
      proof: { kind: 'kiosk', deviceId: 7 },
      honeypotFilled: false,
      saysHousehold: false,
      budgetPerHour: 120,
      deviceHash: hashDevice(secrets.device, 'kiosk|7', place.id),
    }
    return recorder.record(arriveResponse(state, place, answered, how), answered.version.plan)
  }
  const outcomes = [
    await answerAfter(9000),
    await answerAfter(20_000),
    await answerAfter(4000),
    await answerAfter(30_000),
  ]
  expect(outcomes.map(({ reason }) => reason)).toEqual([null, null, 'too_fast', null])
  const rows = await database.sql`select distinct channel::text, provenance::text from responses`
  expect([...rows]).toEqual([{ channel: 'kiosk', provenance: 'kiosk' }])
  await recorder.drain()
  await database.close()
  await server.stop()
})
