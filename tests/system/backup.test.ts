import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeBackup } from '../../db/backup/backup.ts'
import { BackupRefused, type Frame, writeBackupFile } from '../../db/backup/file.ts'
import { restoreBackup, verifyBackup } from '../../db/backup/restore.ts'
import { type Connection, openDatabase } from '../../db/client.ts'
import { findReport } from '../../db/reports/reports.ts'
import { rebuildTallies } from '../../db/respond/rebuild.ts'
import { recordAudit } from '../../db/staff/audit.ts'
import { withinScope } from '../../db/staff/scope.ts'
import { remakeReports } from '../../scripts/command/restore-reports.ts'
import { planVersion } from '../../server/catalogue/draw-rules.ts'
import { addToCells, keyOfCell } from '../../server/tallies/rules.ts'
import { links } from '../../web/links.ts'
import { makeEmpty } from '../fixtures/database/empty-database.ts'
import { fillBlanks } from '../fixtures/reports/fill-blanks.ts'
import { fullBody, readComments, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const run = promisify(execFile)
const plain = { product: '0.0.0', passphrase: null, contactKey: null, at: '2026-11-24T01:00:00.000Z' }
const comment = 'Cột một\tcột hai\nDòng \\N hai \\. “Thủ tục”'

let server: TestServer
let folder: string
let whole: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ydan-backup-'))
  server = await startTestServer({ config: { placeBudgetPerHour: 100_000 } })
  await answerMany(120)
  await withinScope(server.database, 'all', (t) =>
    recordAudit(t, { actor: 'admin', action: 'place.change', subject: 'QUAYHT', after: { open: true } }),
  )
  await approveReport()
  whole = join(folder, 'whole.ydb')
  await writeBackup(server.connection, whole, plain)
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function answerMany(count: number): Promise<void> {
  const places = ['QUAYHT', 'KHAMBENH', 'TCHUNG', 'TRMN', 'DVCTT']
  for (let at = 0; at < count; at += 1) {
    const body = await fullBody(server, places[at % places.length] as string, (at % 5) + 1)
    expect((await server.answer(at % 7 ? body : { ...body, comment })).status).toBe(201)
  }
}

/** A report of the health station, approved for good. */
async function approveReport(): Promise<void> {
  const send = (path: string, cookie: string, form: Record<string, string>) =>
    server.send(path, { method: 'POST', headers: { cookie }, body: new URLSearchParams(form) })
  const period = `quarterly:${new Date().getUTCFullYear() - 1}-10-01`
  const maker = await server.signInAs('manager', ['tram-y-te'])
  const made = await send(links.reports(), maker.cookie, { period, issuer: 'tram-y-te/health' })
  expect(made.status).toBe(303)
  const id = Number(made.headers.get('location')?.split('/').at(-1))
  await fillBlanks(server, id, maker.cookie)
  const hash = (await findReport(server.database, id))?.hash ?? ''
  const leader = await server.signInAs('leader')
  expect((await send(links.approveReport(id), leader.cookie, { hash })).status).toBe(303)
}

/** Every row of a table as text, in an order of its own. */
async function fingerprint(connection: Connection, table: string): Promise<string[]> {
  const database = openDatabase(connection)
  try {
    return await database.sql.begin(async (t) => {
      await t`select set_config('ydan.agencies', 'all', true)`
      return (await t.unsafe<{ row: string }[]>(`select t::text as row from ${table} t order by 1`)).map(
        ({ row }) => row,
      )
    })
  } finally {
    await database.close()
  }
}

async function countTables(connection: Connection): Promise<number> {
  const database = openDatabase(connection)
  const [row] = await database.sql`select count(*)::int as n from pg_tables where schemaname = 'public'`
  await database.close()
  return row?.n as number
}

describe('a backup', () => {
  test('restored elsewhere is the same in every row, guarded tables included, and recounts equal', async () => {
    const target = await makeEmpty()
    const { header, rows } = await restoreBackup(target, whole, null)
    expect(rows.responses).toBe(120)
    expect(rows.comments).toBe(18)
    expect(rows.audit_log).toBeGreaterThan(0)
    for (const { name } of header.tables.filter((table) => table.name !== 'settings'))
      expect(await fingerprint(target, name), name).toEqual(await fingerprint(server.connection, name))
    const database = openDatabase(target)
    expect((await readComments(database)).map(({ body }) => body)).toEqual(Array.from({ length: 18 }, () => comment))
    expect((await rebuildTallies(database, { planVersion, addToCells, keyOfCell })).differing).toBe(0)
    expect(await remakeReports(database)).toEqual({ same: 1, different: 0 })
    // Row-level security binds again, and identities go on where they were.
    expect(await database.sql`select from comments`).toHaveLength(0)
    const [agency] = await database.sql`
      insert into agencies (code, name, short_name, position) values ('moi', '{}', 'Mới', 99) returning id`
    expect(agency?.id).toBeGreaterThan(8)
    const [next] = await database.sql`select nextval('case_positions')::int as position`
    expect(next?.position).toBeGreaterThan(18)
    await database.close()
    const again = await startTestServer({ connection: target })
    expect((await again.answer(await fullBody(again, 'QUAYHT', 5))).status).toBe(201)
    await again.stop()
  })

  test('made while answers come in holds every answer acknowledged before it began, and no half of one', async () => {
    const path = join(folder, 'busy.ydb')
    const before = await server.database.sql`select place_id, id from responses`
    const traffic = answerMany(60)
    await writeBackup(server.connection, path, plain)
    await traffic
    const target = await makeEmpty()
    await restoreBackup(target, path, null)
    const database = openDatabase(target)
    const kept = new Set(
      (await database.sql`select place_id, id from responses`).map((row) => `${row.place_id} ${row.id}`),
    )
    expect(before.filter((row) => !kept.has(`${row.place_id} ${row.id}`))).toEqual([])
    expect((await rebuildTallies(database, { planVersion, addToCells, keyOfCell })).differing).toBe(0)
    await database.close()
  })

  test('is noted for the administrator’s page, without its folder', async () => {
    const [row] = await server.database.sql`select value from settings where key = 'last_backup'`
    expect(JSON.parse(row?.value as string)).toMatchObject({ file: expect.stringMatching(/^[^/]+\.ydb$/) })
  })

  test('that breaks off leaves no file', async () => {
    const path = join(folder, 'broken.ydb')
    async function* broken(): AsyncGenerator<Frame> {
      yield { kind: 'H', bytes: Buffer.from('{}') }
      throw new Error('connection lost')
    }
    await expect(writeBackupFile(path, broken(), null)).rejects.toThrow('connection lost')
    expect([existsSync(path), existsSync(`${path}.part`)]).toEqual([false, false])
  })
})

describe('a file that is not whole', () => {
  const spoilt = Array.from({ length: 20 }, (_, index) => (index + 0.5) / 20)

  test.each(spoilt)('cut at %f of its length is refused and nothing is written', async (share) => {
    const bytes = readFileSync(whole)
    await refuse(bytes.subarray(0, Math.floor(bytes.length * share)))
  })

  test.each(spoilt)('with one bit changed at %f is refused and nothing is written', async (share) => {
    const bytes = readFileSync(whole)
    const at = Math.floor(bytes.length * share)
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
    await refuse(bytes)
  })

  async function refuse(bytes: Buffer): Promise<void> {
    const path = join(folder, 'spoilt.ydb')
    writeFileSync(path, bytes)
    await expect(verifyBackup(path, null)).rejects.toThrow(BackupRefused)
  }

  test('is refused before the first table is made', async () => {
    const path = join(folder, 'spoilt-last.ydb')
    const bytes = readFileSync(whole)
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 100) ^ 1, bytes.length - 100)
    writeFileSync(path, bytes)
    const target = await makeEmpty()
    await expect(restoreBackup(target, path, null)).rejects.toThrow(/không nguyên vẹn/)
    expect(await countTables(target)).toBe(0)
  })
})

describe('an encrypted backup', () => {
  test('opens with its passphrase only, and shows nothing without it', async () => {
    const path = join(folder, 'secret.ydb')
    await writeBackup(server.connection, path, {
      ...plain,
      passphrase: 'mat-khau-sao-luu',
      contactKey: 'ab'.repeat(32),
    })
    expect((await verifyBackup(path, 'mat-khau-sao-luu')).contactKey).toBe('ab'.repeat(32))
    await expect(verifyBackup(path, 'sai')).rejects.toThrow(/không đúng/)
    await expect(verifyBackup(path, null)).rejects.toThrow(/có mã hóa/)
    const target = await makeEmpty()
    expect((await restoreBackup(target, path, 'mat-khau-sao-luu')).rows.responses).toBeGreaterThanOrEqual(120)
  })
})

describe('the commands', () => {
  const command = (script: string, dataDir: string, ...given: string[]) => {
    const { DATABASE_URL: _, ...rest } = process.env
    const env = { ...rest, DATA_DIR: join(folder, dataDir), BACKUP_PASSPHRASE: 'mat-khau-sao-luu' }
    return run(process.execPath, ['--import', 'tsx', `scripts/${script}.ts`, ...given], { env })
  }

  test('restore into a new folder, back that up, and restore again with its key', async () => {
    const first = await command('restore', 'data-1', whole)
    expect(first.stdout).toMatch(/Đếm lại 1[28]0 phiếu: 0 ô số đếm khác/)
    expect(first.stdout).toMatch(/1 báo cáo đã duyệt làm lại giống hệt, 0 báo cáo khác/)
    const out = join(folder, 'many')
    const options = ['--out', out, '--keep', '1', '--with-key']
    writeFileSync(join(folder, 'data-1', 'contact.key'), `${'cd'.repeat(32)}\n`)
    expect((await command('backup', 'data-1', ...options)).stdout).toMatch(/Đã sao lưu 1[28]0 phiếu .*có mã hóa/)
    // Names go by the second.
    const made = Math.floor(Date.now() / 1000)
    await expect.poll(() => Math.floor(Date.now() / 1000)).toBeGreaterThan(made)
    await command('backup', 'data-1', ...options)
    const [name, ...others] = readdirSync(out)
    expect([name, others]).toEqual([expect.stringMatching(/^y-dan-\d{8}-\d{6}\.ydb$/), []])
    await command('restore', 'data-2', join(out, name as string))
    expect(readFileSync(join(folder, 'data-2', 'contact.key'), 'utf8').trim()).toBe('cd'.repeat(32))
    const refused = command('restore', 'data-2', join(out, name as string))
    await expect(refused).rejects.toMatchObject({ stderr: expect.stringMatching(/phải trống/) })
  })

  test('a refused file makes no data folder', async () => {
    const path = join(folder, 'khong-phai.ydb')
    writeFileSync(path, 'không phải bản sao lưu')
    const refused = command('restore', 'data-3', path)
    await expect(refused).rejects.toMatchObject({ stderr: expect.stringMatching(/không phải bản sao lưu/) })
    expect(existsSync(join(folder, 'data-3'))).toBe(false)
  })
})
