import { describe, expect, test } from 'vitest'
import { effectiveSizeOf, fitFunnel, limitsAt, type Measured } from '../../server/communes/funnel-rules.ts'
import { wilsonInterval } from '../../server/score/rules.ts'
import { createRandom, drawSize, measure } from '../fixtures/province/population.ts'

const communes = 102
const runs = 150

const isOutside = (standing: string) => standing !== 'within'
const isFar = (standing: string) => standing.startsWith('far')

describe('the funnel, simulated', () => {
  test.each([
    [85, 0.85],
    [95, 0.95],
    [98, 0.98],
  ])('of 102 communes that are all truly at %d, at most 5 lie outside the 95 limits on average', (_, truth) => {
    const random = createRandom(Math.round(truth * 1000))
    let [outside, far, small, smallOutside] = [0, 0, 0, 0]
    for (let run = 0; run < runs; run += 1) {
      const measured = Array.from({ length: communes }, (_, at) => measure(random, `${at}`, drawSize(random), truth))
      for (const { standing, responses } of fitFunnel(measured)?.points ?? []) {
        if (isOutside(standing)) outside += 1
        if (isFar(standing)) far += 1
        if (responses < 40) small += 1
        if (responses < 40 && isOutside(standing)) smallOutside += 1
      }
    }
    expect(outside / runs).toBeLessThanOrEqual(5)
    // Limits so wide that nothing ever lies outside would say nothing.
    expect(outside / runs).toBeGreaterThan(0.5)
    expect(far / runs).toBeLessThanOrEqual(0.5)
    // Small communes are named no more often than large ones: not shamed by chance.
    expect(smallOutside / small).toBeLessThanOrEqual(0.06)
  })

  test('finds five truly worse communes of 300 responses in their first quarter', () => {
    const random = createRandom(7)
    let [found, foundFar, innocent] = [0, 0, 0]
    for (let run = 0; run < runs; run += 1) {
      const worse = Array.from({ length: 5 }, (_, at) => measure(random, `worse ${at}`, 300, 0.9))
      const others = Array.from({ length: communes - 5 }, (_, at) => measure(random, `${at}`, drawSize(random), 0.95))
      for (const { key, standing } of fitFunnel([...worse, ...others])?.points ?? []) {
        const isLow = standing === 'below' || standing === 'far_below'
        if (key.startsWith('worse') && isLow) found += 1
        if (key.startsWith('worse') && standing === 'far_below') foundFar += 1
        if (!key.startsWith('worse') && isLow) innocent += 1
      }
    }
    expect(found / (5 * runs)).toBeGreaterThanOrEqual(0.8)
    expect(foundFar / (5 * runs)).toBeGreaterThanOrEqual(0.8)
    expect(innocent / runs).toBeLessThanOrEqual(5)
  })

  test('communes that truly differ widen the limits instead of being named by the dozen', () => {
    const random = createRandom(11)
    const truths = Array.from({ length: communes }, (_, at) => 0.9 + 0.08 * (at / communes))
    const funnel = fitFunnel(truths.map((truth, at) => measure(random, `${at}`, 800, truth)))
    expect(funnel?.spread).toBeGreaterThan(0.02)
    expect(funnel?.points.filter(({ standing }) => isOutside(standing)).length).toBeLessThan(12)
  })
})

const measured = (key: string, score: number, responses: number): Measured => {
  const [lower, upper] = wilsonInterval(score / 100, responses)
  return { key, score, lower: lower * 100, upper: upper * 100, responses }
}

describe('the funnel', () => {
  test.each([
    [95, 200],
    [50, 40],
    [3, 500],
    [100, 60],
    [0, 60],
  ])('reads the effective size out of the interval of a score of %d from %d', (score, responses) => {
    const one = measured('a', score, responses) as Parameters<typeof effectiveSizeOf>[0]
    expect(effectiveSizeOf(one)).toBeCloseTo(responses, 6)
  })

  test('has limits around the mean that narrow with the number of responses and stay within 0 to 100', () => {
    const funnel = fitFunnel([measured('a', 96, 400), measured('b', 94, 200)])
    if (!funnel) throw new Error('no funnel')
    expect(funnel.mean).toBeCloseTo((96 * 400 + 94 * 200) / 600, 9)
    const [few, many] = [limitsAt(funnel, 20, 1.96), limitsAt(funnel, 2000, 1.96)]
    expect(few.lower).toBeLessThan(many.lower)
    expect(few.upper).toBeGreaterThan(many.upper)
    expect(few.upper).toBeLessThanOrEqual(100)
    expect(limitsAt(funnel, 20, 3.09).lower).toBeLessThan(few.lower)
  })

  test('what is called outside lies outside the drawn limits', () => {
    const random = createRandom(3)
    const truth = (at: number) => (at % 9 === 0 ? 0.86 : 0.95)
    const funnel = fitFunnel(
      Array.from({ length: 60 }, (_, at) => measure(random, `${at}`, drawSize(random), truth(at))),
    )
    if (!funnel) throw new Error('no funnel')
    expect(funnel.points.some(({ standing }) => standing === 'below' || standing === 'far_below')).toBe(true)
    for (const { score, responses, standing } of funnel.points) {
      const near = limitsAt(funnel, responses, 1.959963984540054)
      const isIn = score >= near.lower - 1e-9 && score <= near.upper + 1e-9
      expect([score, responses, isIn]).toEqual([score, responses, standing === 'within'])
    }
  })

  test('leaves out a handful of people, and is nothing without anybody', () => {
    expect(fitFunnel([measured('a', 95, 300), measured('b', 20, 9)])).toMatchObject({
      left: ['b'],
      points: [{ key: 'a' }],
    })
    expect(fitFunnel([measured('a', 20, 9)])).toBeNull()
    expect(fitFunnel([{ key: 'a', score: null, lower: null, upper: null, responses: 0 }])).toBeNull()
  })
})
