import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDraft, publishDraft } from '../db/questionnaires/versions.ts'
import { rollMonths } from '../db/tallies/months.ts'
import { createCatalogue, shapeOfVersion } from '../server/catalogue/catalogue.ts'
import { planVersion } from '../server/catalogue/draw-rules.ts'
import { dayOf, daysBefore } from '../server/days.ts'
import type { IndicatorResult } from '../server/indicators/contract.ts'
import type { DailyResult } from '../server/today/contract.ts'
import { links } from '../web/links.ts'
import { formatScore } from '../web/ui/format.ts'
import { fullBody, startTestServer, type TestServer } from './fixtures/test-server.ts'

const dayMs = 86_400_000
const start = Date.UTC(2026, 8, 28, 3)
let clock = start
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
})
afterAll(() => server.stop())

/** The share of satisfied answers over the raw responses, worked out in SQL rows and nothing of the server's counting. */
async function recount() {
  const rows = await server.database.sql`
    select r.answers, v.definition, r.standing, r.day::text as day
    from responses r join places p on p.id = r.place_id join questionnaire_versions v on v.id = r.version_id
    where p.code = 'TCHUNG'`
  const total = { y: 0, m: 0, n: 0, setAside: 0 }
  for (const { answers, definition, standing } of rows) {
    if (standing !== 'counted') {
      total.setAside += 1
      continue
    }
    const { probability } = planVersion(definition)
    const asked = [...(answers as string)].flatMap((mark, position) =>
      mark === '.' ? [] : [{ level: mark === '-' ? 0 : Number(mark), worth: 1 / (probability[position] as number) }],
    )
    const all = asked.reduce((sum, { worth }) => sum + worth, 0)
    const share = (least: number) =>
      asked.filter(({ level }) => level >= least).reduce((sum, { worth }) => sum + worth / all, 0)
    total.n += share(1) > 0 ? 1 : 0
    total.m += share(1)
    total.y += share(4)
  }
  return total
}

async function expectAgreement() {
  const { y, m, n, setAside } = await recount()
  const score = m > 0 ? (100 * y) / m : null
  const { cookie } = await server.signIn()
  const today = new Date(clock + 7 * 3_600_000).toISOString().slice(0, 10)
  const daily = await server.read<DailyResult[]>(links.api.daily('TCHUNG', '2026-09-28', today))
  const indicator = (await server.read<IndicatorResult[]>(links.api.indicators())).find(({ code }) => code === 'II.8')
  const page = await (await server.send(links.indicator('II.8'), { headers: { cookie } })).text()
  expect(daily.reduce((sum, day) => sum + day.responses, 0)).toBe(n)
  expect(daily.reduce((sum, day) => sum + day.setAside, 0)).toBe(setAside)
  expect(indicator?.responses).toBe(n)
  if (score === null) return expect(indicator?.score).toBeNull()
  expect(indicator?.score).toBeCloseTo(score, 9)
  // Fewer than five are nobody's score on a screen.
  if (n < 5) return expect(page).toContain('hưa đủ 5 phiếu')
  expect(page).toContain(formatScore(score, indicator?.target))
}

test('board, indicator page, interface and a recount of the raw responses agree, over versions, months and edits of standing', async () => {
  const people = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(people, fc.constantFrom('answer', 'publish', 'set aside', 'restore'), async (levels, step) => {
      clock += 2 * dayMs
      for (const level of levels) await server.answer(await fullBody(server, 'TCHUNG', level, randomUUID()))
      if (step === 'publish') await publishAnother()
      if (step === 'set aside') await editStanding('counted', 'set_aside')
      if (step === 'restore') await editStanding('set_aside', 'counted')
      const { versions } = await createCatalogue(server.database, () => clock).read()
      await rollMonths(server.database, versions.map(shapeOfVersion), daysBefore(dayOf(clock), 1))
      // The day has closed for the screens too.
      clock += dayMs
      await expectAgreement()
    }),
    { numRuns: 14, seed: 20261123 },
  )
  const used = await server.database.sql`select distinct version_id from responses`
  expect(used.length).toBeGreaterThan(1)
})

/** The next version asks one criterion of the first factor fewer, so that shapes and probabilities change. */
async function publishAnother() {
  const { publishedByCode } = await createCatalogue(server.database, () => clock).read()
  const { definition } = publishedByCode.get('vaccination') as NonNullable<ReturnType<typeof publishedByCode.get>>
  const [first, ...others] = definition.factors
  if (!first || first.criteria.length < 3) return
  const shorter = { ...first, criteria: first.criteria.slice(0, -1) }
  const version = await createDraft(server.database, { ...definition, factors: [shorter, ...others] }, 'admin')
  await publishDraft(server.database, {
    code: 'vaccination',
    version: version as number,
    reason: 'Thử đổi bộ câu hỏi',
    actor: 'admin',
  })
}

/** A change of standing straight in the responses, as a review will make it; the recount then mends the tallies. */
async function editStanding(from: string, to: string) {
  await server.database.sql`
    update responses set standing = ${to}, reason = ${to === 'counted' ? null : 'over_budget'}
    where standing = ${from} and ctid in (select ctid from responses where standing = ${from} limit 3)`
  await server.countDiffering()
  expect(await server.countDiffering()).toBe(0)
}
