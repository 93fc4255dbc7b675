import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rollMonths } from '../../db/tallies/months.ts'
import { type Selection, tallyBy, tallyVersions } from '../../db/tallies/slices.ts'
import { createBackground } from '../../server/background.ts'
import { createCatalogue, shapeOfVersion } from '../../server/catalogue/catalogue.ts'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import { links } from '../../web/links.ts'
import { wholePage } from '../../web/ui/sections/sections.tsx'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const dayMs = 86_400_000
/** Thursday 1 October 2026, ten in the morning. */
const first = Date.UTC(2026, 9, 1, 3)
let clock = first
let server: TestServer
let clerk: { cookie: string }
let manager: { cookie: string }

/** What the quiet counter was given on the first six days of October: one form a day, and on the sixth an angry one. */
const levels = [5, 4, 5, 4, 5, 1]

beforeAll(async () => {
  server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
  for (const level of levels) {
    await take('QUAYHT', level)
    for (let sent = 0; sent < 6; sent += 1) await take('QUAYDD', sent < 5 ? 5 : 3)
    clock += dayMs
  }
  clock = first + 9 * dayMs
  clerk = await server.signInAs('clerk', ['trung-tam-pvhcc'])
  manager = await server.signInAs('manager', ['trung-tam-pvhcc'])
})
afterAll(() => server.stop())

async function take(place: string, level: number) {
  const field = place === 'QUAYDD' ? { field: 'dat-dai' } : {}
  expect((await server.answer({ ...(await fullBody(server, place, level)), ...field })).status).toBe(201)
}

async function read(path: string, { cookie }: { cookie: string }) {
  const html = await (await server.send(path, { headers: { cookie } })).text()
  const text = html
    .replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, ' ')
    .replaceAll('\u00a0', ' ')
    .replace(/\s+/g, ' ')
  return { html, text }
}

const day = (number: number) => `2026-10-0${number}`
const placePage = (place: string, from: number, to: number) => links.todayPlace(place, day(from), day(to), wholePage)
/** Everything in percent on a page: scores, intervals, shares. */
const figuresOf = (text: string) => text.match(/\d+,\d( %|–)/g) ?? []

describe('one answer a day at a counter', () => {
  test('is not told by two periods that differ by the day: a clerk reads no figure of either', async () => {
    for (const to of [5, 6]) {
      const { text } = await read(placePage('QUAYHT', 1, to), clerk)
      expect(text).toContain(`Phiếu nhận ${to} `)
      expect(text).toContain('Ít phiếu: điểm chờ khi tháng khép')
      expect(figuresOf(text.slice(text.indexOf('Phiếu nhận')))).toEqual([])
    }
    // Whoever may export the answers has them anyway.
    const [five, six] = [await read(placePage('QUAYHT', 1, 5), manager), await read(placePage('QUAYHT', 1, 6), manager)]
    expect(figuresOf(five.text).length).toBeGreaterThan(0)
    expect(figuresOf(six.text)).not.toEqual(figuresOf(five.text))
  })

  test('is not told by the sum of its agency either, on the board, on the wall or in the morning', async () => {
    const board = async (to: number) => (await read(links.todayPeriod(day(1), day(to)), clerk)).text
    expect(await board(6)).toContain('tính trên 36 phiếu')
    expect(await board(5)).toContain('tính trên 30 phiếu')
    expect(await board(6)).toContain('6 phiếu chưa nằm trong điểm của nơi phục vụ')
    expect((await read(links.today(day(6)), clerk)).text).toContain('tính trên 6 phiếu')
    expect((await read(links.today(day(6)), manager)).text).toContain('tính trên 7 phiếu')
    const wall = await (await server.send(links.wall('trung-tam-pvhcc'))).text()
    const drawn = await read(links.today(day(6)), clerk)
    const score = /(\d\d,\d) %/.exec(drawn.text.slice(drawn.text.indexOf('Mức độ hài lòng')))?.[1]
    expect(score).toBeTruthy()
    expect(wall.replaceAll('\u00a0', ' ')).not.toContain('NaN')
    clock = first + 6 * dayMs
    const morning = (await read(links.morning(), manager)).text
    clock = first + 9 * dayMs
    expect(morning).toContain(`${score} %`)
    expect(morning).toContain('6 phiếu')
  })

  test('stands in the month with the others once it is over', async () => {
    clock = Date.UTC(2026, 10, 2, 3)
    const { text } = await read(links.todayPlace('QUAYHT', '2026-10-01', '2026-10-31', wholePage), clerk)
    expect(text).toContain('tính trên 6 phiếu')
    expect(text).not.toContain('chưa nằm trong điểm')
    // A part of the month is still none.
    expect((await read(placePage('QUAYHT', 1, 6), clerk)).text).toContain('Ít phiếu')
    clock = first + 9 * dayMs
  })
})

test('a clerk is offered no figures by field, a manager is', async () => {
  const section = /href="[^"]*phan=linh-vuc/
  expect((await read(placePage('QUAYDD', 1, 6), clerk)).html).not.toMatch(section)
  expect((await read(placePage('QUAYDD', 1, 6), manager)).html).toMatch(section)
  expect((await read(links.todayPlace('QUAYDD', day(1), day(6), 'linh-vuc'), clerk)).text).not.toContain(
    'Theo lĩnh vực',
  )
  const harms = links.todayBoard({ tu: day(1), den: day(6), phan: 'chua-hai-long' })
  expect((await read(harms, clerk)).text).not.toMatch(/Đất đai \d/)
  expect((await read(harms, manager)).text).toMatch(/Đất đai \d/)
})

test('criteria leave the same answers out, also of a month that is added up', async () => {
  const background = createBackground(
    () => clock,
    () => {},
  )
  const state = await createCatalogue(server.database, () => clock, background).read()
  const shapes = state.versions.map(shapeOfVersion)
  const placeId = state.placeByCode.get('QUAYHT')?.id as PlaceId
  const range = { from: day(1), to: day(6) }
  const all = { versionIds: shapes.map(({ versionId }) => versionId) }
  const count = async (selection: Selection) =>
    (await tallyVersions(server.database, shapes, selection, range)).reduce(
      (sum, { moments }) => sum + (moments[0] ?? 0),
      0,
    )
  const without = [1, 6].map((number) => ({ placeId, day: day(number) }))
  for (const rolled of [false, true]) {
    if (rolled) expect(await rollMonths(server.database, shapes, '2026-10-06')).toHaveLength(1)
    expect([await count(all), await count({ ...all, without })]).toEqual([42, 40])
    const [total] = await tallyBy(server.database, 'total', { ...all, without }, range)
    expect([total?.sums?.[0], total?.received]).toEqual([40, 40])
  }
})
