import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let cookie: string
const folder = mkdtempSync(join(tmpdir(), 'y-dan-khmer-'))
beforeAll(async () => {
  server = await startTestServer()
  cookie = (await server.signIn()).cookie
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await server.stop()
})

type Row = (string | number)[]

async function download(): Promise<{ bytes: Buffer; header: Row; rows: Row[] }> {
  const reply = await server.send(links.translationFile, { headers: { cookie } })
  expect(reply.status).toBe(200)
  const bytes = Buffer.from(await reply.arrayBuffer())
  const [header = [], ...rows] = ((await readXlsx(bytes)).sheets[0]?.rows ?? []) as Row[]
  return { bytes, header, rows }
}

async function upload(bytes: Uint8Array, name = 'tieng-khmer.xlsx', reviewer = '') {
  const form = new FormData()
  form.set('tep', new Blob([new Uint8Array(bytes)]), name)
  form.set('nguoi-duyet', reviewer)
  return server.send(links.importTranslations, { method: 'POST', headers: { cookie }, body: form })
}

const sheet = (rows: Row[]) => writeXlsx({ sheets: [{ name: 'Bản dịch', rows }] })
const problemsIn = (html: string) => [...html.matchAll(/<li>(Dòng \d+: [^<]*)<\/li>/g)].map(([, problem]) => problem)
const [code, khmer, ticked] = [1, 4, 5]
const find = (rows: Row[], name: string): Row => {
  const row = rows.find((one) => one[code] === name)
  if (!row) throw new Error(`no ${name}`)
  return row
}
const state = async () => ({
  wordings: await server.database.sql`select part, key, body from wordings order by part, key`,
  reviews: await server.database.sql`select count(*)::int from text_reviews`,
  drafts: await server.database.sql`select id, definition from questionnaire_versions where status = 'draft'`,
})

/** Opened and saved by another program, as a translator does. */
function saveInLibreOffice(bytes: Buffer, kind: 'xlsx' | 'csv'): Buffer {
  writeFileSync(join(folder, 'goc.xlsx'), bytes)
  const filter = kind === 'csv' ? 'csv:Text - txt - csv (StarCalc):44,34,76,1,,1066,false,true' : 'xlsx'
  const profile = `-env:UserInstallation=file://${folder}/profile`
  execFileSync('soffice', [
    profile,
    '--headless',
    '--convert-to',
    filter,
    '--outdir',
    `${folder}/${kind}`,
    `${folder}/goc.xlsx`,
  ])
  return readFileSync(join(folder, kind, `goc.${kind}`))
}

describe('the spreadsheet', () => {
  test('holds every text, and comes back from LibreOffice without a change', async () => {
    const { bytes, header, rows } = await download()
    expect(header.slice(0, 6)).toEqual(['Phần', 'Mã câu', 'Tiếng Việt', 'Tiếng Anh', 'Tiếng Khmer', 'Đã duyệt'])
    expect(rows.length).toBeGreaterThan(500)
    const before = await state()
    for (const kind of ['xlsx', 'csv'] as const) {
      const reply = await upload(saveInLibreOffice(bytes, kind), `goc.${kind}`)
      expect([kind, reply.status, problemsIn(await reply.text())]).toEqual([kind, 303, []])
    }
    expect(await state()).toEqual(before)
  }, 120_000)

  test('brings words, a questionnaire’s texts and names in at once, reviewed by whom the file was read', async () => {
    const { header, rows } = await download()
    find(rows, 'survey survey/send')[khmer] = 'ផ្ញើទៅឃុំ'
    find(rows, 'questions-vaccination title')[khmer] = 'សំណួរអំពីវ៉ាក់សាំង'
    find(rows, 'names field/dat-dai')[khmer] = 'ដីធ្លី ខ'
    find(rows, 'survey survey/send')[ticked] = 'x'
    const edited = saveInLibreOffice(Buffer.from(await sheet([header, ...rows])), 'xlsx')
    const reply = await upload(edited, 'sua.xlsx', 'Giáo viên tiếng Khmer')
    expect([reply.status, reply.headers.get('location')]).toEqual([303, links.translations('roi')])
    const { wordings, drafts } = await state()
    expect(wordings).toEqual([{ part: 'survey', key: 'survey/send', body: 'ផ្ញើទៅឃុំ' }])
    expect(drafts).toMatchObject([{ definition: { code: 'vaccination', title: { km: 'សំណួរអំពីវ៉ាក់សាំង' } } }])
    const reviews = await server.database.sql`select key, reviewed_by, recorded_by from text_reviews`
    expect(reviews).toEqual([{ key: 'survey/send', reviewed_by: 'Giáo viên tiếng Khmer', recorded_by: 'admin' }])
    expect(await (await server.send(`${links.survey('QUAYHT')}?lang=km`)).text()).toContain('ផ្ញើទៅឃុំ')
  }, 60_000)

  test('with wrong rows names each by its line in one sentence, and changes nothing', async () => {
    const before = await state()
    const { header, rows } = await download()
    const wrong: [name: string, text: string][] = [
      ['survey survey/question', 'សំណួរ {1}'],
      ['survey survey/optional', 'ក'.repeat(200)],
      ['survey thanks/title', 'Xin cảm ơn'],
      ['survey thanks/recorded', ''],
    ]
    for (const [name, text] of wrong) find(rows, name)[khmer] = text
    find(rows, 'survey thanks/receipt')[khmer] = 'ត្រឹមត្រូវ'
    find(rows, 'survey thanks/next')[code] = 'survey thanks/none'
    const reply = await upload(await sheet([header, ...rows]))
    const problems = problemsIn(await reply.text())
    expect([reply.status, problems.length]).toEqual([422, 5])
    const line = rows.indexOf(find(rows, 'survey survey/question')) + 2
    expect(problems).toContainEqual(expect.stringMatching(new RegExp(`^Dòng ${line}: phải giữ đủ \\{1\\} \\{2\\}`)))
    expect(problems.join(' ')).toMatch(/nhiều nhất là .*chưa có chữ Khmer.*không để trống.*không còn trên trang/s)
    expect(await state()).toEqual(before)
  })

  test('that is older than somebody else’s change says so by line, and leaves that change', async () => {
    const { header, rows } = await download()
    const own = find(rows, 'survey thanks/title')
    own[khmer] = 'អរគុណ ក'
    expect((await upload(await sheet([header, own]))).status).toBe(303)
    own[khmer] = 'អរគុណ ខ'
    const reply = await upload(await sheet([header, own]))
    expect([reply.status, problemsIn(await reply.text())]).toEqual([
      422,
      [expect.stringContaining('Dòng 2: vừa được người khác sửa')],
    ])
    expect((await state()).wordings).toContainEqual({ part: 'survey', key: 'thanks/title', body: 'អរគុណ ក' })
  })

  test('that says one text twice, or is no such file, is refused with one sentence', async () => {
    const { header, rows } = await download()
    const own = find(rows, 'survey thanks/receipt')
    expect(problemsIn(await (await upload(await sheet([header, own, own]))).text())).toEqual([
      'Dòng 3: trùng mã câu với dòng 2; xin giữ một dòng.',
    ])
    const other = await upload(Buffer.from('Ngày,Số lượt\n2026-01-01,5\n'), 'luot.csv')
    expect([other.status, await other.text()]).toEqual([422, expect.stringContaining('Không thấy các cột')])
    const none = await upload(Buffer.from(''), '')
    expect([none.status, await none.text()]).toEqual([422, expect.stringContaining('Xin chọn tệp')])
  })
})
