import type { Comparison } from '../indicators/contract.ts'
import type { Score, Verdict, VerdictReason } from '../score/contract.ts'

/**
 * What the score of a board's row proves against its target, by the rule of every verdict: closed days, their spread,
 * their sources (server/indicators/belief/rules.ts). `days`: the closed days with an answer that may carry a verdict.
 */
export type Judgment = { verdict: Verdict; reason: VerdictReason | null; days: number }

/** A place by its code, or an agency, which has none here. */
export type Subject = { name: string; code: string | null }

/**
 * Where the scores stand against their targets, by the rule of every verdict. `fewDays`: wholly on one side, from too few
 * days to say so; `watched`: whose target is not due yet.
 */
export type StateSaid =
  | { kind: 'silent' }
  | { kind: 'few'; received: number }
  | { kind: 'one'; name: string; score: Score; target: number; judged: Judgment; dueFrom: number | null }
  | {
      kind: 'several'
      above: string[]
      across: string[]
      below: string[]
      fewDays: string[]
      watched: { name: string; score: number; dueFrom: number }[]
      withheld: string[]
    }

/**
 * What moved by more than chance: closed weeks (early warning), or the period against an earlier one. `calm`: nothing
 * did, but for so many looked at by themselves only; `unknown`: nothing to compare with.
 */
export type ChangeSaid =
  | { kind: 'weeks'; signal: 'fall' | 'rise'; week: string; of: Subject[] }
  | { kind: 'period'; change: 'fall' | 'rise'; than: Compared; of: (Subject & { points: number })[] }
  | { kind: 'calm'; than: Compared; alone: number }
  | { kind: 'unknown' }
export type Compared = Pick<Comparison, 'with' | 'from' | 'to'>

/**
 * `look`: the place to look at first. `below`: provably under its target, or under one that is not due yet; `early`: under
 * it by its interval, from too few days to prove it. `mend`: the criterion that provably does most harm. `keep`: all is
 * provably well.
 */
export type ActionSaid =
  | {
      kind: 'act'
      look: Look | null
      mend: { label: string; share: number; answered: number } | null
    }
  | { kind: 'keep' }
  | { kind: 'collect' }
  | { kind: 'unknown' }

export type Look =
  | (Subject & { why: 'fell' })
  | (Subject & { why: 'below'; target: number; dueFrom: number | null })
  | (Subject & { why: 'early'; responses: number; dueFrom: number | null })

/** Three sentences about a period: how it stands, what changed, what to do. Nothing that the answers do not prove. */
export type Said = { state: StateSaid; change: ChangeSaid; action: ActionSaid }
