import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../db/client.ts'
import { withinScope } from '../db/staff/scope.ts'
import { rollMonths } from '../db/tallies/months.ts'
import { countReceived, tallyBy, tallyVersions } from '../db/tallies/slices.ts'
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
  await database.sql`alter table out_of_reach rename to responses`
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

test('which days are held is asked of two ends of an index, not of the cells', async () => {
  const plan = await explain('select min(day), (select count(*) from rolled_months) from cells')
  expect(plan.map((node) => node['Index Name']).filter(Boolean)).toEqual(['cells_by_day'])
  expect(plan.map((node) => node['Node Type'])).toContain('Limit')
})

test('what waits and what came on a day are found among all cases there ever were', async () => {
  await addCases()
  const due = "(state in ('new', 'assigned') or day = '2026-11-22') and agency_id = any(array[1, 2])"
  for (const condition of [due, "day = '2026-11-22' and place_id = 1", "state in ('new', 'assigned')"]) {
    const plan = await explain(`select count(*) from cases where ${condition}`, 'all')
    expect(
      plan.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']),
      condition,
    ).toEqual([])
  }
})

test('no condition reads a list of dates anew for every row', () => {
  const folder = join(import.meta.dirname, '../db')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  // The cast of a text is no constant to the planner; `(select …)` around it is asked once.
  const slow = files.filter((file) =>
    /\bany\(\$\{[^\n]*::text::\w+\[\]\)/.test(readFileSync(join(folder, file), 'utf8')),
  )
  expect(files.length).toBeGreaterThan(50)
  expect(slow).toEqual([])
})

// Last: it takes the cells away.
test('a year, and everything ever received, are read from months through the last closed day', async () => {
  const shapes = (await createCatalogue(database, Date.now).read()).versions.map(shapeOfVersion)
  const selection = { versionIds: shapes.map(({ versionId }) => versionId) }
  const year = { from: '2025-11-01', to: '2026-11-21' }
  await rollMonths(database, shapes, '2026-11-21')
  const [before, received] = [await tallyBy(database, 'total', selection, year), await countReceived(database)]
  await database.sql`delete from cells where day between '2025-02-01' and '2026-11-21'`
  expect(await tallyBy(database, 'total', { ...selection, carrying: true }, year)).toEqual(before)
  expect(await tallyVersions(database, shapes, selection, year)).not.toHaveLength(0)
  expect(await countReceived(database)).toBe(received)
})

/** Twenty thousand settled cases over the same days. */
async function addCases(): Promise<void> {
  await database.sql`
    insert into responses (place_id, id, version_id, day, received_at, field_id, service_mode, channel, respondent, language,
      standing, answers, wave_id, stratum_id)
    select p.id, gen_random_uuid(), v.id, d, d, 0, 'unstated', 'qr', 'citizen', 'vi', 'counted', '5', 0, 0
    from generate_series(1, 20000) n, lateral (select '2025-01-01'::date + n % 690 as d) days,
      lateral (select id, questionnaire from places order by id offset n % 5 limit 1) p
      join lateral (select id from questionnaire_versions where code = p.questionnaire limit 1) v on true`
  await withinScope(database, 'all', (transaction) =>
    transaction.execute(`
      insert into cases (place_id, response_id, receipt, kind, agency_id, state, day, half, due_on, closed_at, closed_reason)
      select r.place_id, r.id, r.id::text, 'dissatisfied', p.agency_id, 'closed', r.day, 'morning', r.day, r.received_at, 'x'
      from responses r join places p on p.id = r.place_id`),
  )
  await database.sql`analyze cases`
}

async function explain(statement: string, scope: 'all' | null = null): Promise<Node[]> {
  const asked = `explain (format json) ${statement}`
  const [row] = scope
    ? await withinScope(database, scope, (transaction) => transaction.execute(asked))
    : await database.sql.unsafe(asked)
  const [{ Plan: top }] = (row as unknown as { 'QUERY PLAN': [{ Plan: Node }] })['QUERY PLAN']
  const flatten = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flatten)]
  return flatten(top)
}
