import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { places } from '../../db/catalogue/tables.ts'
import { updatePlace } from '../../db/places/change.ts'
import { recordAudit } from '../../db/staff/audit.ts'
import { withinScope } from '../../db/staff/scope.ts'
import { auditLog } from '../../db/staff/tables.ts'
import { saveVisits } from '../../db/visits/visits.ts'
import type { Questionnaire } from '../../server/catalogue/contract.ts'
import { csvLine } from '../../server/csv-rules.ts'
import { writeDraft } from '../../server/questionnaires/draft/rules.ts'
import { type AuditAction, auditActions } from '../../server/staff/contract.ts'
import { momentInWords } from '../../web/audit/moment.ts'
import { actionInWords, auditGroups } from '../../web/audit/words.ts'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let cookie: string
const firstDay = Date.UTC(2026, 10, 23, 3)
let clock = firstDay
beforeAll(async () => {
  server = await startTestServer({ now: () => clock })
  cookie = (await server.signIn()).cookie
})
afterAll(() => server.stop())

const comment = 'Cán bộ ở quầy nói to quá, xin gọi lại số 0912345678'
const get = (path: string) => server.send(path, { headers: { cookie } })
const text = async (path: string) => (await get(path)).text()
const post = (path: string, body: Record<string, string> | [string, string][]) =>
  server.send(path, { method: 'POST', headers: { cookie }, body: new URLSearchParams(body) })

const readLog = (action?: AuditAction) =>
  withinScope(server.database, 'all', (transaction) => {
    const rows = transaction.select().from(auditLog)
    return action ? rows.where(eq(auditLog.action, action)).orderBy(auditLog.id) : rows.orderBy(auditLog.id)
  })

async function lastOf(action: AuditAction) {
  const row = (await readLog(action)).at(-1)
  if (!row) throw new Error(`nothing logged as ${action}`)
  const agency = await server.database.sql`select code from agencies where id = ${row.agencyId}`
  return { actor: row.actor, subject: row.subject, agency: agency[0]?.code ?? null, ...row.change }
}

const place = (changes: Record<string, string> = {}) =>
  post(links.place('TRMN'), {
    nameVi: 'Trường Mầm non',
    nameEn: 'Kindergarten',
    nameKm: 'សាលា',
    status: 'open',
    budgetPerHour: '',
    ...changes,
  })

const placeIdOf = async (code: string) => {
  const [row] = await server.database.query.select().from(places).where(eq(places.code, code))
  return (row as typeof places.$inferSelect).id
}

/** The first days of a month with the same count each. */
async function daysOf(code: string, month: string, days: number, count: number) {
  const placeId = await placeIdOf(code)
  return Array.from({ length: days }, (_, index) => ({
    placeId,
    fieldId: 0 as const,
    period: 'day' as const,
    count,
    day: `${month}-${String(index + 1).padStart(2, '0')}`,
  }))
}

const wavePlan = (changes: Record<string, string> = {}): [string, string][] => [
  ...Object.entries({
    name: 'Hộ gia đình 2026',
    owner: 'phong-van-hoa-xa-hoi',
    questionnaire: 'household',
    strata: 'Ấp Một; 600',
    opensOn: '2026-11-25',
    closesOn: '2026-11-30',
    formula: 'pooled',
    drawnFromList: 'no',
    ...changes,
  }),
  ['channels', 'paper'],
]

const planWave = async (changes?: Record<string, string>) =>
  Number((await post(links.newWave, wavePlan(changes))).headers.get('location')?.split('/').at(-1))

async function draftOf(code: string, change: (definition: Questionnaire) => Questionnaire): Promise<string> {
  const [row] = await server.database.sql<{ definition: Questionnaire }[]>`
    select definition from questionnaire_versions where code = ${code} and status = 'published'`
  return writeDraft(change((row as { definition: Questionnaire }).definition))
}

describe('what staff change is logged with who, what and how it was before', () => {
  test('a place: only the fields that changed', async () => {
    await place()
    await place({ nameVi: 'Trường Mầm non Tân Thuận', status: 'closed', budgetPerHour: '50' })
    expect(await lastOf('place.change')).toEqual({
      actor: 'admin',
      subject: 'TRMN',
      agency: 'truong-cong-lap',
      before: { nameVi: 'Trường Mầm non', open: true, budgetPerHour: null },
      after: { nameVi: 'Trường Mầm non Tân Thuận', open: false, budgetPerHour: 50 },
    })
  })

  test('nothing where nothing changed', async () => {
    await place()
    const before = (await readLog()).length
    await place()
    await post(links.qrSettings, {})
    expect(await readLog()).toHaveLength(before)
  })

  test('the switch of the codes', async () => {
    await post(links.qrSettings, { capitals: 'yes' })
    expect(await lastOf('place.qr')).toMatchObject({ before: { capitals: false }, after: { capitals: true } })
  })

  test('a questionnaire: draft, publication with its reason, reviewed translation, discarded draft', async () => {
    const code = 'vaccination'
    const definition = await draftOf(code, (one) => ({ ...one, extra: [] }))
    await post(links.draftQuestionnaire(code), { definition, action: 'save' })
    expect(await lastOf('version.draft')).toMatchObject({ subject: 'vaccination/2', after: { extraQuestions: 0 } })
    await post(links.draftQuestionnaire(code), { definition, action: 'save' })
    expect(await readLog('version.draft')).toHaveLength(2)
    await post(links.publishQuestionnaire(code, 2), { reason: 'Bỏ câu hỏi thêm theo góp ý.' })
    expect(await lastOf('version.publish')).toMatchObject({
      ...{ actor: 'admin', subject: 'vaccination/2', before: { inUse: 1 } },
      after: { inUse: 2, reason: 'Bỏ câu hỏi thêm theo góp ý.' },
    })
    await post(links.reviewTranslation(code, 2), { language: 'km', reviewed: 'yes' })
    expect(await lastOf('version.review')).toMatchObject({ before: { km: false }, after: { km: true } })
    await post(links.draftQuestionnaire(code), { definition, action: 'save' })
    await post(links.draftQuestionnaire(code), { action: 'discard' })
    expect(await lastOf('version.discard')).toMatchObject({ actor: 'admin', subject: 'vaccination/3' })
  })

  test('an indicator: old and new settings, and the reason', async () => {
    const values = { title: 'Mức độ hài lòng về dịch vụ y tế', target: '92,5', period: 'đến 2030', formula: 'pooled' }
    const reason = 'Theo nghị quyết mới của xã.'
    const reply = await post(links.changeIndicator('II.8'), { basedOn: '1', ...values, allChannels: 'yes', reason })
    expect(reply.status).toBe(303)
    expect(await lastOf('indicator.change')).toMatchObject({
      ...{ actor: 'admin', subject: 'II.8', agency: 'tram-y-te', before: { target: 90, version: 1 } },
      after: { target: 92.5, version: 2, reason },
    })
  })

  test('visits: each figure of a month, once for each agency', async () => {
    const month = { period: 'month', time: '2026-10' }
    await post(links.visits(), { ...month, 'd-QUAYHT': '120', 'd-KHAMBENH': '600', 'l-dat-dai': '40' })
    await post(links.visits(), { ...month, 'was-d-QUAYHT': '120', 'd-QUAYHT': '125', 'd-QUAYDD': '7' })
    const rows = await readLog('visits.type')
    expect(rows).toHaveLength(4)
    expect(rows.slice(0, 3).map(({ change }) => change.after)).toEqual(
      expect.arrayContaining([{ QUAYHT: 120 }, { KHAMBENH: 600 }, { 'dat-dai': 40 }]),
    )
    expect(await lastOf('visits.type')).toEqual({
      actor: 'admin',
      subject: '2026-10',
      agency: 'trung-tam-pvhcc',
      ...{ before: { QUAYHT: 120, QUAYDD: null }, after: { QUAYHT: 125, QUAYDD: 7 } },
    })
  })

  test('many figures of a file are added up', async () => {
    const july = await Promise.all(['KHAMBENH', 'TCHUNG'].map((code) => daysOf(code, '2026-07', 31, 3)))
    const august = await daysOf('TCHUNG', '2026-08', 10, 5)
    await saveVisits(server.database, [...july.flat(), ...august], 'admin', 'mua-he.xlsx')
    const rows = (await readLog('visits.import')).map(({ subject, change }) => ({ subject, ...change }))
    expect(rows).toContainEqual({
      ...{ subject: '2026-07', before: { figures: 0, visits: 0 } },
      after: { file: 'mua-he.xlsx', figures: 62, visits: 186 },
    })
    expect(rows.find(({ subject }) => subject === '2026-08')?.after).toMatchObject({ 'TCHUNG 2026-08-10': 5 })
  })

  test('a wave: planned, changed, cancelled, closed', async () => {
    const wave = await planWave({ opensOn: '2026-11-24' })
    expect(await lastOf('wave.plan')).toMatchObject({
      actor: 'admin',
      subject: String(wave),
      agency: 'phong-van-hoa-xa-hoi',
      after: { name: 'Hộ gia đình 2026', opensOn: '2026-11-24', strata: 1, channels: ['paper'] },
    })
    await post(links.wave(wave), { name: 'Hộ gia đình, lần hai', strata: 'Ấp Một; 600\nẤp Hai; 300' })
    expect(await lastOf('wave.change')).toMatchObject({
      before: { name: 'Hộ gia đình 2026', strata: 1 },
      after: { name: 'Hộ gia đình, lần hai', strata: 2 },
    })
    await post(links.closeWave(wave), {})
    expect(await lastOf('wave.cancel')).toMatchObject({ subject: String(wave), before: { strata: 2 } })
    const next = await planWave({ opensOn: '2026-11-23' })
    await post(links.closeWave(next), { confirmed: 'yes', reason: 'Đã đủ phiếu.' })
    expect(await lastOf('wave.close')).toMatchObject({
      subject: String(next),
      agency: 'phong-van-hoa-xa-hoi',
      after: { closedOn: '2026-11-23', responses: 0, earlyReason: 'Đã đủ phiếu.' },
    })
  })

  test('a refused change leaves no line', async () => {
    const before = (await readLog()).length
    expect((await place({ nameVi: '' })).status).toBe(422)
    expect((await post(links.newWave, wavePlan({ opensOn: '2020-01-01' }))).status).toBe(422)
    expect((await post(links.changeIndicator('II.8'), { basedOn: '1' })).status).toBe(422)
    expect(await readLog()).toHaveLength(before)
  })
})

describe('a change and its line', () => {
  test('happen both or neither: a line that cannot be written takes the change back', async () => {
    const change = { name: { vi: 'Không được', en: 'No', km: 'ទេ' }, open: false, budgetPerHour: 1 }
    await expect(updatePlace(server.database, 'TRTH', change, null as never)).rejects.toThrow()
    const [row] = await server.database.query.select().from(places).where(eq(places.code, 'TRTH'))
    expect(row).toMatchObject({ open: true, budgetPerHour: null })
  })

  test('happen both or neither: a change that fails takes its line back', async () => {
    const before = (await readLog('visits.type')).length
    const placeId = await placeIdOf('KHAMBENH')
    const wrong = { placeId, fieldId: 0 as const, period: 'month' as const, day: '2026-09-01', count: -1 }
    await expect(saveVisits(server.database, [wrong], 'admin', 'form')).rejects.toThrow()
    expect(await readLog('visits.type')).toHaveLength(before)
  })

  test('say what stood there even when two save at once', async () => {
    const placeId = await placeIdOf('KHAMBENH')
    const figure = (count: number) => ({
      placeId,
      fieldId: 0 as const,
      period: 'month' as const,
      day: '2026-06-01',
      count,
    })
    const counts = Array.from({ length: 10 }, (_, index) => index + 1)
    await Promise.all(counts.map((count) => saveVisits(server.database, [figure(count)], 'admin', 'form')))
    const changes = (await readLog('visits.type')).filter(({ subject }) => subject === '2026-06')
    const before = changes.map(({ change }) => change.before?.KHAMBENH ?? null)
    const after = changes.map(({ change }) => change.after?.KHAMBENH)
    expect(before).toEqual([null, ...after.slice(0, -1)])
  })
})

test('the log holds no answer, comment or number of a citizen after a day of every kind of change', async () => {
  clock = firstDay
  const body = await fullBody(server, 'QUAYHT', 2)
  expect((await server.answer({ ...body, comment })).status).toBe(201)
  const wave = await planWave({ opensOn: '2026-11-23', closesOn: '2026-11-24' })
  const form = {
    id: '0197f2aa-0000-7000-8000-0000000000aa',
    formNumber: '777',
    channel: 'paper',
    place: 'HOGIADINH',
    ...Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`a-sipas-${index + 1}`, '4'])),
    stratum: '',
    comment,
  }
  expect((await post(links.enterForms(wave), form)).status).toBe(303)
  await place({ nameVi: 'Trường Mầm non xã' })
  await post(links.closeWave(wave), { confirmed: 'yes', reason: 'Đã đủ phiếu.' })
  const kinds = new Set((await readLog()).map(({ action }) => action))
  expect(kinds.size).toBeGreaterThan(10)
  const whole = JSON.stringify(await readLog())
  for (const secret of ['0912345678', 'nói to quá', body.id, form.id, ...Object.keys(body.answers)]) {
    expect(whole).not.toContain(secret)
  }
  const stored = await server.database.sql<{ answers: string }[]>`select answers from responses`
  for (const { answers } of stored) expect(whole).not.toContain(answers)
})

describe('the page of the log', () => {
  const add = (...subjects: string[]) =>
    server.database.query.transaction((transaction) =>
      recordAudit(
        transaction,
        ...subjects.map((subject) => ({ actor: 'can-bo-mot', action: 'place.change' as const, subject })),
      ),
    )
  const subjectsOn = (html: string) => [...html.matchAll(/TRANG\d+/g)].map(([subject]) => subject)

  test('shows twenty lines, newest first, and older ones by their own address, none twice', async () => {
    await add(...Array.from({ length: 120 }, (_, index) => `TRANG${String(index).padStart(3, '0')}`))
    const seen: string[] = []
    let path: string | undefined = links.audit({ nguoi: 'can-bo-mot' })
    const sizes: number[] = []
    while (path) {
      const html = await text(path)
      const own = [...new Set(subjectsOn(html))]
      sizes.push(own.length)
      seen.push(...own)
      path = /href="([^"]+)">Cũ hơn/.exec(html)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(sizes).toEqual([20, 20, 20, 20, 20, 20])
    expect(seen).toEqual(seen.toSorted().toReversed())
    expect(new Set(seen).size).toBe(120)
  })

  test('is narrowed by who, which part, what and when', async () => {
    expect(subjectsOn(await text(links.audit({ tim: 'TRANG007' })))[0]).toBe('TRANG007')
    expect(subjectsOn(await text(links.audit({ tim: 'trang007' })))[0]).toBe('TRANG007')
    expect(await text(links.audit({ nguoi: 'khong-co' }))).toContain('Không có việc nào khớp')
    expect(await text(links.audit({ tim: '%' }))).toContain('Không có việc nào khớp')
    expect(await text(links.audit({ nhom: 'indicator' }))).not.toContain('Đợt khảo sát ·')
    expect(await text(links.audit({ nhom: 'indicator' }))).toContain('Sửa chỉ tiêu')
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
    expect(subjectsOn(await text(links.audit({ tim: 'TRANG007', tu: today, den: today })))[0]).toBe('TRANG007')
    expect(await text(links.audit({ den: '2020-01-01' }))).toContain('Không có việc nào khớp')
  })

  test('takes days as people write them and refuses what is none', async () => {
    expect(await text(links.audit({ den: '01/01/2020' }))).toContain('Không có việc nào khớp')
    for (const wrong of ['32/01/2020', 'hôm qua', '2026-02-30'])
      expect((await get(links.audit({ den: wrong }))).status).toBe(422)
    expect((await get(`${links.audit()}?tim=%00`)).status).toBe(200)
    expect((await get(`${links.audit()}?truoc=x`)).status).toBe(422)
  })

  test('says what changed in words', async () => {
    const html = (await text(links.audit({ nhom: 'indicator' }))).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    expect(html).toContain('Sửa chỉ tiêu · II.8')
    expect(html).toMatch(/Mức chỉ tiêu \(%\) 90 → 92,5/)
    expect(html).toContain('Lý do Theo nghị quyết mới của xã.')
  })

  test('shows what an earlier version wrote, and never as markup', async () => {
    await server.database.sql`insert into audit_log (actor, action, subject, change)
      values ('can-bo-hai', 'old.deed', '<b>x</b>', '{"after": {"<i>y</i>": "<script>z</script>"}}')`
    const html = await text(links.audit({ nguoi: 'can-bo-hai' }))
    expect(html).toContain('old.deed')
    expect(html).not.toMatch(/<b>x|<i>y|<script>z/)
  })

  test('has words for every action and every part', () => {
    for (const action of auditActions) {
      expect(actionInWords(action), action).toMatch(/\p{Lu}.*\s/u)
      expect(auditGroups).toHaveProperty(action.split('.')[0] as string)
    }
  })
})

test.each([
  ['case.assign', '2026-11-23T04:59:00Z', '23/11/2026, buổi sáng'],
  ['case.unmask', '2026-11-23T05:00:00Z', '23/11/2026, buổi chiều'],
  ['case.assign', '2026-11-22T04:59:00Z', '22/11/2026 11:59'],
  ['case_rules.change', '2026-11-23T04:59:00Z', '23/11/2026 11:59'],
])('%s at %s is told as %s on 23/11: what tells of an answer of the running day, to the half-day', (action, at, told) =>
  expect(momentInWords({ action, at }, '2026-11-23')).toBe(told),
)

describe('the file of the log', () => {
  test('holds every matching line, is harmless in a spreadsheet, and is logged itself', async () => {
    await server.database.sql`insert into audit_log (actor, action, subject, change)
      select 'can-bo-ba', 'place.change', 'DONG' || n, '{"after": {"nameVi": "=1+1"}}' from generate_series(1, 2345) n`
    const reply = await get(links.auditFile({ nguoi: 'can-bo-ba' }))
    expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const bytes = Buffer.from(await reply.arrayBuffer())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const lines = bytes.toString().trimEnd().split('\r\n')
    expect(lines).toHaveLength(2346)
    expect(lines[0]).toBe('\uFEFFThời điểm,Người làm,Việc,Đối tượng,Trước,Sau')
    expect(lines[1]).toMatch(/^\d\d\/\d\d\/\d{4} \d\d:\d\d,can-bo-ba,Sửa nơi phục vụ,DONG2345,,Tên: =1\+1$/)
    expect(await lastOf('audit.export')).toMatchObject({ actor: 'admin', after: { actor: 'can-bo-ba' } })
  })

  test.each([
    ['=1+1', "'=1+1"],
    ['+84', "'+84"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['a,b', '"a,b"'],
    ['"a"', '"""a"""'],
    ['=a\r\nb', '"\'=a\r\nb"'],
    ['Ấp Một', 'Ấp Một'],
  ])('a cell %j is written %j', (given, written) => {
    expect(csvLine([given])).toBe(`${written}\r\n`)
  })
})
