import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readReference } from '../../db/reference/reference.ts'
import type { Version } from '../../server/catalogue/catalogue.ts'
import type { VersionId } from '../../server/catalogue/contract.ts'
import { planVersion } from '../../server/catalogue/draw-rules.ts'
import { codebookCsv, writeCodebook } from '../../server/exports/codebook.ts'
import { listColumns, planColumns } from '../../server/exports/columns.ts'
import { levelOf, nameColumn, splitRange } from '../../server/exports/rules.ts'
import { writeSyntax } from '../../server/exports/spss.ts'

const versions = readReference().questionnaires.map(
  (definition, index): Version => ({
    id: (index + 1) as VersionId,
    code: definition.code,
    version: definition.version,
    status: 'published',
    ...{ definition, reason: '', publishedAt: null, retiredAt: null, reviewed: {}, plan: planVersion(definition) },
  }),
)

test.each([
  ['.', null],
  [undefined, null],
  ['-', -1],
  ['0', 0],
  ['5', 5],
])('the mark %j is the value %j', (mark, level) => {
  expect(levelOf(mark)).toBe(level)
})

describe('names of columns', () => {
  test('are made of the code', () => {
    expect(nameColumn('c', 'sipas-15', new Set())).toBe('c_sipas_15')
  })

  test('are ASCII, short and never twice, however long the codes', () => {
    const code = fc
      .array(fc.stringMatching(/^[a-z0-9]{1,30}$/), { minLength: 1, maxLength: 5 })
      .map((parts) => parts.join('-'))
    fc.assert(
      fc.property(fc.array(code, { maxLength: 30 }), (codes) => {
        const taken = new Set<string>()
        const names = codes.map((one) => nameColumn('c', one, taken))
        expect(new Set(names).size).toBe(codes.length)
        for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]{0,63}$/)
      }),
    )
  })
})

describe('a range in pieces', () => {
  const dayAt = (index: number) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10)

  test('covers every day once, in order, and no piece of several days is too large', () => {
    const counted = fc.uniqueArray(fc.record({ at: fc.nat(364), count: fc.integer({ min: 1, max: 90 }) }), {
      selector: ({ at }) => at,
    })
    fc.assert(
      fc.property(counted, (given) => {
        const counts = given.sort((a, b) => a.at - b.at).map(({ at, count }) => ({ day: dayAt(at), count }))
        const pieces = splitRange({ from: dayAt(0), to: dayAt(364) }, counts, 100)
        expect(pieces[0]?.from).toBe(dayAt(0))
        expect(pieces.at(-1)?.to).toBe(dayAt(364))
        pieces.slice(1).forEach(({ from }, index) => {
          const before = pieces[index]?.to as string
          expect(Date.parse(from) - Date.parse(before)).toBe(86_400_000)
        })
        for (const { from, to } of pieces) {
          const inside = counts.filter(({ day }) => day >= from && day <= to)
          const sum = inside.reduce((total, { count }) => total + count, 0)
          expect(sum <= 100 || inside.length === 1).toBe(true)
        }
      }),
    )
  })
})

describe.each(versions.map((version) => [version.code, version] as const))('the columns of %s', (_, version) => {
  const columns = listColumns(planColumns([version], [], true))

  test('hold every criterion and every extra question once', () => {
    const { definition, plan } = version
    expect(columns.filter(({ name }) => name.startsWith('c_'))).toHaveLength(plan.criteria.length)
    expect(columns.filter(({ name }) => name.startsWith('x_'))).toHaveLength(definition.extra.length)
    expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length)
  })

  test('are all in the codebook, criteria with the probability of being asked', () => {
    const codebook = writeCodebook([version], columns, { from: '2026-01-01', to: '2026-01-31' })
    expect(new Set(codebook.lines.map(({ name }) => name))).toEqual(new Set(columns.map(({ name }) => name)))
    expect(codebook.lines.flatMap(({ probability }) => probability ?? [])).toEqual(version.plan.probability)
    expect(codebookCsv(codebook).split('\r\n').length).toBeGreaterThan(columns.length)
  })

  test('are all read and labelled by the syntax, within the lengths that SPSS allows', () => {
    const syntax = writeSyntax(columns, 'phieu.csv')
    const part = (from: string, to: string) => syntax.slice(syntax.indexOf(from), syntax.indexOf(to))
    const read = [...part('/VARIABLES=', 'VARIABLE LABELS').matchAll(/\s(\w+) (?:[AF]\d|SDATE)/g)]
    expect(read.map(([, name]) => name)).toEqual(columns.map(({ name }) => name))
    for (const { name } of columns) expect(syntax).toMatch(new RegExp(`^\\s+/?${name} '`, 'm'))
    for (const [, label] of syntax.matchAll(/'((?:[^']|'')*)'/g))
      expect(Buffer.byteLength(label ?? '')).toBeLessThanOrEqual(255)
    expect(syntax).toContain('MISSING VALUES')
    expect(syntax).not.toMatch(/\r(?!\n)|[^\r]\n/)
  })
})
