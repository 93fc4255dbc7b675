import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readReference } from '../../db/reference/reference.ts'

const folder = join(import.meta.dirname, '../../db/reference')
const readme = readFileSync(join(folder, 'README.md'), 'utf8')
const compared = readme.slice(readme.indexOf('## Compared with the official lists'))

/** | `sipas-15` | 15 | there | … | */
const rows = [...compared.matchAll(/^\| (`([a-z0-9-]+)`|–) \| ([^|]+) \| ([^|]+) \| [^|]+ \|$/gm)].map(
  ([, , code = '', official = '', result = '']) => ({ code, official, result }),
)
const criteria = new Map(
  readReference().questionnaires.flatMap(({ sector, factors }) =>
    factors.flatMap((factor) => factor.criteria.map(({ code, official }) => [code, { official, sector }] as const)),
  ),
)

test('every criterion of every questionnaire has one row, and no row names what is not asked', () => {
  const named = rows.map(({ code }) => code).filter(Boolean)
  expect(named.toSorted()).toEqual([...criteria.keys()].toSorted())
  const elsewhere = [...compared.matchAll(/`([a-z]+(?:-[a-z]?\d+)+)`/g)].map(([, code = '']) => code)
  expect(elsewhere.filter((code) => !criteria.has(code))).toEqual([])
})

test('a row has the number that the file has, or says that there is none to be had', () => {
  for (const { code, official } of rows.filter(({ code }) => code)) {
    const { official: filed, sector } = criteria.get(code) ?? {}
    expect([code, official]).toEqual([code, sector === 'education' ? 'ours' : filed])
  }
})

test('what is asked is there or ours, what is not asked is lacking, and nothing is said otherwise', () => {
  const asked = ['there', 'there, number inferred', 'ours']
  for (const { code, result } of rows) expect(code ? asked : ['lacking', 'perhaps lacking']).toContain(result)
  expect(rows.filter(({ code }) => !code).length).toBeGreaterThan(0)
})

test('an item whose list could not be read is never called official', () => {
  const schools = rows.filter(({ code }) => criteria.get(code)?.sector === 'education')
  expect(schools.length).toBe(22)
  expect(schools.filter(({ result }) => result !== 'ours')).toEqual([])
  expect(rows.find(({ code }) => code === 'tc-a3')?.result).toBe('ours')
})
