import type { Score } from '../score/contract.ts'

/** What the screen on the wall may show to everybody: one agency's whole, nothing of a place or of one answer. */
export type WallView = {
  agency: string
  name: string
  day: string
  /** Moves with every answer. */
  received: number
  /** As held back on every screen of the running day. */
  shown: Score
  /** While nothing of the running day shows: the last closed day of the drawn ones that has a score; null without one. */
  last: { day: string; shown: Score } | null
  target: number
  /** The year that target is due from, where it is not yet. */
  dueFrom: number | null
  /** The closed days before, oldest first; null where fewer than five answers counted. */
  trend: { day: string; score: number | null }[]
  /** Changes when the page itself is out of date: names, places, addresses or the program. */
  edition: string
}

/** The agency's one code to scan, behind which the counter is chosen. */
export type WallInvitation = {
  /** As a person types it. */
  address: string
  /** Named where it is the only place. */
  place: string | null
}

/** What came of citizens' opinions, in the agency's words. */
export type WallImprovement = { said: string; did: string }

export type WallFrame = {
  /** Null while no place takes answers. */
  invitation: WallInvitation | null
  improvements: WallImprovement[]
  /** The code works in this network only. */
  trial: boolean
  demo: boolean
  nowMs: number
}
