import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { chmodSync, lchownSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseRefused } from './refused.ts'

/** Who runs PostgreSQL: ourselves, or (PostgreSQL refuses root) the owner we step down to, through `wrapper` if any. */
export type Identity = { owner?: Owner; wrapper: string[] }
type Owner = { uid: number; gid: number }

/** Finds the first way in which `postgres` runs and reaches the data folder; returns its major version too. */
export function chooseIdentity(dataDir: string, postgres: string): { identity: Identity; major: string } {
  const complaints: string[] = []
  for (const identity of listIdentities(join(dataDir, 'pg'))) {
    const tried = identity.owner
      ? runAs(identity, '/bin/sh', ['-c', 'cd "$0" && exec "$1" --version', dataDir, postgres])
      : runAs(identity, postgres, ['--version'])
    const major = /\(PostgreSQL\) (\d+)/.exec(tried.stdout ?? '')?.[1]
    if (major) return { identity, major }
    complaints.push((tried.error?.message ?? tried.stderr).replace(/\s+/g, ' ').trim())
  }
  const who = process.getuid?.() === 0 ? ' bằng một tài khoản không phải root' : ''
  throw new DatabaseRefused(
    `PostgreSQL đi kèm không chạy được${who} trên máy này (${complaints.join('; ')}): ` +
      `hãy ${who ? 'chạy Ý Dân bằng một người dùng thường, hoặc ' : ''}đặt biến DATABASE_URL.`,
  )
}

export function spawnAs(identity: Identity, file: string, args: string[], options: SpawnOptions): ChildProcess {
  const [command = file, ...rest] = [...identity.wrapper, file, ...args]
  return spawn(command, rest, { ...commonOptions(identity), ...options })
}

/** Runs to the end; for short programs. */
export function runAs(identity: Identity, file: string, args: string[], input = '') {
  const [command = file, ...rest] = [...identity.wrapper, file, ...args]
  return spawnSync(command, rest, { ...commonOptions(identity), input, encoding: 'utf8' })
}

/** Gives a folder and all that is in it to the one who runs PostgreSQL, closed to everybody else. */
export function handOver(folder: string, { owner }: Identity): void {
  const found = lstatSync(folder)
  // A link is somebody's own arrangement, and followed by root it could lead anywhere.
  if (!found.isDirectory()) return
  chmodSync(folder, 0o700)
  if (!owner || found.uid === owner.uid) return
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(folder, name), owner.uid, owner.gid)
  }
  // The folder itself last: its owner says that everything inside is done.
  lchownSync(folder, owner.uid, owner.gid)
}

function commonOptions({ owner, wrapper }: Identity) {
  // Only what a program needs to run: no secret of ours and no PG* variable reaches PostgreSQL.
  const { PATH, SystemRoot, TEMP, TMP } = process.env
  const env = { PATH, SystemRoot, TEMP, TMP, LC_ALL: 'C' }
  return { cwd: '/', env, windowsHide: true, ...(wrapper.length === 0 ? owner : undefined) }
}

function listIdentities(cluster: string): Identity[] {
  if (process.getuid?.() !== 0) return [{ wrapper: [] }]
  const owner = findOwner(cluster) ?? findNobody()
  return [
    { owner, wrapper: [] },
    { owner, wrapper: keepOpeningFiles(owner) },
  ]
}

/** A cluster once made by an ordinary user stays that user's, even when root starts it. */
function findOwner(cluster: string): Owner | undefined {
  const found = statSync(cluster, { throwIfNoEntry: false })
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined
}

function findNobody(): Owner {
  const entry = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))
  if (entry) return { uid: Number(entry[1]), gid: Number(entry[2]) }
  throw new DatabaseRefused(
    'Máy này không có tài khoản nobody để chạy PostgreSQL: hãy chạy Ý Dân bằng một người dùng thường, hoặc đặt biến DATABASE_URL.',
  )
}

/**
 * Below a folder that only root may enter, PostgreSQL steps down but keeps the one capability to pass file modes.
 * Without no_setuid_fixup access() ignores that capability. PostgreSQL could then read root's files on a superuser's
 * order: one more reason why the application never connects as one. setpriv execs, so the pid is PostgreSQL's.
 */
function keepOpeningFiles({ uid, gid }: Owner): string[] {
  const only = '-all,+dac_override'
  return [
    'setpriv',
    ...[`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--securebits=+no_setuid_fixup'],
    ...[`--inh-caps=${only}`, `--ambient-caps=${only}`, `--bounding-set=${only}`],
  ]
}
