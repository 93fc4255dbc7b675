import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { settleRightsRequest } from '../../db/cases/settings.ts'
import { type Connection, prepareDatabase } from '../../db/client.ts'
import { launchDatabase } from '../../db/embedded/launch.ts'
import { readSecrets } from '../../db/embedded/secrets.ts'
import { loadReference } from '../../db/reference/load.ts'
import { readReference } from '../../db/reference/reference.ts'
import { findReport } from '../../db/reports/reports.ts'
import { createAdministrator } from '../../db/staff/members.ts'
import { openVault, type Vault } from '../../server/ledger/vault.ts'
import { links } from '../../web/links.ts'
import { fillBlanks } from '../fixtures/reports/fill-blanks.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

type Known = Exclude<Connection, string>

/** A commune's two and a half days with everything that the ledger knows, on a PostgreSQL of its own with its superuser. */
export type Books = {
  folder: string
  dataDir: string
  /** The whole, and the copy of the evening before. */
  connection: Known
  yesterday: Known
  vault: Vault
  /** A copy, and its tables for the superuser with triggers and policies off. */
  copy(from?: Known): Promise<{ connection: Known; tamper: postgres.Sql; end(): Promise<void> }>
  clock: { now: number }
  start(connection?: Known, vault?: Vault): Promise<TestServer>
  stop(): Promise<void>
}

const firstMorning = Date.UTC(2026, 10, 18, 2)
const day = 86_400_000

export async function fillBooks(): Promise<Books> {
  const folder = mkdtempSync(join(tmpdir(), 'ydan-ledger-'))
  const dataDir = join(folder, 'data')
  const launched = await launchDatabase(dataDir, () => {})
  const { connection } = launched
  await prepareDatabase(connection, async (query) => {
    await loadReference(query, readReference())
    await createAdministrator(query, 'admin', 'no password opens this')
  })
  const vault = openVault(null, dataDir, 'https://ydan.example.vn')
  const clock = { now: firstMorning }
  const password = readSecrets(dataDir)?.superuser ?? ''
  const asSuperuser = (database: string) =>
    postgres({ ...connection, username: 'ydan', password, database, max: 1, onnotice: () => {} })
  const start = (on: Known = connection, by: Vault = vault) =>
    startTestServer({ connection: on, vault: by, now: () => clock.now, config: { placeBudgetPerHour: 20 } })
  const clone = async (from: Known) => {
    const sql = asSuperuser('postgres')
    const name = `copy_${randomUUID().replaceAll('-', '')}`
    await sql.unsafe(`create database ${name} template ${from.database} owner ydan_app`)
    await sql.end()
    return { ...connection, database: name }
  }
  await fillTwoDays(await start(), clock)
  const yesterday = await clone(connection)
  await fillMorning(await start(), clock)
  return {
    folder,
    dataDir,
    connection,
    yesterday,
    vault,
    clock,
    start,
    copy: async (from = connection) => {
      const made = await clone(from)
      const tamper = asSuperuser(made.database)
      await tamper`set session_replication_role = replica`
      return { connection: made, tamper, end: () => tamper.end() }
    },
    stop: async () => {
      await launched.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function fillTwoDays(server: TestServer, clock: { now: number }): Promise<void> {
  for (let at = 0; at < 24; at += 1) await answer(server, clock, 'QUAYDD', at < 18 ? 5 : 2)
  for (let at = 0; at < 3; at += 1) await answer(server, clock, 'KHAMBENH', 3, `Ý kiến số ${at + 1}: "chờ lâu"\\n\tquá`)
  await server.catchUp()
  clock.now = firstMorning + day
  await countAgain(server)
  await eraseComment(server, clock)
  await approveReport(server)
  for (let at = 0; at < 6; at += 1) await answer(server, clock, 'TCHUNG', 4)
  await server.catchUp()
  await server.stop()
}

async function fillMorning(server: TestServer, clock: { now: number }): Promise<void> {
  clock.now = firstMorning + 2 * day
  for (let at = 0; at < 10; at += 1) await answer(server, clock, 'KHAMBENH', 4)
  await server.catchUp()
  await server.stop()
}

export async function answer(
  server: TestServer,
  clock: { now: number },
  place: string,
  level: number,
  comment?: string,
) {
  clock.now += 1000
  const said = level === 4 ? {} : { assisted: level < 3 }
  const body = { ...(await fullBody(server, place, level)), ...said, ...(comment && { comment }) }
  const reply = await server.answer(body)
  if (reply.status !== 201) throw new Error(`${reply.status}: ${await reply.text()}`)
  return { id: body.id, receipt: ((await reply.json()) as { receipt: string }).receipt }
}

/** The coordinators count what the hour's budget had set aside. */
async function countAgain(server: TestServer): Promise<void> {
  const { cookie } = await server.signInAs('manager', ['phong-van-hoa-xa-hoi'])
  const pattern = { diem: 'QUAYDD', ngay: '2026-11-18', 'dau-hieu': 'over_budget', kenh: 'web' }
  const html = await (await server.send(links.previewReview(pattern), { headers: { cookie } })).text()
  const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  const body = new URLSearchParams([
    ...hidden.map(([, name, value]) => [name, value] as [string, string]),
    ['why', 'Đã đối chiếu với sổ tiếp nhận trong ngày.'],
  ])
  const reply = await server.send(links.decideReview, { method: 'POST', headers: { cookie }, body })
  if (reply.status !== 303) throw new Error(`deciding: ${reply.status}`)
}

/** What a citizen's lawful request does. */
export async function eraseComment(server: TestServer, clock: { now: number }): Promise<void> {
  const { sql } = server.database
  const [entry] = await sql<{ receipt: string }[]>`
    select receipt from ledger_entries where kind = 'response' and place_id =
      (select id from places where code = 'KHAMBENH') order by position limit 1`
  const at = new Date(clock.now).toISOString()
  const [request] = await sql<{ id: number }[]>`
    insert into rights_requests (receipt, kind, asked_on, due_on)
    values (${entry?.receipt ?? ''}, 'delete', ${at.slice(0, 10)}, ${at.slice(0, 10)}) returning id`
  await settleRightsRequest(server.database, request?.id ?? 0, { erase: true, outcome: 'Đã xóa.', actor: 'admin', at })
}

async function approveReport(server: TestServer): Promise<void> {
  const send = (path: string, cookie: string, form: Record<string, string>) =>
    server.send(path, { method: 'POST', headers: { cookie }, body: new URLSearchParams(form) })
  const maker = await server.signInAs('manager', ['tram-y-te'])
  const leader = await server.signInAs('leader')
  const made = await send(links.reports(), maker.cookie, { period: 'quarterly:2026-07-01', issuer: 'tram-y-te/health' })
  const id = Number(made.headers.get('location')?.split('/').at(-1))
  await fillBlanks(server, id, maker.cookie)
  const report = await findReport(server.database, id)
  const reply = await send(links.approveReport(id), leader.cookie, { hash: report?.hash ?? '' })
  if (reply.status !== 303) throw new Error(`approving: ${reply.status}`)
}

export type Said = { code: number; output: string }

/** Runs scripts/verify-ledger.js as an outsider does. */
export function verify(args: string[], env: Record<string, string> = {}): Promise<Said> {
  const path = join(import.meta.dirname, '../../scripts/verify-ledger.js')
  return new Promise((resolve) => {
    execFile(process.execPath, [path, ...args], { env: { PATH: process.env.PATH, ...env } }, (error, out, complaint) =>
      resolve({ code: Number(error?.code ?? 0), output: out + complaint }),
    )
  })
}

export const urlOf = ({ host, port, database, username, password }: Known): string =>
  `postgres://${username}:${password}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`

export function keepFile(folder: string, text: string): string {
  const path = join(folder, `${randomUUID()}.txt`)
  writeFileSync(path, text)
  return path
}
