import { writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { countResponses, readVisits, saveVisits } from '../../db/visits/visits.ts'
import { links } from '../../web/links.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { previewForm } from '../fixtures/pages/preview-form.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let cookie: string
beforeAll(async () => {
  server = await startTestServer({ now: () => Date.UTC(2026, 10, 23, 3) })
  cookie = (await server.signIn()).cookie
})
afterAll(() => server.stop())
beforeEach(() => server.database.sql`delete from visits`)

const october = links.visits('2026-10-01', '2026-10-31')
const page = async (path: string) => (await server.send(path, { headers: { cookie } })).text()
const post = (path: string, body: FormData | URLSearchParams) =>
  server.send(path, { method: 'POST', headers: { cookie }, body })
const save = (values: Record<string, string>, time = { period: 'month', time: '2026-10' }) =>
  post(links.visits(), new URLSearchParams({ ...time, ...values }))

/** What is stored, readable: place or field code, time, count. */
async function stored(): Promise<string[]> {
  const rows = await server.database.sql<{ code: string; period: string; day: string; count: number }[]>`
    select coalesce(p.code, f.code) as code, period, day::text as day, count from visits v
    left join places p on p.id = v.place_id left join fields f on f.id = v.field_id and v.place_id is null
    order by 1, 2, 3`
  return rows.map(({ code, period, day, count }) => `${code} ${period} ${day} ${count}`)
}

describe('typing numbers in', () => {
  test('needs a sign-in, and a form of its own', async () => {
    expect((await server.send(links.visits())).headers.get('location')).toContain('/dang-nhap')
    expect((await server.send(links.importVisits, { method: 'POST' })).status).toBe(401)
    const foreign = { cookie, origin: 'https://example.com', 'sec-fetch-site': 'cross-site' }
    const body = new URLSearchParams({ period: 'month', time: '2026-10', 'd-QUAYDD': '5' })
    expect((await server.send(links.visits(), { method: 'POST', headers: foreign, body })).status).toBe(403)
    expect(await stored()).toEqual([])
  })

  test('stores a month, keeps zero apart from unknown, and takes an emptied number back', async () => {
    const reply = await save({ 'd-QUAYDD': '1.234', 'd-QUAYHT': '0', 'd-QUAYKD': '', 'l-dat-dai': '900' })
    expect(reply.status).toBe(303)
    expect(reply.headers.get('location')).toBe(`${october}&saved=3`)
    expect(await stored()).toEqual([
      ...['QUAYDD month 2026-10-01 1234', 'QUAYHT month 2026-10-01 0', 'dat-dai month 2026-10-01 900'],
    ])
    const html = await page(`${october}&saved=3`)
    expect(html).toContain('Đã ghi 3 số')
    expect(html).toContain('admin ghi ngày 2')
    await save({ 'was-d-QUAYDD': '1234', 'd-QUAYDD': '', 'was-d-QUAYHT': '0', 'd-QUAYHT': '0' })
    expect(await stored()).toEqual(['QUAYHT month 2026-10-01 0', 'dat-dai month 2026-10-01 900'])
  })

  test('stores single days beside the month', async () => {
    await save({ 'd-KHAMBENH': '600' })
    await save({ 'd-KHAMBENH': '31' }, { period: 'day', time: '2026-10-05' })
    expect(await stored()).toEqual(['KHAMBENH day 2026-10-05 31', 'KHAMBENH month 2026-10-01 600'])
    expect(await page(october)).toContain('1 ngày đã ghi riêng: 31 lượt, chưa đủ ngày nên tính số cả tháng')
    expect(await page(links.visits('2026-10-05', '2026-10-05'))).toMatch(/name="d-KHAMBENH"[^>]*value="31"/)
  })

  test('refuses the whole page with a sentence per number, and keeps what was typed', async () => {
    const reply = await save({ 'd-QUAYDD': '12', 'd-QUAYHT': '-5', 'd-DVCTT': '2,5', 'l-ho-tich': '1000001' })
    expect(reply.status).toBe(422)
    const html = await reply.text()
    expect(html).toContain('Quầy 1 · Hộ tịch, chứng thực: “-5” phải là số nguyên từ 0')
    expect(html).toContain('Dịch vụ công trực tuyến: “2,5” phải là số nguyên')
    expect(html).toContain('Hộ tịch: “1000001” phải là số nguyên')
    expect(html).toMatch(/name="d-QUAYDD"[^>]*value="12"/)
    expect(html).toMatch(/name="d-QUAYHT"[^>]*value="-5"/)
    expect(await stored()).toEqual([])
  })

  test('never takes back unseen what somebody else stored since the page was opened', async () => {
    await save({ 'was-d-QUAYHT': '', 'd-QUAYHT': '70' })
    await save({ 'was-d-QUAYHT': '', 'd-QUAYHT': '', 'was-d-QUAYDD': '', 'd-QUAYDD': '80' })
    expect(await stored()).toEqual(['QUAYDD month 2026-10-01 80', 'QUAYHT month 2026-10-01 70'])
  })

  test('knows no time to come and no time that is none', async () => {
    expect((await save({ 'd-QUAYDD': '1' }, { period: 'month', time: '2026-12' })).status).toBe(404)
    expect((await save({ 'd-QUAYDD': '1' }, { period: 'day', time: '2026-11-24' })).status).toBe(404)
    expect((await save({ 'd-QUAYDD': '1' }, { period: 'day', time: '2026-13-01' })).status).toBe(400)
    expect((await server.send(`${links.visits()}?thang=x`, { headers: { cookie } })).status).toBe(422)
    expect(await page(links.visits('2026-01-01', '2026-12-31'))).toContain('Tháng 11/2026')
    expect(await stored()).toEqual([])
  })

  test('counts once when ten clerks save the same page at once', async () => {
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => save({ 'd-QUAYDD': '5', 'd-QUAYHT': '6', 'l-dat-dai': '7' })),
    )
    expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(303))
    expect(await stored()).toHaveLength(3)
  })
})

test('in a browser Enter goes from number to number and at last to the button, which stores them', async () => {
  const browser = await openBrowser()
  const context = await browser.newContext()
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url: server.url }])
  const tab = await context.newPage()
  await tab.goto(server.url + links.visits('2026-10-05', '2026-10-05'))
  const inputs = tab.locator('[data-visits-grid] input[type="text"]')
  await inputs.first().focus()
  for (let index = 0; index < (await inputs.count()); index++) {
    await tab.keyboard.type(String(index))
    await tab.keyboard.press('Enter')
  }
  await Promise.all([tab.waitForURL(/saved=/), tab.keyboard.press('Enter')])
  expect(await stored()).toHaveLength(await inputs.count())
  expect(await stored()).toContain('QUAYHT day 2026-10-05 0')
  await browser.close()
})

describe('the rate of answers', () => {
  test('stands beside each place, with those not heard and not counted named', async () => {
    for (let sent = 0; sent < 3; sent++)
      await server.answer({ ...(await fullBody(server, 'QUAYDD', 5)), field: 'dat-dai' })
    await server.answer(await fullBody(server, 'TCHUNG', 4))
    await save({ 'd-QUAYDD': '20', 'd-KHAMBENH': '40', 'l-dat-dai': '2' }, { period: 'month', time: '2026-11' })
    const html = await page(links.visits('2026-11-01', '2026-11-30'))
    expect(html).toContain('15,0\u00a0%')
    expect(html).toContain('Phiếu nhiều hơn lượt (3/2)')
    expect(html).toContain('Có người đến nhưng chưa có phiếu nào: Khám bệnh.')
    expect(html).toContain('Chưa có số lượt: Tiêm chủng.')
    const counted = await countResponses(server.database, 'field', '2026-11-01', '2026-11-30')
    expect(counted).toMatchObject([{ period: 'day', day: '2026-11-23', count: 3 }])
  })

  test('can be read for a range, with the pupils of the months before', async () => {
    await save({ 'd-TRMN': '210' }, { period: 'month', time: '2026-09' })
    expect(await readVisits(server.database, '2026-11-01', '2026-11-30')).toMatchObject([
      { count: 210, source: 'form' },
    ])
    expect(await readVisits(server.database, '2027-09-01', '2027-09-30')).toEqual([])
  })

  test('changes nothing when nothing differs', async () => {
    const change = { placeId: null, fieldId: 1 as never, period: 'month' as const, day: '2026-10-01', count: 4 }
    expect(await saveVisits(server.database, [change], 'admin', 'form')).toBe(1)
    expect(await saveVisits(server.database, [change], 'khac', 'form')).toBe(0)
    expect(await readVisits(server.database, '2026-10-01', '2026-10-31')).toMatchObject([{ changedBy: 'admin' }])
  })
})

const upload = (content: string | Uint8Array, name = 'mot-cua.csv') => {
  const form = new FormData()
  form.set('tep', new Blob([content as BlobPart]), name)
  return post(links.importVisits, form)
}

/** Uploads, then presses the button that stores. */
async function importFile(content: string | Uint8Array, name?: string) {
  const html = await (await upload(content, name)).text()
  return post(links.importVisits, previewForm(html, 'store'))
}

const byField = 'Lĩnh vực;Tháng;Số hồ sơ tiếp nhận\nĐất đai;10/2026;1.234\nhộ tịch;Tháng 10/2026;56\nTổng cộng;;1.290\n'

describe('a file of the one-stop software', () => {
  test('is shown as understood, and nothing is stored before the clerk agrees', async () => {
    const reply = await upload(byField)
    const html = await reply.text()
    expect(reply.status).toBe(200)
    expect(html).toContain('Sẽ ghi 2 số mới')
    expect(html).toContain('Đọc 2 dòng, cộng 1.290 lượt, từ 01/10/2026 đến 31/10/2026.')
    expect(html).toContain('Để ngoài: 1 dòng tổng (dòng 4).')
    expect(html).toContain('tháng 10/2026')
    expect(await stored()).toEqual([])
  })

  test('is stored whole, and a second time changes nothing', async () => {
    const first = await importFile(byField)
    expect(first.status).toBe(303)
    expect(first.headers.get('location')).toBe(`${october}&saved=2`)
    const after = ['dat-dai month 2026-10-01 1234', 'ho-tich month 2026-10-01 56']
    expect(await stored()).toEqual(after)
    expect(await page(october)).toContain('nhập từ tệp mot-cua.csv')
    expect(await (await upload(byField)).text()).toContain('Không có gì thay đổi')
    expect((await importFile(byField)).headers.get('location')).toBe(`${october}&saved=0`)
    expect(await stored()).toEqual(after)
  })

  test('shows what a newer version of it would change', async () => {
    await importFile(byField)
    const html = await (await upload(byField.replace(';56', ';60'))).text()
    expect(html).toContain('Sẽ ghi 1 số thay đổi, 1 số giữ nguyên')
    expect(html).toContain('Hộ tịch: 56 → 60')
  })

  test('with one wrong row is not stored at all; each problem has its row and a sentence', async () => {
    const wrong = `${byField}Đất đay;10/2026;5\nXây dựng;hôm qua;5\nĐầu tư;10/2026;năm\nCư trú;12/2026;5\n;10/2026;1\n`
    const html = await (await upload(wrong)).text()
    expect(html).toContain('Dòng 5: không có lĩnh vực nào tên “Đất đay”; có phải “Đất đai”?')
    expect(html).toContain('Dòng 6: “hôm qua” không phải ngày hay tháng')
    expect(html).toContain('Dòng 7: “năm” không phải số nguyên')
    expect(html).toContain('Dòng 8: thời gian “12/2026” chưa đến.')
    expect(html).toContain('Dòng 9: ô lĩnh vực để trống.')
    expect(html).not.toContain('value="store"')
    expect((await post(links.importVisits, previewForm(html, 'store'))).status).toBe(422)
    expect(await stored()).toEqual([])
  })

  test('asks for another look when columns were changed together with the button to store', async () => {
    const html = await (await upload('Nhóm,Tháng,Cũ,Số lượng\nĐất đai,10/2026,7,8\n')).text()
    expect(html).toContain('Chưa biết cột nào là nơi phục vụ hay lĩnh vực')
    const reply = await post(links.importVisits, previewForm(html, 'store', { 'cot-0': 'field' }))
    const again = await reply.text()
    expect(again).toContain('Cách đọc cột vừa đổi')
    expect(await stored()).toEqual([])
    const other = await (
      await post(links.importVisits, previewForm(again, 'preview', { 'cot-2': 'count', 'cot-3': 'none' }))
    ).text()
    expect((await post(links.importVisits, previewForm(other, 'store'))).status).toBe(303)
    expect(await stored()).toEqual(['dat-dai month 2026-10-01 7'])
  })

  test('refuses two columns for one thing', async () => {
    const html = await (await upload('Lĩnh vực,Tháng,Số lượng\nĐất đai,10/2026,7\n')).text()
    const reply = await post(links.importVisits, previewForm(html, 'preview', { 'cot-1': 'count' }))
    expect(await reply.text()).toContain('Có hai cột cùng được chọn là “Số lượt”')
  })

  test('may be a list of files: each row is one visit, counted per place and per field, never both together', async () => {
    const rows = [
      ...['STT\tMã hồ sơ\tQuầy\tLĩnh vực\tNgày tiếp nhận', '1\tH1\tQuầy 2\tĐất đai\t05/10/2026 08:12'],
      ...['2\tH2\tQUAYDD\tXây dựng\t05/10/2026 09:00', '3\tH3\tQuầy 1\tHộ tịch\t06/10/2026 09:30'],
    ]
    const reply = await importFile(`\ufeff${rows.join('\r\n')}\r\n`)
    expect(reply.headers.get('location')).toBe(`${october}&saved=5`)
    expect(await stored()).toEqual([
      ...['QUAYDD day 2026-10-05 2', 'QUAYHT day 2026-10-06 1', 'dat-dai day 2026-10-05 1'],
      ...['ho-tich day 2026-10-06 1', 'xay-dung day 2026-10-05 1'],
    ])
  })

  test('may be Excel, with titles above, true dates, serial numbers and a hidden sheet before it', async () => {
    const rows = [
      ...[['UBND XÃ'], ['Thống kê hồ sơ theo lĩnh vực'], [], ['TT', 'Lĩnh vực', 'Ngày', 'Số lượng']],
      ...[
        [1, 'Đất đai', new Date(Date.UTC(2026, 9, 5)), 12],
        [2, 'Đất đai', 46301, 3],
        [null, 'Cộng', null, 15],
      ],
    ]
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'An',
          hidden: true,
          rows: [
            ['Lĩnh vực', 'Tháng', 'Số lượng'],
            ['Đất đai', '10/2026', 99],
          ],
        },
        { name: 'So lieu', rows },
      ],
    })
    expect((await importFile(bytes, 'thong-ke.xlsx')).status).toBe(303)
    expect(await stored()).toEqual(['dat-dai day 2026-10-05 12', 'dat-dai day 2026-10-06 3'])
  })

  test('takes its month from the title, or from the clerk, when its rows name none', async () => {
    const file = 'Báo cáo tháng 9 năm 2026\n\nLĩnh vực,Số lượng\nĐất đai,4\n'
    expect((await importFile(file)).status).toBe(303)
    const html = await (await upload(file)).text()
    const again = await (await post(links.importVisits, previewForm(html, 'store', { month: '2026-08' }))).text()
    expect(again).toContain('Cách đọc cột vừa đổi')
    await post(links.importVisits, previewForm(again, 'store'))
    expect(await stored()).toEqual(['dat-dai month 2026-08-01 4', 'dat-dai month 2026-09-01 4'])
  })

  test.each([
    ['UTF-16 with its mark', Buffer.from(`\ufeff${byField}`, 'utf16le')],
    ['UTF-16 without it', Buffer.from(byField.replaceAll('\n', '\r\n'), 'utf16le')],
    ['a first line that names the separator', Buffer.from(`sep=;\n${byField}`)],
    [
      'Windows-1258',
      Buffer.from(
        'Li\xdenh v\xfd\xf2c;Th\xe1ng;S\xf4\xec l\xfd\xf5\xf2ng\n\xd0\xe2\xect \xf0ai;10/2026;1234\nho tich;10/2026;56\n',
        'latin1',
      ),
    ],
  ])('may be written in %s', async (_, bytes) => {
    expect((await importFile(bytes)).status).toBe(303)
    expect(await stored()).toContain('ho-tich month 2026-10-01 56')
  })

  test('counts pupils for the month, class by class, whatever day the file names', async () => {
    await importFile('Trường,Ngày,Số học sinh\nTrường Mầm non,05/09/2026,30\nTRMN,05/09/2026,32\n')
    expect(await stored()).toEqual(['TRMN month 2026-09-01 62'])
  })

  test.each([
    ['nothing', '', 'Xin chọn một tệp|Tệp trống'],
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '.xls'],
    ['a web page that calls itself Excel', '<html><table><tr><td>1</td></tr></table></html>', '.xls'],
    ['a broken Excel file', 'PK\u0003\u0004 not a zip', 'Không đọc được tệp Excel'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'không phải bảng CSV hay Excel'],
    ['only a header', 'Lĩnh vực;Số lượng\n', 'không có dòng số liệu'],
    ['too many rows', `Lĩnh vực;Số lượng\n${'Đất đai;1\n'.repeat(10_001)}`, 'hơn 10.000 dòng'],
    ['too much', Buffer.alloc(5 * 1024 * 1024 + 1, 'a'), 'lớn hơn 5 MB'],
  ])('is refused with a sentence when it is %s', async (_, content, sentence) => {
    const reply = await upload(content)
    expect(reply.status).toBe(422)
    expect(await reply.text()).toMatch(new RegExp(sentence.replaceAll('.', '\\.')))
  })

  test('trusts nothing that a preview brings back', async () => {
    const html = await (await upload(byField)).text()
    for (const sheet of ['{}', 'x', JSON.stringify({ file: 'a', title: '', header: ['a'], rows: [[1, [{}]]] })]) {
      expect((await post(links.importVisits, previewForm(html, 'store', { sheet }))).status).toBe(422)
    }
    const large = previewForm(html, 'store', { sheet: 'x'.repeat(8 * 1024 * 1024 + 1) })
    expect((await post(links.importVisits, large)).status).toBe(413)
    expect((await post(links.importVisits, new URLSearchParams({ a: 'b' }))).status).toBe(415)
    expect(await stored()).toEqual([])
  })

  test('is shown with its own words harmless', async () => {
    const html = await (await upload('Lĩnh vực;Tháng;Số lượng\n"<script>alert(1)</script>";10/2026;1\n')).text()
    expect(html).toContain('không có lĩnh vực nào tên “&lt;script>alert(1)&lt;/script>”')
    expect(html).not.toContain('<script>alert')
  })
})
