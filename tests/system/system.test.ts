import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settings } from '../../db/catalogue/tables.ts'
import { backupHealth, diskHealth } from '../../server/system/rules.ts'
import { links } from '../../web/links.ts'
import { apiKey, fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
const now = Date.UTC(2026, 10, 23, 3)
const config = {
  dataDir: '.',
  placeBudgetPerHour: 77,
  publicUrl: 'https://ydan.example.vn',
  adminPassword: 'mat-khau-dau',
}
beforeAll(async () => {
  server = await startTestServer({ now: () => now, config })
})
afterAll(() => server.stop())

async function open(one: TestServer): Promise<string> {
  const { cookie } = await one.signInAs('administrator')
  const reply = await one.send(links.system, { headers: { cookie } })
  expect(reply.status).toBe(200)
  return (await reply.text())
    .replaceAll(/<wbr\s*\/?>/g, '')
    .replace(/<style.*?<\/style>|<[^>]+>/gs, ' ')
    .replaceAll('\u00a0', ' ')
    .replace(/\s+/g, ' ')
}

describe('the system page', () => {
  test('says what runs, on what, and how much there is', async () => {
    for (const place of ['QUAYHT', 'KHAMBENH', 'TRTH']) await server.answer(await fullBody(server, place, 5))
    const text = await open(server)
    expect(text).toMatch(/Phiên bản \d+\.\d+\.\d+ /)
    expect(text).toContain(`Node.js ${process.versions.node}`)
    expect(text).toMatch(/PostgreSQL 1\d\.\d+/)
    expect(text).toMatch(/Dung lượng \d+(,\d)? (MB|GB)/)
    expect(text).toMatch(/Kết nối \d+ trên \d+/)
    expect(text).toMatch(/Phiếu đã nhận 3 /)
    expect(text).toContain('Ghi phiếu đang ghi được')
    expect(text).toMatch(/Đĩa còn trống [\d,]+ (GB|MB|TB) trên/)
    expect(text).toContain('Tình trạng lúc 23/11/2026 10:00')
  })

  test('shows the settings in force and no secret', async () => {
    const text = await open(server)
    expect(text).toContain('PLACE_BUDGET_PER_HOUR 77')
    expect(text).toContain('PUBLIC_URL https://ydan.example.vn')
    for (const name of ['HOST 127.0.0.1', 'TRUST_PROXY false', 'LOG_LEVEL silent']) expect(text).toContain(name)
    expect(text).toContain('API_KEY đã đặt')
    for (const secret of [apiKey, config.adminPassword]) expect(text).not.toContain(secret)
    const secrets = await server.database.query.select().from(settings)
    const keys = secrets.filter(({ key }) => key.startsWith('key.'))
    expect(keys.length).toBeGreaterThan(0)
    for (const { value } of keys) expect(text).not.toContain(value)
  })

  test('never shows the address of a database with its password', async () => {
    const databaseUrl = 'postgres://ydan:mat-khau-csdl@db.example/ydan'
    const other = await startTestServer({ now: () => now, config: { ...config, databaseUrl } })
    const text = await open(other)
    await other.stop()
    expect(text).toContain('DATABASE_URL đã đặt')
    expect(text).not.toMatch(/mat-khau-csdl|db\.example/)
  })

  test('warns while there is no backup, and shows the last one', async () => {
    expect(await open(server)).toContain('Chưa có bản sao lưu nào')
    const note = (at: string) => JSON.stringify({ at, file: 'y-dan-2026-11-22.tar', bytes: 12_345_678, responses: 3 })
    const keep = (value: string) =>
      server.database.sql`insert into settings values ('last_backup', ${value})
        on conflict (key) do update set value = excluded.value`
    await keep(note('2026-11-22T18:00:00.000Z'))
    const fresh = await open(server)
    expect(fresh).toMatch(/Bản mới nhất 23\/11\/2026 01:00 tốt Tệp y-dan-2026-11-22\.tar Dung lượng 12 MB/)
    expect(fresh).not.toContain('Chưa có bản sao lưu nào')
    await keep(note('2026-11-20T18:00:00.000Z'))
    expect(await open(server)).toContain('đã cũ hơn hai ngày')
    await keep('không phải JSON')
    expect(await open(server)).toContain('Chưa có bản sao lưu nào')
  })

  test('opens where the folder of the data does not exist', async () => {
    const other = await startTestServer({ now: () => now, config: { ...config, dataDir: '/khong/co' } })
    expect(await open(other)).toContain('Đĩa còn trống không đo được ở máy này')
    await other.stop()
  })

  test.each([
    [499_999_999, 'alarm'],
    [500_000_000, 'warn'],
    [999_999_999, 'warn'],
    [1_000_000_000, 'ok'],
  ])('%i free bytes are %s', (free, health) => {
    expect(diskHealth(free)).toBe(health)
  })

  test.each([
    [null, 'warn'],
    ['2026-11-23T03:00:00Z', 'ok'],
    ['2026-11-21T03:00:00Z', 'ok'],
    ['2026-11-21T02:59:59Z', 'warn'],
  ])('a backup of %s is %s', (at, health) => {
    expect(backupHealth(at === null ? null : { at }, now)).toBe(health)
  })
})
