import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readRecentComments } from '../../db/cases/cases.ts'
import { callbacks, caseEvents, cases } from '../../db/cases/tables.ts'
import { places } from '../../db/catalogue/tables.ts'
import { withinScope } from '../../db/staff/scope.ts'
import { auditLog, staff } from '../../db/staff/tables.ts'
import { type CaseAction, caseStates } from '../../server/cases/contract.ts'
import { mayAct, quotesComment, transitions } from '../../server/cases/rules.ts'
import type { AgencyId, PlaceId } from '../../server/catalogue/contract.ts'
import type { Role } from '../../server/shell-contract.ts'
import type { StaffMember } from '../../server/staff/contract.ts'
import { createSealing } from '../../server/staff/sealing.ts'
import { links } from '../../web/links.ts'
import { fullBody, sealingKey, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const center = 'trung-tam-pvhcc'
const monday = Date.UTC(2026, 10, 23, 3)
const dayMs = 86_400_000
let clock = monday
let server: TestServer
beforeEach(async () => {
  clock = monday
  server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
})
afterEach(() => server.stop())

type Member = { cookie: string; username: string }

const say = async (comment: string | null, { place = 'QUAYHT', level = 4, urgent = false } = {}) => {
  const body = { ...(await fullBody(server, place, level)), urgent, ...(comment !== null && { comment }) }
  const reply = await server.answer(body)
  expect(reply.status).toBe(201)
  return ((await reply.json()) as { receipt: string }).receipt
}
const open = async (path: string, { cookie }: { cookie: string }) => server.send(path, { headers: { cookie } })
const words = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ')
const see = async (path: string, member: { cookie: string }) => words(await (await open(path, member)).text())
const post = (path: string, { cookie }: { cookie: string }, form: Record<string, string>) =>
  server.send(path, { method: 'POST', headers: { cookie }, body: new URLSearchParams(form) })

/** Everything of a table as the commune's leaders could read it. */
const all = <T>(work: Parameters<typeof withinScope<T>>[2]) => withinScope(server.database, 'all', work)
const findId = async (receipt: string) => {
  const [row] = await all((t) => t.select().from(cases).where(eq(cases.receipt, receipt)))
  return (row as { id: number }).id
}
const rowOf = async (id: number) => {
  const [row] = await all((t) => t.select().from(cases).where(eq(cases.id, id)))
  return row as typeof cases.$inferSelect
}
const seenOf = async (id: number) => {
  const rows = await all((t) => t.select({ id: caseEvents.id }).from(caseEvents).where(eq(caseEvents.caseId, id)))
  return String(Math.max(0, ...rows.map((row) => row.id)))
}
/** Sends one of the case's forms as its page would have it now. */
const act = async (id: number, member: Member, action: string, more: Record<string, string> = {}) =>
  post(links.case(id), member, { action, seen: await seenOf(id), ...more })
const actionsOf = async () =>
  (await all((t) => t.select().from(auditLog).orderBy(auditLog.id))).map((row) => row.action)

const thanks = 'Cảm ơn Ông/Bà. Từ tuần này quầy đã thêm một người tiếp nhận vào buổi sáng.'

describe('a case', () => {
  test('goes from new to assigned, answered and closed, each step in its course and in the audit log', async () => {
    const clerk = await server.signInAs('clerk', [center])
    const id = await findId(await say('Chờ lâu quá, chỉ có một người làm.'))
    clock += dayMs
    expect(await see(links.cases(), clerk)).toMatch(/Mới 1 .*Chờ lâu quá, chỉ có một người làm\./)
    expect((await act(id, clerk, 'take')).status).toBe(303)
    expect(await rowOf(id)).toMatchObject({ state: 'assigned' })
    const preview = words(await (await act(id, clerk, 'preview', { reply: thanks })).text())
    expect(preview).toContain(`sẽ đọc được đúng những dòng này: ${thanks}`)
    expect((await rowOf(id)).reply).toBeNull()
    expect((await act(id, clerk, 'reply', { reply: thanks })).status).toBe(303)
    expect(await rowOf(id)).toMatchObject({ state: 'answered', reply: thanks })
    expect((await act(id, clerk, 'close')).status).toBe(303)
    expect(await rowOf(id)).toMatchObject({ state: 'closed', closedReason: null })
    const page = await see(links.case(id), clerk)
    expect(page).toMatch(/Tiếp nhận 23\/11\/2026, buổi sáng Giao xử lý .* Trả lời người dân .* Khép lại/)
    expect(page).not.toMatch(/23\/11\/2026, \d/)
    expect(await actionsOf()).toEqual(expect.arrayContaining(['case.assign', 'case.reply', 'case.close']))
    expect(JSON.stringify(await all((t) => t.select().from(auditLog)))).not.toMatch(/Chờ lâu|thêm một người/)
  })

  test('reopened by a manager is waiting again, with a new deadline; a clerk may not', async () => {
    const clerk = await server.signInAs('clerk', [center])
    const manager = await server.signInAs('manager', [center])
    const id = await findId(await say('Xin thêm ghế ngồi.'))
    clock += dayMs
    await act(id, clerk, 'take')
    await act(id, clerk, 'reply', { reply: thanks })
    const reason = { reason: 'Người dân báo việc chưa xong.' }
    expect((await act(id, clerk, 'reopen', reason)).status).toBe(403)
    clock += 3 * dayMs
    expect((await act(id, manager, 'reopen', reason)).status).toBe(303)
    expect(await rowOf(id)).toMatchObject({ state: 'assigned', dueOn: '2026-12-04', answeredAt: null, closedAt: null })
  })

  test('is closed without a reply only with a reason, and stays as it is otherwise', async () => {
    const clerk = await server.signInAs('clerk', [center])
    const id = await findId(await say('abc'))
    clock += dayMs
    const refused = await act(id, clerk, 'close', { reason: 'ngắn' })
    expect(refused.status).toBe(422)
    expect(words(await refused.text())).toContain('Xin ghi lý do khép mà không trả lời')
    expect((await rowOf(id)).state).toBe('new')
    expect((await act(id, clerk, 'close', { reason: 'Không có nội dung để trả lời.' })).status).toBe(303)
    expect(await rowOf(id)).toMatchObject({ state: 'closed', closedReason: 'Không có nội dung để trả lời.' })
    expect((await act(id, clerk, 'take')).status).toBe(403)
  })

  test('past its deadline stands under overdue, with the working days that went by', async () => {
    const clerk = await server.signInAs('clerk', [center])
    await say('Máy lấy số bị hỏng.')
    clock += 9 * dayMs
    expect(await see(links.cases({ tab: 'qua-han' }), clerk)).toMatch(
      /Quá hạn 1 .*Máy lấy số bị hỏng\..*quá hạn 2 ngày làm việc/,
    )
  })

  test('without a comment says in words which criteria dissatisfied', async () => {
    const clerk = await server.signInAs('clerk', [center])
    const id = await findId(await say(null, { level: 2 }))
    clock += dayMs
    expect(await see(links.cases(), clerk)).toMatch(
      /Không hài lòng [5-8] tiêu chí .+; .+; .+ và [2-5] tiêu chí khác Quầy 1/,
    )
    expect(await see(links.case(id), clerk)).toMatch(/Không ghi lời góp ý.*Chưa hài lòng \([5-8] tiêu chí\)/)
  })

  test('refuses a reply that would reveal a number to whoever holds the receipt', async () => {
    const clerk = await server.signInAs('clerk', [center])
    const id = await findId(await say('Xin trả lời giúp.'))
    clock += dayMs
    await act(id, clerk, 'take')
    const refused = await act(id, clerk, 'reply', { reply: 'Chúng tôi đã gọi số 0912 345 678 để xin lỗi Ông/Bà.' })
    expect(refused.status).toBe(422)
    expect(await rowOf(id)).toMatchObject({ state: 'assigned', reply: null })
  })

  test('written to twice at the same time takes one change; the other is told and keeps what was typed', async () => {
    const [one, two] = [await server.signInAs('manager', [center]), await server.signInAs('clerk', [center])]
    const id = await findId(await say('Ghế hỏng.'))
    clock += dayMs
    const replies = await Promise.all(
      [one, two].map((member) => post(links.case(id), member, { action: 'take', seen: '0' })),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([303, 409])
    const late = await post(links.case(id), one, { action: 'note', seen: '0', note: 'Đã xem ghế tại quầy.' })
    expect(late.status).toBe(409)
    expect(words(await late.text())).toMatch(/vừa được người khác cập nhật.*Đã xem ghế tại quầy\./)
    expect(await all((t) => t.select().from(caseEvents))).toHaveLength(1)
  })

  test('is found at its receipt with the reply, and without what the citizen wrote', async () => {
    const clerk = await server.signInAs('clerk', [center])
    const receipt = await say('Nước uống hết từ sáng.')
    const id = await findId(receipt)
    clock += dayMs
    await act(id, clerk, 'take')
    await act(id, clerk, 'reply', { reply: thanks })
    const page = words(await (await server.send(`/tra-loi/${receipt}`)).text())
    expect(page).toContain(thanks)
    expect(page).not.toContain('Nước uống')
  })
})

describe('who sees and does what', () => {
  test('a case of another agency is not there: no list, no page, no change', async () => {
    const stranger = await server.signInAs('manager', ['tram-y-te'])
    const id = await findId(await say('Góp ý ở quầy hộ tịch.'))
    clock += dayMs
    expect(await see(links.cases(), stranger)).toMatch(/Mới 0 .*Không có ý kiến mới/)
    for (const reply of [
      await open(links.case(id), stranger),
      await act(id, stranger, 'take'),
      await post(links.revealCase(id), stranger, { what: 'comment' }),
    ])
      expect(reply.status).toBe(404)
  })

  test('a transfer takes case and comment to the other agency and out of sight of the first', async () => {
    const clerk = await server.signInAs('clerk', [center])
    const nurse = await server.signInAs('clerk', ['tram-y-te'])
    const id = await findId(await say('Phòng chờ tiêm chủng quá nóng.'))
    clock += dayMs
    const reason = { agency: 'tram-y-te', reason: 'Việc này thuộc Trạm Y tế.' }
    const moved = await act(id, clerk, 'transfer', reason)
    expect([moved.status, moved.headers.get('location')]).toEqual([303, links.cases()])
    expect((await open(links.case(id), clerk)).status).toBe(404)
    expect(await see(links.case(id), nurse)).toContain('Phòng chờ tiêm chủng quá nóng.')
  })

  test('a restricted case is the leaders’ and the auditors’, until a leader gives it to the agency', async () => {
    const id = await findId(await say('Cán bộ quát người dân.', { level: 1 }))
    clock += dayMs
    expect(await rowOf(id)).toMatchObject({ restricted: true })
    const [manager, clerk] = [await server.signInAs('manager', [center]), await server.signInAs('clerk', [center])]
    const administrator = await server.signIn()
    for (const member of [manager, clerk, administrator]) {
      expect((await open(links.case(id), member)).status).toBe(404)
      expect(await see(links.cases(), member)).toContain('Mới 0')
    }
    const auditor = await server.signInAs('auditor')
    expect(await see(links.case(id), auditor)).toContain('Cán bộ quát người dân.')
    expect((await act(id, auditor, 'take')).status).toBe(403)
    const leader = await server.signInAs('leader')
    expect((await act(id, leader, 'release')).status).toBe(303)
    expect(await see(links.case(id), manager)).toContain('Cán bộ quát người dân.')
    expect(await actionsOf()).toContain('case.release')
  })

  test('numbers in a comment are masked; the owner alone reads it whole, and that is in the audit log', async () => {
    const [owner, other] = [await server.signInAs('clerk', [center]), await server.signInAs('manager', [center])]
    const id = await findId(await say('Gọi tôi số 0987 654 321 nhé.'))
    clock += dayMs
    await act(id, owner, 'take')
    expect(await see(links.case(id), owner)).not.toContain('654 321')
    expect((await post(links.revealCase(id), other, { what: 'comment' })).status).toBe(403)
    expect(await actionsOf()).not.toContain('case.unmask')
    const shown = await post(links.revealCase(id), owner, { what: 'comment' })
    expect(shown.headers.get('cache-control')).toBe('no-store')
    expect(words(await shown.text())).toContain('Gọi tôi số 0987 654 321 nhé.')
    expect(await actionsOf()).toContain('case.unmask')
  })

  test('who may do what in which state is exactly this table', () => {
    const member = (role: Role, id = 1): StaffMember => ({
      id,
      role,
      username: 'can-bo-mot',
      displayName: '',
      agencies: [7 as AgencyId],
      coordinates: false,
    })
    const allowed = (role: Role, state: (typeof caseStates)[number], more = {}) => {
      const one = {
        kind: 'comment' as const,
        state,
        restricted: false,
        agencyId: 7 as AgencyId,
        ownerId: state === 'new' ? null : 1,
        ...more,
      }
      return (Object.keys(transitions) as CaseAction[]).filter((action) => mayAct(member(role), one, action)).join(' ')
    }
    expect(caseStates.map((state) => allowed('clerk', state))).toEqual([
      'take assign theme note transfer template preview reply close',
      'assign theme note transfer template preview reply close',
      'theme note close',
      'theme note',
    ])
    expect(allowed('clerk', 'assigned', { ownerId: 2 })).toBe('theme note')
    expect(allowed('manager', 'assigned', { ownerId: 2 })).toBe(
      'assign theme note transfer template preview reply close',
    )
    expect(allowed('manager', 'closed')).toBe('theme note reopen')
    expect(allowed('manager', 'new', { restricted: true })).toBe('')
    expect(allowed('manager', 'new', { agencyId: 8 })).toBe('')
    expect(allowed('leader', 'new', { restricted: true, agencyId: 8 })).toBe(
      'take assign theme note transfer release template preview reply close',
    )
    expect(allowed('clerk', 'new', { kind: 'praise' })).toBe('theme note transfer follow template preview reply close')
    for (const role of ['administrator', 'auditor', 'interviewer'] as const)
      for (const state of caseStates) expect(allowed(role, state)).toBe('')
  })
})

describe('a telephone number left for a call back', () => {
  const number = '0912345678'
  const sealing = createSealing(sealingKey)

  const reachOf = async (t: Parameters<Parameters<typeof all>[0]>[0], id: number) => {
    const [own] = await t.select().from(cases).where(eq(cases.id, id))
    const { agencyId, restricted, receipt } = own as typeof cases.$inferSelect
    return { caseId: id, agencyId, restricted, receipt }
  }

  const leaveNumber = async (id: number) =>
    all(async (t) =>
      t.insert(callbacks).values({
        ...(await reachOf(t, id)),
        sealed: sealing.seal(number, 'callback'),
        consent: 'Tôi đồng ý để gọi lại một lần.',
        consentedAt: new Date(clock).toISOString(),
      }),
    )

  test('is seen by the owner only, each time in the audit log, and is erased when the case closes', async () => {
    const [owner, other] = [await server.signInAs('clerk', [center]), await server.signInAs('manager', [center])]
    const id = await findId(await say('Xin gọi lại cho tôi.'))
    await leaveNumber(id)
    clock += dayMs
    await act(id, owner, 'take')
    expect(await see(links.case(id), other)).toContain('Chỉ người đang xử lý xem được số.')
    expect((await post(links.revealCase(id), other, { what: 'number' })).status).toBe(403)
    for (const _ of [1, 2]) {
      const shown = await post(links.revealCase(id), owner, { what: 'number' })
      expect(shown.headers.get('cache-control')).toBe('no-store')
      expect(await shown.text()).toContain(number)
    }
    expect((await actionsOf()).filter((action) => action === 'case.view_number')).toHaveLength(2)
    expect(await readEverything()).not.toContain(number)
    await act(id, owner, 'reply', { reply: thanks })
    expect(await all((t) => t.select().from(callbacks))).toMatchObject([{ sealed: expect.any(String) }])
    await act(id, owner, 'close')
    const [kept] = await all((t) => t.select().from(callbacks))
    expect(kept).toMatchObject({ sealed: null, erasedAt: expect.any(String), consent: expect.any(String) })
    expect((await post(links.revealCase(id), owner, { what: 'number' })).status).toBe(404)
  })

  /** Every row of every table as text. */
  const readEverything = () =>
    server.database.sql.begin(async (sql) => {
      await sql`select set_config('ydan.agencies', 'all', true)`
      const tables = await sql<{ name: string }[]>`
        select tablename as name from pg_tables where schemaname = 'public'`
      expect(tables.length).toBeGreaterThan(30)
      const texts: string[] = []
      for (const { name } of tables) {
        const rows = await sql<{ row: string }[]>`select t::text as row from ${sql(name)} t`
        texts.push(...rows.map(({ row }) => row))
      }
      return texts.join('\n')
    })
})

describe('lists of the running day', () => {
  test('show nothing but what was sent as urgent, whatever else comes; the rest shows when the day is over', async () => {
    const clerk = await server.signInAs('clerk', [center])
    const shown = async () => Number(/Mới (\d+)/.exec(await see(links.cases(), clerk))?.[1])
    for (let sent = 1; sent <= 12; sent += 1) await say(`Góp ý thứ ${sent}`)
    const urgent = await findId(await say('Có người ngất ở phòng chờ', { urgent: true }))
    const hidden = await findId(await say('Góp ý còn giữ lại'))
    expect(await shown()).toBe(1)
    expect(await see(links.case(urgent), clerk)).toContain('Người dân chọn báo ngay')
    expect((await open(links.case(hidden), clerk)).status).toBe(404)
    expect((await act(hidden, clerk, 'take')).status).toBe(404)
    clock = monday + 8 * 3_600_000
    expect(await shown()).toBe(1)
    clock = monday + dayMs
    expect(await shown()).toBe(14)
  })

  test('number cases so that nobody counts how many came between two of the own', async () => {
    const ids: number[] = []
    for (let sent = 1; sent <= 30; sent += 1) ids.push(await findId(await say(`Lời ${sent}`)))
    const steps = ids.slice(1).map((id, index) => Math.abs(id - (ids[index] as number)))
    expect(new Set(ids).size).toBe(30)
    expect(Math.min(...ids)).toBeGreaterThanOrEqual(10_000_000)
    expect(Math.min(...steps)).toBeGreaterThan(30)
    expect(ids).not.toEqual(ids.toSorted((a, b) => a - b))
  })

  test('show the latest comments to workspaces by the same rule', async () => {
    const [place] = await server.database.query.select().from(places).where(eq(places.code, 'QUAYHT'))
    const read = async (today: string, shownMornings: PlaceId[] = []) => {
      const question = { placeIds: [place?.id as PlaceId], limit: 10, day: '2026-11-23', today, shownMornings }
      return (await readRecentComments(server.database, 'all', question)).map(({ body }) => body)
    }
    for (let sent = 1; sent <= 6; sent += 1) await say(`Lời ${sent}`)
    clock += 4 * 3_600_000
    await say('Lời buổi chiều')
    expect(await read('2026-11-23')).toEqual([])
    expect(await read('2026-11-23', [place?.id as PlaceId])).toHaveLength(6)
    expect(await read('2026-11-24')).toHaveLength(7)
  })
})

describe('“Ông/Bà nói, chúng tôi làm”', () => {
  const entry = { said: 'Buổi sáng chờ lâu ở quầy hộ tịch.', did: 'Thêm một người tiếp nhận từ 7 giờ 30 đến 10 giờ.' }

  const answerOne = async (clerk: Member, comment: string) => {
    const id = await findId(await say(comment))
    clock += dayMs
    await act(id, clerk, 'take')
    await act(id, clerk, 'reply', { reply: thanks })
    return id
  }

  test('is made from answered cases, published on the wall’s screen and taken back, all audited', async () => {
    const manager = await server.signInAs('manager', [center])
    const id = await answerOne(manager, 'Sáng nào tôi cũng phải chờ cả tiếng đồng hồ.')
    const form = { agency: center, case: String(id), ...entry }
    expect((await post(links.newImprovement(), manager, form)).status).toBe(303)
    const wall = async () => words(await (await server.send(links.wall(center))).text())
    expect(await wall()).not.toContain(entry.did)
    expect((await post(links.improvement(1), manager, { action: 'publish' })).status).toBe(303)
    expect(await wall()).toContain(`Ông/Bà nói ${entry.said} Chúng tôi làm ${entry.did}`)
    const stranger = await server.signInAs('manager', ['tram-y-te'])
    expect((await post(links.improvement(1), stranger, { action: 'withdraw' })).status).toBe(404)
    await post(links.improvement(1), manager, { action: 'withdraw' })
    expect(await wall()).not.toContain(entry.did)
    expect((await actionsOf()).filter((action) => action.startsWith('improvement.'))).toEqual([
      'improvement.add',
      'improvement.publish',
      'improvement.withdraw',
    ])
  })

  test('refuses a citizen’s own sentence, a number, and cases that are not answered or not the agency’s', async () => {
    const manager = await server.signInAs('manager', [center])
    const comment = 'Sáng nào tôi cũng phải chờ cả tiếng đồng hồ mới tới lượt.'
    const id = await answerOne(manager, comment)
    const waiting = await findId(await say('Chưa ai trả lời.'))
    clock += dayMs
    const attempt = async (more: Record<string, string>) =>
      (await post(links.newImprovement(), manager, { agency: center, case: String(id), ...entry, ...more })).status
    expect(await attempt({ said: comment })).toBe(422)
    expect(await attempt({ did: 'Gọi 0912345678 để được hướng dẫn thêm.' })).toBe(422)
    expect(await attempt({ case: String(waiting) })).toBe(422)
    expect(await attempt({ agency: 'tram-y-te' })).toBe(404)
    expect(await attempt({})).toBe(303)
  })

  test.each([
    ['chờ cả tiếng đồng hồ mới tới lượt tôi', true],
    ['CHỜ CẢ TIẾNG, ĐỒNG HỒ MỚI TỚI LƯỢT!', true],
    ['chờ cả tiếng đồng hồ', false],
    ['người dân phải chờ lâu vào buổi sáng ở quầy', false],
  ])('eight words in a row are a quotation: %s', (said, isQuote) => {
    expect(quotesComment(said, 'Tôi phải chờ cả tiếng đồng hồ mới tới lượt.')).toBe(isQuote)
  })
})

test('a case is given only to somebody who handles its agency’s cases, and stands in that one’s own list', async () => {
  const manager = await server.signInAs('manager', [center])
  const colleague = await server.signInAs('clerk', [center])
  const [person] = await server.database.query.select().from(staff).where(eq(staff.username, colleague.username))
  const foreign = await server.signInAs('clerk', ['tram-y-te'])
  const [other] = await server.database.query.select().from(staff).where(eq(staff.username, foreign.username))
  const id = await findId(await say('Xin thêm quạt.'))
  clock += dayMs
  expect((await act(id, manager, 'assign', { owner: String(other?.id) })).status).toBe(422)
  expect((await act(id, manager, 'assign', { owner: String(person?.id) })).status).toBe(303)
  expect(await see(links.cases({ tab: 'dang-xu-ly', mine: '1' }), colleague)).toContain(colleague.username)
})
