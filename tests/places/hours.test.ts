import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
  ...[...days].map((day): [string, string] => [`day${day}`, '7h30 – 17:00']),
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

describe('opening hours', () => {
  test('of one place are saved, shown again and logged', async () => {
    const reply = await post(links.placeHours('QUAYDD'), week('12345', [['scope', 'place']]))
    expect(reply.status).toBe(303)
    expect(await readHours('QUAYDD')).toMatchObject({ opens_at: 450, closes_at: 1020, open_days: '12345' })
    expect(await readHours('QUAYHT')).toMatchObject({ opens_at: null })
    const html = await (await server.send(links.placeHours('QUAYDD'), { headers: { cookie } })).text()
    expect(html.match(/value="7:30-17:00"/g)).toHaveLength(5)
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
    const reply = await post(links.placeHours('QUAYDD'), [
      ['day1', ' '],
      ['day2', 'nghỉ'],
      ['scope', 'agency'],
    ])
    expect(reply.status).toBe(303)
    expect(await reasonAt('QUAYDD', '2026-12-01T03:00:00')).toBeNull()
  })

  test('of each day its own, with a break, are kept as they are; a Saturday afternoon is outside', async () => {
    const days: [string, string][] = [1, 2, 3, 4, 5].map((day) => [`day${day}`, '7:00-11:30, 13:00-17:00'])
    const fields: [string, string][] = [...days, ['day6', 'Sáng 7h-11h'], ['scope', 'place']]
    expect((await post(links.placeHours('QUAYDD'), fields)).status).toBe(303)
    const html = await (await server.send(links.placeHours('QUAYDD'), { headers: { cookie } })).text()
    expect(html.match(/value="7:00-11:30, 13:00-17:00"/g)).toHaveLength(5)
    expect(html).toContain('value="7:00-11:00"')
    expect(await readHours('QUAYDD')).toMatchObject({ opens_at: 420, closes_at: 1020, open_days: '123456' })
    expect(await reasonAt('QUAYDD', '2026-12-05T09:00:00')).toBeNull()
    expect(await reasonAt('QUAYDD', '2026-12-05T15:00:00')).toBe('outside_hours')
    const log = await (await server.send(links.audit({ nhom: 'place' }), { headers: { cookie } })).text()
    expect(log).toContain('T2-T6 7:00-11:30, 13:00-17:00; T7 7:00-11:00')
  })

  test.each<[string, string, string]>([
    ['no time', 'sáng', 'T3: không đọc được “sáng”'],
    ['one of two', '7:30', 'T3: không đọc được “7:30”'],
    ['the wrong way round', '17:00-7:30', 'T3: giờ đóng cửa phải sau giờ mở cửa'],
    ['twice the same time', '7:00-11:00, 10:00-12:00', 'T3: các khoảng giờ chồng lên nhau'],
  ])('%s is refused with a sentence, and what was typed stays', async (_, typed, sentence) => {
    const before = await readHours('QUAYDD')
    const reply = await post(links.placeHours('QUAYDD'), [...week('1'), ['day2', typed], ['scope', 'place']])
    expect(reply.status).toBe(422)
    const html = await reply.text()
    expect(html).toContain(sentence)
    expect(html).toContain(`value="${typed}"`)
    expect(html).toContain('value="7h30 – 17:00"')
    expect(await readHours('QUAYDD')).toEqual(before)
  })

  test("are the administrator's to change", async () => {
    const { cookie: as } = await server.signInAs('manager', ['trung-tam-pvhcc'])
    expect((await post(links.placeHours('QUAYDD'), week('1', [['scope', 'place']]), as)).status).toBe(403)
  })
})
