import { type CellValue, writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { places } from '../../db/catalogue/tables.ts'
import { links } from '../../web/links.ts'
import { previewForm } from '../fixtures/pages/preview-form.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let cookie: string
beforeAll(async () => {
  server = await startTestServer({ now: () => Date.UTC(2026, 10, 23, 3) })
  cookie = (await server.signIn()).cookie
})
afterAll(() => server.stop())
beforeEach(() => server.database.sql`delete from visits`)
beforeEach(() => server.database.sql`delete from column_choices`)

const post = (path: string, body: FormData) => server.send(path, { method: 'POST', headers: { cookie }, body })
const visit: string = links.importVisits

function upload(path: string, content: string | Uint8Array, name = 'tep.csv') {
  const form = new FormData()
  form.set('tep', new Blob([content as BlobPart]), name)
  return post(path, form)
}
const preview = async (content: string | Uint8Array, path = visit) => (await upload(path, content)).text()
const press = async (html: string, action: string, changes: Record<string, string> = {}, path = visit) =>
  (await post(path, previewForm(html, action, changes))).text()

async function stored(): Promise<string[]> {
  const rows = await server.database.sql<{ code: string; period: string; day: string; count: number }[]>`
    select coalesce(p.code, f.code) as code, period, day::text as day, count from visits v
    left join places p on p.id = v.place_id left join fields f on f.id = v.field_id and v.place_id is null
    order by 1, 2, 3`
  return rows.map(({ code, period, day, count }) => `${code} ${period} ${day} ${count}`)
}

const october = 'dat-dai month 2026-10-01 120'

describe('the denominator is what the file says', () => {
  test('with blank lines between 9 000 rows, and over 10 000 rows not at all', async () => {
    const rows = (count: number) =>
      `Lĩnh vực,Ngày tiếp nhận\n${'Đất đai,05/10/2026\nĐất đai,05/10/2026\n\n'.repeat(count / 2)}`
    const html = await preview(rows(9000))
    expect(html).toContain('Đọc 9.000 dòng, cộng 9.000 lượt, ngày 05/10/2026.')
    expect(html).toMatch(/Để ngoài: 4\.\d{3} dòng trống\./)
    await press(html, 'store')
    expect(await stored()).toEqual(['dat-dai day 2026-10-05 9000'])
    const reply = await upload(visit, rows(10_002))
    expect([reply.status, (await reply.text()).includes('hơn 10.000 dòng')]).toEqual([422, true])
  })

  test.each(['Số HS tiếp nhận', 'Tiếp nhận', 'Số lần khám', 'Số lượt', 'Tổng số hồ sơ', 'SL', 'Tổng cộng'])(
    'under the header %s',
    async (header) => {
      await press(await preview(`Lĩnh vực,Tháng,${header}\nĐất đai,10/2026,120\n`), 'store')
      expect(await stored()).toEqual([october])
    },
  )

  test('never without the column of numbers that nobody has named', async () => {
    const html = await preview('Lĩnh vực,Tháng,Kết quả\nĐất đai,10/2026,120\n')
    expect(html).toContain('Có số ở cột chưa rõ là gì: “Kết quả”')
    expect(html).not.toContain('value="store"')
    await press(html, 'store')
    expect(await stored()).toEqual([])
    await press(await press(html, 'preview', { 'cot-2': 'count' }), 'store')
    expect(await stored()).toEqual([october])
  })

  test('and what was said of a column holds for the next file with the same header', async () => {
    const file = (count: number) => `Lĩnh vực,Tháng,Trong kỳ,Khác\nĐất đai,10/2026,${count},3\n`
    const html = await press(await preview(file(90)), 'preview', { 'cot-2': 'count' })
    expect(html).toContain('Có số ở cột chưa rõ là gì: “Khác”')
    await press(await press(html, 'rest'), 'store')
    const next = await preview(file(120).replace('Trong kỳ', 'TRONG KỲ'))
    expect(next).toContain('Các cột được đọc như lần nhập trước')
    await press(next, 'store')
    expect(await stored()).toEqual([october])
  })

  test.each([
    ['2026-10-31T20:15:30Z', 'dat-dai day 2026-11-01 1'],
    ['08:15:30 05/10/2026', 'dat-dai day 2026-10-05 1'],
    ['5-10-26', 'dat-dai day 2026-10-05 1'],
  ])('on the day of %s in Vietnam', async (time, count) => {
    await press(await preview(`Mã hồ sơ,Lĩnh vực,Ngày tiếp nhận\nH01,Đất đai,${time}\n`), 'store')
    expect(await stored()).toEqual([count])
  })

  test('asks for the month instead of taking one, also of a quarter', async () => {
    expect(await preview('Lĩnh vực,Số lượng\nĐất đai,120\n')).toContain('chọn tháng cho cả tệp')
    expect(await preview('Lĩnh vực,Kỳ,Số lượng\nĐất đai,Quý III/2026,1\n')).toContain('dài hơn một tháng')
  })

  test('compares the sum with the one that the file states', async () => {
    const html = await preview('Lĩnh vực,Tháng,Số HS\nĐất đai,10/2026,120\nTỔNG CỘNG:,,130\n')
    expect(html).toContain('ghi tổng 130 nhưng các dòng đọc được cộng lại 120')
  })

  test.each(['Tổng', 'Tổng cộng', 'Cộng', 'Tổng số', 'Cộng dồn', 'TỔNG CỘNG:', 'Total', 'Cộng (I+II)', ''])(
    'without the total “%s”, the numbers of columns, headings and signatures',
    async (total) => {
      const file = `Báo cáo tháng 10/2026\nSTT|Lĩnh vực|Số HS\nA|B|1\nI|Cấp xã|\n1|Đất đai|១២០\n|${total}|120\nGhi chú: số tạm tính||\n|"Ngày … tháng … năm 2026"|\nNgười lập biểu||Thủ trưởng đơn vị\n`
      const html = await preview(file)
      expect(html).toContain('Đọc 1 dòng, cộng 120 lượt')
      await press(html, 'store')
      expect(await stored()).toEqual([october])
    },
  )

  test('counts a group or its parts, never both, and says where they differ', async () => {
    const file = 'Tháng 10/2026\nSTT,Lĩnh vực,Số HS\nI,Cấp xã,176\n1,Đất đai,120\n2,Hộ tịch,56\n'
    expect(await preview(file)).toContain('cộng 176 lượt')
    expect(await preview(file.replace('176', '180'))).toContain('nhóm I ghi 180 nhưng các dòng bên dưới cộng lại 176')
  })
})

type Sheet = Parameters<typeof writeXlsx>[0]['sheets'][number]
const excel = (...sheets: Sheet[]) => writeXlsx({ sheets })
const header: CellValue[] = ['Lĩnh vực', 'Tháng', 'Số hồ sơ tiếp nhận']
const row: CellValue[] = ['Đất đai', '10/2026', 120]

describe('a workbook', () => {
  test('may begin with a cover, and another sheet and header can be chosen', async () => {
    const other = { name: 'Cũ', rows: [['x'], header, ['Đất đai', '09/2026', 7]] }
    const file = await excel(
      { name: 'Bìa', rows: [['UBND XÃ'], ['BÁO CÁO']] },
      { name: 'Số liệu', rows: [header, row] },
      other,
    )
    const html = await preview(file)
    expect(html).toContain('cộng 120 lượt')
    const changed = await press(html, 'preview', { trang: '2' })
    expect(changed).toContain('cộng 7 lượt')
    expect(await press(changed, 'preview', { tieude: '3' })).toContain('Chưa ghi được')
    await press(changed, 'store')
    expect(await stored()).toEqual(['dat-dai month 2026-09-01 7'])
  })

  test('may have merged cells: texts hold for all of them, numbers are counted once', async () => {
    const rows = [
      ['Lĩnh vực', 'Điểm phục vụ', 'Tháng', 'Số hồ sơ tiếp nhận'],
      ['Đất đai', 'QUAYDD', '10/2026', 70],
      [null, 'DVCTT', '10/2026', 50],
    ]
    const merge = (startCol: number) => ({ startRow: 1, startCol, endRow: 2, endCol: startCol })
    await press(await preview(await excel({ name: 'S', rows, merges: [merge(0)] })), 'store')
    expect(await stored()).toEqual(['DVCTT month 2026-10-01 50', 'QUAYDD month 2026-10-01 70', october])
    expect(await preview(await excel({ name: 'S', rows, merges: [merge(0), merge(3)] }))).toContain('cộng 120 lượt')
    const lost = rows.map((cells, at) => (at === 2 ? [null, 'DVCTT', '10/2026', null] : cells))
    expect(await preview(await excel({ name: 'S', rows: lost, merges: [merge(0), merge(3)] }))).toContain(
      'ô số lượt để trống',
    )
  })

  test('may be the official form: header of two lines, numbers of columns, total, signature', async () => {
    const rows = [
      ['Kỳ báo cáo: tháng 10 năm 2026'],
      ['STT', 'Lĩnh vực giải quyết', 'Số lượng hồ sơ tiếp nhận', null, null],
      [null, null, 'Tổng số', 'Trực tuyến', 'Trực tiếp'],
      ['(1)', '(2)', '(3)=(4)+(5)', '(4)', '(5)'],
      [1, 'Đất đai', 120, 80, 40],
      ['Tổng cộng', null, 120, 80, 40],
      [null, 'NGƯỜI LẬP BIỂU'],
    ]
    const html = await preview(
      await excel({ name: 'S', rows, merges: [{ startRow: 1, startCol: 2, endRow: 1, endCol: 4 }] }),
    )
    expect(html).toContain('“Số lượng hồ sơ tiếp nhận · Trực tuyến”')
    const answered = await press(html, 'rest')
    expect(answered).toContain(
      'Để ngoài: 1 dòng đánh số cột (dòng 4); 1 dòng tổng (dòng 6); 1 dòng ngày, chữ ký, ghi chú (dòng 7).',
    )
    await press(answered, 'store')
    expect(await stored()).toEqual([october])
  })

  test.each(['1900', '1904'] as const)(
    'shows a month where its format does, in the date system of %s',
    async (dateSystem) => {
      const rows = [
        ['Lĩnh vực', 'Kỳ báo cáo', 'Số lượng'],
        ['Đất đai', null, 120],
        ['Hộ tịch', null, 5],
      ]
      const date = (day: number, numFmt: string) => ({
        value: new Date(Date.UTC(2026, 9, day)),
        type: 'date' as const,
        style: { numFmt },
      })
      const cells = new Map([
        ['1,1', date(1, 'mmm-yy')],
        ['2,1', date(1, 'dd/mm/yyyy')],
      ])
      await press(await preview(await writeXlsx({ dateSystem, sheets: [{ name: 'S', rows, cells }] })), 'store')
      expect(await stored()).toEqual([october, 'ho-tich day 2026-10-01 5'])
    },
  )

  test('names the formula whose result was never saved', async () => {
    const cells = new Map([['1,2', { value: null, type: 'formula' as const, formula: 'SUM(D2:E2)' }]])
    const html = await preview(
      await writeXlsx({ sheets: [{ name: 'S', rows: [header, ['Đất đai', '10/2026', null]], cells }] }),
    )
    expect(html).toContain('ô C2 có công thức chưa có kết quả')
  })

  test('asks whether hidden rows are read', async () => {
    const rowDefs = new Map([[2, { hidden: true }]])
    const html = await preview(await excel({ name: 'S', rows: [header, row, ['Hộ tịch', '10/2026', 9]], rowDefs }))
    expect(html).toContain('có 1 dòng đang ẩn')
    expect(await press(html, 'preview', { an: 'doc' })).toContain('cộng 129 lượt')
    await press(await press(html, 'preview', { an: 'bo' }), 'store')
    expect(await stored()).toEqual([october])
  })

  test.each([
    ['TCVN3', 'LÜnh vùc,Ngµy\n§Êt ®ai,05/10/2026\nT­ ph¸p ®Þa ph­¬ng,05/10/2026\n', 'phông cũ'],
    ['a PDF', '%PDF-1.7', 'tệp PDF'],
    ['too wide', `${'a,'.repeat(61)}b\n${'1,'.repeat(61)}2\n`, 'hơn 60 cột'],
  ])('is refused with a sentence when it is %s', async (_, content, sentence) => {
    expect(await preview(content)).toContain(sentence)
  })
})

describe('a list of places', () => {
  const all = () => server.database.query.select().from(places).orderBy(places.id)
  const schools = (csv: string) => preview(csv, links.importPlaces)
  const pressed = (html: string, action: string, changes = {}) => press(html, action, changes, links.importPlaces)

  test('may carry the ids of the ministry, which are no codes of ours', async () => {
    const before = (await all()).length
    const html = await schools(
      'STT,Mã trường,Tên trường\n1,91912401,Trường Tiểu học Số 1\n,Tổng cộng: 1 trường,\n,,Người lập biểu\n',
    )
    expect(html).toContain('Thêm 1 nơi phục vụ')
    await pressed(html, 'store')
    expect((await all()).slice(before).map(({ code }) => /^[A-HJ-NP-Z2-9]+$/.test(code))).toEqual([true])
  })

  test('asks what other numbers are, takes another column for the name, and remembers it', async () => {
    const file = (name: string) => `STT,Đối tượng,Số lớp\n1,Trường Mầm non ${name},9\n`
    const html = await schools(file('Ban Mai'))
    expect(html).toContain('“Số lớp”')
    const named = await pressed(html, 'rest', { 'cot-1': 'name' })
    expect(named).toContain('Thêm 1 nơi phục vụ')
    await pressed(named, 'store')
    expect(await schools(file('Măng Non'))).toContain('Thêm 1 nơi phục vụ')
  })

  test.each([
    ...['Trường TH và THCS A', 'Trường TH&THCS B', 'PTDTBT TH-THCS C', 'Trường Tiểu học - Trung học cơ sở D'],
    ...['Trường MN-TH E', 'Trường liên cấp G', 'Trường THCS&THPT H', 'Trường cấp 1-2 K'],
  ])('asks which levels “%s” has', async (name) => {
    const html = await schools(`Tên trường\n${name}\n`)
    expect(html).toContain('có nhiều cấp học; xin chọn')
    expect(html).not.toContain('value="store"')
  })

  test('makes one place for each level that was chosen', async () => {
    const before = (await all()).length
    const html = await schools('Tên trường\nTrường TH và THCS Hòa Bình\n')
    const chosen = await pressed(html, 'preview', { 'cap-2': 'education-primary+education-lower-secondary' })
    expect(chosen).toContain('Thêm 2 nơi phục vụ')
    expect(await pressed(html, 'store', { 'cap-2': 'education-primary' })).toContain('vừa đổi nên chưa ghi')
    await pressed(chosen, 'store')
    expect((await all()).slice(before).map(({ name, questionnaire }) => [name.vi, questionnaire])).toEqual([
      ['Trường TH và THCS Hòa Bình · Tiểu học', 'education-primary'],
      ['Trường TH và THCS Hòa Bình · THCS', 'education-lower-secondary'],
    ])
  })
})
