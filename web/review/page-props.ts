import type { DecisionLine, PatternGroup, Sensitivity, Sign } from '../../server/review/contract.ts'
import type { TypedDays } from '../ui/day-field.tsx'
import type { Shell } from '../ui/shell.tsx'
import type { LookProps } from './patterns/look.tsx'
import type { WaitingProps } from './patterns/waiting.tsx'

export type ReviewPageProps = WaitingProps &
  LookProps & {
    from: string
    to: string
    asked?: TypedDays | undefined
    view: 'de-rieng' | 'duoc-tinh'
    place: string | null
    sign: Sign | null
    places: { code: string; name: string }[]
    groups: (PatternGroup & { place: string; code: string })[]
    sensitivity: Sensitivity[]
    /** Set aside today: a number only, until the day is over. */
    todayCount: number
    decisions: DecisionLine[]
    shell: Shell
  }
