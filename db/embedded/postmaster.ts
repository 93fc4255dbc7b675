import { setTimeout as pause } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { spawnAs } from './identity.ts'
import { withLog } from './log-file.ts'
import { interrupt, readPidFile } from './recover.ts'

/** One life of PostgreSQL; `exited` gives its exit code, null after a signal. */
export type Postmaster = {
  /** Absent where the program could not even be started. */
  pid: number | undefined
  exited: Promise<number | null>
  isOver(): boolean
  stop(): void
  /** What the log says since the start. */
  readLog(): string
}

const usual = {
  fsync: 'on',
  synchronous_commit: 'on',
  shared_buffers: '128MB',
  max_connections: '60',
  // An online backup copies the WAL after the files; this much is surely still there.
  wal_keep_size: '64MB',
  max_wal_size: '512MB',
  // Made no difference to our queries, and costs time on short ones.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_destination: 'stderr',
  log_checkpoints: 'off',
  // Errors of statements reach the application; here they, their statement and their detail would repeat citizens' words.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length_on_error: '0',
}

/** A session of its own: Ctrl-C in the terminal reaches Node only, which first lets requests end. */
export function spawnPostmaster(cluster: Cluster, signal: AbortSignal): Postmaster {
  const { dataDir, data, binaries, identity } = cluster
  const settings = { ...usual, ...cluster.settings, ...describeAddress(cluster) }
  const args = Object.entries(settings).map(([name, value]) => `--${name}=${value}`)
  const { result: child, readLog } = withLog(dataDir, (log) =>
    spawnAs(identity, binaries.postgres, ['-D', data, ...args], { detached: true, stdio: ['ignore', log, log] }),
  )
  let over = false
  const stop = () => {
    if (child.pid && !over) interrupt(child.pid, binaries)
  }
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve).once('error', () => resolve(1)))
  signal.addEventListener('abort', stop)
  void exited.then(() => {
    over = true
    signal.removeEventListener('abort', stop)
  })
  return { pid: child.pid, exited, isOver: () => over, stop, readLog }
}

export async function untilReady(postmaster: Postmaster, { data }: Cluster): Promise<void> {
  while (!postmaster.isOver()) {
    const found = readPidFile(data)
    if (found?.status === 'ready' && found.pid === postmaster.pid) return
    await Promise.race([postmaster.exited, pause(10)])
  }
}

function describeAddress({ address }: Cluster) {
  if (process.platform === 'win32') {
    return { listen_addresses: address.host, port: address.port, unix_socket_directories: '' }
  }
  // A list of folders to PostgreSQL: quoted, so that a comma or a space in the path does not divide it.
  const folder = `"${address.host.replaceAll('"', '""')}"`
  return { listen_addresses: '', port: address.port, unix_socket_directories: folder }
}
