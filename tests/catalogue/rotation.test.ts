import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDraft, publishDraft } from '../../db/questionnaires/versions.ts'
import { readReference } from '../../db/reference/reference.ts'
import { languages, type Questionnaire } from '../../server/catalogue/contract.ts'
import { drawCriteria, type Plan, planVersion } from '../../server/catalogue/draw-rules.ts'
import { pageBudgetBytes } from '../../server/questionnaires/draft/page-weight.ts'
import { links } from '../../web/links.ts'
import { countBytes } from '../fixtures/http/count-bytes.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const { questionnaires, places } = readReference()
const plans = questionnaires.map((definition) => planVersion(definition))
const rotating = plans.filter(({ rotates }) => rotates).map((plan) => [plan.definition.code, plan] as const)
const draws = 20_000

/** Ids from a fixed seed (mulberry32): the proof is the same on every machine. */
function makeIds(seed: number): () => string {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0).toString(16).padStart(8, '0')
  }
  return () => {
    const hex = next() + next() + next() + next()
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
  }
}

/** The value χ² exceeds once in ten thousand times (Wilson-Hilferty). */
const rareChiSquare = (degrees: number) => degrees * (1 - 2 / (9 * degrees) + 3.719 * Math.sqrt(2 / (9 * degrees))) ** 3

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
const chiSquare = (observed: number[], expected: number) =>
  sum(observed.map((count) => (count - expected) ** 2 / expected))

/** Positions of each factor's rotating criteria. */
const rotatingOf = (plan: Plan) =>
  plan.definition.factors.map((_, factor) =>
    plan.criteria.flatMap(({ core }, position) => (plan.factorOf[position] === factor && !core ? [position] : [])),
  )

describe.each(rotating)('%s draws', (_, plan) => {
  let drawn: number[][] = []
  const asked = new Array<number>(plan.criteria.length).fill(0)
  beforeAll(() => {
    const nextId = makeIds(20261123)
    drawn = Array.from({ length: draws }, () => drawCriteria(plan, nextId(), 'a fixed key'))
    for (const position of drawn.flat()) asked[position] = (asked[position] as number) + 1
  })

  test('every criterion as often as its probability says', () => {
    plan.definition.factors.forEach(({ draw }, factor) => {
      const positions = rotatingOf(plan)[factor] as number[]
      const [count, share] = [positions.length, draw / positions.length]
      for (const position of positions) expect(plan.probability[position]).toBe(share)
      // For d of r without replacement, Σ(O−E)²/(Nπ(1−π)) · (r−1)/r is χ² with r−1 degrees; for d = 1 it is Pearson's.
      const spread = sum(positions.map((position) => ((asked[position] as number) - draws * share) ** 2))
      const statistic = (spread / (draws * share * (1 - share))) * ((count - 1) / count)
      expect(statistic).toBeLessThan(rareChiSquare(count - 1))
    })
    plan.criteria.forEach(({ core }, position) => {
      if (core) expect([asked[position], plan.probability[position]]).toEqual([draws, 1])
    })
  })

  test('a fixed number of each factor, every combination alike', () => {
    plan.definition.factors.forEach(({ draw }, factor) => {
      const positions = rotatingOf(plan)[factor] as number[]
      const combinations = new Map<string, number>()
      for (const one of drawn) {
        const own = one.filter((position) => positions.includes(position))
        combinations.set(own.join(), (combinations.get(own.join()) ?? 0) + 1)
      }
      const possible = draw === 1 ? positions.length : (positions.length * (positions.length - 1)) / 2
      expect(combinations.size).toBe(possible)
      for (const combination of combinations.keys()) expect(combination.split(',')).toHaveLength(draw)
      expect(chiSquare([...combinations.values()], draws / possible)).toBeLessThan(rareChiSquare(possible - 1))
    })
  })

  test('in one factor independently of the next', () => {
    const [first, second] = rotatingOf(plan) as [number[], number[]]
    const cells = first.flatMap((a) =>
      second.map((b) => drawn.filter((one) => one.includes(a) && one.includes(b)).length),
    )
    const share = (plan.probability[first[0] as number] as number) * (plan.probability[second[0] as number] as number)
    const worst = Math.max(...cells.map((count) => Math.abs(count - draws * share)))
    expect(worst).toBeLessThan(5 * Math.sqrt(draws * share * (1 - share)))
  })

  test('so that Σ 1/π is the same for every response', () => {
    const total = (one: number[]) => sum(one.map((position) => 1 / (plan.probability[position] as number)))
    for (const one of drawn.slice(0, 500)) expect(total(one)).toBeCloseTo(plan.criteria.length, 9)
  })

  test('the same for the same id, something else for another key or version', () => {
    const ids = Array.from({ length: 200 }, makeIds(7))
    const drawWith = (given: Plan, key: string) => ids.map((id) => drawCriteria(given, id, key).join(' '))
    const before = drawWith(plan, 'a')
    expect(drawWith(plan, 'a')).toEqual(before)
    const later = planVersion({ ...plan.definition, version: plan.definition.version + 1 })
    for (const other of [drawWith(plan, 'b'), drawWith(later, 'a')]) {
      expect(other.filter((one, index) => one === before[index]).length).toBeLessThan(20)
    }
  })
})

describe('over HTTP', () => {
  let server: TestServer
  /** How far the server's clock is ahead, in milliseconds. */
  let ahead = 0
  beforeAll(async () => {
    server = await startTestServer({ now: () => Date.now() + ahead })
    await openHousehold(server)
    ahead = 2000
  })
  afterAll(() => server.stop())

  const openPlaces = [...places.map(({ code }) => code), 'HODAN']
  const namesIn = (html: string) => [...new Set([...html.matchAll(/ name="a-([^"]+)"/g)].map(([, name]) => name))]
  const describeFor = async (place: string, id: string) =>
    (await (await server.send(links.api.questionnaire(place, id))).json()) as {
      version: number
      ask: { criterion: string; factor: string; official: string; probability: number }[]
    }

  test.each(openPlaces)(
    'the page of %s asks exactly what was drawn for its id, and the interface says the same',
    async (place) => {
      for (let page = 0; page < 8; page += 1) {
        const html = await (await server.send(links.survey(place))).text()
        const id = / name="id" value="([^"]+)"/.exec(html)?.[1] ?? ''
        const { ask } = await describeFor(place, id)
        expect(namesIn(html)).toEqual(ask.map(({ criterion }) => criterion))
      }
    },
  )

  test('the probabilities of the interface are those of the stored version', async () => {
    for (const { code, questionnaire } of places) {
      const { version, ask } = await describeFor(code, randomUUID())
      const [row] = await server.database.sql<{ definition: Questionnaire }[]>`
        select definition from questionnaire_versions where code = ${questionnaire} and version = ${version}`
      const plan = planVersion(row?.definition as Questionnaire)
      for (const { criterion, factor, official, probability } of ask) {
        const position = plan.criteria.findIndex(({ code }) => code === criterion)
        expect(probability).toBe(plan.probability[position])
        expect(official).toBe(plan.criteria[position]?.official)
        expect(factor).toBe(plan.definition.factors[plan.factorOf[position] as number]?.code)
      }
    }
  })

  test('a criterion that was not drawn is refused, as JSON and as a form', async () => {
    const body = await fullBody(server, 'KHAMBENH', 5)
    const plan = plans.find(({ definition }) => definition.code === 'outpatient') as Plan
    const other = plan.criteria.find(({ code }) => !(code in body.answers))?.code as string
    const reply = await server.answer({ ...body, answers: { ...body.answers, [other]: 5 } })
    expect(reply.status).toBe(422)
    expect(await reply.json()).toMatchObject({ problems: [{ path: `answers.${other}` }] })
    const form = new URLSearchParams({ id: body.id, version: '1', [`a-${other}`]: '5' })
    expect((await server.send(links.survey('KHAMBENH'), { method: 'POST', body: form })).status).toBe(422)
    expect((await server.answer(body)).status).toBe(201)
  })

  test('an answer to a retired version is taken for thirty days, then refused with a sentence', async () => {
    const waiting = { ...(await fullBody(server, 'TCHUNG', 4)), version: 1 }
    const late = { ...(await fullBody(server, 'TCHUNG', 4)), version: 1 }
    const definition = questionnaires.find(({ code }) => code === 'vaccination') as Questionnaire
    const version = (await createDraft(server.database, definition, 'admin')) as number
    expect((await server.answer({ ...waiting, id: randomUUID(), version })).status).toBe(422)
    await publishDraft(server.database, {
      code: 'vaccination',
      version,
      reason: 'Thử việc phiếu cũ về muộn.',
      actor: 'admin',
    })
    const day = 24 * 3_600_000
    ahead = 30 * day - 60_000
    expect((await server.answer(waiting)).status).toBe(201)
    ahead += 120_000
    const reply = await server.answer(late)
    expect(reply.status).toBe(422)
    expect(await reply.json()).toMatchObject({
      problems: [{ path: 'version', message: 'Bộ câu hỏi đã thay đổi; xin mở lại trang và trả lời lại.' }],
    })
    const [row] = await server.database.sql`
      select count(*)::int as count from responses join questionnaire_versions v on v.id = version_id
      where v.code = 'vaccination' and v.version = 1`
    expect(row).toEqual({ count: 1 })
  })

  test.each(openPlaces)('the page of %s comes in the first round trip, in every language and draw', async (place) => {
    for (const language of languages) {
      for (let page = 0; page < 12; page += 1) {
        const bytes = await countBytes(server.url, links.survey(place, undefined, language))
        expect(bytes).toBeLessThanOrEqual(place === 'HODAN' ? wholeListBytes : pageBudgetBytes)
        expect(bytes).toBeGreaterThan(5000)
      }
    }
  })
})

/** All 33 criteria in Khmer under a name as long as one may be: a segment more than one round trip carries. */
const wholeListBytes = 15_000

/** A place that asks the household form, as a wave by code would, under names as long as they may be. */
async function openHousehold({ database }: TestServer): Promise<void> {
  const name = {
    vi: 'Đợt khảo sát hộ dân xã Vĩnh Thuận năm 2026 về sự phục vụ của cơ quan hành chính nhà nước, các ấp phía bờ tây sông Cái Lớn',
    en: 'Household survey of Vinh Thuan commune in 2026 on the service of public offices, hamlets on the west bank of the river',
    km: 'ការស្ទង់មតិគ្រួសារឃុំវិញធ្វឹន ឆ្នាំ 2026 អំពីការបម្រើរបស់ស្ថាប័នរដ្ឋ សម្រាប់ភូមិនានានៅត្រើយខាងលិចនៃទន្លេ ក្នុងតំបន់ដីទំនាប',
  }
  await database.sql`
    insert into places (code, agency_id, name, sector, questionnaire, field_codes, service_mode, asks_respondent, position)
    select 'HODAN', id, ${JSON.stringify(name)}::text::jsonb, 'administrative', 'household', '{}', 'direct', false, 99
    from agencies order by id limit 1`
}
