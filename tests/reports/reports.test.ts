import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPublicReport, readPublicReports } from '../../db/publication/publications.ts'
import { readFirstDays } from '../../db/reports/input.ts'
import { findReport } from '../../db/reports/reports.ts'
import { reports } from '../../db/reports/tables.ts'
import { readAudit } from '../../db/staff/audit.ts'
import { compareDocuments } from '../../server/reports/compare-rules.ts'
import { listPlaceholders } from '../../server/reports/content/blanks-rules.ts'
import type { ReportDocument } from '../../server/reports/contract.ts'
import type { ReportRecord } from '../../server/reports/record-contract.ts'
import { listPresets, offerPresets } from '../../server/reports/record-periods.ts'
import { listBlanks, verifyReport } from '../../server/reports/records.ts'
import { links } from '../../web/links.ts'
import { startSentence } from '../../web/ui/format.ts'
import { fillBlanks } from '../fixtures/reports/fill-blanks.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const quarter = 'quarterly:2026-07-01'
const health = 'tram-y-te/health'
let clock = Date.UTC(2026, 7, 3, 3)
let server: TestServer
let maker: { cookie: string; username: string }
let leader: { cookie: string; username: string }

beforeAll(async () => {
  server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
  for (const place of ['KHAMBENH', 'TCHUNG', 'QUAYHT'])
    for (const level of [5, 5, 5, 4, 4, 4, 5, 2]) await answer(place, level)
  clock = Date.UTC(2026, 10, 24, 3)
  maker = await server.signInAs('manager', ['tram-y-te'])
  leader = await server.signInAs('leader')
})
afterAll(() => server.stop())

async function answer(place: string, level: number) {
  const field = place.startsWith('QUAY') ? { field: 'ho-tich' } : {}
  const reply = await server.answer({ ...(await fullBody(server, place, level)), ...field })
  expect(reply.status).toBe(201)
}

const post = (path: string, who: { cookie: string }, form: Record<string, string>) =>
  server.send(path, { method: 'POST', headers: { cookie: who.cookie }, body: new URLSearchParams(form) })
const get = (path: string, who: { cookie: string }, headers: Record<string, string> = {}) =>
  server.send(path, { headers: { cookie: who.cookie, ...headers } })
const idIn = (reply: Response) => Number(reply.headers.get('location')?.split('/').at(-1))

async function make(period: string, issuer = health, who = maker): Promise<number> {
  const reply = await post(links.reports(), who, { period, issuer })
  expect(reply.status).toBe(303)
  return idIn(reply)
}
async function stored(id: number): Promise<ReportRecord> {
  const report = await findReport(server.database, id)
  if (!report) throw new Error(`no report ${id}`)
  return report
}
const hashOf = async (id: number) => (await stored(id)).hash
/** Filled in by its maker first: a draft with blanks is not approved. */
async function approve(id: number, who = leader) {
  if ((await stored(id)).state === 'draft') await fillBlanks(server, id, maker.cookie)
  return post(links.approveReport(id), who, { hash: await hashOf(id) })
}
async function filesOf(id: number): Promise<string[]> {
  const paths = [links.reportWord(id), links.reportPdf(id), links.reportSheet(id)]
  return Promise.all(
    paths.map(async (path) => Buffer.from(await (await get(path, maker)).arrayBuffer()).toString('base64')),
  )
}
const discard = (id: number) => server.database.query.delete(reports).where(eq(reports.id, id))
const textOf = ({ body }: ReportDocument) =>
  body.map((block) => (block.kind === 'paragraph' ? block.runs.map(({ text }) => text).join('') : '')).join('\n')

/** Sets one counted response of the quarter aside, as a decision about it does. */
async function loseOneResponse(place: string) {
  const [row] = await server.database.sql`
    update responses set standing = 'set_aside', reason = 'reviewed'
    where (place_id, id) = (
      select place_id, responses.id from responses join places on places.id = place_id
      where code = ${place} and day = '2026-08-03' and standing = 'counted' limit 1)
    returning id`
  expect(row).toBeDefined()
  await server.countDiffering()
}

describe('making a report', () => {
  test('keeps its figures, its document and its hash, and gives the same files each time', async () => {
    const id = await make(quarter)
    const first = await filesOf(id)
    const before = await stored(id)
    expect(before).toMatchObject({ kind: 'quarterly', sector: 'health', from: '2026-07-01', to: '2026-09-30' })
    expect(before).toMatchObject({ version: 1, state: 'draft', madeBy: maker.username })
    expect(await filesOf(id)).toEqual(first)
    await discard(id)
    const again = await make(quarter)
    expect(await hashOf(again)).toBe(before.hash)
    expect(await filesOf(again)).toEqual(first)
    await discard(again)
  })

  test('twice of the same period is refused with what to do; two at once make one', async () => {
    const replies = await Promise.all(
      [1, 2].map(() => post(links.reports(), maker, { period: quarter, issuer: health })),
    )
    expect(replies.map(({ status }) => status).toSorted()).toEqual([303, 422])
    const again = await post(links.reports(), maker, { period: quarter, issuer: health })
    expect(again.status).toBe(422)
    expect(await again.text()).toContain('lập bản đính chính')
    await discard(idIn(replies.find(({ status }) => status === 303) as Response))
  })

  test('of a period or body that is not offered is refused beside its field', async () => {
    for (const form of [
      { period: 'quarterly:2026-07-02', issuer: health },
      { period: 'monthly:2027-01-01', issuer: health },
      { period: quarter, issuer: 'trung-tam-pvhcc/administrative' },
      { period: quarter, issuer: 'tram-y-te/education' },
    ]) {
      const reply = await post(links.reports(), maker, form)
      expect([reply.status, form]).toEqual([422, form])
    }
  })

  test.each(['annual_result:2026-01-01', 'annual_plan:2027-01-01', 'monthly:2026-08-01', 'monthly:2026-11-01'])(
    'of %s can be read, downloaded and made again',
    async (period) => {
      const id = await make(period)
      const page = await get(links.report(id), maker)
      expect(page.status).toBe(200)
      expect(await page.text()).not.toMatch(/undefined|NaN|\[object/)
      expect((await filesOf(id)).every((file) => file.length > 2000)).toBe(true)
      expect(verifyReport(await stored(id))).toMatchObject({ intact: true, remade: 'same' })
    },
  )

  test('offers only periods with a closed day, and plans of this year and the next', () => {
    const offered = listPresets('2026-03-01')
    expect(offered.every(({ kind, from }) => kind === 'annual_plan' || from < '2026-03-01')).toBe(true)
    expect(offered.find(({ kind }) => kind === 'quarterly')).toMatchObject({ from: '2026-01-01', to: '2026-03-31' })
    expect(offered.find(({ kind }) => kind === 'monthly')).toMatchObject({ from: '2026-02-01', to: '2026-02-28' })
    expect(offered.filter(({ kind }) => kind === 'annual_plan').map(({ from, to }) => [from, to])).toEqual([
      ['2027-01-01', '2027-12-31'],
      ['2026-01-01', '2026-12-31'],
    ])
    expect(new Set(offered.map(({ key }) => key)).size).toBe(offered.length)
  })
})

describe('a draft', () => {
  test('takes the words of the agency and keeps its figures', async () => {
    const id = await make('quarterly:2026-04-01')
    const before = await stored(id)
    const form = {
      hash: before.hash,
      causes: 'Thiếu bác sĩ buổi sáng.\nPhòng chờ chật.',
      proposals: 'Thêm một bàn khám.',
    }
    expect((await post(links.reportParagraphs(id), maker, form)).status).toBe(303)
    const after = await stored(id)
    expect(after.hash).not.toBe(before.hash)
    expect(textOf(after.document)).toMatch(/Thiếu bác sĩ buổi sáng\.\nPhòng chờ chật\./)
    const { paragraphs: _, ...figures } = after.input.values
    expect(figures).toEqual(
      Object.fromEntries(Object.entries(before.input.values).filter(([key]) => key !== 'paragraphs')),
    )
    const late = await post(links.reportParagraphs(id), maker, form)
    expect(late.status).toBe(409)
    await discard(id)
  })

  test('says which letter no printed font has, keeps what was typed, and takes what Word pastes', async () => {
    const id = await make('quarterly:2026-04-01')
    const { hash } = await stored(id)
    const reply = await post(links.reportParagraphs(id), maker, { hash, causes: 'Do 中 tâm.', proposals: '' })
    const page = await reply.text()
    expect([reply.status, page]).toEqual([422, expect.stringContaining('Không in được chữ “中” (U+4E2D)')])
    expect(page).toContain('Do 中 tâm.')
    expect(await hashOf(id)).toBe(hash)
    const pasted = { hash, causes: '\uf0b7 Thiếu bàn ☑ ① №2 → 😀', proposals: '' }
    expect((await post(links.reportParagraphs(id), maker, pasted)).status).toBe(303)
    expect(await (await get(links.report(id), maker)).text()).toContain('• Thiếu bàn ☑ ① №2 → 😀')
    await discard(id)
  })

  test('shows what newer figures change before it takes them', async () => {
    const id = await make(quarter)
    const before = await stored(id)
    const nothing = await (await get(links.refreshReport(id), maker)).text()
    expect(nothing).toContain('Không có gì khác')
    await loseOneResponse('TCHUNG')
    const page = await (await get(links.refreshReport(id), maker)).text()
    expect(page).toContain('Số liệu thay đổi')
    expect(await hashOf(id)).toBe(before.hash)
    const fresh = /name="fresh" value="([0-9a-f]{64})"/.exec(page)?.[1] as string
    const stale = await post(links.refreshReport(id), maker, { hash: before.hash, fresh: before.hash })
    expect(stale.status).toBe(409)
    expect((await post(links.refreshReport(id), maker, { hash: before.hash, fresh })).status).toBe(303)
    expect(await hashOf(id)).toBe(fresh)
    await discard(id)
  })

  test('says in its files and their names that it is one', async () => {
    const id = await make('monthly:2026-07-01')
    const reply = await get(links.reportWord(id), maker)
    expect(reply.headers.get('content-disposition')).toBe(
      `attachment; filename="bao-cao-thang-7-nam-2026-y-te-ban-1-ban-thao.docx"; filename*=UTF-8''${encodeURIComponent('Báo cáo tháng 7 năm 2026 y tế, bản 1, bản thảo.docx')}`,
    )
    const draft = await filesOf(id)
    await approve(id)
    expect((await filesOf(id))[0]).not.toBe(draft[0])
    expect((await get(links.reportWord(id), maker)).headers.get('content-disposition')).not.toContain('ban-thao')
  })

  test('whose file is unchanged is not sent again', async () => {
    const id = await make('monthly:2026-06-01')
    const etag = (await get(links.reportPdf(id), maker)).headers.get('etag') as string
    expect(etag).toContain(await hashOf(id))
    const again = await get(links.reportPdf(id), maker, { 'if-none-match': etag })
    expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0])
  })
})

describe('an approved report', () => {
  let id: number
  let files: string[]
  beforeAll(async () => {
    id = await make(quarter)
    expect((await approve(id)).status).toBe(303)
    files = await filesOf(id)
  })

  test('says who approved it and when, and offers no form to change it', async () => {
    expect(await stored(id)).toMatchObject({ state: 'approved', approvedBy: leader.username })
    const page = await (await get(links.report(id), maker)).text()
    expect(page).toContain(leader.username)
    expect(page).not.toContain(links.reportParagraphs(id))
  })

  test('is not changed by any form, and each refusal says why', async () => {
    const hash = await hashOf(id)
    const words = await post(links.reportParagraphs(id), maker, { hash, causes: 'Khác', proposals: '' })
    const fresh = await post(links.refreshReport(id), maker, { hash, fresh: hash })
    expect([words.status, fresh.status]).toEqual([409, 409])
    expect(await words.text()).toContain('Báo cáo đã duyệt thì giữ nguyên')
    expect((await get(links.refreshReport(id), maker)).status).toBe(409)
    expect(await filesOf(id)).toEqual(files)
  })

  test('cannot be changed or deleted by SQL either', async () => {
    const { sql: raw } = server.database
    for (const change of [
      raw`update reports set document = '{}' where id = ${id}`,
      raw`update reports set state = 'draft' where id = ${id}`,
      raw`update reports set approved_by = 'ai-do', state = 'published' where id = ${id}`,
      raw`delete from reports where id = ${id}`,
    ])
      await expect(change).rejects.toMatchObject({ constraint_name: 'approved_report_kept' })
    expect(await filesOf(id)).toEqual(files)
  })

  test('stays as it is when a response is set aside; its correction names it and says what changed', async () => {
    const before = await stored(id)
    await loseOneResponse('KHAMBENH')
    expect(await filesOf(id)).toEqual(files)
    expect(verifyReport(await stored(id))).toMatchObject({ intact: true, remade: 'same' })
    const reason = 'Một phiếu được để riêng sau khi đối chiếu.'
    expect((await post(links.correctReport(id), maker, { reason: 'ngắn' })).status).toBe(422)
    const made = await post(links.correctReport(id), maker, { reason })
    expect(made.status).toBe(303)
    const correction = await stored(idIn(made))
    expect(correction).toMatchObject({ version: 2, correctsId: id, correctionReason: reason, state: 'draft' })
    expect(textOf(correction.document).split('\n')[0]).toBe(`Bản này đính chính và thay thế bản 1. Lý do: ${reason}`)
    expect(verifyReport(correction)).toMatchObject({ intact: true, remade: 'same' })
    const changed = compareDocuments(before.document, correction.document).figures
    const counted = changed.find(({ table, column }) => /chỉ tiêu$/.test(table) && column === 'Số phiếu')
    expect(Number(counted?.before) - Number(counted?.after)).toBe(1)
    const compared = await (await get(links.compareReports(correction.id, id), maker)).text()
    expect(compared).toContain('Bản này đính chính')
    expect(await (await get(links.report(id), maker)).text()).toContain(links.report(correction.id))
    expect((await post(links.correctReport(id), maker, { reason })).status).toBe(409)
    expect(await hashOf(id)).toBe(before.hash)
  })

  test('is named by its correction also after the words and the figures of that were renewed', async () => {
    const other = await make('quarterly:2026-01-01')
    await approve(other)
    const made = idIn(await post(links.correctReport(other), maker, { reason: 'Ghi sai tên đơn vị.' }))
    const { hash } = await stored(made)
    await post(links.reportParagraphs(made), maker, { hash, causes: 'Một nguyên nhân.', proposals: '' })
    const worded = await hashOf(made)
    const renewed = await post(links.refreshReport(made), maker, { hash: worded, fresh: worded })
    expect([renewed.status, await hashOf(made)]).toEqual([303, worded])
    expect(textOf((await stored(made)).document)).toMatch(/^Bản này đính chính và thay thế bản 1\. Lý do: Ghi sai tên/)
  })
})

describe('steps', () => {
  test('with a blank left nothing is approved; every blank has a box on the page, and filled it goes', async () => {
    for (const period of ['monthly:2025-11-01', 'annual_result:2025-01-01']) {
      const id = await make(period)
      const page = await (await get(links.report(id), maker)).text()
      expect(page).toMatch(/<button[^>]*disabled[^>]*>Duyệt báo cáo/)
      for (const { asked } of listBlanks(await stored(id))) expect(page).toContain(`>${startSentence(asked)}</label>`)
      // Whoever approves may have no boxes: then nothing leads to one.
      const read = await (await get(links.report(id), leader)).text()
      expect(read).toContain('do đơn vị lập báo cáo điền')
      for (const html of [page, read])
        for (const [, field] of html.matchAll(/href="#([a-z][\w-]*)"/g)) expect(html).toContain(`id="${field}"`)
      const refused = await post(links.approveReport(id), leader, { hash: await hashOf(id) })
      expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('Còn chỗ chưa điền: ')])
      expect((await stored(id)).state).toBe('draft')
      await fillBlanks(server, id, maker.cookie)
      expect(listPlaceholders((await stored(id)).document)).toEqual([])
      expect(textOf((await stored(id)).document)).toContain('Văn bản số 1')
      expect(verifyReport(await stored(id))).toMatchObject({ intact: true, remade: 'same' })
      expect((await post(links.approveReport(id), leader, { hash: await hashOf(id) })).status).toBe(303)
    }
  })

  test('offers one kind of report at a time, and no period before the first answer', async () => {
    const page = async (kind: string) => (await get(links.makeReport(kind).replace('#lap', ''), maker)).text()
    const periodsIn = (html: string) =>
      [...html.matchAll(/value="((?:annual|quarterly|monthly)[^"]*)"/g)].map(([, key]) => key)
    const monthly = periodsIn(await page('monthly')).filter((key) => key?.includes(':'))
    expect(monthly.every((key) => key?.startsWith('monthly:'))).toBe(true)
    const first = [...(await readFirstDays(server.database)).values()].sort()[0] as string
    expect(monthly.at(-1)).toBe(`monthly:${first.slice(0, 7)}-01`)
    expect(offerPresets(listPresets('2026-11-23'), null).every(({ kind }) => kind === 'annual_plan')).toBe(true)
  })

  test('two approvals at once: one is recorded', async () => {
    const id = await make('monthly:2026-05-01')
    await fillBlanks(server, id, maker.cookie)
    const hash = await hashOf(id)
    const replies = await Promise.all([leader, maker].map((who) => post(links.approveReport(id), who, { hash })))
    expect(replies.map(({ status }) => status).toSorted()).toEqual([303, 409])
    expect(await actionsOn(id)).toEqual(['report.make', 'report.change', 'report.approve'])
  })

  test('approving what changed since it was read is refused', async () => {
    const id = await make('monthly:2026-04-01')
    const hash = await hashOf(id)
    await post(links.reportParagraphs(id), maker, { hash, causes: 'Viết thêm sau.', proposals: '' })
    expect((await post(links.approveReport(id), leader, { hash })).status).toBe(409)
    expect((await stored(id)).state).toBe('draft')
  })

  test('only an approved report is published, once; each step is in the audit log', async () => {
    const id = await make('monthly:2026-03-01')
    expect((await post(links.publishReport(id), leader, { hash: await hashOf(id) })).status).toBe(409)
    await approve(id)
    const hash = await hashOf(id)
    expect(await findPublicReport(server.database, id)).toBeUndefined()
    expect((await post(links.publishReport(id), leader, { hash })).status).toBe(303)
    expect(await findPublicReport(server.database, id)).toMatchObject({ id, hash })
    expect((await readPublicReports(server.database)).map((one) => one.id)).toEqual([id])
    expect((await post(links.publishReport(id), leader, { hash })).status).toBe(409)
    const { correctReport, report } = links
    const correction = idIn(await post(correctReport(id), maker, { reason: 'Bổ sung số liệu tháng.' }))
    expect((await stored(id)).correctedBy).toEqual({ id: correction, version: 2, state: 'draft' })
    expect(await actionsOn(id)).toEqual(['report.make', 'report.change', 'report.approve', 'report.publish'])
    expect(await actionsOn(correction)).toEqual(['report.correct'])
    expect(await (await get(report(id), leader)).text()).toContain('Đã công bố')
  })

  async function actionsOn(id: number) {
    const rows = await readAudit(server.database, { group: 'report' }, 500)
    return rows
      .filter(({ subject }) => subject === String(id))
      .map(({ action }) => action)
      .toReversed()
  }
})

describe('verifying', () => {
  test('tells a document that was tampered with from figures that were', async () => {
    const id = await make('monthly:2026-02-01')
    const report = await stored(id)
    const forged = { ...report, document: { ...report.document, subject: 'Khác' } }
    expect(verifyReport(forged)).toMatchObject({ intact: false })
    const moved = {
      ...report,
      input: {
        ...report.input,
        values: {
          ...report.input.values,
          received: 999,
          issuer: { ...(report.input.values.issuer as object), name: 'Khác' },
        },
      },
    }
    expect(verifyReport(moved)).toMatchObject({ intact: true, remade: 'different' })
    expect(verifyReport({ ...report, input: { format: 99, values: {} } })).toMatchObject({ remade: 'unreadable' })
    expect(await (await get(links.verifyReport(id), maker)).text()).toContain('Khớp')
    await server.database.query
      .update(reports)
      .set({ document: sql`jsonb_set(document, '{subject}', '"Khác"')` })
      .where(eq(reports.id, id))
    expect(await (await get(links.verifyReport(id), maker)).text()).toContain('không khớp với mã kiểm tra')
  })
})

describe('who may', () => {
  let id: number
  beforeAll(async () => {
    id = await make('monthly:2026-01-01')
  })
  const pages = () => [links.report(id), links.reportWord(id), links.reportPdf(id), links.verifyReport(id)]

  test('clerks and interviewers see none', async () => {
    for (const role of ['clerk', 'interviewer'] as const) {
      const who = await server.signInAs(role, ['tram-y-te'])
      for (const path of [links.reports(), ...pages()]) expect((await get(path, who)).status).toBe(403)
    }
  })

  test('another agency neither sees it nor changes it', async () => {
    const other = await server.signInAs('manager', ['trung-tam-pvhcc'])
    expect(await (await get(links.reports(), other)).text()).not.toContain(links.report(id))
    for (const path of pages()) expect((await get(path, other)).status).toBe(404)
    const hash = await hashOf(id)
    for (const path of [links.approveReport(id), links.reportParagraphs(id), links.publishReport(id)])
      expect((await post(path, other, { hash })).status).toBe(404)
  })

  test('a leader reads and approves and makes none; an auditor only reads; an administrator approves none', async () => {
    const auditor = await server.signInAs('auditor')
    const administrator = await server.signIn()
    await fillBlanks(server, id, maker.cookie)
    const hash = await hashOf(id)
    for (const who of [leader, auditor, administrator]) expect((await get(links.report(id), who)).status).toBe(200)
    expect((await post(links.reports(), leader, { period: quarter, issuer: health })).status).toBe(403)
    expect((await post(links.approveReport(id), auditor, { hash })).status).toBe(403)
    expect((await post(links.approveReport(id), administrator, { hash })).status).toBe(403)
    expect((await post(links.approveReport(id), leader, { hash })).status).toBe(303)
  })

  test('whoever made it is warned before approving it', async () => {
    const own = await make('annual_plan:2026-01-01')
    const warning = 'cũng là người lập bản này'
    expect(await (await get(links.report(own), maker)).text()).toContain(warning)
    expect(await (await get(links.report(own), leader)).text()).not.toContain(warning)
    expect((await approve(own, maker)).status).toBe(303)
  })

  test('addresses of nothing are not found', async () => {
    for (const path of [
      '/bao-cao/0',
      '/bao-cao/abc',
      '/bao-cao/999999999',
      '/bao-cao/99999999999/pdf',
      links.compareReports(id, 99999),
    ])
      expect((await get(path, maker)).status).toBe(404)
  })
})
