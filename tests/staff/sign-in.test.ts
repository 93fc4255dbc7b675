import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { testPassword } from '../fixtures/global-setup.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let clock = Date.UTC(2026, 10, 23, 3)
beforeAll(async () => {
  server = await startTestServer({ now: () => clock })
})
afterAll(() => server.stop())

const signIn = (password: string, extra: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  server.send(links.signIn(), {
    method: 'POST',
    headers,
    body: new URLSearchParams({ username: 'admin', password, ...extra }),
  })

describe('signing in', () => {
  test('opens a session in an HttpOnly SameSite cookie and goes on where one wanted to go', async () => {
    const asked = await server.send(links.indicators())
    expect([asked.status, asked.headers.get('location')]).toEqual([303, links.signIn(links.indicators())])
    const reply = await signIn(testPassword, { next: links.indicators() })
    expect([reply.status, reply.headers.get('location')]).toEqual([303, links.indicators()])
    expect(reply.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Lax/)
  })

  test.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'never leads to %s',
    async (next) => {
      expect((await signIn(testPassword, { next })).headers.get('location')).toBe(links.today())
    },
  )

  test('refuses a wrong password and an unknown name alike', async () => {
    expect((await signIn('sai')).status).toBe(401)
    expect((await signIn(testPassword, { username: 'ai-do' })).status).toBe(401)
  })

  test('slows down after five wrong passwords, for half a minute only, also for the right one', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) await signIn('sai')
    expect((await signIn(testPassword)).status).toBe(429)
    clock += 31_000
    expect((await signIn(testPassword)).status).toBe(303)
    expect((await signIn(testPassword)).status).toBe(303)
  })

  test('refuses a form that another site sent', async () => {
    expect((await signIn(testPassword, {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await signIn(testPassword, {}, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await signIn(testPassword, {}, { origin: server.url })).status).toBe(303)
  })

  test('signing out ends the session for good', async () => {
    const { cookie } = await server.signIn()
    const open = () => server.send(links.today(), { headers: { cookie } })
    expect((await open()).status).toBe(200)
    const reply = await server.send(links.signOut, { method: 'POST', headers: { cookie } })
    expect(reply.headers.get('location')).toBe(links.signIn())
    expect((await open()).status).toBe(303)
  })

  test('stores neither the password nor the session token', async () => {
    const { cookie } = await server.signIn()
    const rows = await server.database
      .sql`select password_hash as text from staff union all select token_hash from sessions`
    const stored = rows.map(({ text }) => text).join('\n')
    expect(stored).not.toContain(cookie.split('=')[1])
    expect(stored).toContain('$argon2id$')
  })
})

describe('staff pages', () => {
  test.each([
    links.today(),
    links.indicators(),
    links.places,
    links.questionnaires,
    links.place('QUAYHT'),
    links.placeQr('QUAYHT'),
    links.posters(['QUAYHT']),
    links.live,
    links.questionnaire('administrative', 1),
  ])('%s is closed without signing in and open after it', async (path) => {
    expect((await server.send(path)).status).toBe(303)
    const { cookie } = await server.signIn()
    const reply = await server.send(path, { headers: { cookie } })
    expect(reply.status).toBe(200)
    await reply.body?.cancel()
  })

  test('a place renamed and closed says so to citizens at once, and reopens', async () => {
    const { cookie } = await server.signIn()
    const change = (status: string) =>
      server.send(links.place('TRMN'), {
        method: 'POST',
        headers: { cookie },
        body: new URLSearchParams({
          nameVi: 'Trường Mầm non Tân Thuận',
          nameEn: 'Tan Thuan Kindergarten',
          nameKm: 'សាលា',
          status,
          budgetPerHour: '50',
        }),
      })
    expect((await change('closed')).status).toBe(303)
    expect((await server.send(links.survey('TRMN'))).status).toBe(410)
    expect(
      (await server.answer(await fullBody(server, 'TRTH', 5).then((body) => ({ ...body, place: 'TRMN' })))).status,
    ).toBe(410)
    await change('open')
    const page = await (await server.send(links.survey('trmn'))).text()
    expect(page).toContain('Trường Mầm non Tân Thuận')
  })

  test('a wrong change is refused with the reason and changes nothing', async () => {
    const { cookie } = await server.signIn()
    const body = new URLSearchParams({ nameVi: '', nameEn: 'x', nameKm: 'x', status: 'open', budgetPerHour: '-1' })
    const reply = await server.send(links.place('TRTH'), { method: 'POST', headers: { cookie }, body })
    expect(reply.status).toBe(422)
    expect(await reply.text()).toContain('Xin ghi tên')
    const [row] = await server.database.sql`select name->>'vi' as name, budget_per_hour from places where code = 'TRTH'`
    expect(row).toMatchObject({ budget_per_hour: null })
    expect(row?.name).not.toBe('')
  })

  test('a translation is called unreviewed until an administrator says a native speaker reviewed it', async () => {
    const { cookie } = await server.signIn()
    const khmer = async () => (await server.send(`${links.survey('QUAYHT')}?lang=km`)).text()
    expect(await khmer()).toContain('Bản dịch chưa được duyệt')
    const mark = (reviewed: string) =>
      server.send(links.reviewTranslation('administrative', 1), {
        method: 'POST',
        headers: { cookie },
        body: new URLSearchParams({ language: 'km', reviewed }),
      })
    expect((await mark('yes')).status).toBe(303)
    expect(await khmer()).not.toContain('Bản dịch chưa được duyệt')
    await mark('no')
    expect(await khmer()).toContain('Bản dịch chưa được duyệt')
  })

  test('no changing route works without a session', async () => {
    for (const path of [links.place('QUAYHT'), links.qrSettings, links.reviewTranslation('administrative', 1)]) {
      const reply = await server.send(path, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams({ status: 'closed' }),
      })
      expect(reply.status, path).toBe(401)
    }
  })
})
