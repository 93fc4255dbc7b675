import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { composition } from '../../server/reports/content/composition.ts'
import { formatCell } from '../../server/reports/content/numbers-rules.ts'
import type { ReportValues } from '../../server/reports/input/contract.ts'
import { channelsInWords, formatParts } from '../../web/indicators/words.ts'
import { apportion } from '../../web/ui/whole.ts'

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

describe('the percentages of the parts of one whole', () => {
  test.each<[number[], number, number[]]>([
    [[1, 1, 1], 0, [34, 33, 33]],
    [[1, 1, 1], 2, [33.34, 33.33, 33.33]],
    [[2, 2, 1, 1], 2, [33.33, 33.33, 16.67, 16.67]],
    [[1, 1, 1, 1, 1, 1, 1], 0, [15, 15, 14, 14, 14, 14, 14]],
    // Rounded one by one: 0,31 + 49,85 + 49,85 = 100,01.
    [[2, 323, 323], 2, [0.31, 49.85, 49.84]],
    [[0.29, 0.71], 0, [29, 71]],
    [[0.145, 0.855], 1, [14.5, 85.5]],
    [[5], 2, [100]],
    [[0, 3], 0, [0, 100]],
    [[0, 0], 2, [0, 0]],
    [[], 0, []],
  ])('of %j at %i decimals are %j', (parts, decimals, expected) => {
    expect(apportion(parts, decimals)).toEqual(expected)
  })

  test('add up to exactly 100, each within a unit of its own, the larger never below the smaller', () => {
    const parts = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 40 }).filter((some) => sum(some) > 0)
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 2 }), (some, decimals) => {
        const unit = 10 ** -decimals
        const given = apportion(some, decimals)
        expect(Math.round(sum(given) / unit)).toBe(100 / unit)
        given.forEach((one, index) => {
          const exact = (100 * (some[index] as number)) / sum(some)
          expect(Math.abs(one - exact)).toBeLessThan(unit + 1e-9)
          if ((some[index] as number) === 0) expect(one).toBe(0)
          for (const [other, value] of given.entries())
            if ((some[index] as number) > (some[other] as number)) expect(one).toBeGreaterThanOrEqual(value)
        })
        expect(apportion(some, decimals)).toEqual(given)
      }),
    )
  })
})

const printed = (texts: string[]) =>
  sum(texts.map((text) => Number(/([\d,]+)\u00a0%/.exec(text)?.[1]?.replace(',', '.'))))

test('pages list parts that add up to 100, and call nobody nothing', () => {
  expect(formatParts([1, 1, 1])).toEqual(['34\u00a0%', '33\u00a0%', '33\u00a0%'])
  expect(formatParts([999, 1])).toEqual(['100\u00a0%', 'dưới 1\u00a0%'])
  const words = channelsInWords([
    { channel: 'qr', responses: 10 },
    { channel: 'web', responses: 10 },
    { channel: 'kiosk', responses: 10 },
  ])
  expect(words).toBe('Cách trả lời: 34\u00a0% quét mã QR, 33\u00a0% qua liên kết, 33\u00a0% màn hình tại chỗ')
})

test('the composition of the sample in a report adds up to 100,00 and its sentence says the table’s figure', () => {
  const of = (key: string, responses: number) => ({
    key,
    label: key,
    before: null,
    score: { responses, score: 90, lower: 80, upper: 95 },
  })
  const values = {
    sector: 'administrative',
    questionnaires: [],
    channels: [of('qr', 323), of('web', 323), of('kiosk', 7)],
    respondents: [of('citizen', 10), of('enterprise', 10), of('unstated', 10)],
    serviceModes: [of('direct', 22), of('online', 22), of('unstated', 22)],
  } as unknown as ReportValues
  const sections = composition(values).filter(({ body }) => body.length > 0)
  expect(sections).toHaveLength(3)
  for (const { body } of sections) {
    const [sentence, block] = body
    if (sentence?.kind !== 'paragraph' || block?.kind !== 'table') throw new Error('no sentence and table')
    const shares = block.table.rows.map((row) => formatCell(row[3] ?? { kind: 'text', text: '' }))
    expect(Math.round(100 * printed(shares))).toBe(10_000)
    const said = /chiếm ([\d,]+\u00a0%)/.exec(sentence.runs.map(({ text }) => text).join(''))?.[1]
    expect(shares).toContain(said)
  }
})
