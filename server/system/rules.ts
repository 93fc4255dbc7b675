import type { Health, LastBackup } from './contract.ts'

const megabyte = 1_000_000

/** PostgreSQL stops when the disk is full, so the alarm comes while there is still room for its log. */
export function diskHealth(freeBytes: number): Health {
  if (freeBytes < 500 * megabyte) return 'alarm'
  return freeBytes < 1000 * megabyte ? 'warn' : 'ok'
}

/** A daily backup that missed two days has stopped. */
export function backupHealth(last: Pick<LastBackup, 'at'> | null, nowMs: number): Health {
  return last && nowMs - Date.parse(last.at) <= 48 * 3_600_000 ? 'ok' : 'warn'
}
