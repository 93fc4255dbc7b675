import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../db/client.ts'
import { rollMonths } from '../db/tallies/months.ts'
import { tallyBy, tallyVersions } from '../db/tallies/slices.ts'
import { tallyByPlaceAndDay } from '../db/tallies/tallies.ts'
import { createCatalogue, shapeOfVersion } from '../server/catalogue/catalogue.ts'
import { cloneDatabase } from './fixtures/test-server.ts'

type Node = { 'Node Type': string; 'Relation Name'?: string; 'Index Name'?: string; Plans?: Node[] }

let database: ReturnType<typeof openDatabase>

beforeAll(async () => {
  const connection = (await cloneDatabase()) as Exclude<Awaited<ReturnType<typeof cloneDatabase>>, string>
  database = openDatabase(connection)
  // A year of cells at every place: enough for the planner to have to choose.
  await database.sql`
    insert into cells (place_id, day, version_id, field_id, service_mode, channel, respondent, standing, wave_id, stratum_id,
      received, last_received_at, moments, counts, extra_sums, durations)
    select p.id, d::date, v.id, f, 'unstated', c, 'citizen', 'counted', 0, 0, 5, d,
      array_fill(5::float8, array[7 * (1 + jsonb_array_length(v.definition->'factors'))]),
      array_fill(1, array[6 * 33]), array_fill(1::float8, array[8]), array_fill(1, array[8])
    from places p join questionnaire_versions v on v.code = p.questionnaire,
      generate_series('2025-01-01'::timestamptz, '2026-11-22', '1 day') d, unnest(array[0, 1, 2]) f,
      unnest(array['qr', 'web']::channel[]) c`
  await database.sql`analyze`
})
afterAll(() => database.close())

test('boards, days, indicators and breakdowns read tallies, never responses', async () => {
  const state = await createCatalogue(database, Date.now).read()
  const shapes = state.versions.map(shapeOfVersion)
  const selection = { versionIds: shapes.map(({ versionId }) => versionId) }
  await database.sql`alter table responses rename to out_of_reach`
  expect(await tallyByPlaceAndDay(database, '2026-11-09', '2026-11-22')).toHaveLength(14 * state.places.length)
  await rollMonths(database, shapes, '2026-10-31')
  for (const by of ['total', 'place', 'field', 'channel', 'month', 'day'] as const) {
    expect(await tallyBy(database, by, selection, { from: '2026-01-01', to: '2026-11-22' })).not.toHaveLength(0)
  }
  await tallyVersions(database, shapes, selection, { from: '2026-01-01', to: '2026-11-22' })
})

test('a day, two weeks and a running month are found by index among years of cells', async () => {
  for (const range of [
    "day = '2026-11-22'",
    "day between '2026-11-09' and '2026-11-22'",
    "day between '2026-11-01' and '2026-11-22'",
  ]) {
    const plan = await explain(`select sum(moments[1]) from cells where ${range}`)
    expect(plan.map((node) => node['Index Name']).filter(Boolean), range).toContain('cells_by_day')
  }
  const onePlace = await explain(
    "select sum(moments[1]) from cells where place_id = 1 and day between '2026-11-09' and '2026-11-22'",
  )
  expect(onePlace.some((node) => node['Index Name']?.startsWith('cells'))).toBe(true)
})

async function explain(statement: string): Promise<Node[]> {
  const [row] = await database.sql.unsafe(`explain (format json) ${statement}`)
  const [{ Plan: top }] = (row as unknown as { 'QUERY PLAN': [{ Plan: Node }] })['QUERY PLAN']
  const flatten = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flatten)]
  return flatten(top)
}
