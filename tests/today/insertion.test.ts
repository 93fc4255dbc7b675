import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, type Sql } from '../../db/client.ts'
import { createCatalogue, type Version } from '../../server/catalogue/catalogue.ts'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { DailyResult } from '../../server/today/contract.ts'
import { links } from '../../web/links.ts'
import { guessFrom, type Look, type Rest, readLook, restOf, type Said, surround } from '../fixtures/insertion/clerk.ts'
import { createStore, livelyDay, openSlots, seeded, type Told } from '../fixtures/insertion/town.ts'
import { cloneDatabase, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const random = seeded(20_261_128)
const days = 10
const firstDay = Date.parse('2026-03-02T00:00:00+07:00')
const minuteMs = 60_000
/** After each half-hour in which somebody comes, and when the morning closes, the clerk looks again. */
const lookedSlots = [...openSlots, 24].sort((a, b) => a - b)

/** A service centre of three counters, how busy each is, what is proven there, and how many citizens are satisfied. */
type Center = { code: string; places: { id: PlaceId; code: string }[]; mean: number; proven: number; usual: number }

/** One citizen at one counter of a centre on one day, and the clerk who wants to know. */
type Try = {
  center: Center
  slot: number
  citizen: Told
  own: Told[]
  seen: Rest[]
  before: Said
  exact?: boolean
  numbers: string[]
}

type Store = ReturnType<typeof createStore>

let clock = firstDay
let server: TestServer
let writer: Sql
let version: Version
let cookie: string
let centers: Center[]

beforeAll(async () => {
  const connection = await cloneDatabase()
  const database = openDatabase(connection)
  await database.sql`delete from places`
  await database.sql`
    insert into agencies (code, name, short_name, position)
    select 'co-quan-' || n, jsonb_build_object('vi', 'Đơn vị ' || n, 'en', 'Office ' || n, 'km', 'Office ' || n), 'CQ', 100 + n
    from generate_series(10, 49) n`
  await database.sql`
    insert into places (code, agency_id, name, sector, questionnaire, field_codes, service_mode, asks_respondent, position)
    select 'Q' || n || 'K' || k, id, agencies.name, 'administrative', 'administrative', '{}', 'direct', false, 10 * n + k
    from generate_series(10, 49) n join agencies on agencies.code = 'co-quan-' || n, generate_series(1, 3) k`
  await database.close()
  server = await startTestServer({ now: () => clock, connection, config: { placeBudgetPerHour: 100_000 } })
  writer = server.database.openWriter()
  const state = await createCatalogue(server.database, () => clock).read()
  version = state.publishedByCode.get('administrative') as Version
  centers = state.agencies
    .filter(({ code }) => code.startsWith('co-quan-'))
    .map(({ id, code }, index) => ({
      ...{ code, places: state.places.filter(({ agencyId }) => agencyId === id) },
      mean: [0, 5, 10, 20, 40, 80][index % 6] as number,
      proven: [0, 0.5, 0.9][Math.floor(index / 6) % 3] as number,
      usual: index % 2 === 0 ? 0.5 : 0.85,
    }))
  cookie = (await server.signInAs('leader')).cookie
}, 60_000)
afterAll(async () => {
  await writer.end()
  await server.stop()
})

const open = async (path: string) => (await server.send(path, { headers: { cookie } })).text()
const look = async (): Promise<Look> => readLook(await open(links.today()))

function makeTry(center: Center): Try {
  const slot = openSlots[Math.floor(random() * openSlots.length)] as number
  const [first, second] = center.places.map(({ id }) => id) as [PlaceId, PlaceId]
  const provenance = random() < center.proven ? 'ticket' : 'open'
  const citizen: Told = { place: first, slot, provenance, satisfied: random() < 0.5, own: false }
  return { center, slot, citizen, own: surround([first, second], slot), seen: [], before: null, numbers: [] }
}

/** Everything that is not a count and could tell of an answer, before the citizen's and right after it. */
async function readAround(): Promise<{ looked: Look; pages: string[] } | null> {
  // Within a half-hour nothing moves, on the first day as on any other.
  if (clock > firstDay + 86_400_000) return null
  const held = JSON.stringify((await (await server.send(links.api.daily(), { headers: { cookie } })).json()) as unknown)
  const wall = (await (await server.send(links.wall('co-quan-10'))).text()).replace(/wall-count">\d+/, '')
  return { looked: await look(), pages: [held, wall, await open(links.cases()), await open(links.api.indicators())] }
}

const exactNow = async () => {
  const rows = await server.read<DailyResult[]>(links.api.daily())
  return new Map(rows.map(({ place, score, responses }) => [place, ((score ?? 0) * responses) / 100]))
}

/** The citizens of this half-hour answer, each between two forms of the clerk that open a case and show at once. */
async function answerAndLook(tries: Try[], store: Store, startMs: number, last: Look | null): Promise<void> {
  const urgent = async () => {
    const sent = tries.map(({ citizen }): Told => ({ ...citizen, ...surroundings, urgent: true }))
    const stored = await store(sent, startMs, 25)
    stored.forEach(({ id }, index) => {
      ;(tries[index] as Try).numbers.push(id)
    })
  }
  await urgent()
  const [before, exactBefore] = [await readAround(), await exactNow()]
  await store(
    tries.map(({ citizen }) => citizen),
    startMs,
    26,
  )
  const [after, exactAfter] = [await readAround(), await exactNow()]
  expect(after).toEqual(before)
  await urgent()
  for (const one of tries) {
    const { code } = one.center.places[0] as { code: string }
    one.exact = (exactAfter.get(code) ?? 0) - (exactBefore.get(code) ?? 0) > 0.6
    one.before = last?.agencies.get(one.center.code) ?? null
  }
}

const surroundings = { provenance: 'open', satisfied: true, own: true } as const

async function runDay(startMs: number): Promise<Try[]> {
  const tries = centers.map(makeTry)
  const store = createStore(writer, version, random)
  const lively = centers.flatMap((center) =>
    center.places.flatMap(({ id }) =>
      livelyDay(random, id, { mean: center.mean, proven: center.proven, satisfied: center.usual }),
    ),
  )
  const own = tries.flatMap((one) => one.own)
  let last: Look | null = null
  for (const slot of lookedSlots) {
    await store(
      [...lively, ...own].filter((told) => told.slot === slot),
      startMs,
      10,
    )
    clock = startMs + (slot * 30 + 26) * minuteMs
    const now = tries.filter((one) => one.slot === slot)
    if (now.length > 0) await answerAndLook(now, store, startMs, last)
    clock = startMs + ((slot + 1) * 30 + 3) * minuteMs
    last = await look()
    for (const one of tries) if (one.slot <= slot) remember(one, last)
  }
  return tries
}

/** Notes what has come into sight with the citizen's answer in it: the centre's score, and the counter's morning. */
function remember(one: Try, { agencies, places }: Look): void {
  const own = [...one.own, { ...one.citizen, own: true }, { ...one.citizen, own: true }].slice(0, 54)
  const centre = agencies.get(one.center.code)
  const counter = places.get((one.center.places[0] as { code: string }).code)
  if (centre && centre.through > one.slot && (one.before?.through ?? 0) <= one.slot) {
    one.seen.push(restOf(one.before, centre, own))
    one.before = centre
  }
  const there = own.filter(({ place, slot }) => place === one.citizen.place && slot < 24)
  if (counter && one.slot < 24) one.seen.push(restOf(null, counter, there))
}

/** A guess from the smallest group in sight; else from the numbers of the own two cases; else a coin. */
async function guess({ seen, center, numbers }: Try): Promise<boolean> {
  const [clearest] = seen.toSorted((a, b) => a.others - b.others)
  if (clearest) return guessFrom(clearest, center.usual)
  const [gap] = await server.database.sql.begin(async (sql) => {
    await sql`select set_config('ydan.agencies', 'all', true)`
    return sql<{ gap: number }[]>`
      select abs((select id from cases where receipt = ${numbers[0] as string})
        - (select id from cases where receipt = ${numbers[1] as string})) as gap`
  })
  if (gap && gap.gap <= 40) return gap.gap === 1
  return random() < 0.5
}

test('a clerk who surrounds one citizen with known answers guesses no better than a coin, and would with exact values', async () => {
  const tries: Try[] = []
  for (let day = 0; day < days; day += 1) tries.push(...(await runDay(firstDay + day * 86_400_000)))
  expect(tries).toHaveLength(400)
  const rightOf = async (some: Try[], tell: (one: Try) => boolean | undefined | Promise<boolean>) => {
    const told = await Promise.all(some.map(tell))
    return told.filter((said, index) => said === some[index]?.citizen.satisfied).length / some.length
  }
  const guesses = new Map<Try, boolean>()
  for (const one of tries) guesses.set(one, await guess(one))
  const held = await rightOf(tries, (one) => guesses.get(one))
  const exact = await rightOf(tries, (one) => one.exact)
  const shown = tries.filter(({ seen }) => seen.length > 0)
  console.info({ held, exact, shown: shown.length, ofShown: await rightOf(shown, (one) => guesses.get(one)) })
  expect(exact).toBeGreaterThanOrEqual(0.9)
  expect(held).toBeLessThanOrEqual(0.55)
}, 500_000)
