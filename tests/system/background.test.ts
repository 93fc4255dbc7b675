import { describe, expect, test } from 'vitest'
import { createBackground } from '../../server/background.ts'
import { links } from '../../web/links.ts'
import { cloneDatabase, startTestServer, type TestServer } from '../fixtures/test-server.ts'

describe('work in the background', () => {
  test('logs a failure once, another one again, and says since when and when it last went well', async () => {
    let clock = Date.UTC(2026, 10, 27, 1)
    const logged: unknown[] = []
    const background = createBackground(
      () => clock,
      ({ work, cause }) => logged.push([work, (cause as Error).message]),
    )
    const fail = (message: string) => background.run('months', () => Promise.reject(new Error(message)))
    expect(await background.run('months', async () => 7)).toBe(7)
    for (const message of ['một', 'một', 'hai']) {
      clock += 3_600_000
      expect(await fail(message)).toBeUndefined()
    }
    expect(logged).toEqual([
      ['months', 'một'],
      ['months', 'hai'],
    ])
    const expected = { failingSince: '2026-11-27T02:00:00.000Z', failedAt: '2026-11-27T04:00:00.000Z', reason: 'hai' }
    expect(background.list()).toEqual([{ name: 'months', ...expected, succeededAt: '2026-11-27T01:00:00.000Z' }])
    await background.run('months', async () => {})
    expect(background.list()[0]).toMatchObject({ failingSince: null, reason: null })
    await fail('một')
    expect(logged).toHaveLength(3)
  })

  test('shows the innermost reason, without the statement and its values', async () => {
    const background = createBackground(Date.now, () => {})
    const wrapped = new Error('Failed query: insert … params: 0912345678', { cause: new Error('relation is missing') })
    await background.run('sessions', () => Promise.reject(wrapped))
    expect(background.list()[0]?.reason).toBe('relation is missing')
  })

  test('that fails at the start is shown on the system page, and the server serves', async () => {
    const connection = await cloneDatabase()
    const first = await startTestServer({ connection })
    expect(await read(first)).not.toContain('Việc chạy nền chưa làm được')
    await first.database.sql`alter table device_marks rename to device_marks_away`
    await first.stop()
    const server = await startTestServer({ connection })
    const text = await read(server)
    expect(text).toMatch(
      /chưa làm được: xóa dấu máy và số đếm giờ đã cũ Lỗi từ .+, chưa làm được lần nào .+ relation "device_marks"/,
    )
    expect(text).toMatch(/Xóa phiên đăng nhập đã cũ \d\d\/\d\d\/\d{4} \d\d:\d\d tốt/)
    expect((await server.send(links.survey('QUAYHT'))).status).toBe(200)
    await server.stop()
  })
})

async function read(server: TestServer): Promise<string> {
  const { cookie } = await server.signInAs('administrator')
  const reply = await server.send(links.system, { headers: { cookie } })
  expect(reply.status).toBe(200)
  return (await reply.text())
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('\u00a0', ' ')
    .replace(/\s+/g, ' ')
}
