import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadSecrets } from '../../db/secrets.ts'
import { createCatalogue } from '../../server/catalogue/catalogue.ts'
import { pressureCode, pressureQuestion } from '../../server/catalogue/pressure-contract.ts'
import { isAskedPressure } from '../../server/catalogue/pressure-rules.ts'
import { shareOfPressure } from '../../server/indicators/pressure/rules.ts'
import { general } from '../../server/reports/content/indicators.ts'
import type { ReportValues } from '../../server/reports/input/contract.ts'
import { readReportInput } from '../../server/reports/input/input.ts'
import { fieldNames } from '../../server/respond/contract.ts'
import { links } from '../../web/links.ts'
import { pressureSentence } from '../../web/overview/pressure-words.ts'
import { openForm, postForm } from '../fixtures/pages/ticket-desk.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

let clock = Date.UTC(2026, 10, 23, 2)
let server: TestServer
let key: string
beforeAll(async () => {
  server = await startTestServer({ now: () => clock })
  key = (await loadSecrets(server.database)).rotation
})
afterAll(() => server.stop())

const name = fieldNames.extra(pressureCode)

/** A page of the place whose id is, or is not, drawn to be asked. */
async function openPage(asked: boolean, lang?: string) {
  for (;;) {
    clock += 60_000
    const path = links.survey('QUAYDD', undefined, lang)
    const html = await (await server.send(path)).text()
    const id = /name="id" value="([^"]+)"/.exec(html)?.[1] as string
    if (isAskedPressure(id, key) === asked) return { html, id }
  }
}

async function answer(id: string, given?: string) {
  clock += 40_000
  const body = await fullBody(server, 'QUAYDD', 5, id)
  return server.answer({ ...body, ...(given !== undefined && { extras: { [pressureCode]: given } }) })
}

describe('the question about pressure', () => {
  test('is drawn for one id in five, the same for the same id, otherwise with another key', () => {
    const ids = Array.from({ length: 10_000 }, (_, at) => `0192f3a0-0000-7000-8000-${String(at).padStart(12, '0')}`)
    const asked = ids.filter((id) => isAskedPressure(id, 'k'))
    // Four standard errors of 10 000 draws at one in five.
    expect(Math.abs(asked.length - 2000)).toBeLessThan(160)
    expect(ids.filter((id) => isAskedPressure(id, 'k'))).toEqual(asked)
    expect(ids.filter((id) => isAskedPressure(id, 'other'))).not.toEqual(asked)
  })

  test.each(['vi', 'en', 'km'] as const)(
    'stands in the page of who was drawn, in %s, without a script',
    async (lang) => {
      const { html } = await openPage(true, lang)
      expect(html).toContain(pressureQuestion.text[lang])
      expect(html).toMatch(new RegExp(`type="radio" name="${name}" value="no"`))
      expect((await openPage(false, lang)).html).not.toContain(name)
    },
  )

  test('is answered by a plain form, and kept with the response', async () => {
    let form: URLSearchParams
    do form = await openForm(server, links.survey('QUAYDD'))
    while (!isAskedPressure(form.get('id') as string, key))
    form.set(name, 'yes')
    clock += 40_000
    expect((await postForm(server, links.survey('QUAYDD'), form)).status).toBe(303)
    const [row] = await server.database.sql`select extras from responses where id = ${form.get('id')}`
    expect(row?.extras).toEqual({ [pressureCode]: 'yes' })
  })

  test('may be left out, and is refused from who was not drawn or with another answer', async () => {
    expect((await answer((await openPage(true)).id)).status).toBe(201)
    expect((await answer((await openPage(false)).id, 'yes')).status).toBe(422)
    expect((await answer((await openPage(true)).id, 'maybe')).status).toBe(422)
  })

  test('is part of the line in the ledger, and of no score and no cell', async () => {
    const { id } = await openPage(true)
    expect((await answer(id, 'no')).status).toBe(201)
    expect(await server.countDiffering()).toBe(0)
    await server.catchUp()
    const [entry] = await server.database.sql`select 1 from ledger_entries where response_id = ${id}`
    expect(entry).toBeDefined()
  })
})

describe('what was said', () => {
  beforeAll(async () => {
    for (let at = 0; at < 8; at += 1)
      expect((await answer((await openPage(true)).id, at < 2 ? 'yes' : 'no')).status).toBe(201)
    await server.database.sql`update responses set day = '2026-11-23'`
    await server.database.sql`update responses set standing = 'counted', reason = null`
    clock = Date.UTC(2026, 11, 1, 2)
  }, 60_000)

  const open = async (role: 'leader' | 'auditor' | 'manager' | 'administrator' | 'clerk', agencies: string[] = []) => {
    const { cookie } = await server.signInAs(role, agencies)
    return server.send(links.pressure(), { headers: { cookie } })
  }

  test.each([
    ['leader', [], 200],
    ['auditor', [], 200],
    ['manager', ['phong-van-hoa-xa-hoi'], 200],
    ['manager', ['trung-tam-pvhcc'], 403],
    ['administrator', [], 403],
    ['clerk', ['trung-tam-pvhcc'], 403],
  ] as const)('is read by %s of %j with %i', async (role, agencies, status) => {
    expect((await open(role, [...agencies])).status).toBe(status)
  })

  test('is told per agency and quarter with its interval', async () => {
    const html = await (await open('leader')).text()
    const [row] = await server.database.sql`
      select count(*)::int as answered, count(*) filter (where extras->>'yd_pressure' = 'yes')::int as yes
      from responses where extras ? 'yd_pressure'`
    const { share } = shareOfPressure(row?.answered, row?.yes)
    expect(row?.answered).toBe(10)
    expect(html).toContain('Quý IV/2026')
    expect(html).toContain(`${(share as number).toFixed(1).replace('.', ',')}\u00a0% (`)
  })

  test('is one sentence of the yearly report, and of no other', async () => {
    const { database } = server
    const state = await createCatalogue(database, () => clock).read()
    const agency = state.agencies[0]?.id as never
    const read = async (kind: string) => {
      const request = { kind, sector: 'administrative', agency, from: '2026-01-01', to: '2026-12-31' } as never
      const { values } = await readReportInput(database, state, request, { today: '2026-12-01' })
      return JSON.stringify(general(values as ReportValues))
    }
    const sentence = pressureSentence(shareOfPressure(10, 3)) as string
    expect(await read('annual_result')).toContain(sentence)
    expect(await read('quarterly')).not.toContain('đứng cạnh')
  })

  test("names no share below five people, and is Wilson's", () => {
    expect(shareOfPressure(4, 1).share).toBeNull()
    const { share, lower, upper } = shareOfPressure(100, 4)
    expect([share, lower, upper].map((one) => Math.round(one as number))).toEqual([4, 2, 10])
  })
})
