import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { resetAdministrator } from '../../db/staff/members.ts'
import { takeCasesBack } from '../../server/cases/hand-back.ts'
import { describeBrowser } from '../../server/staff/sign-in/browser-rules.ts'
import { hashPassword } from '../../server/staff/sign-in/passwords.ts'
import { links } from '../../web/links.ts'
import { codeAt, newMember, password, signedInAdministrator, signIn, turnOnFactor } from '../fixtures/accounts.ts'
import { type Jar, openJar } from '../fixtures/http/cookie-jar.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

const stepMs = 30_000
let server: TestServer
let admin: Jar
let clock = Date.UTC(2026, 10, 23, 3)
beforeAll(async () => {
  server = await startTestServer({ now: () => clock, config: { trustProxy: true } })
  admin = await signedInAdministrator(server)
})
afterAll(() => server.stop())

describe('the second factor', () => {
  test('is asked after the password; the password alone opens nothing', async () => {
    const member = await newMember(server, admin, 'hai-buoc')
    const { secret, codes } = await turnOnFactor(member, clock)
    expect(codes).toHaveLength(8)
    const jar = openJar(server)
    const half = await signIn(jar, 'hai-buoc', password, links.indicators())
    expect(half.headers.get('location')).toBe(links.signInCode(links.indicators()))
    expect(jar.cookie('yd_session')).toBeUndefined()
    expect((await jar.get(links.account)).status).toBe(303)
    clock += stepMs
    const whole = await jar.post(links.signInCode(), { code: codeAt(secret, clock), next: links.indicators() })
    expect([whole.status, whole.headers.get('location')]).toEqual([303, links.indicators()])
    expect((await jar.get(links.account)).status).toBe(200)
    expect(jar.cookie('yd_pending')).toBeUndefined()
  })

  test('accepts the code of one step before and after, and none further away', async () => {
    const member = await newMember(server, admin, 'hai-buoc-lech')
    const { secret } = await turnOnFactor(member, clock)
    clock += 10 * stepMs
    for (const [shift, status] of [
      [-2, 401],
      [-1, 303],
      [1, 303],
      [2, 401],
    ] as const) {
      const jar = openJar(server)
      await signIn(jar, 'hai-buoc-lech', password)
      const reply = await jar.post(links.signInCode(), { code: codeAt(secret, clock + shift * stepMs) })
      expect(reply.status, `shift ${shift}`).toBe(status)
    }
  })

  test('one code used by two browsers in the same moment signs in one', async () => {
    const member = await newMember(server, admin, 'hai-buoc-dua')
    const { secret } = await turnOnFactor(member, clock)
    clock += stepMs
    const jars = Array.from({ length: 4 }, () => openJar(server))
    for (const jar of jars) await signIn(jar, 'hai-buoc-dua', password)
    const code = codeAt(secret, clock)
    const statuses = await Promise.all(jars.map(async (jar) => (await jar.post(links.signInCode(), { code })).status))
    expect(statuses.sort()).toEqual([303, 401, 401, 401])
  })

  test('the code that turned it on does not sign in as well', async () => {
    const member = await newMember(server, admin, 'hai-buoc-lai')
    const { secret } = await turnOnFactor(member, clock)
    const jar = openJar(server)
    await signIn(jar, 'hai-buoc-lai', password)
    expect((await jar.post(links.signInCode(), { code: codeAt(secret, clock) })).status).toBe(401)
  })

  test('a recovery code signs in once, in capitals and with blanks too', async () => {
    const member = await newMember(server, admin, 'hai-buoc-mat')
    const { codes } = await turnOnFactor(member, clock)
    const code = (codes[0] ?? '').toUpperCase().replaceAll('-', ' ')
    const use = async () => {
      const jar = openJar(server)
      await signIn(jar, 'hai-buoc-mat', password)
      return (await jar.post(links.signInCode(), { code })).status
    }
    expect((await Promise.all([use(), use()])).sort()).toEqual([303, 401])
    expect(await (await member.get(links.account)).text()).toContain('Còn 7 mã dự phòng')
  })

  test('new recovery codes need the password and make the old ones void', async () => {
    const member = await newMember(server, admin, 'hai-buoc-ma')
    const { codes } = await turnOnFactor(member, clock)
    expect((await member.post(links.recoveryCodes, { current: 'khong phai' })).status).toBe(422)
    const page = await (await member.post(links.recoveryCodes, { current: password })).text()
    expect(page).not.toContain(codes[0])
    const jar = openJar(server)
    await signIn(jar, 'hai-buoc-ma', password)
    expect((await jar.post(links.signInCode(), { code: codes[0] ?? '' })).status).toBe(401)
  })

  test('is turned off with the password only', async () => {
    const member = await newMember(server, admin, 'hai-buoc-tat')
    await turnOnFactor(member, clock)
    expect((await member.post(links.turnOffFactor, { current: 'khong phai' })).status).toBe(422)
    const jar = openJar(server)
    expect((await signIn(jar, 'hai-buoc-tat', password)).headers.get('location')).toBe(links.signInCode())
    expect((await member.post(links.turnOffFactor, { current: password })).status).toBe(303)
    expect((await signIn(openJar(server), 'hai-buoc-tat', password)).headers.get('location')).toBe(links.today())
    expect((await jar.get(links.signInCode())).headers.get('location')).toBe(links.signIn())
  })

  test('is not on before a right code, and a wrong one keeps the secret to try again', async () => {
    const member = await newMember(server, admin, 'hai-buoc-do')
    await member.post(links.secondFactor)
    const before = await (await member.get(links.secondFactor)).text()
    expect((await member.post(links.confirmFactor, { code: '000000' })).status).toBe(422)
    const secret = /class="secret">([^<]+)</.exec(before)?.[1] ?? 'none'
    expect(await (await member.get(links.secondFactor)).text()).toContain(secret)
    expect((await signIn(openJar(server), 'hai-buoc-do', password)).headers.get('location')).toBe(links.today())
  })

  test('a link for a forgotten password takes it off', async () => {
    const member = await newMember(server, admin, 'hai-buoc-quen')
    await turnOnFactor(member, clock)
    const page = await (await admin.post(links.staffLink('hai-buoc-quen'))).text()
    const path = /\/moi\/[\w-]+/.exec(page)?.[0] ?? ''
    await openJar(server).post(path, { password, repeated: password })
    expect((await signIn(openJar(server), 'hai-buoc-quen', password)).headers.get('location')).toBe(links.today())
  })

  test('the step between password and code lasts five minutes and ends with a new password', async () => {
    const member = await newMember(server, admin, 'hai-buoc-cho')
    const { secret } = await turnOnFactor(member, clock)
    const slow = openJar(server)
    await signIn(slow, 'hai-buoc-cho', password)
    clock += 301_000
    const late = await slow.post(links.signInCode(), { code: codeAt(secret, clock) })
    expect(late.headers.get('location')).toBe(links.signIn())
    const jar = openJar(server)
    await signIn(jar, 'hai-buoc-cho', password)
    const changed = { current: password, password: `${password} moi`, repeated: `${password} moi` }
    expect((await member.post(links.changePassword, changed)).status).toBe(303)
    const reply = await jar.post(links.signInCode(), { code: codeAt(secret, clock) })
    expect(reply.headers.get('location')).toBe(links.signIn())
  })

  test('guessing codes is slowed down, also with the right password before each', async () => {
    const member = await newMember(server, admin, 'hai-buoc-doan')
    await turnOnFactor(member, clock)
    const attacker = openJar(server, { 'x-forwarded-for': '203.0.113.9' })
    const statuses: number[] = []
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await signIn(attacker, 'hai-buoc-doan', password)
      statuses.push((await attacker.post(links.signInCode(), { code: '000000' })).status)
    }
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(6)
    expect(statuses.at(-1)).toBe(429)
  })
})

test('reset-admin lets the administrator in again without the second factor and ends every session', async () => {
  const other = await startTestServer({ now: () => clock })
  const lost = await signedInAdministrator(other)
  await turnOnFactor(lost, clock)
  await other.database.sql`update staff set disabled = true`
  await resetAdministrator(other.database.query, 'admin', await hashPassword(password), takeCasesBack)
  expect((await lost.get(links.account)).status).toBe(303)
  expect((await signIn(openJar(other), 'admin', password)).headers.get('location')).toBe(links.today())
  await other.stop()
})

describe('the database', () => {
  test('holds no secret, code, link or token that opens anything', async () => {
    const member = await newMember(server, admin, 'hai-buoc-kin')
    const { secret, codes } = await turnOnFactor(member, clock)
    const link = /\/moi\/([\w-]+)/.exec(await (await admin.post(links.staffLink('hai-buoc-kin'))).text())?.[1]
    const tables = ['staff', 'sessions', 'invitations', 'recovery_codes', 'known_browsers', 'settings', 'audit_log']
    const dump = await server.database.sql.begin(async (sql) => {
      await sql`select set_config('ydan.agencies', 'all', true)`
      const texts = []
      for (const table of tables) texts.push(await sql`select to_jsonb(t)::text as text from ${sql(table)} t`)
      return texts.flat().map(({ text }) => text)
    })
    expect(dump.length).toBeGreaterThan(50)
    const plain = codes.map((code) => code.replaceAll('-', ''))
    const secrets = [
      secret,
      ...codes,
      ...plain,
      link,
      member.cookie('yd_session'),
      member.cookie('yd_browser'),
      password,
    ]
    for (const one of secrets) {
      expect(one).toMatch(/.{10}/)
      expect(dump.filter((text) => text.includes(one as string))).toEqual([])
    }
    expect(dump.join('\n')).toContain('account.factor_on')
  })
})

describe('guessing a password', () => {
  const attackerAddress = { 'x-forwarded-for': '203.0.113.7' }

  test('never keeps out a colleague in a browser that signed in before', async () => {
    const colleague = await newMember(server, admin, 'bi-doan-quen')
    await colleague.post(links.signOut)
    for (let second = 0; second < 40; second += 1) {
      clock += 1000
      await signIn(openJar(server, attackerAddress), 'bi-doan-quen', `doan ${second} sai roi`)
    }
    expect((await signIn(colleague, 'bi-doan-quen', password)).status).toBe(303)
  })

  test('never keeps out a new browser elsewhere, however fast the attacker is', async () => {
    await newMember(server, admin, 'bi-doan-la')
    const attacker = openJar(server, attackerAddress)
    const statuses: number[] = []
    for (let second = 0; second < 100; second += 1) {
      clock += 1000
      statuses.push((await signIn(attacker, 'bi-doan-la', `doan ${second} sai roi`)).status)
    }
    // Five free ones, then one in half a minute.
    expect(statuses.filter((status) => status === 401)).toHaveLength(5 + 3)
    const colleague = openJar(server, { 'x-forwarded-for': '198.51.100.4' })
    expect((await signIn(colleague, 'bi-doan-la', password)).status).toBe(303)
  })

  test('waits no longer than half a minute for a new browser at the same address', async () => {
    await newMember(server, admin, 'bi-doan-chung')
    for (let attempt = 0; attempt < 9; attempt += 1) await signIn(openJar(server), 'bi-doan-chung', 'doan sai roi nhe')
    const colleague = openJar(server)
    expect((await signIn(colleague, 'bi-doan-chung', password)).status).toBe(429)
    clock += 31_000
    expect((await signIn(colleague, 'bi-doan-chung', password)).status).toBe(303)
  })

  test('from very many addresses at once tries few passwords in half a minute', async () => {
    await newMember(server, admin, 'bi-doan-dong')
    const tries = Array.from({ length: 60 }, (_, index) =>
      signIn(openJar(server, { 'x-forwarded-for': `203.0.113.${index}` }), 'bi-doan-dong', 'doan sai roi nhe'),
    )
    const statuses = (await Promise.all(tries)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(15)
  })

  test('in a known browser is slowed down by its own counter', async () => {
    const stolen = await newMember(server, admin, 'bi-doan-may')
    await stolen.post(links.signOut)
    const statuses: number[] = []
    for (let attempt = 0; attempt < 8; attempt += 1)
      statuses.push((await signIn(stolen, 'bi-doan-may', 'doan sai roi nhe')).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429])
    expect((await signIn(openJar(server), 'bi-doan-may', password)).status).toBe(303)
  })

  test('is written down once when it is slowed down, not for every try', async () => {
    await newMember(server, admin, 'bi-doan-ghi')
    for (let attempt = 0; attempt < 20; attempt += 1) await signIn(openJar(server), 'bi-doan-ghi', 'doan sai roi nhe')
    const rows = await server.database.sql.begin(async (sql) => {
      await sql`select set_config('ydan.agencies', 'all', true)`
      return sql`select 1 from audit_log where subject = 'bi-doan-ghi' and action = 'session.slow'`
    })
    expect(rows).toHaveLength(1)
  })
})

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36',
    'Chrome trên Windows',
  ],
  ['Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0', 'Edge trên Windows'],
  ['Mozilla/5.0 (Linux; Android 13; SM-A146B) Chrome/126.0 Mobile Safari/537.36', 'Chrome trên Android'],
  [
    'Mozilla/5.0 (Linux; Android 13) SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36',
    'Samsung Internet trên Android',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0', 'Firefox trên Linux'],
  ['curl/8.0', 'Trình duyệt khác'],
  [undefined, 'Trình duyệt khác'],
])('%s is %s', (agent, words) => {
  expect(describeBrowser(agent)).toBe(words)
})
