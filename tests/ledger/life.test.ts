import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeBackup } from '../../db/backup/backup.ts'
import { restoreBackup } from '../../db/backup/restore.ts'
import { openDatabase } from '../../db/client.ts'
import { launchDatabase } from '../../db/embedded/launch.ts'
import { handOver } from '../../server/ledger/handover.ts'
import { runNightly } from '../../server/ledger/nightly.ts'
import { readCheckpoint } from '../../server/ledger/note-rules.ts'
import { openPassingVault, openVault, type Vault } from '../../server/ledger/vault.ts'
import { links } from '../../web/links.ts'
import { cloneDatabase, fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'
import { urlOf, verify } from './books.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ydan-life-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const answerMany = async (server: TestServer, count: number) => {
  for (let at = 0; at < count; at += 1)
    expect((await server.answer(await fullBody(server, 'TCHUNG', (at % 5) + 1))).status).toBe(201)
}
const checkpointOf = async (server: TestServer) => {
  const note = await (await server.send(links.ledgerCheckpoint)).text()
  return readCheckpoint(note) as NonNullable<ReturnType<typeof readCheckpoint>>
}
const partsOf = async (server: TestServer, vault: Vault) => {
  const rows = await server.database.sql<{ key: string; value: string }[]>`select key, value from settings`
  const secret = (name: string) => rows.find(({ key }) => key === name)?.value ?? ''
  const keys = { nonceKey: secret('key.ledger'), receiptKey: secret('key.receipt') }
  return { database: server.database, vault, now: Date.now, ...keys }
}
const silent = () => {}

test('the page of a new installation links to the checkpoint only once there is one', async () => {
  const server = await startTestServer()
  const agree = async () => {
    const html = await (await server.send(links.ledger)).text()
    const { status } = await server.send(links.ledgerCheckpoint)
    expect([status, html.includes(`href="${links.ledgerCheckpoint}"`)]).toEqual([status, status === 200])
    return status
  }
  expect(await agree()).toBe(404)
  await answerMany(server, 1)
  await server.catchUp()
  expect(await agree()).toBe(200)
  await server.stop()
})

describe('the order', () => {
  test('what commits late gets its line late, and nothing is skipped', async () => {
    const server = await startTestServer()
    await answerMany(server, 2)
    const slow = openDatabase(server.connection)
    let finish = silent
    const held = slow.sql.begin(async (transaction) => {
      await transaction`insert into responses (place_id, id, version_id, day, received_at, field_id, service_mode, channel,
        respondent, language, standing, answers, wave_id, stratum_id)
        select place_id, gen_random_uuid(), version_id, day, received_at, field_id, service_mode, channel,
        respondent, language, standing, answers, wave_id, stratum_id from responses limit 1`
      await new Promise<void>((resolve) => {
        finish = resolve
      })
    })
    while (finish === silent) await new Promise((resolve) => setTimeout(resolve, 20))
    await answerMany(server, 3)
    await server.catchUp()
    const countLines = async () =>
      Number((await server.database.sql`select count(*) from ledger_entries where kind = 'response'`)[0]?.count)
    // Those after the open transaction wait for it, rather than that it could slip in behind a mark.
    expect(await countLines()).toBeLessThan(6)
    finish()
    await held
    await server.catchUp()
    expect(await countLines()).toBe(6)
    await slow.close()
    await server.stop()
  })

  test('a backlog longer than one reading is logged whole', async () => {
    const server = await startTestServer()
    await answerMany(server, 1)
    await server.database.sql`insert into responses (place_id, id, version_id, day, received_at, field_id, service_mode,
      channel, respondent, language, standing, answers, wave_id, stratum_id)
      select place_id, gen_random_uuid(), version_id, day, received_at, field_id, service_mode, channel,
      respondent, language, standing, answers, wave_id, stratum_id from responses, generate_series(1, 1700)`
    expect(await server.countDiffering()).toBeGreaterThan(0)
    expect(await server.catchUp()).toBeNull()
    const said = await verify(['--database-url', urlOf(server.connection as never)])
    expect(said.output).toMatch(/^Không thấy sai lệch trong 1\.7\d\d dòng/)
    await server.stop()
  })

  test('two processes at once add every response once, in one tree', async () => {
    const connection = await cloneDatabase()
    const vault = openPassingVault()
    const [one, two] = await Promise.all([1, 2].map(() => startTestServer({ connection, vault })))
    const servers = [one, two] as [TestServer, TestServer]
    await Promise.all(
      servers.flatMap((server) => [answerMany(server, 25), ...[1, 2, 3, 4, 5].map(() => server.catchUp())]),
    )
    await servers[0].catchUp()
    const [row] = await servers[0].database.sql`
      select count(*)::int as lines, count(distinct response_id)::int as responses from ledger_entries where kind = 'response'`
    expect(row).toEqual({ lines: 50, responses: 50 })
    expect((await verify(['--database-url', urlOf(connection)])).output).toMatch(/^Không thấy sai lệch/)
    await Promise.all(servers.map((server) => server.stop()))
  })
})

describe('the key', () => {
  test('is made once, readable by its owner only, and carries the public address as its name', () => {
    const dataDir = join(folder, 'key')
    const first = openVault(null, dataDir, 'https://ydan.example.vn').signer()
    const again = openVault(null, dataDir, 'https://another.example.vn').signer()
    expect(first.name).toBe('ydan.example.vn/so-cai')
    expect(again.publicKey.equals(first.publicKey)).toBe(true)
    expect(() => openVault('PRIVATE+KEY+x', dataDir, null)).toThrow('LEDGER_KEY')
  })

  test('another one does not sign: it says so and leaves the ledger as it is', async () => {
    const server = await startTestServer({ vault: openPassingVault() })
    await answerMany(server, 1)
    await server.catchUp()
    const before = await checkpointOf(server)
    const other = await startTestServer({ connection: server.connection, vault: openPassingVault() })
    await answerMany(other, 1)
    expect(await other.catchUp()).toBe('other_key')
    expect(await checkpointOf(other)).toEqual(before)
    await other.stop()
    await server.stop()
  })

  test('is handed over by a line both keys sign; who remembers the old one follows', async () => {
    const vault = openPassingVault()
    const server = await startTestServer({ vault })
    await answerMany(server, 2)
    await server.catchUp()
    const remember = join(folder, 'witness.txt')
    expect((await verify(['--url', server.url, '--remember', remember])).code).toBe(0)
    await handOver(await partsOf(server, vault), false, silent)
    await answerMany(server, 2)
    await server.catchUp()
    const said = await verify(['--url', server.url, '--remember', remember])
    expect(said.output).toMatch(/^Không thấy sai lệch/)
    expect(said.code).toBe(0)
    expect((await verify(['--database-url', urlOf(server.connection as never)])).code).toBe(0)
    await server.stop()
  })
})

describe('a restored copy', () => {
  let server: TestServer
  let vault: Vault
  let backup: string
  let copied: number
  let launched: Awaited<ReturnType<typeof launchDatabase>>
  beforeAll(async () => {
    vault = openPassingVault()
    server = await startTestServer({ vault })
    await answerMany(server, 5)
    await server.catchUp()
    copied = (await checkpointOf(server)).size
    backup = join(folder, 'before.ydb')
    const settings = { product: '0', passphrase: null, contactKey: null, at: new Date().toISOString() }
    await writeBackup(server.connection, backup, settings)
    await answerMany(server, 3)
  })
  afterAll(() => server.stop())

  const restored = async (work: (copy: TestServer) => Promise<void>) => {
    launched = await launchDatabase(mkdtempSync(join(folder, 'data-')), silent)
    await restoreBackup(launched.connection, backup, null)
    const copy = await startTestServer({ connection: launched.connection, vault })
    try {
      await work(copy)
    } finally {
      await copy.stop()
      await launched.stop()
    }
  }

  test('goes on where nothing was shown after it', async () => {
    await restored(async (copy) => {
      await answerMany(copy, 2)
      expect(await copy.catchUp()).toBeNull()
      expect((await checkpointOf(copy)).size).toBe(copied + 2)
      expect((await verify(['--database-url', urlOf(launched.connection as never)])).output).toMatch(/^Không thấy/)
    })
  })

  test('refuses to go on where more was shown, and says so to everybody', async () => {
    await server.catchUp()
    await restored(async (copy) => {
      await answerMany(copy, 1)
      expect(await copy.catchUp()).toBe('rolled_back')
      expect((await checkpointOf(copy)).size).toBe(copied)
    })
  })

  test('goes on under another name with the gap in a line of its own, so that it is no fork', async () => {
    await restored(async (copy) => {
      const remember = join(folder, 'newspaper.txt')
      await verify(['--url', server.url, '--remember', remember])
      const { size, shown, name } = await handOver(await partsOf(copy, vault), true, silent)
      expect([size, shown > size, name]).toEqual([copied, true, 'thu.invalid/so-cai-2'])
      await answerMany(copy, 1)
      expect(await copy.catchUp()).toBeNull()
      const said = await verify(['--url', copy.url, '--remember', remember])
      expect(said.output).toMatch(/đã được khôi phục từ bản sao lưu: .*đã từng công bố \d+ dòng/)
      expect(said.code).toBe(1)
      expect((await verify(['--database-url', urlOf(launched.connection as never)])).code).toBe(0)
    })
  })
})

describe('the nightly check', () => {
  test('is kept, and a finding is told to administrator, auditor and leader', async () => {
    const server = await startTestServer()
    await answerMany(server, 3)
    await server.catchUp()
    const source = { args: ['--database-url'], env: { DATABASE_URL: urlOf(server.connection as never) } }
    const parts = { database: server.database, now: Date.now, source }
    expect((await runNightly(parts)).findings).toEqual([])
    await server.database.sql`update responses set answers = translate(answers, '12', '55')`
    const found = await runNightly(parts)
    expect(found.findings.length).toBeGreaterThan(0)
    for (const [role, path] of [
      ['administrator', links.system],
      ['auditor', links.audit()],
      ['leader', links.commune()],
    ] as const) {
      const { cookie } = await server.signInAs(role)
      const html = await (await server.send(path, { headers: { cookie } })).text()
      expect(html).toContain('Kiểm tra sổ cái thấy')
      expect(html).toContain('câu trả lời đã bị sửa')
    }
    const broken = await runNightly({
      ...parts,
      source: { args: ['--database-url', 'postgres://x@127.0.0.1:1/x'], env: {} },
    })
    expect(broken.failure).not.toBeNull()
    await server.stop()
  })
})
