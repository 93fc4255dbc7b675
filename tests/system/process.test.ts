import { execFileSync, execSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRunningDatabase } from '../../db/embedded/launch.ts'
import { links } from '../../web/links.ts'
import { postgresPid, type ServerProcess, startProcess } from '../fixtures/process.ts'

const apiKey = 'khoa-thu-nghiem-1'
const body = async (server: ServerProcess) => {
  const id = randomUUID()
  const reply = await fetch(server.url + links.api.questionnaire('QUAYHT', id))
  const { ask } = (await reply.json()) as { ask: { criterion: string }[] }
  return {
    id,
    place: 'QUAYHT',
    answers: Object.fromEntries(ask.map(({ criterion }, index) => [criterion, 5 - (index % 3)])),
  }
}
const post = async (server: ServerProcess, answer?: object) =>
  fetch(server.url + links.api.responses, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(answer ?? (await body(server))),
  })
const daily = async (server: ServerProcess) => {
  const reply = await fetch(server.url + links.api.daily('QUAYHT'), { headers: { authorization: `Bearer ${apiKey}` } })
  return ((await reply.json()) as { responses: number; setAside: number }[])[0]
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ydan-process-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const environment = (name: string) => ({
  DATA_DIR: join(folder, name),
  API_KEY: apiKey,
  PLACE_BUDGET_PER_HOUR: '1000000',
})

describe('the process', () => {
  test('with sample data leaves the folder of the office’s own data alone, wherever that is', async () => {
    const [own, sample] = [join(folder, 'own'), join(folder, 'sample')]
    const script = join(import.meta.dirname, '../../scripts/demo.js')
    const env = { PATH: process.env.PATH, DATA_DIR: own, DEMO_DATA_DIR: sample, PORT: '0' }
    const child = spawn(process.execPath, [script], { env, stdio: 'ignore' })
    const ended = once(child, 'exit')
    await expect.poll(() => existsSync(join(sample, 'pg/PG_VERSION'))).toBe(true)
    child.kill('SIGTERM')
    await ended
    expect(existsSync(own)).toBe(false)
    // Told to stop while its database was starting, it has stopped that too.
    expect(existsSync(join(sample, 'pg/postmaster.pid'))).toBe(false)
  })

  test('prints the password on the first start only, and signs in with it', async () => {
    const first = await startProcess(environment('first'))
    const password = /admin \/ (\S+)/.exec(first.output())?.[1] as string
    const reply = await fetch(first.url + links.signIn(), {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ username: 'admin', password }),
    })
    expect([reply.status, reply.headers.get('location')]).toEqual([303, links.today()])
    expect(await first.end('SIGTERM')).toBe(0)
    const second = await startProcess(environment('first'))
    expect(second.output()).not.toContain('admin /')
    expect(await second.end('SIGINT')).toBe(0)
  })

  test('refuses a second one on the same DATA_DIR in one sentence', async () => {
    const first = await startProcess(environment('first'))
    await expect(startProcess(environment('first'))).rejects.toThrow(/^[^\n]+$/)
    expect((await post(first)).status).toBe(201)
    await first.end('SIGTERM')
  })

  test('says every wrong setting in one sentence each and starts nothing', async () => {
    const wrong = { PORT: 'x', PUBLIC_URL: 'https://a.vn/duong-dan', API_KEY: 'abc', DATA_DIR: join(folder, 'none') }
    await expect(startProcess(wrong)).rejects.toThrow(/PORT .+\nPUBLIC_URL .+\nAPI_KEY .+/)
    expect(existsSync(join(folder, 'none'))).toBe(false)
  })

  test('says in one sentence that no PostgreSQL answers at DATABASE_URL', async () => {
    await expect(startProcess({ DATABASE_URL: 'postgres://a:b@127.0.0.1:9/x' })).rejects.toThrow(
      /^Không nối được PostgreSQL[^\n]+$/,
    )
  })

  test('finishes the answer in flight when told to stop, and stops the database cleanly', async () => {
    const server = await startProcess(environment('stop'))
    const replies = Promise.all(
      Array.from({ length: 20 }, () =>
        post(server).then(
          (reply) => reply.status,
          () => 0,
        ),
      ),
    )
    await post(server)
    const code = await server.end('SIGTERM')
    const acknowledged = (await replies).filter((status) => status === 201).length + 1
    expect(code).toBe(0)
    expect(existsSync(join(folder, 'stop/pg/postmaster.pid'))).toBe(false)
    const again = await startProcess(environment('stop'))
    expect((await daily(again))?.responses).toBeGreaterThanOrEqual(acknowledged)
    await again.end('SIGTERM')
  })

  test.each([
    ['left over', false],
    ['killed too', true],
  ])('loses nothing acknowledged when killed under load, the database %s', async (_, killBoth) => {
    const settings = environment(`kill-${killBoth}`)
    const server = await startProcess(settings)
    const acknowledged = new Set<string>()
    let dying = false
    const citizens = Array.from({ length: 16 }, async () => {
      while (!dying) {
        const answer = await body(server).catch(() => undefined)
        const reply = answer && (await post(server, answer).catch(() => undefined))
        if (answer && reply?.status === 201) acknowledged.add(answer.id)
      }
    })
    await expect.poll(() => acknowledged.size).toBeGreaterThan(200)
    const database = postgresPid(settings.DATA_DIR)
    await server.end('SIGKILL')
    if (killBoth) process.kill(database, 'SIGKILL')
    dying = true
    await Promise.all(citizens)
    const next = await startProcess(settings)
    const sql = postgres({ ...openRunningDatabase(settings.DATA_DIR), max: 1 })
    const stored = await sql<
      { id: string; times: number }[]
    >`select id, count(*)::int as times from responses group by id`
    const storedIds = new Set(stored.map(({ id }) => id))
    expect([...acknowledged].filter((id) => !storedIds.has(id))).toEqual([])
    expect((await daily(next))?.responses).toBe(stored.length)
    await sql.end()
    expect(rebuild(settings)).toContain('; 0 ô số đếm')
    await next.end('SIGTERM')
  })

  test('answers 503 while its database is being killed, and again 201 without a restart', async () => {
    const server = await startProcess(environment('outage'))
    expect((await post(server)).status).toBe(201)
    process.kill(postgresPid(join(folder, 'outage')), 'SIGKILL')
    const statuses = await Promise.all(Array.from({ length: 5 }, () => post(server).then((reply) => reply.status)))
    expect(statuses.every((status) => status === 503 || status === 201)).toBe(true)
    await expect.poll(async () => (await post(server)).status).toBe(201)
    await expect.poll(async () => (await fetch(`${server.url}/health`)).status).toBe(200)
    await server.end('SIGTERM')
  })

  test('stops in order when npm, which started it, is told to', async () => {
    const settings = environment('npm')
    const npm = spawn('npm', ['start'], {
      env: { ...process.env, ...settings, HOST: '127.0.0.1', PORT: '0' },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await new Promise<void>((resolve) =>
      npm.stdout.on('data', (part) => String(part).includes('đang chạy') && resolve()),
    )
    npm.kill('SIGTERM')
    await expect.poll(() => existsSync(join(settings.DATA_DIR, 'pg/postmaster.pid'))).toBe(false)
  })

  test('gives the administrator a new password beside the running server and ends the old sessions', async () => {
    const settings = environment('reset')
    const server = await startProcess({ ...settings, ADMIN_PASSWORD: 'mat-khau-cu-1' })
    const signIn = (password: string) =>
      fetch(server.url + links.signIn(), {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ username: 'admin', password }),
      })
    const old = await signIn('mat-khau-cu-1')
    const cookie = old.headers.getSetCookie()[0]?.split(';')[0] as string
    execFileSync(process.execPath, ['--import', 'tsx', 'scripts/reset-admin.ts'], {
      env: { ...process.env, ...settings, ADMIN_PASSWORD: 'mat-khau-moi-2' },
    })
    expect([(await signIn('mat-khau-cu-1')).status, (await signIn('mat-khau-moi-2')).status]).toEqual([401, 303])
    const page = await fetch(server.url + links.today(), { headers: { cookie }, redirect: 'manual' })
    expect(page.headers.get('location')).toContain(links.signIn())
    await server.end('SIGTERM')
  })
})

const isRoot = process.getuid?.() === 0

describe.runIf(isRoot)('a full disk', () => {
  const disk = () => join(folder, 'disk')
  beforeAll(() => {
    execSync(`mkdir -p ${disk()} && mount -t tmpfs -o size=160m tmpfs ${disk()}`)
  })
  afterAll(() => {
    execSync(`umount -l ${disk()}`)
  })

  test('is answered 503 with a retry time, and everything goes on without a restart once there is room', async () => {
    const settings = { ...environment('disk/data') }
    const server = await startProcess(settings)
    expect((await post(server)).status).toBe(201)
    const filler = join(disk(), 'filler')
    fillDisk(filler)
    const refused = await postUntil(server, 503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await fetch(`${server.url}/health`)).status).toBe(503)
    const page = await fetch(server.url + links.survey('QUAYHT'))
    expect([200, 503]).toContain(page.status)
    rmSync(filler)
    expect((await postUntil(server, 201)).status).toBe(201)
    await expect.poll(async () => (await fetch(`${server.url}/health`)).status).toBe(200)
    expect(rebuild(settings)).toContain('; 0 ô số đếm')
    await server.end('SIGTERM')
  })
})

function fillDisk(file: string): void {
  const megabyte = Buffer.alloc(1024 * 1024)
  const handle = openSync(file, 'w')
  try {
    for (let written = 0; written < 200; written += 1) writeSync(handle, megabyte)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  } finally {
    closeSync(handle)
  }
}

/** Long comments fill the last pages; bounded in count. */
async function postUntil(server: ServerProcess, status: number): Promise<Response> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const replies = await Promise.all(
      Array.from({ length: 50 }, async () => post(server, { ...(await body(server)), comment: 'ă'.repeat(1000) })),
    )
    const found = replies.find((reply) => reply.status === status)
    if (found) return found
    expect(replies.every((reply) => [201, 503].includes(reply.status))).toBe(true)
  }
  throw new Error(`no ${status} in time`)
}

const rebuild = (settings: Record<string, string>) =>
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/rebuild-tallies.ts'], {
    env: { ...process.env, ...settings },
    encoding: 'utf8',
  })
