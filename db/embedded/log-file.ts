import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

const limitBytes = 10 * 1024 * 1024

/**
 * Runs a program with DATA_DIR/postgres.log as its error output: a file, because an orphan must not write to a broken
 * pipe. `readLog` gives what was written since.
 */
export function withLog<T>(dataDir: string, run: (fd: number) => T): { result: T; readLog: () => string } {
  const file = join(dataDir, 'postgres.log')
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > limitBytes) renameSync(file, `${file}.1`)
  const from = size > limitBytes ? 0 : size
  const fd = openSync(file, 'a', 0o600)
  try {
    return { result: run(fd), readLog: () => readFileSync(file).subarray(from).toString() }
  } finally {
    closeSync(fd)
  }
}

/** The last line that tells why PostgreSQL gave up. */
export function findComplaint(text: string): string {
  const line = text.split('\n').findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? ''
  return line.replace(/^.*?(?=FATAL|PANIC)/, '').trim()
}
