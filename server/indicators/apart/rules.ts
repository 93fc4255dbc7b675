import type { Definition, Sector } from '../../catalogue/contract.ts'
import { lastDayOf } from '../../days.ts'
import type { Sums } from '../../score/contract.ts'
import { addSums, fewestShown, noSums } from '../../score/rules.ts'
import type { CellKey } from '../../tallies/contract.ts'
import { groupBy } from '../../tallies/group-rules.ts'

type Described = Pick<CellKey, 'serviceMode' | 'channel'> & {
  sector: Sector
  questionnaire: string
  field: string | null
}

/** Whether an indicator counts what a cell holds: the same conditions as its selection. */
export function counts(definition: Definition, cell: Described): boolean {
  const { sector, questionnaire, fields, serviceModes, channels } = definition
  return (
    (!sector || sector === cell.sector) &&
    (!questionnaire || questionnaire === cell.questionnaire) &&
    (!fields || (cell.field !== null && fields.includes(cell.field))) &&
    (!serviceModes || serviceModes.includes(cell.serviceMode)) &&
    (!channels || channels.includes(cell.channel))
  )
}

/** What was answered in a month (YYYY-MM) in one language, or by people who were helped, by the indicators that count it. */
export type ApartSums = {
  key: string
  sector: Sector
  month: string
  /** Codes of those indicators. */
  members: string[]
  sums: Sums
}

/** Whole months, first and last, of one sector. */
export type MonthGroup = Pick<ApartSums, 'sector'> & { from: string; to: string; held: ApartSums[] }

/**
 * Months gathered, oldest first and never across a year, until of each key everything that the same indicators count is
 * nothing or at least five answers. They depend on no question: whoever compares ranges, or indicators with one another,
 * adds and subtracts whole groups, and none of their parts is fewer than five people. `together`: all keys wait for one
 * another, so that what the others leave is whole groups too; otherwise each has groups of its own.
 */
export function gatherMonths(given: ApartSums[], { together }: { together: boolean }): MonthGroup[] {
  const seriesOf = ({ key, sector, month }: ApartSums) => `${together ? '' : key} ${sector} ${month.slice(0, 4)}`
  return [...groupBy(given, seriesOf).values()].flatMap(gatherSeries)
}

function gatherSeries(series: ApartSums[]): MonthGroup[] {
  const months = [...new Set(series.map(({ month }) => month))].sort()
  const groups: MonthGroup[] = []
  let waiting: ApartSums[] = []
  let from: string | null = null
  for (const month of months) {
    from ??= month
    waiting = [...waiting, ...series.filter((one) => one.month === month)]
    if (!isEnough(waiting)) continue
    const { sector } = waiting[0] as ApartSums
    groups.push({ sector, from, to: month, held: waiting })
    waiting = []
    from = null
  }
  return groups
}

function isEnough(waiting: ApartSums[]): boolean {
  const alike = new Map<string, number>()
  for (const { key, members, sums } of waiting) {
    const name = `${key} ${members.join(' ')}`
    alike.set(name, (alike.get(name) ?? 0) + sums[0])
  }
  return [...alike.values()].every((count) => count === 0 || count >= fewestShown)
}

/** What of a key an indicator may show in a range of closed days: its groups of months that lie whole within. */
export function sumApart(
  groups: MonthGroup[],
  { key, indicator, from, to }: { key: string; indicator: string; from: string; to: string },
): Sums {
  return groups
    .filter((group) => `${group.from}-01` >= from && lastDayOf(group.to) <= to)
    .flatMap(({ held }) => held)
    .filter((one) => one.key === key && one.members.includes(indicator))
    .reduce((total, { sums }) => addSums(total, sums), noSums)
}

/** What is left; sums of thirds taken apart again miss nought by a rounding error. */
export const subtractSums = (from: Sums, taken: Sums): Sums =>
  from.map((value, index) => {
    const left = value - (taken[index] as number)
    return Math.abs(left) < 1e-9 ? 0 : left
  }) as unknown as Sums
