import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPublications } from '../../server/publication/publications.ts'
import { cellNamesOf } from '../../server/publication/rules.ts'
import { links } from '../../web/links.ts'
import { fillTown, openTown, type Town, times } from '../fixtures/public-town.ts'

type Field = { name: string; type: string }
type Package = {
  resources: { name: string; path: string; schema: { fields: Field[]; primaryKey: string[] } }[]
}
const require = createRequire(import.meta.url)
/** Frictionless' own library, which has no types: its profiles judge the description, its schemas the rows. */
const { Package: Frictionless } = require('datapackage') as {
  Package: { load(descriptor: unknown): Promise<{ valid: boolean; errors: Error[] }> }
}
const { Schema } = require('tableschema') as {
  Schema: { load(descriptor: unknown): Promise<{ valid: boolean; castRow(row: string[]): unknown[] }> }
}
const parse = require('csv-parse/lib/sync') as (text: string) => string[][]

let town: Town
beforeAll(async () => {
  town = await openTown('2026-10-06')
  await fillTown(town)
})
afterAll(() => town.stop())

const fetchFile = (file: string, headers: Record<string, string> = {}, method = 'GET') =>
  town.send(links.openDataFile(file), { headers, method })
const readPackage = async () => (await (await fetchFile('datapackage.json')).json()) as Package
type Row = Record<string, string | number | boolean | null>
const readRows = async (file: string) => ((await (await fetchFile(file)).json()) as { rows: Row[] }).rows

describe('the data package', () => {
  test('is a valid tabular data package', async () => {
    const { valid, errors } = await Frictionless.load(await readPackage())
    expect(errors).toEqual([])
    expect(valid).toBe(true)
  })

  test('describes every row of every file: names, types, keys', async () => {
    const { resources } = await readPackage()
    expect(resources.map(({ name }) => name)).toEqual(['daily', 'monthly', 'indicators', 'places', 'questionnaires'])
    for (const { path, schema } of resources) {
      const [header, ...rows] = parse(await (await fetchFile(path)).text())
      expect(header).toEqual(schema.fields.map(({ name }) => name))
      expect(rows.length).toBeGreaterThan(5)
      const checked = await Schema.load(schema)
      expect(checked.valid).toBe(true)
      for (const row of rows) expect(() => checked.castRow(row)).not.toThrow()
      const positions = schema.primaryKey.map((name) => schema.fields.findIndex((field) => field.name === name))
      expect(new Set(rows.map((row) => positions.map((position) => row[position]).join('|'))).size).toBe(rows.length)
    }
  })

  test('opens in Excel with its letters: every CSV has the mark once, the rest has none, the tag is of these bytes', async () => {
    const mark = Buffer.from('\uFEFF')
    for (const { path } of (await readPackage()).resources) {
      const reply = await fetchFile(path)
      const bytes = Buffer.from(await reply.arrayBuffer())
      expect([path, bytes.subarray(0, 3)]).toEqual([path, mark])
      expect(bytes.indexOf(mark, 3)).toBe(-1)
      const hash = createHash('sha256').update(bytes).digest('hex')
      expect(reply.headers.get('etag')).toBe(`"${hash.slice(0, 32)}"`)
    }
    for (const file of ['datapackage.json', 'daily.json']) {
      const bytes = Buffer.from(await (await fetchFile(file)).arrayBuffer())
      expect([file, bytes.indexOf(mark)]).toEqual([file, -1])
    }
  })

  test('says the same in CSV and in JSON', async () => {
    const [, ...lines] = parse(await (await fetchFile('monthly.csv')).text())
    const rows = await readRows('monthly.json')
    expect(lines).toEqual(rows.map((row) => Object.values(row).map((value) => String(value ?? ''))))
  })
})

describe('what is in the tables', () => {
  test('a day with fewer than five is empty and marked', async () => {
    const rows = await readRows('daily.json')
    const of = (day: string, place: string) => rows.find((row) => row.day === day && row.place === place)
    expect(of('2026-10-06', 'QUAYHT')).toMatchObject({ responses: 12, score: 75, suppressed: false })
    expect(of('2026-10-06', 'TCHUNG')).toMatchObject({ responses: null, score: null, lower: null, suppressed: true })
    expect(rows.filter(({ suppressed, responses }) => !suppressed && Number(responses) < 5)).toEqual([])
    expect(
      rows
        .map(({ day }) => String(day))
        .sort()
        .at(-1),
    ).toBe('2026-11-03')
  })

  test('what is too few for a day stands in its month; what is too few for its place, nowhere of the place', async () => {
    const rows = await readRows('monthly.json')
    const of = (code: string) => rows.find((row) => row.month === '2026-10' && row.code === code)
    expect(of('TCHUNG')).toMatchObject({ responses: 7, score: 0, complete: true })
    expect(of('QUAYXH')).toMatchObject({ suppressed: true })
    expect(of('tram-y-te')).toMatchObject({ responses: 21 })
  })

  test('a late review moves a published figure only when five responses move', async () => {
    const day = async () =>
      (await readRows('daily.json')).find((row) => row.day === '2026-10-20' && row.place === 'KHAMBENH')
    const { sql } = town.database
    const setAside = async (count: number) => {
      await sql`
        with gone as (
          update responses set standing = 'set_aside', reason = 'reviewed'
          where (place_id, id) in (select r.place_id, r.id from responses r join places p on p.id = r.place_id
            where p.code = 'KHAMBENH' and r.day = '2026-10-20' and r.standing = 'counted' order by r.id limit ${count})
          returning place_id, id)
        insert into standing_changes (decision, place_id, response_id, from_reason, to_reason, why, changed_by)
        select gen_random_uuid(), place_id, id, null, 'reviewed', 'Thử.', 'can-bo-mot' from gone`
      await town.countDiffering()
    }
    await town.answers('KHAMBENH', times(1, 5))
    await setAside(3)
    town.goTo('2026-11-06')
    expect(await day()).toMatchObject({ responses: 8 })
    await setAside(5)
    town.goTo('2026-11-07')
    expect(await day()).toMatchObject({ responses: null, suppressed: true })
  })

  test('no comment, no identifier of a response and no hour is in any file', async () => {
    const { resources } = await readPackage()
    const all = await Promise.all(resources.map(async ({ path }) => (await fetchFile(path)).text()))
    expect(all.join('')).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|\d{2}:\d{2}/)
  })
})

test('a day is published once, whoever asks first', async () => {
  const today = () => '2026-11-20'
  const ask = () => createPublications(town.database, today).read()
  const all = await Promise.all(Array.from({ length: 6 }, ask))
  expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1)
  const names = all[0]?.groups.flatMap(cellNamesOf) ?? []
  expect(names.length).toBeGreaterThan(5)
  expect(new Set(names).size).toBe(names.length)
})

describe('over HTTP', () => {
  const names = ['daily', 'monthly', 'indicators', 'places', 'questionnaires']
  const files = [...names.flatMap((name) => [`${name}.csv`, `${name}.json`]), 'datapackage.json']

  test.each(files)('%s answers GET, HEAD, OPTIONS and conditions', async (file) => {
    const whole = await fetchFile(file)
    const tag = whole.headers.get('etag') as string
    expect([whole.status, tag]).toEqual([200, expect.stringMatching(/^"[0-9a-f]{32}"$/)])
    expect(whole.headers.get('access-control-allow-origin')).toBe('*')
    expect(whole.headers.get('cache-control')).toBe('public, max-age=300')
    expect(whole.headers.getSetCookie()).toEqual([])
    const head = await fetchFile(file, {}, 'HEAD')
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, tag, ''])
    const asked = await fetchFile(file, {}, 'OPTIONS')
    expect([asked.status, asked.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, HEAD, OPTIONS'])
    const known = await fetchFile(file, { 'if-none-match': `"other", W/${tag}` })
    expect([known.status, await known.text(), known.headers.get('etag')]).toEqual([304, '', tag])
    expect((await fetchFile(file, { 'if-none-match': '"other"' })).status).toBe(200)
  })

  test('a date is enough where something has one, and rules only without a tag', async () => {
    const date = (await fetchFile('daily.csv')).headers.get('last-modified') as string
    expect((await fetchFile('daily.csv', { 'if-modified-since': date })).status).toBe(304)
    const before = new Date(Date.parse(date) - 1000).toUTCString()
    expect((await fetchFile('daily.csv', { 'if-modified-since': before })).status).toBe(200)
    expect((await fetchFile('daily.csv', { 'if-modified-since': date, 'if-none-match': '"other"' })).status).toBe(200)
  })

  test.each(['responses.csv', 'daily', 'daily.xlsx', 'daily.csv.json', '..%2Fdaily.csv'])(
    '%s is not there',
    async (file) => {
      expect((await fetchFile(file)).status).toBe(404)
    },
  )

  test('no other route lets foreign pages read', async () => {
    for (const path of [links.publicResults, links.openData, links.api.places]) {
      expect((await town.send(path)).headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})

describe('the catalogue', () => {
  type Node = Record<string, unknown> & { '@type'?: string; '@id'?: string }
  /** What DCAT asks of each kind; checked by hand, there is no validator of RDF shapes here. */
  const needed: Record<string, string[]> = {
    'dcat:Catalog': ['dct:title', 'dct:description', 'dct:publisher', 'dct:license', 'dcat:dataset', 'foaf:homepage'],
    'dcat:Dataset': [
      ...['dct:title', 'dct:description', 'dct:publisher', 'dct:license', 'dct:temporal', 'dct:spatial'],
      ...['dct:accrualPeriodicity', 'dcat:distribution', 'dct:identifier'],
    ],
    'dcat:Distribution': ['dct:license', 'dcat:accessURL', 'dcat:downloadURL', 'dcat:mediaType'],
  }
  const nodesIn = (value: unknown): Node[] =>
    typeof value !== 'object' || value === null
      ? []
      : [...(Array.isArray(value) ? [] : [value as Node]), ...Object.values(value).flatMap(nodesIn)]

  test('names every table with what DCAT asks for, and its files are there', async () => {
    const reply = await town.send(links.dcat)
    expect(reply.headers.get('content-type')).toContain('application/ld+json')
    const catalogue = (await reply.json()) as Node
    const nodes = nodesIn(catalogue)
    const prefixes = Object.keys(catalogue['@context'] as object)
    for (const node of nodes) {
      const missing = (needed[node['@type'] ?? ''] ?? []).filter((name) => !node[name])
      expect([node['@id'], missing]).toEqual([node['@id'], []])
      const names = Object.keys(node).filter((name) => name.includes(':') && !name.startsWith('http'))
      expect(names.filter((name) => !prefixes.includes(name.split(':')[0] as string))).toEqual([])
    }
    const files = nodes.filter((node) => node['@type'] === 'dcat:Distribution')
    expect(files).toHaveLength(10)
    for (const file of files) {
      const { pathname } = new URL((file['dcat:downloadURL'] as { '@id': string })['@id'])
      expect([pathname, (await town.send(pathname)).status]).toEqual([pathname, 200])
    }
  })
})
