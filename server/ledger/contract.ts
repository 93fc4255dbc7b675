/** What a line of the ledger is about. */
export const entryKinds = [
  'response',
  'standing',
  'questionnaire',
  'indicator',
  'wave',
  'report',
  'day',
  'erasure',
  'key',
] as const
export type EntryKind = (typeof entryKinds)[number]

export type Half = 'morning' | 'afternoon'

/** A response as it stands in the tables; its standing is the one at arrival. */
export type LoggedResponse = {
  placeId: number
  id: string
  versionId: number
  day: string
  /** UTC, milliseconds. */
  receivedAt: string
  fieldId: number
  serviceMode: string
  channel: string
  provenance: string
  respondent: string
  language: string
  assisted: boolean | null
  standing: 'counted' | 'set_aside'
  reason: string | null
  answers: string
  extras: Record<string, number | string> | null
  waveId: number
  stratumId: number
  seconds: number | null
  comment: string | null
}

/** A line that is not a response: where it comes from and its body, still without an index. */
export type Notice = { kind: EntryKind; source: string; body: Record<string, unknown> }

/** A row of `ledger_entries` as it is written. */
export type NewEntry = {
  position: number
  kind: EntryKind
  placeId: number | null
  responseId: string | null
  receipt: string | null
  parts: Buffer | null
  body: string | null
  source: string | null
}

/** Hashes of the last, still growing tile of each level, from level 0 up. */
export type Edge = Buffer[][]

/** A tile that grew: all its hashes so far. */
export type GrownTile = { level: number; number: number; hashes: Buffer }

export type LedgerState = { size: number; watermark: number; checkpoint: string; at: string }

/** A kept checkpoint: size, root in base64, and its signed text. */
export type Checkpoint = { origin: string; size: number; root: string; note: string }

/** What a citizen's receipt finds in the ledger. */
export type LedgerLine =
  | { state: 'in'; line: number; day: string; half: Half }
  /** Logged, but its half-day is still open: the number would show when it came. */
  | { state: 'held'; day: string; half: Half }
  | { state: 'waiting'; day: string | null; half: Half | null }

/** The public page of the ledger. */
export type LedgerView = {
  size: number
  at: string | null
  checkpoint: string
  key: string
  months: { month: string; lines: number }[]
  run: LedgerRun | null
  problem: LedgerProblem | null
}

/** Everything a proof says beside the tree: enough to compute the own leaf, and what only its device may open. */
export type ProofExtra = {
  /** Base64 of 16 bytes put before the record. */
  nonce: string
  /** Canonical JSON of the line. */
  record: string
  /** The answers, for the browser that sent them. */
  content?: { nonce: string; json: string }
}

/** Why the ledger is not signed just now. */
export type LedgerProblem = 'rolled_back' | 'other_key' | 'damaged'

export type LedgerRun = { at: string; size: number; milliseconds: number; findings: string[]; failure: string | null }

export type LedgerStatus = {
  size: number
  at: string | null
  problem: LedgerProblem | null
  run: LedgerRun | null
}
