import { z } from 'zod'
import type { DueCounts } from '../cases/contract.ts'
import type { Harm } from '../indicators/contract.ts'
import type { Difference, Score } from '../score/contract.ts'

export const MorningQuery = z.object({ 'co-quan': z.string().max(100).optional().catch(undefined) })

/** A place whose last closed week fell by more than chance explains. */
export type Fall = { place: string; week: string }

/** What an agency's morning is told from: closed days only, nobody's words. */
export type MorningFacts = {
  agency: { code: string; name: string }
  today: string
  /** The last closed day with counted responses, at most a week ago; null without one. */
  day: string | null
  /** Null where fewer than five were counted on that day. */
  score: Score | null
  /** Visits of that day; null where nobody counted them. */
  visits: number | null
  /** The 28 days before it; null where there is too little to compare. */
  before: { score: Score; difference: Difference } | null
  /** What left most citizens dissatisfied, among criteria with at least five answers. */
  worst: Harm | null
  falls: Fall[]
  /** Null for whoever may not read cases. */
  due: DueCounts | null
}

/** What presses this morning, in one line. */
export type MorningAlert = { late: number; today: number; falls: Fall[] }
