import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Part } from '../../server/indicators/detail/contract.ts'
import { mostPraise, mostWorst, rankComments } from '../../server/today/place/comment-rules.ts'
import { showCriteria, showFields } from '../../server/today/place/parts-rules.ts'
import { inOrder } from '../../web/today/order.ts'
import { makePlace, makeScore, noScore } from '../fixtures/pages/staff-views.ts'

const part = (key: string, responses: number): Part => ({
  ...{ key, label: key, share: 0, harm: 0, score: { ...noScore, responses } },
})
const sizes = (parts: Part[]) => parts.map(({ score }) => score.responses)

test('a criterion of fewer than five answers is left out by itself', () => {
  const { shown, withheld } = showCriteria([part('a', 9), part('b', 4), part('c', 5)])
  expect([sizes(shown), withheld]).toEqual([[9, 5], 1])
})

test('the fields left out are none or five answers together, so that the whole does not tell them', () => {
  expect(sizes(showFields([part('a', 40), part('b', 4), part('c', 9)]).shown)).toEqual([40])
  expect(sizes(showFields([part('a', 40), part('b', 4), part('c', 3)]).shown)).toEqual([40])
  expect(sizes(showFields([part('a', 40), part('b', 6)]).shown)).toEqual([40, 6])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 }), (counts) => {
      const { shown, withheld } = showFields(counts.map((count, index) => part(String(index), count)))
      const sum = (some: number[]) => some.reduce((total, one) => total + one, 0)
      const hidden = sum(counts) - sum(sizes(shown))
      expect(shown.length + withheld).toBe(counts.length)
      expect(sizes(shown).every((count) => count >= 5)).toBe(true)
      expect(hidden === 0 || hidden >= 5 || shown.length === 0).toBe(true)
    }),
  )
})

const comment = (id: number, answers: string, kind: 'comment' | 'praise' = 'comment') => ({
  ...{ id, kind, answers, day: '2026-11-20', half: 'morning' as const, language: 'vi' as const, masked: `Lời ${id}` },
})

test('comments go from the lowest form up, praise stands apart', () => {
  const said = [comment(1, '.45-'), comment(2, '.11-'), comment(3, '.55-', 'praise'), comment(4, '.13-')]
  const { worst, praise, worstOf, praiseOf } = rankComments(said, false)
  expect(worst.map(({ id }) => id)).toEqual([2, 4, 1])
  expect(worst.map(({ unsatisfied, rated }) => [unsatisfied, rated])).toEqual([
    [2, 2],
    [2, 2],
    [0, 2],
  ])
  expect([praise.map(({ id }) => id), worstOf, praiseOf]).toEqual([[3], 3, 1])
  expect(JSON.stringify(worst)).not.toContain('answers')
})

test('only so many are shown, and all are counted', () => {
  const many = Array.from({ length: 40 }, (_, index) => comment(index, '2', index % 2 ? 'praise' : 'comment'))
  const { worst, praise, worstOf, praiseOf } = rankComments(many, true)
  expect([worst.length, praise.length, worstOf, praiseOf]).toEqual([mostWorst, mostPraise, 20, 20])
})

test('the lowest score first, places without one behind as they were arranged', () => {
  const places = [90, null, 70, null, 80].map((score, index) =>
    makePlace(index, { code: String(index), shown: score === null ? noScore : makeScore(score, 20) }),
  )
  expect(inOrder(places, 'arranged').map(({ code }) => code)).toEqual(['0', '1', '2', '3', '4'])
  expect(inOrder(places, 'lowest').map(({ code }) => code)).toEqual(['2', '4', '0', '1', '3'])
})
