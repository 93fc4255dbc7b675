import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeBackup } from '../../db/backup/backup.ts'
import { readBackupFile } from '../../db/backup/file.ts'
import { settleRightsRequest } from '../../db/cases/settings.ts'
import { findCheckpointThrough } from '../../db/ledger/read.ts'
import { readCheckpoint } from '../../server/ledger/note-rules.ts'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'
import { keepFile, urlOf, verify } from './books.ts'

/** Answers of one day, the ledger of the next, a report of the third. */
let clock = Date.UTC(2026, 6, 6, 2)
let server: TestServer
let folder: string
let root: string
let report: number
let cookie: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ydan-rests-'))
  server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 1000 } })
  for (let at = 0; at < 8; at += 1) await server.answer(await fullBody(server, 'KHAMBENH', 4))
  await server.catchUp()
  clock += 86_400_000
  await server.catchUp()
  clock += 2 * 86_400_000
  await server.catchUp()
  root = readCheckpoint((await findCheckpointThrough(server.database, '2026-07-08')) ?? '')?.root ?? ''
  cookie = (await server.signInAs('manager', ['tram-y-te'])).cookie
  const body = new URLSearchParams({ period: 'monthly:2026-07-01', issuer: 'tram-y-te/health' })
  const made = await server.send(links.reports(), { method: 'POST', headers: { cookie }, body })
  report = Number(made.headers.get('location')?.split('/').at(-1))
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const load = async (path: string) => Buffer.from(await (await server.send(path, { headers: { cookie } })).arrayBuffer())
const textOfZip = (bytes: Buffer) =>
  Object.values(unzipSync(bytes))
    .map((part) => strFromU8(part))
    .join('\n')

test('a report names the checkpoint it rests on in Word, PDF and Excel, the same bytes each time', async () => {
  expect(root).toHaveLength(44)
  const [word, pdf, sheet] = [links.reportWord(report), links.reportPdf(report), links.reportSheet(report)]
  expect(textOfZip(await load(word))).toContain(root)
  expect(textOfZip(await load(sheet))).toContain(root)
  const path = join(folder, 'report.pdf')
  writeFileSync(path, await load(pdf))
  const text = execFileSync('pdftotext', ['-raw', path, '-'], { encoding: 'utf8' })
  expect(text.replace(/\s/g, '')).toContain(root)
  for (const one of [word, pdf, sheet]) expect((await load(one)).equals(await load(one))).toBe(true)
})

test('so do the open data package and the province’s interface', async () => {
  const pack = (await (await server.send(links.openDataFile('datapackage.json'))).json()) as {
    ledger: { checkpoint: string }
  }
  expect(readCheckpoint(pack.ledger.checkpoint)?.size).toBeGreaterThan(8)
  const result = await server.read<{ ledger: string }>(links.api.province('2026-07'))
  expect(readCheckpoint(result.ledger)?.size).toBeGreaterThan(8)
})

test('and a backup', async () => {
  const path = join(folder, 'one.ydb')
  const settings = { product: '0', passphrase: null, contactKey: null, at: new Date(clock).toISOString() }
  const done = await writeBackup(server.connection, path, settings)
  expect(readCheckpoint(done.checkpoint ?? '')?.size).toBeGreaterThan(8)
  for await (const { kind, bytes } of readBackupFile(path, null))
    if (kind === 'H') expect(JSON.parse(bytes.toString()).checkpoint).toBe(done.checkpoint)
})

test('what an erasure leaves behind still proves itself, and its line says when and why', async () => {
  const comment = 'Xin xóa lời này.'
  const body = { ...(await fullBody(server, 'TCHUNG', 2)), comment }
  const { receipt } = (await (await server.answer(body)).json()) as { receipt: string }
  await server.catchUp()
  clock += 86_400_000
  const proofBefore = await load(links.receiptProof('TCHUNG', receipt))
  const at = new Date(clock).toISOString()
  const [request] = await server.database.sql<{ id: number }[]>`
    insert into rights_requests (receipt, kind, asked_on, due_on)
    values (${receipt}, 'delete', ${at.slice(0, 10)}, ${at.slice(0, 10)}) returning id`
  const settled = { erase: true, outcome: 'Đã xóa.', actor: 'admin', at }
  expect(await settleRightsRequest(server.database, request?.id ?? 0, settled)).toBe(true)
  await server.catchUp()
  const [line] = await server.database.sql<{ body: string }[]>`select body from ledger_entries where kind = 'erasure'`
  expect(JSON.parse(line?.body ?? '')).toMatchObject({
    response: body.id,
    at,
    reason: expect.stringContaining('91/2025'),
  })
  expect(line?.body).not.toContain(comment)
  const proofAfter = await load(links.receiptProof('TCHUNG', receipt))
  expect(proofAfter.toString().split('\n')[1]).toBe(proofBefore.toString().split('\n')[1])
  const key = (await (await server.send(links.ledgerKey)).text()).split('\n')[0] as string
  for (const proof of [proofBefore, proofAfter])
    expect((await verify(['--proof', keepFile(folder, proof.toString()), '--key', key])).code).toBe(0)
  expect((await verify(['--database-url', urlOf(server.connection as never)])).output).toMatch(/^Không thấy sai lệch/)
})
