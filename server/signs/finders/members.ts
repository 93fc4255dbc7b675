import { groupBy } from '../../tallies/group-rules.ts'
import type { Past, Seen } from '../contract.ts'
import { leastMembers } from './limits.ts'
import { mainLevel } from './past.ts'

/**
 * Of what a sign holds, those of a kind that mostly is beyond the usual: kinds are the level that all but one answer are
 * on. The local false discovery rate (Efron, Tibshirani, Storey and Tusher 2001), expected ÷ observed, is at most a half:
 * of a kind that honest people make half of, none is proposed. All where no kind stands out.
 */
export function beyondUsual(seen: readonly Seen[], expected: number, past: Past): readonly Seen[] {
  const kinds = [...groupBy(seen, ({ levels }) => mainLevel(levels))]
  const beyond = kinds.flatMap(([kind, own]) => {
    const usual = (expected * (past.byMainLevel.get(kind) ?? 0)) / Math.max(1, past.count)
    return own.length >= Math.max(leastMembers, 2 * usual) ? own : []
  })
  return beyond.length > 0 ? beyond : seen
}
