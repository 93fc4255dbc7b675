import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { type Cluster, removeUnfinished } from './cluster.ts'
import { connectAsSuperuser, refuseSecond, tryLock } from './lock.ts'
import { findComplaint } from './log-file.ts'
import { type Postmaster, spawnPostmaster, untilReady } from './postmaster.ts'
import { clearTheWay } from './recover.ts'
import { DatabaseRefused } from './refused.ts'

const attempts = 50

/** Resolves when PostgreSQL is ready, locked for us, and has the application's role and database. */
export async function startServer(cluster: Cluster, signal: AbortSignal): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    await clearTheWay(cluster, signal)
    signal.throwIfAborted()
    const postmaster = spawnPostmaster(cluster, signal)
    try {
      await Promise.race([prepareServer(postmaster, cluster), failAtExit(postmaster, cluster)])
      return postmaster
    } catch (error) {
      postmaster.stop()
      await postmaster.exited
      signal.throwIfAborted()
      const refused = refuseLasting(error, cluster)
      if (refused || attempt === attempts) throw refused ?? error
    }
    // Another starter was faster, or backends of a killed postmaster are still ending: look again.
    await pause(100, undefined, { signal })
  }
}

async function prepareServer(postmaster: Postmaster, cluster: Cluster): Promise<void> {
  await untilReady(postmaster, cluster)
  const superuser = await holdLock(postmaster, cluster)
  await createApplicationDatabase(superuser, cluster.secrets.application)
  await removeUnfinished(cluster.dataDir)
}

async function failAtExit({ exited, readLog }: Postmaster, { dataDir }: Cluster): Promise<never> {
  const code = await exited
  const log = readLog()
  if (!code || /already exists|still in use/.test(log)) throw new Error('PostgreSQL gave way to another start')
  throw new DatabaseRefused(
    `PostgreSQL không khởi động được (${findComplaint(log)}): ` +
      `hãy sửa nguyên nhân ghi trong ${join(dataDir, 'postgres.log')}, hoặc đặt biến DATABASE_URL.`,
  )
}

/** One connection keeps the lock as long as the server lives; should it be lost, another takes the lock again. */
async function holdLock(postmaster: Postmaster, cluster: Cluster): Promise<postgres.Sql> {
  let held = false
  const retake = () => held && void retakeLock(postmaster, cluster)
  const superuser = connectAsSuperuser(cluster.address, cluster.secrets.superuser, retake)
  try {
    held = await tryLock(superuser)
  } finally {
    if (!held) await superuser.end({ timeout: 0 })
  }
  if (!held) throw refuseSecond(cluster.dataDir)
  void postmaster.exited.then(() => superuser.end({ timeout: 0 }))
  return superuser
}

/** Until it is held or the server has ended: a failure is the server going down, which its exit tells. */
async function retakeLock(postmaster: Postmaster, cluster: Cluster): Promise<void> {
  await pause(200, undefined, { ref: false })
  if (!postmaster.isOver()) await holdLock(postmaster, cluster).catch(() => retakeLock(postmaster, cluster))
}

async function createApplicationDatabase(superuser: postgres.Sql, password: string): Promise<void> {
  const [role] = await superuser`select from pg_roles where rolname = 'ydan_app'`
  const rights = 'login nosuperuser nobypassrls nocreaterole nocreatedb noreplication'
  await superuser.unsafe(`${role ? 'alter' : 'create'} role ydan_app ${rights} password '${password}'`)
  const [database] = await superuser`select from pg_database where datname = 'ydan'`
  if (!database) await superuser`create database ydan owner ydan_app`
}

/** A refusal for what another attempt would not change; lost connections and servers that shut down are not of these. */
function refuseLasting(error: unknown, { dataDir }: Cluster): DatabaseRefused | undefined {
  if (error instanceof DatabaseRefused) return error
  if (!(error instanceof postgres.PostgresError) || error.code.startsWith('57P')) return undefined
  const remedy =
    error.code === '28P01'
      ? `hãy xóa ${join(dataDir, 'database.json')} rồi khởi động lại để tạo mật khẩu mới`
      : 'hãy sửa nguyên nhân này, hoặc đặt biến DATABASE_URL'
  return new DatabaseRefused(`Không dùng được cơ sở dữ liệu (${error.message}): ${remedy}.`, { cause: error })
}
