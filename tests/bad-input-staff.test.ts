import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { access } from '../server/staff/access.ts'
import { links } from '../web/links.ts'
import { startDemoServer } from './fixtures/demo-server.ts'
import { collectNames, type Names } from './fixtures/pages/field-names.ts'
import type { TestServer } from './fixtures/test-server.ts'

let server: TestServer
let names: Names
const cookies: Record<string, string> = {}

beforeAll(async () => {
  server = await startDemoServer()
  for (const role of ['administrator', 'leader', 'auditor'] as const)
    cookies[role] = (await server.signInAs(role)).cookie
  cookies.manager = (await server.signInAs('manager', ['trung-tam-pvhcc', 'tram-y-te'])).cookie
  names = await collectNames(server, cookies.administrator as string)
}, 180_000)
afterAll(() => server.stop())

/** What a calendar, an integer of PostgreSQL or an array does not know, and its neighbours that they do. */
const nasty = [
  ...['0000-01-01', '0000-12-31', '0001-01-01', '1899-12-31', '9999-12-31', '10000-01-01', '2026-02-30', '-1-01-01'],
  ...['2026-01-01', '2026-09-20', '31/02/2026', '00/00/0000', '2026-01-01T00:00:00Z', '0000-01', '9999-12', '2026-13'],
  ...[
    '0000',
    '9999',
    '2026-Q9',
    '0000-Q1',
    '9999-Q4',
    'quarterly:0000-01-01',
    'monthly:9999-12-01',
    'yearly:2026-02-30',
  ],
  ...['1e309', '-1', '0', '1', '1.5', '-0', 'NaN', 'Infinity', '0x10', '32768', '2147483648', '99999999999999999999'],
  ...['0000-01-01_1', '2026-09-20_999999999', '9999-12-31_1', '', ' ', '%', "'", '\u0000', '\u0003', 'ệ', '١٢', '１２'],
  ...['__proto__', 'constructor', 'toString', 'QUAYHT', 'KHAMBENH', 'administrative', 'II.1', 'a'.repeat(300)],
]
const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...nasty) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 9999 }).map((year) => `${String(year).padStart(4, '0')}-06-15`) },
)
const known = ['QUAYHT', 'trung-tam-pvhcc', 'administrative', 'II.1', '1', '2', 'admin', 'data.csv']
const parameter = fc.oneof(
  fc.constantFrom(...known),
  value.filter((text) => text.trim() !== ''),
)

const namesFor = (map: Map<string, Set<string>>, pattern: string): string[] => {
  const path = new RegExp(`^${pattern.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}$`)
  const own = [...map].flatMap(([known, found]) => (path.test(known) ? [...found] : []))
  return own.length > 0 ? [...new Set(own)] : [...new Set([...map.values()].flatMap((found) => [...found]))]
}

const pairsOf = (known: string[]) =>
  fc.array(fc.tuple(fc.constantFrom(...known), value), { minLength: 1, maxLength: 4 })

/** Code points that an address cannot carry are left out; a full stop alone would be another path. */
const fill = (pattern: string, given: string[]): string => {
  let at = 0
  return pattern.replace(/:\w+/g, () =>
    encodeURIComponent((given[at++] as string).toWellFormed()).replaceAll('.', '%2e'),
  )
}

const routes = Object.entries(access).flatMap(([route, decided]) => {
  const [method = '', pattern = ''] = route.split(' ')
  return decided === 'public' || pattern === links.live ? [] : [{ method, pattern }]
})
const role = fc.constantFrom('administrator', 'leader', 'auditor', 'manager')
const runs = { numRuns: 12 }
/** A document costs half a second to draw, whatever was asked. */
const runsOf = (pattern: string) => (/word\.docx$|\/pdf$/.test(pattern) ? { numRuns: 3 } : runs)

describe('every signed-in address', () => {
  test('the fields of all pages and links are known', () => {
    expect(namesFor(names.query, '/nhat-ky')).toEqual(
      expect.arrayContaining(['nguoi', 'nhom', 'tim', 'tu', 'den', 'truoc']),
    )
    expect(namesFor(names.query, '/chi-tieu/:code')).toEqual(expect.arrayContaining(['from', 'to']))
    expect(namesFor(names.query, '/phieu-de-rieng')).toEqual(expect.arrayContaining(['tu', 'den', 'diem']))
    expect(namesFor(names.form, '/bao-cao')).toContain('period')
  })

  test.each(routes.filter(({ method }) => method === 'GET'))(
    'GET $pattern gives no 5xx, whatever its parameters and query',
    async ({ pattern }) => {
      const given = fc.tuple(
        fc.array(parameter, { minLength: 4, maxLength: 4 }),
        pairsOf(namesFor(names.query, pattern)),
        role,
      )
      await fc.assert(
        fc.asyncProperty(given, async ([parameters, pairs, who]) => {
          const query = new URLSearchParams(pairs.map(([name, text]) => [name, text.toWellFormed()]))
          for (const filled of [parameters, known.slice(knownAt(pattern))]) {
            const path = `${fill(pattern, filled)}?${query}`
            const reply = await server.send(path, { headers: { cookie: cookies[who] as string } })
            await reply.arrayBuffer()
            expect(reply.status, path).toBeLessThan(500)
          }
        }),
        runsOf(pattern),
      )
    },
    60_000,
  )

  test.each(routes.filter(({ method }) => method === 'POST'))(
    'POST $pattern gives no 5xx, whatever its parameters and form',
    async ({ pattern }) => {
      const given = fc.tuple(
        fc.array(parameter, { minLength: 4, maxLength: 4 }),
        pairsOf(namesFor(names.form, pattern)),
        role,
      )
      await fc.assert(
        fc.asyncProperty(given, async ([parameters, pairs, who]) => {
          const body = new URLSearchParams(pairs.map(([name, text]) => [name, text.toWellFormed()]))
          const path = fill(pattern, parameters)
          const reply = await server.send(path, { method: 'POST', headers: { cookie: cookies[who] as string }, body })
          await reply.arrayBuffer()
          expect(reply.status, `${path} ${body}`).toBeLessThan(500)
        }),
        runs,
      )
    },
    60_000,
  )
})

/** Where the parameter that exists stands among the known ones. */
function knownAt(pattern: string): number {
  const starts: [RegExp, number][] = [
    [/^\/diem-phuc-vu/, 0],
    [/^\/co-quan/, 1],
    [/^\/bo-cau-hoi/, 2],
    [/^\/chi-tieu/, 3],
    [/^\/can-bo/, 6],
  ]
  return starts.find(([start]) => start.test(pattern))?.[1] ?? 4
}
