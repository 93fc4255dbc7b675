import type { Comparison } from '../indicators/contract.ts'
import type { Score } from '../score/contract.ts'

/** A place by its code, or an agency, which has none here. */
export type Subject = { name: string; code: string | null }

/** Where the scores stand against their targets: only an interval wholly on one side says so. */
export type StateSaid =
  | { kind: 'silent' }
  | { kind: 'few'; received: number }
  | { kind: 'one'; name: string; score: Score; target: number; standing: 'above' | 'across' | 'below' }
  | { kind: 'several'; above: string[]; across: string[]; below: string[]; withheld: string[] }

/**
 * What moved by more than chance: closed weeks (early warning), or the period against an earlier one. `calm`: nothing
 * did; `unknown`: nothing to compare with.
 */
export type ChangeSaid =
  | { kind: 'weeks'; signal: 'fall' | 'rise'; week: string; of: Subject[] }
  | { kind: 'period'; change: 'fall' | 'rise'; than: Compared; of: (Subject & { points: number })[] }
  | { kind: 'calm'; than: Compared }
  | { kind: 'unknown' }
export type Compared = Pick<Comparison, 'with' | 'from' | 'to'>

/** `look`: the place to look at first, `mend`: the criterion that provably does most harm. `keep`: all is provably well. */
export type ActionSaid =
  | {
      kind: 'act'
      look: (Subject & { why: 'fell' | 'below' }) | null
      mend: { label: string; share: number; answered: number } | null
    }
  | { kind: 'keep' }
  | { kind: 'collect' }
  | { kind: 'unknown' }

/** Three sentences about a period: how it stands, what changed, what to do. Nothing that the answers do not prove. */
export type Said = { state: StateSaid; change: ChangeSaid; action: ActionSaid }
