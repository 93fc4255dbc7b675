import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readTypedClock } from '../../server/places/hours-contract.ts'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

// A Monday, 10:00 in Vietnam.
let clock = Date.UTC(2026, 10, 23, 3)
let server: TestServer
let cookie: string
beforeAll(async () => {
  server = await startTestServer({ now: () => clock })
  cookie = (await server.signIn()).cookie
})
afterAll(() => server.stop())

type Fields = Record<string, string> | [string, string][]
const post = (path: string, fields: Fields, as = cookie) =>
  server.send(path, { method: 'POST', headers: { cookie: as }, body: new URLSearchParams(fields) })
const readHours = async (code: string) => {
  const [row] = await server.database.sql`
    select opens_at, closes_at, open_days, own_days from places where code = ${code}`
  return row
}
const week = (days: string, more: [string, string][] = []): [string, string][] => [
  ['opensAt', '7h30'],
  ['closesAt', '17:00'],
  ...[...days].map((day): [string, string] => ['openDays', day]),
  ...more,
]
/** Why an answer that comes at a moment is set aside; null where it counts. */
async function reasonAt(place: string, moment: string) {
  clock = Date.parse(`${moment}+07:00`)
  await new Promise((resolve) => setTimeout(resolve, 0))
  const id = randomUUID()
  expect((await server.answer(await fullBody(server, place, 4, id))).status).toBe(201)
  const [row] = await server.database.sql`select reason from responses where id = ${id}`
  return row?.reason
}

test('hours are typed as people write them', () => {
  expect(['7:30', '07h30', '7.30', '0730', '7h', '7', '17g05', '24:00'].map(readTypedClock)).toEqual([
    450, 450, 450, 450, 420, 420, 1025, 1440,
  ])
  expect(['25:00', '7:60', 'sáng', '7:3', '24:01'].map(readTypedClock)).toEqual([null, null, null, null, null])
})

describe('opening hours', () => {
  test('of one place are saved, shown again and logged', async () => {
    const reply = await post(links.placeHours('QUAYDD'), week('12345', [['scope', 'place']]))
    expect(reply.status).toBe(303)
    expect(await readHours('QUAYDD')).toMatchObject({ opens_at: 450, closes_at: 1020, open_days: '12345' })
    expect(await readHours('QUAYHT')).toMatchObject({ opens_at: null })
    const html = await (await server.send(links.placeHours('QUAYDD'), { headers: { cookie } })).text()
    expect(html).toContain('value="7:30"')
    expect(html).toContain('value="17:00"')
  })

  test('of a whole agency are saved at once', async () => {
    expect((await post(links.placeHours('QUAYDD'), week('123456', [['scope', 'agency']]))).status).toBe(303)
    for (const code of ['QUAYDD', 'QUAYHT'])
      expect(await readHours(code)).toMatchObject({ opens_at: 450, open_days: '123456' })
  })

  test("decide what is set aside: the hour, the week, the calendar, then the place's own days", async () => {
    expect(await reasonAt('QUAYDD', '2026-11-24T09:00:00')).toBeNull()
    expect(await reasonAt('QUAYDD', '2026-11-24T19:00:00')).toBe('outside_hours')
    expect(await reasonAt('QUAYDD', '2026-11-29T09:00:00')).toBe('outside_hours')
    const add = { action: 'add', day: '29/11/2026', works: 'yes', note: 'Trực tiêm chủng' }
    expect((await post(links.placeOwnDays('QUAYDD'), add)).status).toBe(303)
    expect(await reasonAt('QUAYDD', '2026-11-29T09:00:00')).toBeNull()
    await post(links.placeOwnDays('QUAYDD'), { ...add, day: '30/11/2026', works: 'no' })
    expect(await reasonAt('QUAYDD', '2026-11-30T09:00:00')).toBe('outside_hours')
    expect(await reasonAt('QUAYHT', '2026-11-30T09:30:00')).toBeNull()
    await post(links.placeOwnDays('QUAYDD'), { action: 'remove', day: '2026-11-30' })
    expect(await reasonAt('QUAYDD', '2026-11-30T10:00:00')).toBeNull()
    expect((await readHours('QUAYDD'))?.own_days).toHaveLength(1)
  })

  test('left empty bind nobody', async () => {
    const fields: [string, string][] = [
      ['opensAt', ''],
      ['closesAt', ''],
      ['scope', 'agency'],
    ]
    expect((await post(links.placeHours('QUAYDD'), fields)).status).toBe(303)
    expect(await reasonAt('QUAYDD', '2026-12-01T03:00:00')).toBeNull()
  })

  test.each<[string, [string, string][], string]>([
    [
      'no time',
      [
        ['opensAt', 'sáng'],
        ['closesAt', '17:00'],
        ['openDays', '1'],
      ],
      'Giờ mở cửa: xin ghi giờ và phút',
    ],
    [
      'one of two',
      [
        ['opensAt', '7:30'],
        ['closesAt', ''],
        ['openDays', '1'],
      ],
      'Xin ghi cả giờ mở cửa và giờ đóng cửa',
    ],
    [
      'the wrong way round',
      [
        ['opensAt', '17:00'],
        ['closesAt', '7:30'],
        ['openDays', '1'],
      ],
      'phải sau giờ mở cửa',
    ],
    [
      'no day',
      [
        ['opensAt', '7:30'],
        ['closesAt', '17:00'],
      ],
      'Xin chọn ít nhất một ngày',
    ],
  ])('%s is refused with a sentence, and what was typed stays', async (_, fields, sentence) => {
    const before = await readHours('QUAYDD')
    const reply = await post(links.placeHours('QUAYDD'), [...fields, ['scope', 'place']])
    expect(reply.status).toBe(422)
    const html = await reply.text()
    expect(html).toContain(sentence)
    expect(html).toContain(`value="${fields[0]?.[1]}"`)
    expect(await readHours('QUAYDD')).toEqual(before)
  })

  test("are the administrator's to change", async () => {
    const { cookie: as } = await server.signInAs('manager', ['trung-tam-pvhcc'])
    expect((await post(links.placeHours('QUAYDD'), week('1', [['scope', 'place']]), as)).status).toBe(403)
  })
})
