import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { startProcess } from '../../tests/fixtures/process.ts'
import { createBodies, readAskedPlaces } from '../bench/bodies.ts'
import { readRotationKey, recount } from '../bench/database.ts'
import { type Body, sendBody, soakSettings } from './citizens.ts'
import { pairRole, startPair } from './failover/pair.ts'
import { freePort, startProxy } from './failover/ports.ts'
import type { Finding } from './finding.ts'

const citizens = 16
const secondsBefore = 6
const secondsAfter = 8
/** A citizen's outbox comes back within this; the longest gap measured is about two seconds. */
const longestGapMs = 15_000
const retryMs = 200

type Outcome = { acknowledged: Set<string>; refused: number; gapMs: number }

/** The primary is killed under load, its standby takes over: straight, and through PgBouncer. */
export async function soakFailover(folder: string): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const way of ['thẳng', 'qua PgBouncer'] as const) {
    const started = performance.now()
    findings.push(...(await loseThePrimary(join(folder, way === 'thẳng' ? 'straight' : 'pooled'), way)))
    console.log(`  ${way}: ${((performance.now() - started) / 1000).toFixed(0)} giây`)
  }
  return findings
}

async function loseThePrimary(folder: string, way: 'thẳng' | 'qua PgBouncer'): Promise<Finding[]> {
  // PostgreSQL's own user has to get in.
  chmodSync(dirname(folder), 0o755)
  mkdirSync(folder)
  const pair = await startPair(folder)
  const proxy = await startProxy(pair.primary.port)
  const pooler = way === 'thẳng' ? null : await startPooler(folder, proxy.port)
  const address = (port: number) => `postgres://${pairRole}:${pairRole}@127.0.0.1:${port}/${pairRole}`
  const server = await startProcess({
    ...soakSettings(join(folder, 'data')),
    DATABASE_URL: address(pooler?.port ?? proxy.port),
    LOG_LEVEL: 'silent',
  })
  const makeBody = createBodies(
    await readAskedPlaces(server.url),
    await readRotationKey(address(proxy.port)),
    1,
  ) as () => Body
  const outcome = await answerThrough(server.url, makeBody, async () => {
    pair.killPrimary()
    await pair.promote()
    proxy.turnTo(pair.standby.port)
  })
  const code = await server.end('SIGTERM')
  const found = await compare(address(pair.standby.port), outcome)
  await pooler?.stop()
  proxy.stop()
  await pair.stop()
  return [...found, [code === 0, 'tiến trình dừng bình thường']].map(([holds, sentence]) => [
    holds as boolean,
    `Mất máy chính, ${way}: ${sentence}`,
  ])
}

/** Citizens answer one after the other, each again and again until the same answer is acknowledged. */
async function answerThrough(url: string, makeBody: () => Body, fail: () => Promise<void>): Promise<Outcome> {
  const outcome: Outcome = { acknowledged: new Set(), refused: 0, gapMs: 0 }
  let [lastAt, going] = [performance.now(), true]
  const note = (id: string) => {
    outcome.acknowledged.add(id)
    outcome.gapMs = Math.max(outcome.gapMs, performance.now() - lastAt)
    lastAt = performance.now()
  }
  const answerOn = async () => {
    while (going) {
      const body = makeBody()
      for (let status: number | undefined; status !== 200 && status !== 201 && going; ) {
        status = await sendBody(url, body)
        if (status === 200 || status === 201) note(body.id)
        else {
          outcome.refused += 1
          await pause(retryMs)
        }
      }
    }
  }
  const all = Promise.all(Array.from({ length: citizens }, answerOn))
  await pause(secondsBefore * 1000)
  await fail()
  await pause(secondsAfter * 1000)
  going = false
  await all
  return outcome
}

async function compare(address: string, { acknowledged, refused, gapMs }: Outcome): Promise<Finding[]> {
  const sql = postgres(address, { max: 1 })
  const rows = await sql<{ id: string }[]>`select id from responses`
  await sql.end()
  const stored = new Set(rows.map(({ id }) => id))
  const lost = [...acknowledged].filter((id) => !stored.has(id)).length
  const { differing } = await recount(address)
  return [
    [lost === 0, `mất ${lost} trong ${acknowledged.size.toLocaleString('vi-VN')} phiếu đã báo nhận`],
    [rows.length === stored.size, 'không phiếu nào được lưu hai lần'],
    [differing === 0, 'số đếm bằng đếm lại'],
    [
      gapMs < longestGapMs,
      `quãng dài nhất không nhận được phiếu: ${(gapMs / 1000).toFixed(1)} giây; ${refused} lần phải gửi lại`,
    ],
  ]
}

/** A real PgBouncer in session mode, with Debian's defaults otherwise. */
async function startPooler(folder: string, behind: number) {
  const port = await freePort()
  const file = join(folder, 'pgbouncer.ini')
  const users = join(folder, 'users.txt')
  writeFileSync(users, `"${pairRole}" "${pairRole}"\n`)
  const lines = [
    `[databases]`,
    `* = host=127.0.0.1 port=${behind}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    // As in scripts/service/pgbouncer.ini.example: by itself it waits 15 seconds after a refused connection.
    'server_login_retry = 1',
  ]
  writeFileSync(
    file,
    [...lines, 'unix_socket_dir =', 'auth_type = plain', `auth_file = ${users}`, 'pool_mode = session'].join('\n'),
  )
  const uid = process.getuid?.() === 0 ? 65534 : undefined
  for (const path of [file, users]) if (uid) chownSync(path, uid, uid)
  const child = spawn('/usr/sbin/pgbouncer', [file], { cwd: '/', uid, gid: uid, stdio: ['ignore', 'ignore', 'pipe'] })
  const exited = once(child, 'exit')
  await new Promise<void>((resolve, reject) => {
    child.on('error', () => reject(new Error('Phần này cần PgBouncer của Debian: apt-get install pgbouncer.')))
    child.stderr.on('data', (part) => String(part).includes('process up') && resolve())
  })
  const stop = async () => {
    child.kill('SIGINT')
    child.kill('SIGTERM')
    await exited
  }
  return { port, stop }
}
