import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { findLink, invite, newMember, password, signedInAdministrator, signIn } from '../fixtures/accounts.ts'
import { type Jar, openJar } from '../fixtures/http/cookie-jar.ts'
import { cloneDatabase, startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let admin: Jar
beforeAll(async () => {
  server = await startTestServer()
  admin = await signedInAdministrator(server)
})
afterAll(() => server.stop())

const auditOf = (subject: string) =>
  server.database.sql.begin(async (sql) => {
    await sql`select set_config('ydan.agencies', 'all', true)`
    const rows = await sql`select actor, action, change from audit_log where subject = ${subject} order by id`
    return rows.map(({ actor, action, change }) => ({ actor, action, change }))
  })

describe('inviting', () => {
  test('the link is shown once, lets one choose a password, signs in and never works again', async () => {
    const path = await invite(admin, 'can-bo-mot', 'manager', ['tram-y-te'])
    const invited = openJar(server)
    expect(await (await invited.get(path)).text()).toContain('Kính chào Cán bộ một')
    const reply = await invited.post(path, { password, repeated: password })
    expect([reply.status, reply.headers.get('location')]).toEqual([303, links.today()])
    expect((await invited.get(links.today())).status).toBe(200)
    expect((await openJar(server).get(path)).status).toBe(410)
    const again = await openJar(server).post(path, { password, repeated: password })
    expect([again.status, await again.text()]).toEqual([410, expect.stringContaining('đã dùng hoặc đã hết hạn')])
    expect((await signIn(openJar(server), 'can-bo-mot', password)).status).toBe(303)
    expect(await (await admin.get(links.staff)).text()).not.toContain(path)
  })

  test('the list shows each one with the own role, agencies and state', async () => {
    await newMember(server, admin, 'mot-don-vi', 'clerk', ['tram-y-te'])
    await invite(admin, 'hai-don-vi', 'manager', ['tram-y-te', 'trung-tam-pvhcc'])
    const rows = (await (await admin.get(links.staff)).text()).split('<tr>')
    const rowOf = (username: string) => rows.find((row) => row.includes(`<small>${username}`))?.replace(/<[^>]+>/g, '|')
    expect(rowOf('mot-don-vi')).toMatch(/Cán bộ tiếp nhận\|+Trạm Y tế\|+Đang dùng\|/)
    expect(rowOf('hai-don-vi')).toMatch(/Phụ trách đơn vị\|+Trung tâm Phục vụ hành chính công\|+Trạm Y tế\|+Đã mời\|/)
    expect(rowOf('admin')).toMatch(/Quản trị\|+Đang dùng/)
  })

  test('a link works once even when two use it at the same moment', async () => {
    const path = await invite(admin, 'can-bo-dua')
    const tries = [password, `${password} khac`].map((one) =>
      openJar(server).post(path, { password: one, repeated: one }),
    )
    const statuses = (await Promise.all(tries)).map(({ status }) => status)
    expect(statuses.sort()).toEqual([303, 410])
  })

  test('an expired link is refused kindly', async () => {
    const path = await invite(admin, 'can-bo-muon')
    await server.database.sql`update invitations set expires_at = now() - interval '1 minute'
      where staff_id = (select id from staff where username = 'can-bo-muon')`
    const reply = await openJar(server).get(path)
    expect([reply.status, await reply.text()]).toEqual([410, expect.stringContaining('xin nhờ người quản trị')])
  })

  test.each([
    ['ngan', 'ngan', 'ít nhất 10 ký tự'],
    ['Matkhau123', 'Matkhau123', 'nhiều người dùng'],
    ['aaaaaaaaaaaa', 'aaaaaaaaaaaa', 'lặp đi lặp lại'],
    ['can.bo.yeu1', 'can.bo.yeu1', 'gần giống tên đăng nhập'],
    [password, `${password}.`, 'chưa giống nhau'],
  ])('the password %s is refused with the reason and the link stays good', async (typed, repeated, reason) => {
    const name = `can-bo-yeu`
    const found = await server.database.sql`select 1 from staff where username = ${name}`
    if (found.length === 0) await invite(admin, name)
    const path = findLink(await (await admin.post(links.staffLink(name))).text())
    const reply = await openJar(server).post(path, { password: typed, repeated })
    expect([reply.status, await reply.text()]).toEqual([422, expect.stringContaining(reason)])
    expect((await openJar(server).get(path)).status).toBe(200)
  })

  test.each([
    [{ username: 'Có Dấu', displayName: 'x', role: 'leader' }, '3 đến 40 chữ thường'],
    [{ username: 'moi', displayName: 'x', role: 'leader' }, 'không dùng được'],
    [{ username: 'admin', displayName: 'x', role: 'leader' }, 'đã có người dùng'],
    [{ username: 'can-bo-x', displayName: '', role: 'leader' }, 'Xin ghi tên'],
    [{ username: 'can-bo-x', displayName: 'x', role: 'vua' }, 'Xin chọn một vai trò'],
    [{ username: 'can-bo-x', displayName: 'x', role: 'clerk' }, 'cần ít nhất một đơn vị'],
  ])('%o is refused with the reason and makes no account', async (form, reason) => {
    const reply = await admin.post(links.inviteStaff, form)
    expect([reply.status, await reply.text()]).toEqual([422, expect.stringContaining(reason)])
    expect(await server.database.sql`select 1 from staff where username = 'can-bo-x'`).toHaveLength(0)
  })

  test('only an administrator may', async () => {
    const { cookie } = await server.signInAs('leader')
    for (const path of [links.staff, links.inviteStaff, links.staffMember('admin')]) {
      const reply = await server.send(path, { headers: { cookie } })
      expect(reply.status, path).toBe(403)
    }
    const reply = await server.send(links.staffLink('admin'), { method: 'POST', headers: { cookie } })
    expect(reply.status).toBe(403)
  })
})

describe('changing people', () => {
  test('a new role counts at once, for the open session too', async () => {
    const member = await newMember(server, admin, 'can-bo-doi', 'clerk', ['tram-y-te'])
    expect((await member.get(links.indicators())).status).toBe(403)
    const form = { displayName: 'Cán bộ đổi vai', role: 'manager', agencies: ['tram-y-te', 'truong-cong-lap'] }
    expect((await admin.post(links.staffMember('can-bo-doi'), form)).status).toBe(303)
    expect((await member.get(links.indicators())).status).toBe(200)
    expect(await auditOf('can-bo-doi')).toContainEqual({
      actor: 'admin',
      action: 'staff.change',
      change: {
        before: { displayName: 'Cán bộ một', role: 'clerk', agencies: ['tram-y-te'] },
        after: { displayName: 'Cán bộ đổi vai', role: 'manager', agencies: ['tram-y-te', 'truong-cong-lap'] },
      },
    })
  })

  test('a stopped member is out at once, cannot sign in, and comes back when let', async () => {
    const member = await newMember(server, admin, 'can-bo-ngung')
    expect((await admin.post(links.staffStanding('can-bo-ngung'), { standing: 'disabled' })).status).toBe(303)
    expect((await member.get(links.account)).headers.get('location')).toBe(links.signIn(links.account))
    const refused = await signIn(openJar(server), 'can-bo-ngung', password)
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('đã ngừng dùng')])
    expect((await signIn(openJar(server), 'can-bo-ngung', 'sai mat khau')).status).toBe(401)
    expect((await admin.post(links.staffLink('can-bo-ngung'))).status).toBe(404)
    await admin.post(links.staffStanding('can-bo-ngung'), { standing: 'active' })
    expect((await member.get(links.account)).status).toBe(303)
    expect((await signIn(openJar(server), 'can-bo-ngung', password)).status).toBe(303)
    const actions = (await auditOf('can-bo-ngung')).map(({ action }) => action)
    expect(actions.filter((action) => /^staff/.test(action))).toEqual(['staff.invite', 'staff.disable', 'staff.enable'])
  })

  test('a link for a forgotten password changes nothing until it is used, then ends everything from before', async () => {
    const member = await newMember(server, admin, 'can-bo-quen')
    const path = findLink(await (await admin.post(links.staffLink('can-bo-quen'))).text())
    expect((await member.get(links.account)).status).toBe(200)
    const fresh = openJar(server)
    await fresh.post(path, { password: `${password} hai`, repeated: `${password} hai` })
    expect((await fresh.get(links.account)).status).toBe(200)
    expect((await member.get(links.account)).status).toBe(303)
    expect((await signIn(openJar(server), 'can-bo-quen', password)).status).toBe(401)
  })

  test('a newer link makes the older one void', async () => {
    const older = await invite(admin, 'can-bo-hai-lan')
    const newer = findLink(await (await admin.post(links.staffLink('can-bo-hai-lan'))).text())
    expect((await openJar(server).get(older)).status).toBe(410)
    expect((await openJar(server).get(newer)).status).toBe(200)
  })

  test('the last administrator can neither be stopped nor get another role', async () => {
    const stop = await admin.post(links.staffStanding('admin'), { standing: 'disabled' })
    expect([stop.status, await stop.text()]).toEqual([409, expect.stringContaining('quản trị cuối cùng')])
    const demote = await admin.post(links.staffMember('admin'), { displayName: 'Quản trị', role: 'auditor' })
    expect(demote.status).toBe(409)
    expect((await admin.get(links.staff)).status).toBe(200)
  })

  test('an invited administrator who has not come yet does not count as one', async () => {
    await invite(admin, 'quan-tri-cho', 'administrator')
    expect((await admin.post(links.staffStanding('admin'), { standing: 'disabled' })).status).toBe(409)
  })

  test('of two administrators who stop each other at the same moment one stays', async () => {
    const other = await startTestServer({ connection: await cloneDatabase() })
    const one = await signedInAdministrator(other)
    const two = await newMember(other, one, 'quan-tri-hai', 'administrator')
    for (let round = 0; round < 5; round += 1) {
      const replies = await Promise.all([
        one.post(links.staffStanding('quan-tri-hai'), { standing: 'disabled' }),
        two.post(links.staffStanding('admin'), { standing: 'disabled' }),
      ])
      expect(replies.filter(({ status }) => status === 303).length).toBeGreaterThanOrEqual(1)
      const [row] = await other.database.sql`select count(*)::int as n from staff
        where role = 'administrator' and not disabled`
      expect(row?.n).toBe(1)
      await other.database.sql`update staff set disabled = false`
      await signIn(one, 'admin', 'mat-khau-thu-nghiem')
      await signIn(two, 'quan-tri-hai', password)
    }
    await other.stop()
  })
})

describe('the own account', () => {
  test('a new password needs the old one, ends every other session and keeps this one', async () => {
    const member = await newMember(server, admin, 'can-bo-mk')
    const elsewhere = openJar(server)
    await signIn(elsewhere, 'can-bo-mk', password)
    const change = (current: string) =>
      member.post(links.changePassword, { current, password: `${password} moi`, repeated: `${password} moi` })
    const wrong = await change('khong phai mat khau')
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('Mật khẩu hiện tại chưa đúng')])
    expect((await elsewhere.get(links.account)).status).toBe(200)
    expect((await change(password)).status).toBe(303)
    expect((await elsewhere.get(links.account)).status).toBe(303)
    expect((await member.get(links.account)).status).toBe(200)
    expect((await signIn(openJar(server), 'can-bo-mk', password)).status).toBe(401)
    expect((await signIn(openJar(server), 'can-bo-mk', `${password} moi`)).status).toBe(303)
  })

  test('sessions are listed by browser and end at once, one or all others', async () => {
    const member = await newMember(server, admin, 'can-bo-phien')
    const agent = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36'
    const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1'
    const [desk, hand] = [openJar(server, { 'user-agent': agent }), openJar(server, { 'user-agent': phone })]
    await signIn(desk, 'can-bo-phien', password)
    await signIn(hand, 'can-bo-phien', password)
    const page = await (await desk.get(links.account)).text()
    expect(page).toMatch(/Chrome trên Windows <span[^>]*>Phiên này/)
    const id = /value="([0-9a-f]{16})"\/?><button[^>]*aria-label="Kết thúc phiên Safari trên iPhone"/.exec(page)?.[1]
    await desk.post(links.endSession, { session: id ?? '' })
    expect((await hand.get(links.account)).status).toBe(303)
    expect((await member.get(links.account)).status).toBe(200)
    await desk.post(links.endSession, { session: 'khac' })
    expect((await member.get(links.account)).status).toBe(303)
    expect((await desk.get(links.account)).status).toBe(200)
  })

  test('nobody ends a session of somebody else', async () => {
    const member = await newMember(server, admin, 'can-bo-yen')
    const [row] = await server.database.sql`select left(token_hash, 16) as id from sessions
      where staff_id = (select id from staff where username = 'can-bo-yen')`
    await admin.post(links.endSession, { session: row?.id })
    expect((await member.get(links.account)).status).toBe(200)
  })

  test('tells the administrator of a new installation to change the password and turn the second factor on', async () => {
    const other = await startTestServer({ connection: await cloneDatabase() })
    const first = await signedInAdministrator(other)
    const before = await (await first.get(links.account)).text()
    expect(before).toContain('được đặt lúc cài đặt')
    expect(before).toContain('xin bật xác thực hai bước')
    await first.post(links.changePassword, { current: 'mat-khau-thu-nghiem', password, repeated: password })
    expect(await (await first.get(links.account)).text()).not.toContain('được đặt lúc cài đặt')
    await other.stop()
  })
})

describe('where one comes to', () => {
  test.each([
    ['interviewer', links.entries],
    ['clerk', links.today()],
    ['leader', links.today()],
  ] as const)('%s starts at %s', async (role, start) => {
    const { cookie } = await server.signInAs(role, ['tram-y-te'])
    const reply = await server.send(links.home, { headers: { cookie } })
    expect(reply.headers.get('location')).toBe(start)
    expect((await server.send(start, { headers: { cookie } })).status).toBe(200)
  })

  test('a refused page says who is refused what, and who may', async () => {
    const { cookie, username } = await server.signInAs('interviewer')
    const reply = await server.send(links.staff, { headers: { cookie } })
    const page = await reply.text()
    expect(reply.status).toBe(403)
    expect(page).toContain(`Tài khoản ${username} (vai trò Điều tra viên) không được quản lý tài khoản cán bộ`)
    expect(page).toContain('việc này cần vai trò “Quản trị”.')
    expect(page).toContain('Đăng xuất')
  })
})
