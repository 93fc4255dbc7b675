import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addFound } from '../../db/signs/looks.ts'
import { createCatalogue } from '../../server/catalogue/catalogue.ts'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { IndicatorResult } from '../../server/indicators/contract.ts'
import { general } from '../../server/reports/content/indicators.ts'
import type { ReportValues } from '../../server/reports/input/contract.ts'
import { readReportInput } from '../../server/reports/input/input.ts'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

let clock = Date.UTC(2026, 9, 12, 2)
let server: TestServer
let placeId: PlaceId

/** Twelve days with ten satisfied people each; the sign's pattern holds nine of ten. */
beforeAll(async () => {
  server = await startTestServer({ now: () => clock })
  await server.database.sql`update indicators set period = '2026-2027' where code = 'II.1'`
  const id = await server.mint('QUAYDD', clock - 40_000)
  expect((await server.answer(await fullBody(server, 'QUAYDD', 5, id))).status).toBe(201)
  await server.database.sql`
    insert into responses (place_id, id, version_id, day, received_at, field_id, service_mode, channel, provenance,
      respondent, language, standing, answers, wave_id, stratum_id, seconds)
    select place_id, gen_random_uuid(), version_id, day - n / 10, received_at - (n / 10) * interval '1 day', field_id,
      service_mode, channel, provenance, respondent, language, standing, answers, wave_id, stratum_id, 40
    from responses, generate_series(1, 119) n`
  await server.countDiffering()
  clock = Date.UTC(2026, 9, 15, 2)
  const [place] = await server.database.sql<{ id: PlaceId }[]>`select id from places where code = 'QUAYDD'`
  placeId = place?.id as PlaceId
  const rows = await server.database.sql<{ id: string }[]>`select id from responses order by id limit 108`
  const members = rows.map(({ id: member }) => member)
  const days = { from: '2026-10-01', to: '2026-10-12' }
  const finding = { ...days, sign: 'same_vector' as const, provenance: 'open' as const, chance: 1e-6 }
  await addFound(server.database, placeId, [{ ...finding, observed: 108, expected: 12, judged: 120, members }])
})
afterAll(() => server.stop())

const dataFile = links.openDataFile('indicators.json')
const waiting = 'Đang có dấu hiệu chờ xem xét: 1 nhóm, 108 phiếu'
const turning = 'Nếu để riêng các phiếu ấy, kết luận sẽ là “chưa đủ căn cứ'
const open = async (path: string) => {
  const { cookie } = await server.signInAs('leader')
  return (await server.send(path, { headers: { cookie } })).text()
}
const readIndicator = async () =>
  (await server.read<IndicatorResult[]>(links.api.indicators())).find(({ code }) => code === 'II.1')

describe('while a pattern waits', () => {
  test('the score and the verdict stay, and programs are told what they would be without', async () => {
    expect(await readIndicator()).toMatchObject({
      score: 100,
      responses: 120,
      verdict: 'met',
      pending: { patterns: 1, responses: 108, verdictWithout: 'not_yet_provable' },
    })
  })

  test.each([
    ['its page', links.indicator('II.1')],
    ['the list', links.indicators()],
  ])('%s says so beside the verdict, with what would change', async (_, path) => {
    const html = await open(path)
    expect(html).toContain(waiting)
    expect(html).toContain(turning)
  })

  test('the commune sees it in its table', async () => {
    expect(await open(links.commune())).toContain('1 nhóm, 108 phiếu; có thể đổi kết luận')
  })

  test('the public is told, without a score', async () => {
    const html = await (await server.send(links.publicResults)).text()
    expect(html).toContain(waiting)
    expect(html).toContain(`${turning}”.`)
  })

  test('the open data tell it of the year, and a decision gives the file another tag', async () => {
    expect(await readRow()).toMatchObject({
      pending_patterns: 1,
      pending_responses: 108,
      pending_turns_to: 'not_yet_provable',
    })
    const rows = (await readRows()).filter(({ indicator, period }) => indicator !== 'II.1' && period.length === 4)
    expect(rows.every((row) => !row.pending_patterns && row.pending_turns_to === null)).toBe(true)
    expect((await server.send(dataFile)).headers.get('last-modified')).toBeNull()
  })

  test('a report says it beside its verdicts', async () => {
    const { database } = server
    const state = await createCatalogue(database, () => clock).read()
    const agency = state.agencies.find(({ coordinates }) => coordinates)?.id as never
    const request = {
      kind: 'quarterly',
      sector: 'administrative',
      agency,
      from: '2026-10-01',
      to: '2026-12-31',
    } as never
    const input = await readReportInput(database, state, request, { today: '2026-10-15' })
    const words = JSON.stringify(general(input.values as ReportValues))
    expect(words).toContain(`Chỉ tiêu II.1: ${waiting}, hiện vẫn được tính. ${turning}`)
  })

  test('an indicator that it does not touch says nothing', async () => {
    const all = await server.read<IndicatorResult[]>(links.api.indicators())
    expect(all.filter(({ pending }) => pending !== null).map(({ code }) => code)).toEqual(['II.1'])
  })
})

test('before a target is due what waits is said, and no verdict without it', async () => {
  await server.database.sql`update indicators set period = '2028-2030' where code = 'II.1'`
  for (const path of [links.indicator('II.1'), links.indicators(), links.publicResults]) {
    const html = await open(path)
    expect(html).toContain(waiting)
    expect(html).not.toContain(turning)
  }
  await server.database.sql`update indicators set period = '2026-2027' where code = 'II.1'`
})

test.each([
  ['en', 'Unusual signs wait to be reviewed: 1 group, 108 forms.', 'the verdict would be “not yet provable”.'],
  ['km', 'មានសញ្ញាមិនធម្មតារង់ចាំពិនិត្យ៖ 1 ក្រុម 108 សន្លឹក។', 'សេចក្ដីសន្និដ្ឋាននឹងជា «មិនទាន់មានមូលដ្ឋានគ្រប់គ្រាន់»។'],
])('the public reads it in %s', async (lang, waits, turns) => {
  const html = await (await server.send(links.results(lang))).text()
  expect(html).toContain(waits)
  expect(html).toContain(turns)
})

test('once decided nothing waits', async () => {
  await server.database.sql`update sign_patterns set state = 'kept', decided_by = 'thu', decided_at = now()`
  expect(await readIndicator()).toMatchObject({ verdict: 'met', pending: null })
  for (const path of [links.indicator('II.1'), links.indicators(), links.commune()])
    expect(await open(path)).not.toContain('chờ xem xét')
  expect(await (await server.send(links.publicResults)).text()).not.toContain('chờ xem xét')
  expect(await readRow()).toMatchObject({ pending_patterns: 0, pending_responses: null, pending_turns_to: null })
})

type Row = { indicator: string; period: string; pending_patterns: number | null; pending_turns_to: string | null }

async function readRows(): Promise<Row[]> {
  return ((await (await server.send(dataFile)).json()) as { rows: Row[] }).rows
}

const readRow = async () =>
  (await readRows()).find(({ indicator, period }) => indicator === 'II.1' && period === '2026')
