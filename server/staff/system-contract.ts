import { z } from 'zod'
import type { LedgerStatus } from '../ledger/contract.ts'

/** What the backup leaves behind in the settings, under `last_backup`. */
export const LastBackup = z.object({
  at: z.iso.datetime({ offset: true }),
  /** Name without its folder. */
  file: z.string().max(300),
  bytes: z.number().min(0),
  responses: z.number().min(0),
})
export type LastBackup = z.infer<typeof LastBackup>

/** Good, worth a look, act now. */
export type Health = 'ok' | 'warn' | 'alarm'

/** What the database says about itself. */
export type DatabaseState = {
  version: string
  bytes: number
  startedAt: string
  connections: number
  mostConnections: number
  /** Responses ever received, as the tallies count them. */
  responses: number
  /** First day of the newest month that is added up; null before the first. */
  lastRolledMonth: string | null
}

/** Work that nobody waits for. */
export type BackgroundName =
  | 'months'
  | 'publications'
  | 'passing'
  | 'tickets'
  | 'cases'
  | 'sessions'
  | 'signs'
  | 'announce'
  | 'openings'
  | 'boards'
  | 'walls'
  | 'catalogue'

export type BackgroundState = {
  name: BackgroundName
  /** Of the first failure since it last succeeded; null while it does. */
  failingSince: string | null
  failedAt: string | null
  reason: string | null
  succeededAt: string | null
}

/** The database's clock beside this process's. */
export type ClockDifference = {
  /** Positive where the database is ahead. */
  aheadMs: number
  /** Half the time that asking took. */
  uncertainMs: number
}

export type SystemView = {
  version: string
  /** What git called the sources when this was built; the version without it. */
  codeVersion: string
  nodeVersion: string
  startedAt: string
  now: string
  database: DatabaseState
  /** Null where the folder cannot be asked. */
  disk: { freeBytes: number; totalBytes: number; health: Health } | null
  backup: { last: LastBackup | null; health: Health }
  /** Whether responses are being stored. */
  writes: boolean
  clock: ClockDifference & { isOff: boolean }
  background: BackgroundState[]
  settings: { name: string; value: string }[]
  ledger: LedgerStatus
}
