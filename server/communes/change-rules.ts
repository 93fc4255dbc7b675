import type { ChangeReason } from './change-contract.ts'
import type { CommuneId } from './contract.ts'
import type { Figure, Reading } from './reading-contract.ts'

export type FigureChange = {
  communeId: CommuneId
  period: string
  code: string
  before: Figure
  after: Figure | null
  reason: ChangeReason
  /** When the board last saw the old one, and first the new one. */
  lastSeenAt: string
  seenAt: string
}

/** Every change of a figure after its period was over, from the readings of one commune and period in the order of seeing. */
export function findChanges(readings: Reading[]): FigureChange[] {
  const final = readings.filter(({ isFinal }) => isFinal)
  return final.slice(1).flatMap((after, index) => {
    const before = final[index] as Reading
    if (before.source !== after.source) return []
    return before.figures.flatMap((figure) => changeOf(figure, before, after) ?? [])
  })
}

function changeOf(before: Figure, earlier: Reading, later: Reading): FigureChange | null {
  const after = later.figures.find(({ code }) => code === before.code) ?? null
  if (after && isSame(before, after)) return null
  const { communeId, period, seenAt } = later
  const reason = after ? reasonOf(before, after) : 'unexplained'
  return { communeId, period, code: before.code, before, after, reason, lastSeenAt: earlier.lastSeenAt, seenAt }
}

const compared = ['score', 'lower', 'upper', 'responses'] as const

const isSame = (before: Figure, after: Figure): boolean => compared.every((name) => isClose(before[name], after[name]))

/** Sums of fractions differ in their last bits with the order of adding. */
const isClose = (a: number | null, b: number | null): boolean =>
  a === b || (a !== null && b !== null && Math.abs(a - b) <= 1e-7)

function reasonOf(before: Figure, after: Figure): ChangeReason {
  const { approvedReport } = after
  if (before.approvedReport && approvedReport && approvedReport !== before.approvedReport) return 'corrected'
  if (after.definitionVersion !== before.definitionVersion || after.formula !== before.formula) return 'redefined'
  return 'unexplained'
}
