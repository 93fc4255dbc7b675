import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../server/canonical-json.ts'
import { writeDocument } from '../../server/reports/content/document.ts'
import { findWeakCriteria } from '../../server/reports/content/findings-rules.ts'
import { endsInWords } from '../../server/reports/content/results.ts'
import {
  changeInWords,
  percent,
  periodName,
  scoreInWords,
  tally,
  verdictInWords,
} from '../../server/reports/content/words.ts'
import type { Block, ReportDocument } from '../../server/reports/contract.ts'
import type { Before, Group, IndicatorFigures, ReportValues } from '../../server/reports/input/contract.ts'
import { previousPeriodOf, yearUntil } from '../../server/reports/period-rules.ts'
import type { Score } from '../../server/score/contract.ts'
import { compareScores, tippingPoint } from '../../server/score/estimators.ts'
import { scoreOf, verdictOf } from '../../server/score/rules.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')
/** So many respondents, so many of them content with everything. */
const scoreFor = (responses: number, content: number): Score => {
  const n = responses
  return scoreOf([n, n - content, content, n, content, content, n])
}
const score = fc
  .integer({ min: 0, max: 3000 })
  .chain((n) => fc.integer({ min: Math.floor(n * 0.6), max: n }).map((content) => scoreFor(n, content)))

describe('numbers in sentences', () => {
  test.each([
    [93.456, undefined, '93,46 %'],
    [94.997, 95, '94,997 %'],
    [95, 95, '95,00 %'],
    [89.99996, 90, '90,0000 %'],
    [100, 95, '100,00 %'],
  ])('%f against %s is %s', (value, target, said) => expect(plain(percent(value, target))).toBe(said))

  test.each([
    [0, '0'],
    [1, '01'],
    [9, '09'],
    [10, '10'],
    [12_345, '12.345'],
  ])('a count of %i is %s', (count, said) => expect(tally(count)).toBe(said))
})

describe('periods', () => {
  test.each([
    ['annual_result', '2026-01-01', '2026-12-31', 'năm 2026', '2025-01-01', '2025-12-31'],
    ['annual_result', '2028-01-01', '2028-02-29', 'năm 2028', '2027-01-01', '2027-02-28'],
    ['quarterly', '2026-07-01', '2026-09-30', 'quý III năm 2026', '2026-04-01', '2026-06-30'],
    ['quarterly', '2026-01-01', '2026-03-31', 'quý I năm 2026', '2025-10-01', '2025-12-31'],
    ['monthly', '2026-03-01', '2026-03-31', 'tháng 3 năm 2026', '2026-02-01', '2026-02-28'],
    ['monthly', '2026-02-01', '2026-02-10', 'tháng 02 năm 2026', '2026-01-01', '2026-01-10'],
    ['monthly', '2026-03-01', '2026-03-30', 'tháng 3 năm 2026', '2026-02-01', '2026-02-28'],
  ] as const)('%s %s to %s is %s and follows %s to %s', (kind, from, to, name, before, until) => {
    expect(periodName(kind, { from, to })).toBe(name)
    expect(previousPeriodOf(kind, { from, to })).toEqual({ from: before, to: until })
  })

  test('twelve months end with the month of the day', () => {
    expect([yearUntil('2026-12-31'), yearUntil('2026-03-05')]).toEqual(['2026-01-01', '2025-04-01'])
  })
})

describe('a verdict in words', () => {
  test('says "đạt" only when the whole interval reaches the target, "chưa đạt" only when it misses it', () => {
    fc.assert(
      fc.property(score, fc.constantFrom(80, 90, 95), (one, target) => {
        const said = verdictInWords({ verdict: verdictOf(one, target), target })
        const [lower, upper] = [one.lower ?? 0, one.upper ?? 100]
        expect(/(?<!chưa )đạt chỉ tiêu/.test(said)).toBe(lower >= target)
        expect(said.includes('chưa đạt chỉ tiêu')).toBe(upper < target)
      }),
    )
  })

  test('is never contradicted by the rounded ends beside it', () => {
    fc.assert(
      fc.property(fc.double({ min: 94.9, max: 95.1, noNaN: true }), (lower) => {
        const said = plain(scoreInWords({ score: lower + 0.5, lower, upper: lower + 1, responses: 900 }, 95))
        const printed = Number(/từ ([\d,]+) %/.exec(said)?.[1]?.replace(',', '.'))
        if (Math.abs(lower - 95) > 0.0001) expect(printed >= 95).toBe(lower >= 95)
      }),
    )
  })
})

describe('a change in words', () => {
  test('rises or falls only where the interval of the difference excludes zero', () => {
    fc.assert(
      fc.property(score, score, (later, earlier) => {
        const difference = compareScores(later, earlier)
        if (!difference) return
        const said = changeInWords(difference, 'năm 2025')
        expect(said.startsWith('tăng')).toBe(difference.lower > 0)
        expect(said.startsWith('giảm')).toBe(difference.upper < 0)
        expect(said.includes('chưa đủ căn cứ')).toBe(difference.lower <= 0 && difference.upper >= 0)
      }),
    )
  })
})

describe('a ranking', () => {
  test('names a lowest or highest part only where no interval touches its own', () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 2, maxLength: 6 }), (scores) => {
        const groups = scores.map((one, index) => ({ label: `Nơi ${index}`, score: one }))
        const said = endsInWords(groups, scoreFor(1000, 900))
        const named = /Thấp nhất là “Nơi (\d)”/.exec(said)?.[1]
        if (named === undefined) return
        const upper = scores[Number(named)]?.upper as number
        const others = scores.filter((one, index) => index !== Number(named) && one.responses >= 5)
        for (const one of others) expect(one.lower as number).toBeGreaterThan(upper)
      }),
    )
  })

  test('calls a criterion weak only under the whole', () => {
    const criterion = (key: string, one: Score) => ({ key, official: key, factor: '', text: key, score: one, mean: 4 })
    const all = [
      criterion('19', scoreFor(400, 280)),
      criterion('20', scoreFor(400, 356)),
      criterion('21', scoreFor(4, 0)),
    ]
    expect(findWeakCriteria(all, scoreFor(2000, 1800)).map(({ key }) => key)).toEqual(['19'])
  })
})

/** Whole inputs: figures of any size, with and without an earlier period. */
const before = (one: Score, earlier: Score | null): Before | null =>
  earlier && earlier.score !== null ? { score: earlier, difference: compareScores(one, earlier) } : null
const group = fc
  .record({ score, earlier: fc.option(score), key: fc.constantFrom('qr', 'web', 'interview', 'direct', 'citizen') })
  .map(
    ({ score: one, earlier, key }): Group => ({
      key,
      label: `Nhóm ${key}, rất dài`,
      score: one,
      before: before(one, earlier),
    }),
  )
const indicator = (code: string) =>
  fc.record({ score, earlier: fc.option(score), target: fc.constantFrom(90, 92.5, 95), provisional: fc.boolean() }).map(
    ({ score: one, earlier, target, provisional }): IndicatorFigures => ({
      code,
      target,
      provisional,
      score: one,
      version: 1,
      formula: 'pooled',
      fieldNames: [],
      onlineOnly: false,
      title: 'Mức độ hài lòng của người dân',
      period: code === 'II.8' ? 'đến 2030' : '2028-2030',
      verdict: verdictOf(one, target),
      missing: null,
      before: before(one, earlier),
    }),
  )
const groups = fc.array(group, { maxLength: 4 })
const issuer = {
  name: 'Trạm Y tế',
  above: 'Ủy ban nhân dân xã Vĩnh Thuận',
  commune: 'xã Vĩnh Thuận',
  communeName: 'Vĩnh Thuận',
  province: 'tỉnh An Giang',
}
const figures = fc.record({
  kind: fc.constantFrom('annual_result' as const, 'annual_plan' as const, 'quarterly' as const, 'monthly' as const),
  sector: fc.constantFrom('administrative' as const, 'health' as const, 'education' as const),
  unfinished: fc.boolean(),
  through: fc.option(fc.constant('2026-09-20')),
  indicators: fc.tuple(indicator('II.8'), indicator('II.1')),
  overall: score,
  factors: groups,
  fields: groups,
  places: groups,
  channels: groups,
  serviceModes: groups,
  respondents: groups,
  months: fc.array(
    score.map((one) => ({ month: '2026-08', score: one })),
    { maxLength: 4 },
  ),
  visits: fc.option(fc.integer({ min: 0, max: 9000 })),
  themes: fc.array(
    fc.record({ name: fc.constantFrom('Thời gian chờ', 'Thái độ'), cases: fc.integer({ min: 1, max: 40 }) }),
    { maxLength: 3 },
  ),
  setAside: fc.integer({ min: 0, max: 20 }),
})

const values = figures.map(({ visits, themes, ...rest }): ReportValues => {
  const [first, second] = [rest.channels[0]?.score ?? scoreFor(0, 0), rest.channels[1]?.score ?? scoreFor(0, 0)]
  const difference = compareScores(first, second)
  const responseRate = visits ? rest.overall.responses / visits : 0
  return {
    ...rest,
    ...{
      issuer,
      main: 'II.8',
      madeOn: '2026-10-01',
      medianSeconds: null,
      other: null,
      paragraphs: {},
      improvements: [],
    },
    ...{ period: { from: '2026-07-01', to: '2026-09-30' }, previous: { from: '2026-04-01', to: '2026-06-30' } },
    received: rest.overall.responses + rest.setAside,
    mean: rest.overall.score === null ? null : 4.5,
    overallRating: null,
    expectation: rest.overall.responses > 0 ? { mean: 96.5, responses: rest.overall.responses } : null,
    whollySatisfied: rest.overall,
    independence: difference && { selfRun: second, independent: first, difference },
    denominator: visits === null ? null : { visits, responseRate, covered: 1, missing: [], silent: ['Quầy 1, 2'] },
    tippingPoint: tippingPoint(rest.overall.score, 90, visits === null ? null : responseRate),
    questionnaires: [],
    waves: [],
    cases: { received: themes.reduce((sum, { cases }) => sum + cases, 0), answered: 0, closed: 0, themes },
    tallies: [],
    basis: null,
  }
})

const blocksOf = (document: ReportDocument): Block[] => [
  ...document.body,
  ...document.appendices.flatMap(({ body }) => body),
]
const sentencesOf = (document: ReportDocument): string[] =>
  blocksOf(document).flatMap((block) => {
    if (block.kind === 'paragraph') return [plain(block.runs.map(({ text }) => text).join(''))]
    if (block.kind === 'list') return block.items.map((runs) => plain(runs.map(({ text }) => text).join('')))
    return block.kind === 'chart' ? [plain(block.chart.alternative)] : block.kind === 'heading' ? [block.text] : []
  })

describe('any document', () => {
  test('holds no broken words and no number of a group under five', () => {
    fc.assert(
      fc.property(values, (one) => {
        const document = writeDocument({ format: 1, values: one })
        const sentences = sentencesOf(document)
        for (const sentence of sentences) {
          expect(sentence).not.toMatch(/NaN|undefined|null|Infinity|\[object| {2}|^ | $| [.,;:]|\.\.|%%/)
          expect(sentence.trim()).not.toBe('')
        }
        const shown = blocksOf(document).flatMap((block) => (block.kind === 'chart' ? block.chart.points : []))
        for (const point of shown) expect(point.score === null || point.responses >= 5).toBe(true)
        for (const cell of blocksOf(document).flatMap((block) =>
          block.kind === 'table' ? block.table.rows.flat() : [],
        ))
          if (cell.kind === 'number' && cell.value !== null) expect(Number.isFinite(cell.value)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('says of each indicator what its interval shows and nothing else', () => {
    fc.assert(
      fc.property(values, (one) => {
        const sentences = sentencesOf(writeDocument({ format: 1, values: one }))
        for (const { code, verdict, score: own, before: earlier } of one.indicators) {
          const about = sentences.filter((sentence) => sentence.startsWith(`Chỉ tiêu ${code}`)).join(' ')
          const isKnown = own.responses >= 5
          if (/(?<!chưa )đạt chỉ tiêu/.test(about)) expect(isKnown && verdict).toBe('met')
          if (about.includes('chưa đạt chỉ tiêu')) expect(isKnown && verdict).toBe('not_met')
          if (/: tăng \d/.test(about)) expect(earlier?.difference?.change).toBe('rise')
          if (/: giảm \d/.test(about)) expect(earlier?.difference?.change).toBe('fall')
        }
      }),
      { numRuns: 300 },
    )
  })

  test('is made by no clock and no chance', () => {
    fc.assert(
      fc.property(values, (one) => {
        const write = () => canonicalJson(writeDocument({ format: 1, values: one }))
        expect(write()).toBe(write())
      }),
      { numRuns: 30 },
    )
  })
})

describe('canonical JSON', () => {
  test('is one text for one value, whatever the order of its members', () => {
    expect(canonicalJson({ b: [1, undefined, { d: null, c: 'ă' }], a: undefined })).toBe(
      '{"b":[1,null,{"c":"ă","d":null}]}',
    )
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})
