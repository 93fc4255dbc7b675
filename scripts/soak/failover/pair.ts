// A primary and a standby that every commit waits for: Debian's PostgreSQL, as an operator of a province runs it.
import { execFile } from 'node:child_process'
import { appendFileSync, chownSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { freePort } from './ports.ts'

const run = promisify(execFile)
const versions = '/usr/lib/postgresql'
/** PostgreSQL does not run as root; nobody is on every Linux. */
const nobody = 65534
const patienceMs = 20_000

export type Member = { folder: string; port: number }
export type Pair = {
  primary: Member
  standby: Member
  /** kill -9 of the primary and everything it runs. */
  killPrimary(): void
  /** Makes the standby the primary; it waits for nobody any more. */
  promote(): Promise<void>
  stop(): Promise<void>
}

export const pairRole = 'ydan'

/** Both members, the standby caught up and every commit waiting for it. */
export async function startPair(folder: string): Promise<Pair> {
  const primary = await startAlone(folder, 'primary', 60)
  const standby = { folder: join(folder, 'standby'), port: await freePort() }
  const from = `host=127.0.0.1 port=${primary.port} user=postgres application_name=standby`
  await asPostgres('pg_basebackup', ['-D', standby.folder, '-R', '-X', 'stream', '-c', 'fast', '-d', from])
  configure(standby, folder, 60)
  await control(standby, 'start')
  await ask(primary, `alter system set synchronous_standby_names = 'standby'`, 'select pg_reload_conf()')
  await untilSynchronous(primary)
  return {
    primary,
    standby,
    killPrimary: () => killAll(primary),
    promote: async () => {
      await asPostgres('pg_ctl', ['-D', standby.folder, 'promote', '-w'])
    },
    stop: async () => {
      for (const member of [primary, standby]) await stopMember(member)
    },
  }
}

/** One server with the database and the role that an operator makes first; `postgres` may do everything in it. */
export async function startAlone(folder: string, name: string, mostConnections: number): Promise<Member> {
  const member = { folder: join(folder, name), port: await freePort() }
  if (isRoot) chownSync(folder, nobody, nobody)
  await asPostgres('initdb', ['-D', member.folder, '-U', 'postgres', '-E', 'UTF8', '--locale=C', '-A', 'trust'])
  configure(member, folder, mostConnections)
  await control(member, 'start')
  const role = `create role ${pairRole} login password '${pairRole}'`
  await ask(member, role, `create database ${pairRole} owner ${pairRole}`)
  return member
}

export const stopMember = (member: Member): Promise<void> => control(member, 'stop').catch(() => {})

const isRoot = process.getuid?.() === 0

function configure({ folder, port }: Member, sockets: string, mostConnections: number): void {
  const settings = [`port = ${port}`, "listen_addresses = '127.0.0.1'", `unix_socket_directories = '${sockets}'`]
  const small = ['shared_buffers = 32MB', `max_connections = ${mostConnections}`, 'wal_keep_size = 64MB']
  appendFileSync(join(folder, 'postgresql.conf'), `\n${[...settings, ...small].join('\n')}\n`)
}

async function untilSynchronous(primary: Member): Promise<void> {
  const until = performance.now() + patienceMs
  while (performance.now() < until) {
    const [row] = await ask(
      primary,
      `select 1 as ok from pg_stat_replication where sync_state = 'sync' and state = 'streaming'`,
    )
    if (row) return
    await pause(100)
  }
  throw new Error('the standby did not catch up')
}

async function ask({ port }: Member, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const sql = postgres({
    host: '127.0.0.1',
    port,
    username: 'postgres',
    database: 'postgres',
    max: 1,
    onnotice: () => {},
  })
  let rows: Record<string, unknown>[] = []
  for (const statement of statements) rows = await sql.unsafe(statement)
  await sql.end({ timeout: 1 })
  return rows
}

/** As a machine that loses its power: nothing is written any more, by none of its processes. */
function killAll({ folder }: Member): void {
  const postmaster = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0])
  const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').trim().split(' ')
  for (const pid of [postmaster, ...children.filter(Boolean).map(Number)]) process.kill(pid, 'SIGKILL')
}

const control = ({ folder }: Member, command: 'start' | 'stop') =>
  asPostgres('pg_ctl', [
    command,
    '-D',
    folder,
    '-w',
    ...(command === 'start' ? ['-l', join(folder, 'log')] : ['-m', 'immediate']),
  ])

async function asPostgres(program: string, args: string[]): Promise<void> {
  const id = isRoot ? { uid: nobody, gid: nobody } : {}
  await run(join(binaries(), program), args, { cwd: '/', ...id })
}

/** The newest of Debian's versions; throws one sentence where there is none. */
function binaries(): string {
  const found = existsSync(versions) ? readdirSync(versions).filter((name) => Number(name) >= 15) : []
  const newest = found.sort((a, b) => Number(b) - Number(a))[0]
  if (!newest) throw new Error('Phần này cần PostgreSQL của Debian: apt-get install postgresql.')
  return join(versions, newest, 'bin')
}
