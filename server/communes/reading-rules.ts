import { canonicalJson } from '../canonical-json.ts'
import { rangeOfPeriod } from '../province/period-rules.ts'
import { type Figure, type OpenIndicators, type Reading, type RemoteResult, reasonOf } from './reading-contract.ts'

export type NewReading = Omit<Reading, 'communeId' | 'seenAt' | 'lastSeenAt'>

/** Null where no day of the period has closed. */
export function readExact({ period, generatedFrom, indicators, ledger }: RemoteResult): NewReading | null {
  if (!generatedFrom) return null
  const figures = indicators.map(({ sources, reason, ...one }) => ({
    ...one,
    reason: reasonOf(reason),
    provenShare: sources?.provenShare ?? null,
  }))
  const isFinal = generatedFrom.to >= rangeOfPeriod(period).to
  const { from, to } = generatedFrom
  return { period, source: 'exact', isFinal, from, to, figures, checkpoint: ledger }
}

/** A reading for each year and month of the published file. */
export function readOpen({ publishedThrough, rows }: OpenIndicators): NewReading[] {
  const periods = [...new Set(rows.map(({ period }) => period))].filter((one) => /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(one))
  return periods.flatMap((period) => {
    const { from, to } = rangeOfPeriod(period)
    if (publishedThrough < from) return []
    const figures = rows.filter((row) => row.period === period).map(figureOfOpen)
    const end = to < publishedThrough ? to : publishedThrough
    const isFinal = publishedThrough >= to
    return [{ period, source: 'open' as const, isFinal, from, to: end, figures, checkpoint: null }]
  })
}

function figureOfOpen(row: OpenIndicators['rows'][number]): Figure {
  const { indicator: code, title, target, score, lower, upper, responses, verdict, formula } = row
  return {
    code,
    title,
    target,
    score,
    lower,
    upper,
    verdict,
    formula,
    responses: responses ?? 0,
    reason: reasonOf(row.verdict_reason),
    provenShare: row.proven_share === null ? null : row.proven_share / 100,
    responseRate: null,
    definitionVersion: row.definition_version,
    approvedReport: null,
  }
}

/**
 * What makes two readings of a period the same: the figures and what they were made by. Nine significant digits: a recount
 * adds in another order and may differ in the last bits.
 */
export const fingerprintOf = (figures: Figure[]): string =>
  canonicalJson(
    [...figures]
      .sort((a, b) => (a.code < b.code ? -1 : 1))
      .map(({ title: _, ...figure }) =>
        Object.fromEntries(
          Object.entries(figure).map(([name, value]) => [
            name,
            typeof value === 'number' ? Number(value.toPrecision(9)) : value,
          ]),
        ),
      ),
  )

/** Which periods to ask for: those that run, and once a day also those over, whose figures must not move any more. */
export function periodsToRead(today: string, isDaily: boolean): string[] {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const quarter = Math.ceil(month / 3)
  const months = countBack(isDaily ? 13 : 1, (back) => nameMonth(year, month - back))
  const quarters = countBack(isDaily ? 5 : 1, (back) => nameQuarter(year, quarter - back))
  const years = countBack(isDaily ? 2 : 1, (back) => String(year - back))
  return [...years, ...quarters, ...months]
}

const countBack = (count: number, name: (back: number) => string): string[] =>
  Array.from({ length: count }, (_, back) => name(back))

function nameMonth(year: number, month: number): string {
  const index = year * 12 + month - 1
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}

function nameQuarter(year: number, quarter: number): string {
  const index = year * 4 + quarter - 1
  return `${Math.floor(index / 4)}-Q${(index % 4) + 1}`
}
