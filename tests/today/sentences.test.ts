import { describe, expect, test } from 'vitest'
import type { Plan } from '../../server/catalogue/draw-rules.ts'
import type { Comparison, Harm, PlaceWarning } from '../../server/indicators/contract.ts'
import { type AskedCounts, rankCriteria, rankFields } from '../../server/indicators/harm-rules.ts'
import { compareWith } from '../../server/indicators/period-rules.ts'
import type { Score, Sums } from '../../server/score/contract.ts'
import { holdsAmong, markAlone } from '../../server/today/change-rules.ts'
import type { Judgment } from '../../server/today/sentence-contract.ts'
import { type Measured, type MeasuredAgency, saySentences } from '../../server/today/sentence-rules.ts'
import { makeScore, noScore, proves } from '../fixtures/pages/staff-views.ts'

const month = { with: 'month', from: '2026-11-01', to: '2026-11-22' } as const
const moved = (difference: number, half: number): Comparison => ({
  ...month,
  difference,
  lower: difference - half,
  upper: difference + half,
  change: difference + half < 0 ? 'fall' : difference - half > 0 ? 'rise' : 'not_provable',
})
const steady = moved(0.4, 3)

/** Proven by its interval unless told otherwise. */
const measure = (name: string, shown: Score, changes: Partial<Measured>): Measured => ({
  ...{ code: name, name, received: 60, shown, target: 95, dueFrom: null, comparisons: [steady] },
  judged: proves(changes.shown ?? shown, 95),
  ...changes,
})
const place = (code: string, changes: Partial<Measured> = {}): Measured =>
  measure(`Quầy ${code}`, makeScore(92, 60), { code, ...changes })
const agency = (places: Measured[], changes: Partial<Measured> = {}): MeasuredAgency => ({
  ...measure('Trung tâm', makeScore(93, 120), changes),
  places,
})
/** Its interval is on one side, its days are too few. */
const oneDay: Judgment = { verdict: 'not_yet_provable', reason: 'few_days', days: 1 }
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
    [99, 400, 'met'],
    [94, 120, 'not_yet_provable'],
    [80, 120, 'not_met'],
  ] as const)('%s %% of %s answers against 95 %% is said as its verdict, %s', (score, responses, verdict) => {
    const { state } = saySentences([agency([place('A')], { shown: makeScore(score, responses) })], [])
    expect(state).toMatchObject({ kind: 'one', name: 'Trung tâm', judged: { verdict } })
  })

  test('several agencies are named by what is proven of them, apart what is of few days or not due yet', () => {
    const named = (name: string, score: number, changes: Partial<Measured> = {}) =>
      agency([place('A')], { name, shown: makeScore(score, 300), ...changes })
    const agencies = [
      named('Cao', 99),
      named('Giữa', 95),
      named('Thấp', 80),
      named('Một ngày', 80, { judged: oneDay }),
      named('Chưa đến kỳ', 80, { dueFrom: 2028 }),
      named('Ít', 0, { shown: { ...noScore, responses: 3 } }),
    ]
    expect(saySentences(agencies, []).state).toEqual({
      ...{ kind: 'several', above: ['Cao'], across: ['Giữa'], below: ['Thấp'], fewDays: ['Một ngày'] },
      watched: [{ name: 'Chưa đến kỳ', score: 80, dueFrom: 2028 }],
      withheld: ['Ít'],
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
    expect(changeOf([place('A'), place('B')])).toEqual({ kind: 'calm', than: month, alone: 0 })
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
    expect(changeOf(many)).toEqual({ kind: 'calm', than: month, alone: 1 })
  })

  test('a row says that a change stands alone exactly where the sentence does not name it', () => {
    const [barely, deep] = [moved(-10, 9.5), moved(-30, 9)]
    const places = [place('A', { comparisons: [barely] }), place('B', { comparisons: [deep] })]
    const others = Array.from({ length: 8 }, (_, index) => place(String(index)))
    const board = [agency([...places, ...others], { comparisons: [moved(-4.6, 4)] })]
    const named = saySentences(board, []).change
    expect(named).toMatchObject({ kind: 'period', of: [{ code: null }, { code: 'B' }] })
    const [marked] = markAlone(board)
    expect(marked?.comparisons[0]?.alone).toBeUndefined()
    expect(marked?.places.map(({ code, comparisons: [one] }) => [code, one?.alone]).slice(0, 3)).toEqual([
      ['A', true],
      ['B', undefined],
      ['0', undefined],
    ])
    expect(markAlone([agency([place('A', { comparisons: [barely] })])])[0]?.places[0]?.comparisons[0]).toEqual(barely)
  })

  test('a comparison that no sentence is about is one of several looks at the same row', () => {
    const yesterday = { ...moved(-10, 9.5), with: 'yesterday' as const }
    const row = (one: Comparison) => agency([place('A', { comparisons: [one, steady] })])
    expect(markAlone([row(yesterday)])[0]?.places[0]?.comparisons[0]?.alone).toBe(true)
    const clear = { ...moved(-10, 5), with: 'yesterday' as const }
    expect(markAlone([row(clear)])[0]?.places[0]?.comparisons[0]?.alone).toBeUndefined()
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

  test('what seems low from too few days is said with how many answers, and only where nothing is proven', () => {
    const early = place('A', { shown: makeScore(40, 6), judged: oneDay })
    expect(actionOf([agency([early, place('B')])])).toEqual({
      ...{ kind: 'act', mend: null },
      look: { code: 'A', name: 'Quầy A', why: 'early', responses: 6, dueFrom: null },
    })
    const proven = place('B', { shown: makeScore(80, 90), dueFrom: 2028 })
    expect(actionOf([agency([early, proven])])).toMatchObject({
      look: { code: 'B', why: 'below', target: 95, dueFrom: 2028 },
    })
    const high = place('A', { shown: makeScore(99, 400), judged: oneDay })
    expect(actionOf([agency([high], { shown: makeScore(99, 400), judged: oneDay })])).toEqual({ kind: 'unknown' })
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
