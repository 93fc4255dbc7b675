import type { ClockDifference, Health, LastBackup } from './contract.ts'

const megabyte = 1_000_000

/** PostgreSQL stops when the disk is full, so the alarm comes while there is still room for its log. */
export function diskHealth(freeBytes: number): Health {
  if (freeBytes < 500 * megabyte) return 'alarm'
  return freeBytes < 1000 * megabyte ? 'warn' : 'ok'
}

/** Half the way there and half the way back: the answer was given in the middle of the question's time. */
export function clockDifference(sentMs: number, databaseMs: number, receivedMs: number): ClockDifference {
  return { aheadMs: databaseMs - (sentMs + receivedMs) / 2, uncertainMs: (receivedMs - sentMs) / 2 }
}

/** More than two seconds, also where the question took long. */
export const isClockOff = ({ aheadMs, uncertainMs }: ClockDifference): boolean => Math.abs(aheadMs) - uncertainMs > 2000

/** A daily backup that missed two days has stopped; one dated days ahead says as little (the clock was set back). */
export function backupHealth(last: Pick<LastBackup, 'at'> | null, nowMs: number): Health {
  return last && Math.abs(nowMs - Date.parse(last.at)) <= 48 * 3_600_000 ? 'ok' : 'warn'
}
