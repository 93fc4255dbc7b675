import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { places, retiredCodes } from '../../db/catalogue/tables.ts'
import { responses } from '../../db/respond/tables.ts'
import { withinScope } from '../../db/staff/scope.ts'
import { auditLog } from '../../db/staff/tables.ts'
import { codeAlphabet, slugOf } from '../../server/places/rules.ts'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let cookie: string
beforeAll(async () => {
  server = await startTestServer()
  cookie = (await server.signIn()).cookie
})
afterAll(() => server.stop())

type Form = Record<string, string | string[]>
const post = (path: string, form: Form, as = cookie) => {
  const pairs = Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))
  return server.send(path, { method: 'POST', headers: { cookie: as }, body: new URLSearchParams(pairs) })
}
const page = async (path: string) => (await server.send(path, { headers: { cookie } })).text()
const placeOf = async (code: string) => {
  const [row] = await server.database.query.select().from(places).where(eq(places.code, code))
  if (!row) throw new Error(`no place ${code}`)
  return row
}
const lastLine = async () => {
  const rows = await withinScope(server.database, 'all', (transaction) =>
    transaction.select().from(auditLog).orderBy(desc(auditLog.id)).limit(1),
  )
  const [row] = rows
  return { action: row?.action, subject: row?.subject, ...row?.change }
}

const counter = {
  agency: 'trung-tam-pvhcc',
  sector: 'administrative',
  questionnaire: 'administrative',
  serviceMode: 'direct',
  nameVi: 'Quầy 6 · Nông nghiệp, môi trường',
  fields: ['nong-nghiep', 'khac'],
  asksRespondent: 'yes',
}
const create = async (changes: Form = {}) => {
  const reply = await post(links.newPlace(), { ...counter, ...changes })
  return {
    status: reply.status,
    code: /diem-phuc-vu\/(\w+)/.exec(reply.headers.get('location') ?? '')?.[1] ?? '',
    reply,
  }
}

describe('a new place', () => {
  test('gets a code of clear letters and takes answers at once', async () => {
    const { status, code } = await create()
    expect(status).toBe(303)
    expect(code).toMatch(new RegExp(`^[${codeAlphabet}]{6}$`))
    expect(await placeOf(code)).toMatchObject({ fieldCodes: ['nong-nghiep', 'khac'], asksRespondent: true, open: true })
    expect((await server.answer(await fullBody(server, code, 5))).status).toBe(201)
    expect(await lastLine()).toMatchObject({ action: 'place.create', subject: code })
  })

  test('keeps no Vietnamese name as a translation: citizens read it instead, staff are told', async () => {
    const { code } = await create({ nameVi: 'Quầy 7', nameEn: 'Counter 7', nameKm: 'Quầy 7' })
    expect((await placeOf(code)).name).toEqual({ vi: 'Quầy 7', en: 'Counter 7', km: '' })
    expect(await (await server.send(links.survey(code, undefined, 'km'))).text()).toContain('Quầy 7')
    const auditor = await server.signInAs('auditor')
    const shown = await (await server.send(links.place(code), { headers: auditor })).text()
    expect(shown).toMatch(/Tên tiếng Anh<\/dt><dd lang="en">Counter 7.*Tên tiếng Khmer<\/dt><dd>chưa dịch/)
  })

  test('is told to whoever added it, with what comes next', async () => {
    const { reply } = await create({ nameVi: 'Quầy 9' })
    const shown = await page(reply.headers.get('location') as string)
    expect(shown).toMatch(/Đã thêm nơi phục vụ “Quầy 9”, mã \w{6}.*in tờ dán mã QR/s)
  })

  test('is asked for its service first, and only for what that service has', async () => {
    expect(await page(links.newPlace())).not.toContain('name="questionnaire"')
    const school = await page(links.newPlace(undefined, 'education'))
    expect(school).toContain('value="education-primary"')
    expect(school).not.toMatch(/value="administrative"|name="fields"|name="asksRespondent"|type="radio"/)
    const counterForm = await page(links.newPlace(undefined, 'administrative'))
    expect(counterForm).toMatch(/name="fields".*name="asksRespondent"/s)
    expect(counterForm).not.toContain('education-primary')
    expect(await page(links.newPlace('truong-cong-lap'))).toContain('value="education-primary"')
    expect(await page(links.newPlace('truong-cong-lap', 'khac'))).not.toContain('education-primary')
  })

  test.each<[string, Form, string]>([
    ['a code in use', { code: 'quayht' }, 'đang dùng hoặc đã từng dùng'],
    ['a code with letters that are mixed up', { code: 'TRIO' }, 'không dùng I, O, 0, 1'],
    ['no name', { nameVi: ' ' }, 'Xin ghi tên'],
    [
      'a letter no font on paper has',
      { nameVi: 'Quầy 中' },
      'Không in được chữ “中” (U+4E2D); xin bỏ hoặc viết cách khác.',
    ],
    ['an unknown agency', { agency: 'khong-co' }, 'Xin chọn một đơn vị'],
    ['a questionnaire of another sector', { questionnaire: 'outpatient' }, 'dành cho loại dịch vụ khác'],
    ['the questionnaire of households', { questionnaire: 'household' }, 'Xin chọn một bộ câu hỏi'],
    ['a field nobody knows', { fields: ['khong-co'] }, 'không còn trong danh mục'],
    ['fields of a school', { sector: 'education', questionnaire: 'education-primary' }, 'mới có lĩnh vực'],
  ])('with %s is refused, and what was typed stays', async (_, changes, sentence) => {
    const { status, reply } = await create(changes)
    const text = await reply.text()
    expect(status).toBe(422)
    expect(text).toContain(sentence)
    expect(text).toContain(String(changes.nameVi ?? counter.nameVi).trim())
  })

  test('is nothing a manager may add', async () => {
    const manager = await server.signInAs('manager', ['trung-tam-pvhcc'])
    expect((await post(links.newPlace(), counter, manager.cookie)).status).toBe(403)
  })
})

describe('what a place asks', () => {
  const station = {
    agency: 'tram-y-te',
    sector: 'health',
    questionnaire: 'vaccination',
    serviceMode: 'direct',
  }

  test('can be another questionnaire of its sector, and past answers keep theirs', async () => {
    await server.answer(await fullBody(server, 'KHAMBENH', 5))
    const { id } = await placeOf('KHAMBENH')
    const [before] = await server.database.query.select().from(responses).where(eq(responses.placeId, id))
    expect((await post(links.placeSetup('KHAMBENH'), station)).status).toBe(303)
    expect(await lastLine()).toMatchObject({
      action: 'place.change',
      subject: 'KHAMBENH',
      ...{ before: { questionnaire: 'outpatient' }, after: { questionnaire: 'vaccination' } },
    })
    const after = await server.database.query.select().from(responses).where(eq(responses.placeId, id))
    expect(after).toEqual([before])
  })

  test('can be moved to another agency, and its answers with it', async () => {
    await server.answer(await fullBody(server, 'TCHUNG', 5))
    const moved = { ...station, agency: 'truong-cong-lap' }
    expect((await post(links.placeSetup('TCHUNG'), moved)).status).toBe(303)
    expect(await lastLine()).toMatchObject({ before: { agency: 'tram-y-te' }, after: { agency: 'truong-cong-lap' } })
    const schools = await server.signInAs('manager', ['truong-cong-lap'])
    expect((await server.send(links.place('TCHUNG'), { headers: schools })).status).toBe(200)
    const health = await server.signInAs('manager', ['tram-y-te'])
    expect((await server.send(links.place('TCHUNG'), { headers: health })).status).toBe(404)
  })

  test('stays in its sector once there are answers', async () => {
    await server.answer(await fullBody(server, 'TRTH', 5))
    const form = { ...station, agency: 'truong-cong-lap', questionnaire: 'outpatient' }
    const reply = await post(links.placeSetup('TRTH'), form)
    expect(reply.status).toBe(422)
    expect(await reply.text()).toContain('đã có phiếu nên không đổi loại dịch vụ')
    expect((await placeOf('TRTH')).sector).toBe('education')
  })
})

describe('the order', () => {
  const order = async (pattern: RegExp, path: string) =>
    [...(await page(path)).matchAll(pattern)].map(([, code]) => code)

  test('of places changes within an agency, and the ends stay', async () => {
    const own = () => order(/<li id="(QUAY\w+|DVCTT)"/g, links.places)
    const before = await own()
    expect(before.slice(0, 2)).toEqual(['QUAYHT', 'QUAYDD'])
    expect((await post(links.placeOrder('QUAYDD'), { direction: 'up' })).status).toBe(303)
    expect((await own()).slice(0, 3)).toEqual(['QUAYDD', 'QUAYHT', 'QUAYKD'])
    await post(links.placeOrder('QUAYDD'), { direction: 'up' })
    expect((await own()).slice(0, 3)).toEqual(['QUAYDD', 'QUAYHT', 'QUAYKD'])
    await post(links.placeOrder('QUAYDD'), { direction: 'down' })
    expect(await own()).toEqual(before)
    expect(await lastLine()).toMatchObject({ action: 'place.order', subject: 'QUAYDD' })
  })

  test('of agencies changes', async () => {
    const own = () => order(/<tr id="([a-z-]+)"/g, links.agencies)
    await post(links.agencyOrder('tram-y-te'), { direction: 'up' })
    expect((await own()).slice(0, 2)).toEqual(['tram-y-te', 'trung-tam-pvhcc'])
    await post(links.agencyOrder('tram-y-te'), { direction: 'down' })
    expect((await own()).slice(0, 2)).toEqual(['trung-tam-pvhcc', 'tram-y-te'])
  })
})

describe('a code', () => {
  const newCode = async (code: string, form: Form) => {
    const reply = await post(links.placeCode(code), { reason: 'In lại tờ dán.', kind: 'replaced', ...form })
    expect(reply.status).toBe(303)
    return /diem-phuc-vu\/(\w+)/.exec(reply.headers.get('location') ?? '')?.[1] as string
  }

  test('that was replaced leads on, keeping the channel and the language', async () => {
    const code = await newCode('QUAYXH', {})
    const reply = await server.send('/s/quayxh?c=ticket&lang=en')
    expect([reply.status, reply.headers.get('location')]).toEqual([303, links.survey(code, 'ticket', 'en')])
    expect((await server.send(links.survey(code))).status).toBe(200)
    expect(await lastLine()).toEqual({
      ...{ action: 'place.code', subject: code, before: { code: 'QUAYXH' } },
      after: { code, revoked: false, reason: 'In lại tờ dán.' },
    })
  })

  test('that was replaced twice still leads to the code of today', async () => {
    const first = await newCode('QUAYTH', {})
    const second = await newCode(first, { code: 'QUAYTH9' })
    for (const old of ['QUAYTH', first])
      expect((await server.send(links.survey(old))).headers.get('location')).toBe(links.survey(second))
  })

  test('changed while a citizen was answering loses no answer, by form or as JSON', async () => {
    const { id: placeId } = await placeOf('QUAYKD')
    const body = await fullBody(server, 'QUAYKD', 4)
    const survey = await (await server.send(links.survey('QUAYKD'))).text()
    const hidden = [...survey.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)]
    const criterion = /name="(a-[\w-]+)"/.exec(survey)?.[1] as string
    const code = await newCode('QUAYKD', {})
    const form = new URLSearchParams([...hidden.map(([, name, value]) => [name, value] as string[]), [criterion, '5']])
    const reply = await server.send(links.survey('QUAYKD'), { method: 'POST', body: form })
    expect(reply.status).toBe(303)
    expect(reply.headers.get('location')).toContain(`/s/${code}/cam-on/`)
    expect((await server.answer(body)).status).toBe(201)
    const stored = await server.database.query.select().from(responses).where(eq(responses.placeId, placeId))
    expect(stored).toHaveLength(2)
  })

  test('that was revoked says so in three languages, names nobody and takes nothing', async () => {
    const body = await fullBody(server, 'TRMN', 5)
    const thanks = ((await (await server.answer(body)).json()) as { receipt: string }).receipt
    const code = await newCode('TRMN', { kind: 'revoked', reason: 'Tờ dán bị dán đè.' })
    const reply = await server.send(links.survey('TRMN'))
    const text = await reply.text()
    expect(reply.status).toBe(410)
    for (const words of ['Mã này đã được thu hồi', 'This code has been withdrawn', 'ត្រូវបានដកហូត'])
      expect(text).toContain(words)
    for (const secret of [code, 'Mầm non', 'dán đè']) expect(text).not.toContain(secret)
    const json = await server.answer({ ...body, id: crypto.randomUUID() })
    expect([json.status, ((await json.json()) as { code: string }).code]).toEqual([410, 'code_revoked'])
    expect((await server.send(links.thanks('TRMN', thanks))).status).toBe(200)
  })

  test('is never used again', async () => {
    const code = await newCode('TRTHCS', {})
    for (const again of ['TRTHCS', code]) {
      const reply = await post(links.newPlace(), { ...counter, code: again })
      expect(reply.status).toBe(422)
      expect((await post(links.placeCode(code), { kind: 'replaced', reason: 'Thử', code: again })).status).toBe(422)
    }
    const rows = await server.database.query.select().from(retiredCodes).where(eq(retiredCodes.code, 'TRTHCS'))
    expect(rows).toHaveLength(1)
  })

  test('is not changed without a reason', async () => {
    const reply = await post(links.placeCode('DVCTT'), { kind: 'replaced', reason: ' ' })
    expect(reply.status).toBe(422)
    expect(await reply.text()).toContain('Xin ghi lý do')
    expect((await placeOf('DVCTT')).code).toBe('DVCTT')
  })

  test('given to two places at the same moment goes to one', async () => {
    const replies = await Promise.all(['GC77', 'GC77', 'GC77'].map((code) => create({ code })))
    expect(replies.map(({ status }) => status).sort()).toEqual([303, 422, 422])
  })

  test('changed in one process is followed by another', async () => {
    const other = await startTestServer({ connection: server.connection })
    try {
      expect((await other.send(links.survey('DVCTT'))).status).toBe(200)
      const code = await newCode('DVCTT', {})
      await expect.poll(async () => (await other.send(links.survey(code))).status).toBe(200)
      expect((await other.send(links.survey('DVCTT'))).status).toBe(303)
    } finally {
      await other.stop()
    }
  })
})

describe('an agency', () => {
  const names = { nameVi: 'Đội Quản lý trật tự', shortName: 'Đội QLTT' }
  const standing = (code: string, status: string, changes: Form = {}) =>
    post(links.agency(code), { ...names, status, ...changes })

  test('is added with a code from its name, and closed while it has no open place', async () => {
    expect((await post(links.newAgency, names)).status).toBe(303)
    expect(await lastLine()).toMatchObject({ action: 'agency.create', subject: 'doi-quan-ly-trat-tu' })
    expect((await standing('doi-quan-ly-trat-tu', 'closed')).status).toBe(303)
    expect(await lastLine()).toMatchObject({ action: 'agency.change', before: { open: true }, after: { open: false } })
    const { status, reply } = await create({ agency: 'doi-quan-ly-trat-tu' })
    expect([status, await reply.text()]).toEqual([422, expect.stringContaining('đơn vị đang hoạt động')])
  })

  test('with a letter no font on paper has is refused, new or changed', async () => {
    const names = { nameVi: 'Tổ 中', shortName: 'Tổ ก' }
    const replies = [await post(links.newAgency, names), await standing('trung-tam-pvhcc', 'open', names)]
    for (const reply of replies) {
      const text = await reply.text()
      expect([reply.status, text]).toEqual([422, expect.stringContaining('“中” (U+4E2D)')])
      expect(text).toContain('“ก” (U+0E01)')
    }
    const place = { nameVi: 'Quầy 中', nameEn: 'A', nameKm: 'A', status: 'open' }
    expect((await post(links.place('QUAYHT'), place)).status).toBe(422)
  })

  test('does not close over open places, nor while it follows the whole commune', async () => {
    const open = await standing('trung-tam-pvhcc', 'closed')
    expect([open.status, await open.text()]).toEqual([422, expect.stringContaining('còn nơi phục vụ đang mở')])
    const coordinator = await standing('phong-van-hoa-xa-hoi', 'closed')
    expect([coordinator.status, await coordinator.text()]).toEqual([422, expect.stringContaining('giao việc đó')])
  })

  test('follows the whole commune in place of the one that did', async () => {
    const reads = async (agency: string) => {
      const { cookie: manager } = await server.signInAs('manager', [agency])
      return (await (await server.send(links.today(), { headers: { cookie: manager } })).text()).includes('Trạm Y tế')
    }
    expect(await reads('phong-kinh-te')).toBe(false)
    expect((await post(links.coordinatingAgency, { agency: 'phong-kinh-te' })).status).toBe(303)
    expect(await lastLine()).toMatchObject({
      action: 'agency.coordinate',
      subject: 'phong-kinh-te',
      ...{ before: { coordinates: ['phong-van-hoa-xa-hoi'] }, after: { coordinates: ['phong-kinh-te'] } },
    })
    expect(await reads('phong-kinh-te')).toBe(true)
    expect(await reads('phong-van-hoa-xa-hoi')).toBe(false)
  })

  test.each([
    ['Trạm Y tế', [], 'tram-y-te'],
    ['Trạm Y tế', ['tram-y-te'], 'tram-y-te-2'],
    ['Đội Quản lý  (trật tự)', [], 'doi-quan-ly-trat-tu'],
    ['ស្ថានីយ៍', [], 'co-quan'],
  ])('called %s beside %j gets the code %s', (name, taken, code) => expect(slugOf(name, new Set(taken))).toBe(code))
})

test('the page of a place shows its sheet with its own code and address', async () => {
  const text = await page(links.place('QUAYHT'))
  expect(text).toContain('<svg class="poster"')
  expect(text).toMatch(/<text[^>]*>QUAYHT<\/text>/)
  expect(text.match(/<circle cx="24"/g)).toHaveLength(5)
})
