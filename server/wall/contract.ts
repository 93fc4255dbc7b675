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
  target: number
  /** The closed days before, oldest first; null where fewer than five answers counted. */
  trend: { day: string; score: number | null }[]
  /** Changes when the page itself is out of date: names, places, addresses or the program. */
  edition: string
}

/** A place's code to scan. */
export type WallPlace = {
  code: string
  name: string
  /** As a person types it. */
  address: string
  /** Dark modules with the quiet zone, and modules along one side. */
  path: string
  side: number
}

/** What came of citizens' opinions, in the agency's words. */
export type WallImprovement = { said: string; did: string }

export type WallFrame = {
  places: WallPlace[]
  improvements: WallImprovement[]
  /** The code works in this network only. */
  trial: boolean
  demo: boolean
  nowMs: number
}
