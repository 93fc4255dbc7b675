import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agencies } from '../../db/catalogue/tables.ts'
import { reports } from '../../db/reports/tables.ts'
import { readAudit } from '../../db/staff/audit.ts'
import { apiKeys } from '../../db/staff/tables.ts'
import { canonicalJson } from '../../server/canonical-json.ts'
import type { ProvinceResult } from '../../server/province/contract.ts'
import { rangeOfPeriod } from '../../server/province/period-rules.ts'
import { links } from '../../web/links.ts'
import { fillTown, openTown, type Town } from '../fixtures/public-town.ts'
import { shortDocument } from '../fixtures/reports/document.ts'
import { apiKey } from '../fixtures/test-server.ts'

let town: Town
beforeAll(async () => {
  town = await openTown('2026-10-06')
  await fillTown(town)
})
afterAll(() => town.stop())

const ask = (period: string, key = apiKey, headers: Record<string, string> = {}) =>
  town.send(links.api.province(period), { headers: { authorization: `Bearer ${key}`, ...headers } })
const read = async (period: string) => (await (await ask(period)).json()) as ProvinceResult
const health = ({ indicators }: ProvinceResult) => indicators.find(({ code }) => code === 'II.8')

describe("the province's interface", () => {
  test.each([
    ['2026', { from: '2026-01-01', to: '2026-12-31' }],
    ['2026-Q3', { from: '2026-07-01', to: '2026-09-30' }],
    ['2026-Q4', { from: '2026-10-01', to: '2026-12-31' }],
    ['2026-02', { from: '2026-02-01', to: '2026-02-28' }],
  ])('%s is a period', (period, range) => {
    expect(rangeOfPeriod(period)).toEqual(range)
  })

  test('gives exact figures of closed days, and what they were made with', async () => {
    const month = await read('2026-10')
    expect(month).toMatchObject({ schemaVersion: '1', generatedFrom: { from: '2026-10-01', to: '2026-10-31' } })
    expect(health(month)).toMatchObject({
      responses: 21,
      target: 90,
      formula: 'pooled',
      verdict: 'not_yet_provable',
      approvedReport: null,
      ...{ reason: 'unminted', sources: { unminted: 21, provenShare: 0, difference: null } },
      questionnaireVersions: [
        { code: 'outpatient', version: 1 },
        { code: 'vaccination', version: 1 },
      ],
    })
    const year = await read('2026')
    expect(year.generatedFrom).toEqual({ from: '2026-01-01', to: '2026-11-03' })
    expect(health(year)?.responses).toBe(27)
    expect(await read('2027-Q1')).toMatchObject({ generatedFrom: null })
  })

  test('carries a hash that anybody can check, and answers 304 while nothing is new', async () => {
    const reply = await ask('2026-10')
    const { hash, ...content } = (await reply.json()) as ProvinceResult
    expect(hash).toBe(createHash('sha256').update(canonicalJson(content)).digest('hex'))
    const known = { 'if-none-match': reply.headers.get('etag') as string }
    expect((await ask('2026-10', apiKey, known)).status).toBe(304)
    expect((await ask('2026', apiKey, known)).status).toBe(200)
  })

  test('names the approved report that covers the period', async () => {
    const [station] = await town.database.query.select().from(agencies).where(eq(agencies.code, 'tram-y-te'))
    await town.database.query.insert(reports).values({
      kind: 'monthly',
      sector: 'health',
      from: '2026-10-01',
      to: '2026-10-31',
      version: 1,
      state: 'approved',
      agencyId: station?.id as (typeof agencies.$inferSelect)['id'],
      ...{ input: { format: 1, values: {} }, document: shortDocument, hash: 'b'.repeat(64), codeVersion: 'v' },
      madeBy: 'can-bo-mot',
      madeAt: '2026-11-01T00:00:00Z',
    })
    expect(health(await read('2026-10'))?.approvedReport).toBe('b'.repeat(64))
    expect(health(await read('2026-Q4'))?.approvedReport).toBeNull()
  })

  test.each(['2026-13', '2026-Q5', '26', '', '2026-1'])('%j is no period', async (period) => {
    const reply = await town.send(`/api/province/v1/indicators?period=${period}`, {
      headers: { authorization: `Bearer ${apiKey}` },
    })
    expect(reply.status).toBe(422)
  })

  test('opens to nobody without a key, and shows a member only the own indicators', async () => {
    expect((await town.send(links.api.province('2026'))).status).toBe(401)
    expect((await ask('2026', 'sai-khoa')).status).toBe(401)
    const { cookie } = await town.signInAs('manager', ['tram-y-te'])
    const own = (await (await town.send(links.api.province('2026'), { headers: { cookie } })).json()) as ProvinceResult
    expect(own.indicators.map(({ code }) => code)).toEqual(['II.8'])
  })

  test('is described in the API document', async () => {
    const { paths } = (await (await town.send(links.api.openapi)).json()) as { paths: Record<string, unknown> }
    expect(JSON.stringify(paths[links.api.province()])).toContain('questionnaireVersions')
  })
})

describe('keys', () => {
  const make = async (name: string, scope: string) => {
    const { cookie } = await town.signIn()
    const reply = await town.send(links.apiKeys, {
      method: 'POST',
      headers: { cookie },
      body: new URLSearchParams({ name, scope }),
    })
    const html = await reply.text()
    return { reply, html, key: /yd_[\w-]{43}/.exec(html)?.[0] ?? '' }
  }

  test('are shown once, kept as a hash, and read what they are for', async () => {
    const { reply, key } = await make('Trung tâm điều hành', 'indicators')
    expect(reply.status).toBe(201)
    expect((await ask('2026', key)).status).toBe(200)
    const daily = await town.send(links.api.daily(), { headers: { authorization: `Bearer ${key}` } })
    expect(daily.status).toBe(401)
    const { cookie } = await town.signIn()
    const list = await (await town.send(links.apiKeys, { headers: { cookie } })).text()
    expect(list).toContain('Trung tâm điều hành')
    expect(list).toContain('dùng lần cuối')
    expect(list).not.toContain(key)
    expect(JSON.stringify(await town.database.query.select().from(apiKeys))).not.toContain(key)
  })

  test('open nothing once revoked, and both steps are in the log', async () => {
    const { key } = await make('Sở Nội vụ', 'results')
    const [row] = await town.database.query.select().from(apiKeys).where(eq(apiKeys.name, 'Sở Nội vụ'))
    const { cookie } = await town.signIn()
    const revoke = () =>
      town.send(links.revokeApiKey(row?.id as number), {
        method: 'POST',
        headers: { cookie },
        body: new URLSearchParams(),
      })
    expect((await revoke()).status).toBe(303)
    expect((await revoke()).status).toBe(404)
    expect((await ask('2026', key)).status).toBe(401)
    const log = (await readAudit(town.database, { group: 'key', subject: 'Sở Nội vụ' }, 10)).map(({ action }) => action)
    expect(log).toEqual(['key.revoke', 'key.make'])
  })

  test('need a name of their own', async () => {
    await make('Một nơi', 'indicators')
    expect((await make('Một nơi', 'indicators')).reply.status).toBe(422)
    expect((await make('', 'indicators')).reply.status).toBe(422)
    expect((await make('Nơi khác', 'everything')).reply.status).toBe(422)
  })

  test.each(['manager', 'leader', 'auditor', 'clerk', 'interviewer'] as const)('are not for a %s', async (role) => {
    const { cookie } = await town.signInAs(role, ['tram-y-te'])
    expect((await town.send(links.apiKeys, { headers: { cookie } })).status).toBe(403)
    expect((await town.send(links.apiKeys)).status).toBe(303)
  })
})
