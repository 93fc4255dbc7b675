import { readXlsx, writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { places } from '../../db/catalogue/tables.ts'
import { links } from '../../web/links.ts'
import { previewForm } from '../fixtures/pages/preview-form.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let cookie: string
beforeAll(async () => {
  server = await startTestServer()
  cookie = (await server.signIn()).cookie
})
afterAll(() => server.stop())

const send = (form: FormData, as = cookie) =>
  server.send(links.importPlaces, { method: 'POST', headers: { cookie: as }, body: form })

function upload(file: string | Uint8Array<ArrayBuffer>, name = 'truong.csv', as = cookie) {
  const form = new FormData()
  form.set('tep', new Blob([file]), name)
  return send(form, as)
}

const store = (preview: string) => send(previewForm(preview, 'store'))
const all = () => server.database.query.select().from(places).orderBy(places.id)
const problemsIn = (html: string) => [...html.matchAll(/<li>(Dòng \d+: [^<]*)<\/li>/g)].map(([, problem]) => problem)

describe('a file of places', () => {
  test('is shown first and stored whole, with made codes and guessed questionnaires', async () => {
    const before = (await all()).length
    const csv = `DANH SÁCH ĐIỂM PHỤC VỤ NĂM 2026
Tên trường;Đơn vị;Tên tiếng Anh;Mã
Trường Mầm non Hoa Sen;Trường công lập;Lotus Kindergarten;HSEN
Trường Tiểu học Vĩnh Thuận 2;;;
Trường THCS Vĩnh Thuận;;;`
    const reply = await upload(csv)
    const preview = await reply.text()
    expect([reply.status, problemsIn(preview)]).toEqual([200, []])
    expect(preview).toContain('Thêm 3 nơi phục vụ')
    expect(await all()).toHaveLength(before)
    expect((await store(preview)).status).toBe(303)
    const added = (await all()).slice(before)
    expect(added.map(({ questionnaire }) => questionnaire)).toEqual([
      ...['education-preschool', 'education-primary', 'education-lower-secondary'],
    ])
    expect(added[0]).toMatchObject({
      code: 'HSEN',
      serviceMode: 'direct',
      asksRespondent: false,
      name: { vi: 'Trường Mầm non Hoa Sen', en: 'Lotus Kindergarten', km: '' },
    })
    expect((await server.send(links.survey(added[1]?.code ?? ''))).status).toBe(200)
  })

  test('is read without diacritics too, as Excel writes it', async () => {
    const rows = [
      ['Ten diem phuc vu', 'Co quan', 'Bo cau hoi', 'Linh vuc'],
      ['Quầy 8 · Đất đai', 'TTPVHCC', 'hanh chinh', 'dat dai; XÂY DỰNG'],
      ['Phòng tiêm số 2', 'tram y te', 'Tiêm chủng', ''],
    ]
    const bytes = await writeXlsx({ sheets: [{ name: 'Danh sách', rows }] })
    const preview = await (await upload(new Uint8Array(bytes), 'quay.xlsx')).text()
    expect(problemsIn(preview)).toEqual([])
    expect((await store(preview)).status).toBe(303)
    const added = (await all()).slice(-2)
    expect(added[0]).toMatchObject({ fieldCodes: ['dat-dai', 'xay-dung'], serviceMode: 'ask', asksRespondent: true })
    expect(added[1]).toMatchObject({ questionnaire: 'vaccination', sector: 'health', fieldCodes: [] })
  })

  test('with wrong rows names each with its line, and stores nothing', async () => {
    const before = (await all()).length
    const csv = `Tên,Cơ quan,Bộ câu hỏi,Lĩnh vực,Mã
Trường Mầm non A,,,,
Trường Mầm non A,,,,
Trường Tiểu học,Trường công lập,,,
,Trạm Y tế,Tiêm chủng,,
Điểm lạ,Trạm Y tế,Bộ không có,,
Trường Tiểu học C,Sở Giáo dục,,,
Trường Tiểu học D,,,đất đai,
Trường Tiểu học E,,,,OI01
Trường Tiểu học G,,,,QUAYHT
Trường Tiểu học H,,,,HHHH
Trường Tiểu học K,,,,hhhh
Trường Tiểu học 中,,,,`
    const reply = await upload(csv)
    const preview = await reply.text()
    expect(problemsIn(preview)).toEqual([
      'Dòng 3: trùng tên với dòng 2; xin giữ một dòng.',
      'Dòng 4: đã có “Trường Tiểu học” (mã TRTH) ở đơn vị này; xin ghi mã ấy hoặc đổi tên.',
      'Dòng 5: thiếu tên nơi phục vụ.',
      'Dòng 6: không có bộ câu hỏi “Bộ không có”; xin ghi đúng tên trong trang Hướng dẫn của tệp mẫu.',
      'Dòng 7: không có đơn vị “Sở Giáo dục”; xin ghi đúng tên trong trang Hướng dẫn của tệp mẫu.',
      'Dòng 8: chỉ nơi làm thủ tục hành chính mới có lĩnh vực; xin để trống ô lĩnh vực.',
      'Dòng 9: mã “OI01”: Mã gồm 4 đến 10 chữ cái không dấu và chữ số, không dùng I, O, 0, 1 vì dễ đọc nhầm.',
      'Dòng 10: tên khác với “Quầy 1 · Hộ tịch, chứng thực” đang giữ mã QUAYHT; với nơi đã có, tệp chỉ đổi giờ làm việc và ngày riêng.',
      'Dòng 12: trùng mã HHHH với dòng 11; xin đổi hoặc để trống.',
      'Dòng 13: tên: không in được chữ “中” (U+4E2D); xin bỏ hoặc viết cách khác.',
    ])
    expect(preview).not.toContain('value="store"')
    const sheet = {
      name: '',
      rows: [
        [1, ['Tên']],
        [2, ['Sai']],
      ],
      hiddenRows: [],
      hiddenColumns: [],
    }
    const forged = { file: 'a', sheets: [sheet], hiddenSheets: 0 }
    expect((await send(previewForm(preview, 'store', { sheet: JSON.stringify(forged) }))).status).toBe(422)
    expect((await send(previewForm(preview, 'store', { sheet: '{}' }))).status).toBe(422)
    expect(await all()).toHaveLength(before)
  })

  test('stored twice adds nothing the second time', async () => {
    const preview = await (await upload('Tên\nTrường Mầm non Sao Mai')).text()
    expect((await store(preview)).status).toBe(303)
    const before = (await all()).length
    const again = await store(preview)
    expect(again.status).toBe(422)
    expect(problemsIn(await again.text())[0]).toContain('đã có “Trường Mầm non Sao Mai”')
    expect(await all()).toHaveLength(before)
  })

  test.each([
    ['without a column of names', 'Cột A,Cột B\n1,2', 'Không thấy cột tên'],
    ['that is empty', '', 'Tệp trống'],
    ['of more rows than anybody checks', `Tên\n${'Trường Mầm non\n'.repeat(501)}`, 'Tệp có hơn 500 dòng'],
  ])('%s says what to do', async (_, csv, sentence) => {
    expect(await (await upload(csv)).text()).toContain(sentence)
  })

  test('may hold sixty places with the longest names', async () => {
    const name = (index: number) => `Trường Mầm non ${'rất dài tên '.repeat(8)}${index}`.slice(0, 120)
    const csv = ['Tên', ...Array.from({ length: 60 }, (_, index) => name(index + 100))].join('\n')
    const preview = await (await upload(csv)).text()
    expect(problemsIn(preview)).toEqual([])
    expect((await store(preview)).status).toBe(303)
    expect(new Set((await all()).map(({ code }) => code)).size).toBe((await all()).length)
  })

  test('is nothing a manager may bring', async () => {
    const manager = await server.signInAs('manager', ['truong-cong-lap'])
    expect((await upload('Tên\nTrường Mầm non M', 'a.csv', manager.cookie)).status).toBe(403)
  })
})

test('the template names every column that is read, and comes back as it went', async () => {
  const reply = await server.send(links.placesTemplate, { headers: { cookie } })
  expect(reply.headers.get('content-disposition')).toContain('diem-phuc-vu.xlsx')
  const workbook = await readXlsx(Buffer.from(await reply.arrayBuffer()))
  const [table, guide] = workbook.sheets
  expect(table?.rows).toHaveLength(1)
  expect(guide?.rows.flat()).toEqual(expect.arrayContaining(['Trạm Y tế', 'Đất đai']))
  const header = (table?.rows[0] ?? []).map(String)
  const row = ['Trường Mầm non Mẫu', 'Trường công lập', 'mầm non', '', 'MAU9', 'Sample', 'គំរូ']
  const filled = await writeXlsx({ sheets: [{ name: 'Nơi phục vụ', rows: [header, row] }] })
  const preview = await (await upload(new Uint8Array(filled), 'mau.xlsx')).text()
  expect(problemsIn(preview)).toEqual([])
  expect((await store(preview)).status).toBe(303)
  const added = (await all()).find(({ code }) => code === 'MAU9')
  expect(added?.name).toEqual({ vi: 'Trường Mầm non Mẫu', en: 'Sample', km: 'គំរូ' })
})
