import type { Database } from '../../../db/client.ts'
import { type Selection, tallyBy } from '../../../db/tallies/slices.ts'
import { countDays, daysBefore, lastDayOf } from '../../days.ts'
import type { Score } from '../../score/contract.ts'
import { compareScores } from '../../score/estimators.ts'
import { scoreOf } from '../../score/rules.ts'
import type { Range } from '../indicators.ts'
import type { IndicatorDetail } from './contract.ts'

/** Against as many days just before; both named by their first and last day with an answer, so no empty day is claimed. */
export async function readBefore(
  database: Database,
  selection: Selection,
  range: Range,
  closed: Score,
): Promise<IndicatorDetail['before']> {
  const days = countDays(range.from, range.to)
  if (days < 1) return null
  const before = { from: daysBefore(range.from, days), to: daysBefore(range.from, 1) }
  const [slice] = await tallyBy(database, 'total', selection, before)
  const score = slice?.sums ? scoreOf(slice.sums) : null
  const difference = score && compareScores(closed, score)
  if (!score || !difference) return null
  const [heard, now] = await Promise.all([
    readHeardDays(database, selection, before),
    readHeardDays(database, selection, range),
  ])
  return { ...heard, now, score, difference }
}

/** First and last day with a counted answer; months first, so that two months are read by the day and not two years. */
async function readHeardDays(database: Database, selection: Selection, range: Range): Promise<Range> {
  const months = (await tallyBy(database, 'month', selection, range)).filter(({ sums }) => sums)
  const [first, last] = [months[0]?.key ?? range.from, months.at(-1)?.key ?? range.to]
  const daysOf = async (month: string) => {
    const from = month < range.from ? range.from : month
    const to = [lastDayOf(month.slice(0, 7)), range.to].sort()[0] as string
    return (await tallyBy(database, 'day', selection, { from, to })).filter(({ sums }) => sums).map(({ key }) => key)
  }
  const [firstDays, lastDays] = await Promise.all([daysOf(first), daysOf(last)])
  return { from: firstDays[0] ?? range.from, to: lastDays.at(-1) ?? range.to }
}
