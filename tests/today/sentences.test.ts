import { describe, expect, test } from 'vitest'
import type { Plan } from '../../server/catalogue/draw-rules.ts'
import type { Comparison, Harm, PlaceWarning } from '../../server/indicators/contract.ts'
import { type AskedCounts, rankCriteria, rankFields } from '../../server/indicators/harm-rules.ts'
import { compareWith } from '../../server/indicators/period-rules.ts'
import type { Sums } from '../../server/score/contract.ts'
import { holdsAmong, type Measured, type MeasuredAgency, saySentences } from '../../server/today/sentence-rules.ts'
import { makeScore, noScore } from '../fixtures/pages/staff-views.ts'

const month = { with: 'month', from: '2026-11-01', to: '2026-11-22' } as const
const moved = (difference: number, half: number): Comparison => ({
  ...month,
  difference,
  lower: difference - half,
  upper: difference + half,
  change: difference + half < 0 ? 'fall' : difference - half > 0 ? 'rise' : 'not_provable',
})
const steady = moved(0.4, 3)

const place = (code: string, changes: Partial<Measured> = {}): Measured => ({
  ...{ code, name: `Quầy ${code}`, received: 60, shown: makeScore(92, 60), target: 95, comparisons: [steady] },
  ...changes,
})
const agency = (places: Measured[], changes: Partial<Measured> = {}): MeasuredAgency => ({
  ...{ code: 'trung-tam', name: 'Trung tâm', received: 120, shown: makeScore(93, 120), target: 95 },
  ...{ comparisons: [steady], places, ...changes },
})
const fallen: PlaceWarning = {
  ...{ signal: 'fall', week: '2026-11-16', score: 70, lower: 85, upper: 99, responses: 40, gathers: 1 },
}
const harm = (leads: boolean): Harm => ({
  ...{ key: 'a', label: 'Trả đúng hẹn', about: null, citizens: 30, share: 34.2, answered: 120, leads },
})

describe('how it stands', () => {
  test('nothing came in: that is all that is said, and that answers are wanted', () => {
    const quiet = { received: 0, shown: noScore, comparisons: [] }
    expect(saySentences([agency([place('A', quiet)], quiet)], [])).toEqual({
      state: { kind: 'silent' },
      change: { kind: 'unknown' },
      action: { kind: 'collect' },
    })
  })

  test('few answers have no score, and nothing is claimed of them', () => {
    const few = { received: 3, shown: { ...noScore, responses: 3 }, comparisons: [] }
    expect(saySentences([agency([place('A', few)], few)], [])).toEqual({
      state: { kind: 'few', received: 3 },
      change: { kind: 'unknown' },
      action: { kind: 'unknown' },
    })
  })

  test.each([
    [99, 400, 'above'],
    [94, 120, 'across'],
    [80, 120, 'below'],
  ] as const)('%s %% of %s answers against 95 %% stands %s', (score, responses, standing) => {
    const { state } = saySentences([agency([place('A')], { shown: makeScore(score, responses) })], [])
    expect(state).toMatchObject({ kind: 'one', name: 'Trung tâm', standing })
  })

  test('several agencies are named by the side they provably stand on', () => {
    const named = (name: string, score: number, count = 300) =>
      agency([place('A')], { name, shown: count < 5 ? { ...noScore, responses: count } : makeScore(score, count) })
    const agencies = [named('Cao', 99), named('Giữa', 95), named('Thấp', 80), named('Ít', 0, 3)]
    expect(saySentences(agencies, []).state).toEqual({
      ...{ kind: 'several', above: ['Cao'], across: ['Giữa'], below: ['Thấp'], withheld: ['Ít'] },
    })
  })
})

describe('what changed', () => {
  const changeOf = (places: Measured[]) => saySentences([agency(places)], []).change

  test('nothing to compare with is unknown, no provable difference is calm', () => {
    const none = { ...month, difference: null, lower: null, upper: null, change: null }
    expect(saySentences([agency([place('A', { comparisons: [none] })], { comparisons: [none] })], []).change).toEqual({
      kind: 'unknown',
    })
    expect(changeOf([place('A'), place('B')])).toEqual({ kind: 'calm', than: month })
  })

  test('a week beyond what chance explains is named, before anything the period says', () => {
    const places = [place('A', { comparisons: [moved(-30, 8)] }), place('B', { warning: fallen })]
    expect(changeOf(places)).toMatchObject({ kind: 'weeks', signal: 'fall', week: '2026-11-16', of: [{ code: 'B' }] })
  })

  test('a fall of a place is named by its size, a rise only where nothing fell', () => {
    const [down, deeper, up] = [moved(-12, 5), moved(-26.6, 8), moved(14, 5)]
    const compared = (code: string, one: Comparison) => place(code, { comparisons: [one] })
    expect(changeOf([compared('A', down), compared('B', deeper), compared('C', up)])).toMatchObject({
      kind: 'period',
      change: 'fall',
      of: [
        { code: 'B', points: -26.6 },
        { code: 'A', points: -12 },
      ],
    })
    expect(changeOf([compared('C', up), place('D')])).toMatchObject({ change: 'rise', of: [{ code: 'C' }] })
  })

  test('an agency is judged by itself, however many places it has', () => {
    const down = moved(-4.6, 4)
    const places = Array.from({ length: 6 }, (_, index) => place(String(index)))
    const { change } = saySentences([agency(places, { comparisons: [down] })], [])
    expect(change).toMatchObject({ kind: 'period', change: 'fall', of: [{ code: null, points: -4.6 }] })
    expect(change).toMatchObject({ of: { length: 1 } })
  })

  test('what one of many shows by chance is not called a change', () => {
    const barely = moved(-10, 9.5)
    expect(barely.change).toBe('fall')
    expect(holdsAmong(barely, 1)).toBe(true)
    expect(holdsAmong(barely, 8)).toBe(false)
    const many = Array.from({ length: 8 }, (_, index) =>
      place(String(index), { comparisons: [index ? steady : barely] }),
    )
    expect(changeOf(many)).toEqual({ kind: 'calm', than: month })
  })

  test('of forty places of the same quality, hardly ever is one said to have moved', () => {
    let seed = 20_261_128
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed / 2_147_483_647
    }
    const sumsOf = (n: number): Sums => {
      const y = Array.from({ length: n }, () => Number(random() < 0.9)).reduce((sum, one) => sum + one, 0)
      return [n, n - y, y, n, y, y, n]
    }
    const scoreOf = ([n, , y]: Sums) => makeScore((100 * y) / n, n)
    let [said, plain] = [0, 0]
    const views = 200
    for (let view = 0; view < views; view += 1) {
      const places = Array.from({ length: 40 }, (_, index) => {
        const comparisons = compareWith(scoreOf(sumsOf(60)), [{ ...month, sums: sumsOf(300) }])
        return place(String(index), { comparisons })
      })
      if (places.some(({ comparisons: [one] }) => one?.change !== 'not_provable')) plain += 1
      if (changeOf(places).kind !== 'calm') said += 1
    }
    expect(plain / views).toBeGreaterThan(0.5)
    expect(said / views).toBeLessThan(0.05)
  })
})

describe('what to do', () => {
  const actionOf = (agencies: MeasuredAgency[], criteria: Harm[] = []) => saySentences(agencies, criteria).action

  test('the place that fell is looked at first, and the criterion that provably leads is mended first', () => {
    const places = [place('A', { shown: makeScore(60, 90) }), place('B', { warning: fallen })]
    expect(actionOf([agency(places)], [harm(true)])).toEqual({
      kind: 'act',
      look: { code: 'B', name: 'Quầy B', why: 'fell' },
      mend: { label: 'Trả đúng hẹn', share: 34.2, answered: 120 },
    })
  })

  test('without a fall it is the lowest of those provably below their target', () => {
    const places = [place('A', { shown: makeScore(80, 90) }), place('B', { shown: makeScore(60, 90) }), place('C')]
    expect(actionOf([agency(places)], [harm(false)])).toMatchObject({ look: { code: 'B', why: 'below' }, mend: null })
  })

  test('provably good and steady is left as it is; what decides nothing is said to decide nothing', () => {
    const good = { shown: makeScore(99, 400) }
    expect(actionOf([agency([place('A', good)], good)], [harm(false)])).toEqual({ kind: 'keep' })
    expect(actionOf([agency([place('A')])], [harm(false)])).toEqual({ kind: 'unknown' })
  })
})

describe('the criterion that leads', () => {
  const plan = {
    criteria: ['a', 'b', 'c'].map((code) => ({ code, text: { vi: code } })),
    probability: [1, 1, 1],
  } as unknown as Plan
  const asked = (...bad: number[]): AskedCounts[] => [
    {
      ...{ questionnaire: 'administrative', title: '', plan, channel: 'paper' },
      counts: bad.flatMap((count) => [0, count, 0, 0, 100 - count, 0]),
    },
  ]

  test('only where even the lower end of its harm lies above every other', () => {
    expect(rankCriteria(asked(40, 8, 5)).map(({ leads }) => leads)).toEqual([true, false, false])
    expect(rankCriteria(asked(20, 16, 5)).map(({ leads }) => leads)).toEqual([false, false, false])
  })

  test('a criterion that few answered may yet be the worst, so nothing leads it', () => {
    const [one] = asked(40, 0, 0) as [AskedCounts]
    const few = { ...one, plan: { ...plan, probability: [1, 0.01, 1] }, channel: 'qr' as const }
    const counts = [0, 40, 0, 0, 60, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 100, 0]
    expect(rankCriteria([{ ...few, counts }])[0]).toMatchObject({ label: 'a', leads: false })
  })

  test('a field leads by the same rule', () => {
    const field = (key: string, n: number, bad: number) => ({
      ...{ key, label: key, sums: [n, bad, n - bad, n, n - bad, n - bad, n] as unknown as Sums },
    })
    expect(rankFields([field('a', 100, 40), field('b', 100, 5)])[0]).toMatchObject({ key: 'a', leads: true })
    expect(rankFields([field('a', 12, 4), field('b', 12, 2)])[0]).toMatchObject({ key: 'a', leads: false })
  })
})
