import { spawnSync } from 'node:child_process'
import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import type { Binaries } from './binaries.ts'
import type { Address, Cluster } from './cluster.ts'
import { connectAsSuperuser, refuseSecond, tryLock } from './lock.ts'
import { DatabaseRefused } from './refused.ts'
import { readOwn } from './secrets.ts'

/** What postmaster.pid says. */
export type PidFile = { pid: number; address: Address; status: string }

const patienceMs = 60_000

export function readPidFile(data: string): PidFile | undefined {
  const lines = readOwn(join(data, 'postmaster.pid'))?.split('\n')
  if (!lines) return undefined
  const [pid, , , port, socketFolder, listenAddress, , status] = lines.map((line) => line.trim())
  // A single-user backend writes its pid as a negative number.
  const address = { host: socketFolder || listenAddress || '127.0.0.1', port: Number(port) }
  return { pid: Math.abs(Number(pid)), address, status: status ?? '' }
}

/** Whether a process is the living postmaster of this data: pids are used again, and a zombie is not alive. */
export function isPostmaster(pid: number, data: string): boolean {
  try {
    process.kill(pid, 0)
    if (process.platform !== 'linux') return true
    const [, name, state] = /\((.*)\) (\S)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    if (name !== 'postgres' || state === 'Z') return false
  } catch {
    return false
  }
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data)
  } catch {
    // Root in a container may lack the right to look at others' folders; the name must then do.
    return true
  }
}

/**
 * Ends what an earlier run left on the data: an orphan (its Node was killed, so it goes on without the lock) is shut
 * down, a pid file that names no living postmaster is removed. Refuses where another Ý Dân holds the lock.
 */
export async function clearTheWay(cluster: Cluster, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + patienceMs
  for (let found = readPidFile(cluster.data); found; found = readPidFile(cluster.data)) {
    await clearOnce(found, cluster)
    if (performance.now() > deadline) throw refuseStuck(found.pid)
    await pause(20, undefined, { signal })
  }
}

async function clearOnce({ pid, address }: PidFile, { dataDir, data, binaries, secrets }: Cluster): Promise<void> {
  const superuser = connectAsSuperuser(address, secrets.superuser)
  try {
    const locked = await tryLock(superuser).catch(readFailure)
    if (locked === false) throw refuseSecond(dataDir)
    // Interrupted while we hold the lock, so of two starters only one takes an orphan for its own to end.
    if (locked === true && isPostmaster(pid, data)) interrupt(pid, binaries)
    if (locked === 'silent') removeStaleFiles(data)
  } finally {
    await superuser.end({ timeout: 0 })
  }
}

/** Fast shutdown: transactions are rolled back, everything committed is written, the pid file goes last. */
export function interrupt(pid: number, { pg_ctl }: Binaries): void {
  try {
    // Windows has no signals; there pg_ctl speaks to PostgreSQL's own substitute for them.
    if (process.platform === 'win32') spawnSync(pg_ctl, ['kill', 'INT', String(pid)], { windowsHide: true })
    else process.kill(pid, 'SIGINT')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function readFailure(error: unknown): 'busy' | 'silent' {
  // An answer in PostgreSQL's own words (starting up, shutting down) comes from a living server.
  return error instanceof postgres.PostgresError ? 'busy' : 'silent'
}

/**
 * PostgreSQL takes a zombie, or another program that got the pid, for a living postmaster and would refuse for ever.
 * Backends that outlive their postmaster are still found: PostgreSQL names its shared memory after the data folder.
 */
function removeStaleFiles(data: string): void {
  const found = readPidFile(data)
  // Without a pid it has only just been created, and is about to be written.
  if (!found?.pid || isPostmaster(found.pid, data)) return
  rmSync(join(data, 'postmaster.pid'), { force: true })
  rmSync(join(found.address.host, `.s.PGSQL.${found.address.port}.lock`), { force: true })
}

function refuseStuck(pid: number): DatabaseRefused {
  return new DatabaseRefused(
    `PostgreSQL (tiến trình ${pid}) của lần chạy trước không dừng được: hãy dừng tiến trình đó rồi khởi động lại.`,
  )
}
