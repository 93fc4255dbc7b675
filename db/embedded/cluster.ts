import { once } from 'node:events'
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { type Binaries, linkLibraries } from './binaries.ts'
import { chooseIdentity, handOver, type Identity, runAs, spawnAs } from './identity.ts'
import { findComplaint, withLog } from './log-file.ts'
import { DatabaseRefused } from './refused.ts'
import { createSecrets, readOwn, readSecrets, type Secrets } from './secrets.ts'

/** Where PostgreSQL listens: `host` is the folder of its socket, or an address where there are no sockets. */
export type Address = { host: string; port: number }
export type Cluster = {
  dataDir: string
  /** The folder that PostgreSQL owns. */
  data: string
  address: Address
  binaries: Binaries
  identity: Identity
  secrets: Secrets
  /** database.json was lost: the passwords are younger than the data. */
  secretsAreNew: boolean
  /** Of PostgreSQL, by name, in place of the usual ones. */
  settings: Record<string, string>
}

export async function prepareCluster(
  dataDir: string,
  packaged: Binaries,
  settings: Record<string, string>,
): Promise<Cluster> {
  createDataDir(dataDir)
  const data = locateData(dataDir)
  const version = readOwn(join(data, 'PG_VERSION'))?.trim()
  const known = readSecrets(dataDir)
  const binaries = linkLibraries(packaged, dataDir)
  const { identity, major } = chooseIdentity(dataDir, binaries.postgres)
  if (version !== undefined && version !== major) refuseVersion(data, version, major)
  const secrets = known ?? createSecrets(dataDir)
  const address = await chooseAddress(dataDir, identity)
  const secretsAreNew = version !== undefined && known === undefined
  const cluster = { dataDir, data, address, binaries, identity, secrets, secretsAreNew, settings }
  if (version === undefined) await createData(cluster)
  handOver(data, identity)
  return cluster
}

/** For a cluster that does not run. */
export function renewSuperuserPassword({ data, binaries, identity, secrets }: Cluster): void {
  const input = `alter role ydan password '${secrets.superuser}'\n`
  runAs(identity, binaries.postgres, ['--single', '-D', data, 'postgres'], input)
}

export function removeTemporarySockets({ dataDir, address: { host } }: Cluster): void {
  if (isAbsolute(host) && host !== locateSockets(dataDir)) rmSync(host, { recursive: true, force: true })
}

/** Call only while holding the lock: removes what interrupted first starts left behind. */
export async function removeUnfinished(dataDir: string): Promise<void> {
  const names = (await readdir(dataDir)).filter((name) => name.startsWith('init-'))
  // An orphaned initdb may still be writing there; the next start will then succeed in removing it.
  await Promise.allSettled(names.map((name) => rm(join(dataDir, name), { recursive: true, force: true })))
}

export const locateData = (dataDir: string) => join(dataDir, 'pg')
const locateSockets = (dataDir: string) => join(dataDir, 's')

function createDataDir(dataDir: string): void {
  try {
    // Started by root, PostgreSQL's account must be able to pass through to its own folders.
    const mode = process.getuid?.() === 0 ? 0o711 : 0o700
    if (mkdirSync(dataDir, { recursive: true })) chmodSync(dataDir, mode)
    accessSync(dataDir, constants.W_OK | constants.X_OK)
  } catch (cause) {
    const sentence = `Không ghi được vào thư mục dữ liệu ${dataDir}: hãy đặt DATA_DIR là một thư mục ghi được.`
    throw new DatabaseRefused(sentence, { cause })
  }
}

function refuseVersion(data: string, version: string, major: string): never {
  throw new DatabaseRefused(
    `Dữ liệu trong ${data} thuộc PostgreSQL ${version}, bản đi kèm là PostgreSQL ${major}: ` +
      'hãy xuất dữ liệu bằng bản Ý Dân đã tạo ra nó, rồi nhập vào một DATA_DIR mới.',
  )
}

async function chooseAddress(dataDir: string, identity: Identity): Promise<Address> {
  if (process.platform === 'win32') return { host: '127.0.0.1', port: await findFreePort() }
  let host = locateSockets(dataDir)
  mkdirSync(host, { recursive: true })
  // A socket's path is at most 103 bytes on macOS, 107 on Linux.
  if (Buffer.byteLength(join(host, '.s.PGSQL.5432')) > 103) host = mkdtempSync(join(tmpdir(), 'ydan-'))
  handOver(host, identity)
  return { host, port: 5432 }
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  return port
}

/**
 * Made in a folder of its own and then renamed: data is whole or absent, whenever the process dies. Of two processes
 * that start at once the later fails here, which is as good: the data is there, and both have the same passwords.
 */
async function createData(cluster: Cluster): Promise<void> {
  const workshop = mkdtempSync(join(cluster.dataDir, 'init-'))
  try {
    await runInitdb(cluster, workshop)
    renameSync(join(workshop, 'pg'), cluster.data)
    syncFolder(cluster.dataDir)
  } catch (error) {
    if (!existsSync(cluster.data)) throw error
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}

async function runInitdb({ dataDir, binaries, identity, secrets }: Cluster, workshop: string): Promise<void> {
  const password = join(workshop, 'password')
  writeFileSync(password, secrets.superuser, { mode: 0o600 })
  handOver(workshop, identity)
  // The builtin provider depends on no library's or system's version: indexes stay right when either is upgraded.
  const locale = ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = ['-U', 'ydan', '-A', 'scram-sha-256', `--pwfile=${password}`]
  const args = [...access, ...locale, '--data-checksums', '-D', join(workshop, 'pg')]
  const { result: initdb, readLog } = withLog(dataDir, (fd) =>
    spawnAs(identity, binaries.initdb, args, { stdio: ['ignore', 'ignore', fd] }),
  )
  const [code] = await once(initdb, 'exit')
  if (code === 0) return
  throw new DatabaseRefused(
    `Không tạo được cơ sở dữ liệu (${findComplaint(readLog())}): hãy sửa nguyên nhân này, hoặc đặt biến DATABASE_URL.`,
  )
}

function syncFolder(folder: string): void {
  // Windows cannot open a folder, and needs no such thing.
  if (process.platform === 'win32') return
  const fd = openSync(folder, 'r')
  fsyncSync(fd)
  closeSync(fd)
}
