import { readIndicators } from '../../../db/catalogue/indicators.ts'
import type { Database } from '../../../db/client.ts'
import { type AnsweredAlike, countAlike, findFirstAssisted } from '../../../db/indicators/apart.ts'
import { holdClosed } from '../../../db/tallies/held.ts'
import type { CatalogueState } from '../../catalogue/catalogue.ts'
import type { Plan } from '../../catalogue/draw-rules.ts'
import { lastDayOf, shiftMonth } from '../../days.ts'
import type { Sums } from '../../score/contract.ts'
import { addSums, noSums } from '../../score/rules.ts'
import { addResponse, emptySums } from '../../tallies/rules.ts'
import type { ApartKind } from './contract.ts'
import { type ApartSums, counts } from './rules.ts'

/** What one cell holds of a key: the version, field, mode and channel decide which indicators count it. */
type ApartCell = Omit<AnsweredAlike, 'answers' | 'count'> & { sums: Sums }

/**
 * Month by month, all of the sectors asked about, whichever indicator is looked at: groups of months must not depend on
 * that. Only months that are over, as a running one would grow day by day. Closed months are counted once (held.ts).
 */
export async function readApartSums(
  database: Database,
  state: CatalogueState,
  kind: ApartKind,
  asked: { versionIds: number[]; year: string; to: string },
): Promise<ApartSums[]> {
  const own = state.versions.filter(({ id }) => asked.versionIds.includes(id))
  const sectors = new Set(own.map(({ definition }) => definition.sector))
  const versionIds = state.versions.filter(({ definition }) => sectors.has(definition.sector)).map(({ id }) => id)
  const starts = await findStarts(database, kind, { versionIds, from: `${asked.year}-01-01`, to: asked.to })
  const indicators = await readIndicators(database)
  const found: ApartSums[] = []
  for (const month of starts.flatMap((start) => monthsOver(start, asked.to))) {
    const range = { from: `${month}-01`, to: lastDayOf(month) }
    const question = `apart ${kind} ${versionIds}`
    const read = async () => sumAlike(state, await countAlike(database, kind, { versionIds, ...range }))
    const cells = await holdClosed(database, { question, ...range }, read)
    found.push(...toApart(state, indicators, { month, cells }))
  }
  return found
}

/**
 * Per year, from where on. Before anybody was helped there is nothing to compare, and all the answers from before that was
 * asked need not be read.
 */
async function findStarts(
  database: Database,
  kind: ApartKind,
  asked: { versionIds: number[]; from: string; to: string },
): Promise<string[]> {
  if (kind === 'assisted') return findFirstAssisted(database, asked)
  const [first, last] = [asked.from, asked.to].map((day) => Number(day.slice(0, 4))) as [number, number]
  return Array.from({ length: last - first + 1 }, (_, index) => `${first + index}-01-01`)
}

/** Months (YYYY-MM) of a day's year, from its own on, that are over by the end of the last day. */
function monthsOver(start: string, to: string): string[] {
  const months = Array.from({ length: 13 - Number(start.slice(5, 7)) }, (_, index) =>
    shiftMonth(start.slice(0, 7), index),
  )
  return months.filter((month) => lastDayOf(month) <= to)
}

function sumAlike(state: CatalogueState, rows: AnsweredAlike[]): ApartCell[] {
  const cells = new Map<string, ApartCell>()
  for (const row of rows) {
    const { key, versionId, fieldId, serviceMode, channel, count } = row
    const name = [key, versionId, fieldId, serviceMode, channel].join(' ')
    const plan = state.versionById.get(versionId)?.plan as Plan
    const before = cells.get(name)?.sums ?? noSums
    const one = weigh(plan, row).map((sum) => sum * count) as unknown as Sums
    cells.set(name, { key, versionId, fieldId, serviceMode, channel, sums: addSums(before, one) })
  }
  return [...cells.values()]
}

/** The seven sums of one response, by the very rule that the tallies are counted with. */
function weigh(plan: Plan, { answers, channel }: AnsweredAlike): Sums {
  const cell = emptySums(plan)
  addResponse(cell, plan, { answers, channel, extras: null, seconds: null, receivedAt: '' })
  return cell.moments.slice(0, 7) as unknown as Sums
}

type Indicators = Awaited<ReturnType<typeof readIndicators>>

function toApart(
  state: CatalogueState,
  indicators: Indicators,
  { month, cells }: { month: string; cells: readonly ApartCell[] },
): ApartSums[] {
  const fieldCodes = new Map<number, string>(state.fields.map(({ id, code }) => [id, code]))
  return cells.flatMap((cell) => {
    const definition = state.versionById.get(cell.versionId)?.definition
    if (!definition || cell.sums[0] === 0) return []
    const { sector, code: questionnaire } = definition
    const about = { ...cell, sector, questionnaire, field: fieldCodes.get(cell.fieldId) ?? null }
    const members = indicators.filter((one) => counts(one.definition, about)).map(({ code }) => code)
    return members.length > 0 ? [{ key: cell.key, sector, members, sums: cell.sums, month }] : []
  })
}
