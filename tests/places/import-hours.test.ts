import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { places } from '../../db/catalogue/tables.ts'
import { weekOf } from '../../server/catalogue/week-rules.ts'
import { readOwnDays, writeOwnDays } from '../../server/places/own-days-rules.ts'
import { writeWeek } from '../../server/typed/week.ts'
import { links } from '../../web/links.ts'
import { previewForm } from '../fixtures/pages/preview-form.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'y-dan-hours-'))
let server: TestServer
let cookie: string
beforeAll(async () => {
  server = await startTestServer()
  cookie = (await server.signIn()).cookie
})
afterAll(() => server.stop())
afterAll(() => rmSync(folder, { recursive: true }))

const send = async (form: FormData) => {
  const reply = await server.send(links.importPlaces, { method: 'POST', headers: { cookie }, body: form })
  return { status: reply.status, html: await reply.text() }
}
function upload(file: string | Uint8Array<ArrayBuffer>, name = 'gio.csv') {
  const form = new FormData()
  form.set('tep', new Blob([file]), name)
  return send(form)
}
const asFile = async (rows: (string | number | Date)[][]) =>
  new Uint8Array(await writeXlsx({ sheets: [{ name: 'Nơi phục vụ', rows }] }))
const all = () => server.database.query.select().from(places).orderBy(places.id)
const hoursOf = async (code: string) => {
  const place = (await all()).find((one) => one.code === code)
  const week = place && weekOf(place)
  return [week ? writeWeek(week) : '', writeOwnDays(place?.ownDays ?? [])]
}
const problemsIn = (html: string) => [...html.matchAll(/<li>(Dòng \d+: [^<]*)<\/li>/g)].map(([, problem]) => problem)
const storeFile = async (file: string | Uint8Array<ArrayBuffer>, name?: string) => {
  const { html } = await upload(file, name)
  expect(problemsIn(html)).toEqual([])
  expect((await send(previewForm(html, 'store'))).status).toBe(303)
}
const download = async (path: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await (await server.send(path, { headers: { cookie } })).arrayBuffer())

/** Opened by LibreOffice and saved by it, as a clerk would. */
function saveAgain(file: Uint8Array, name: string): Uint8Array<ArrayBuffer> {
  writeFileSync(join(folder, name), file)
  const out = join(folder, 'out')
  execFileSync('soffice', [
    ...[`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'xlsx', '--outdir', out],
    join(folder, name),
  ])
  return new Uint8Array(readFileSync(join(out, name)))
}

const usual = 'T2-T6 7:00-11:30, 13:00-17:00; T7 7:00-11:00'
const days = '30/04/2027 nghỉ: sửa trụ sở; 02/05/2027 làm: trực tiêm chủng (buổi sáng)'

describe('a file with hours', () => {
  test('is shown first, then changes hours and own days of places that are there, and only those', async () => {
    const before = await all()
    const csv = `Mã;Tên;Giờ làm việc;Ngày nghỉ, ngày làm thêm
QUAYHT;;${usual.replaceAll(';', ' /').replace(' /', '.')};
QUAYDD;QUẦY 2 - đất đai xây dựng đầu tư;"Thứ 2 – thứ 6: 7h30–11h30 và 13h30–17h";"30/4/2027 nghỉ: sửa trụ sở; 2/5/2027 làm: trực"
TRMN;;không xét;`
    const { status, html } = await upload(csv)
    expect([status, problemsIn(html)]).toEqual([200, []])
    expect(html).toContain('Đổi giờ, ngày riêng của 2 nơi')
    expect(html).toContain('T2-T6 7:30-11:30, 13:30-17:00')
    expect(html).toContain('Trước: chưa ghi')
    expect(html).toContain('Thêm 30/04/2027 nghỉ: sửa trụ sở')
    expect(html).toContain('1 dòng giống những gì đã lưu')
    expect(await all()).toEqual(before)
    expect((await send(previewForm(html, 'store'))).status).toBe(303)
    expect(await hoursOf('QUAYHT')).toEqual([usual, ''])
    expect(await hoursOf('QUAYDD')).toEqual([
      'T2-T6 7:30-11:30, 13:30-17:00',
      '30/04/2027 nghỉ: sửa trụ sở; 02/05/2027 làm: trực',
    ])
    const rest = ({ opensAt, closesAt, openDays, week, ownDays, ...place }: (typeof before)[number]) => place
    expect((await all()).map(rest)).toEqual(before.map(rest))
    const log = await (await server.send(links.audit({ nhom: 'place' }), { headers: { cookie } })).text()
    expect(log).toContain(usual)
  })

  test('leaves what is empty as it is, and takes away what it says is none', async () => {
    await storeFile('Mã;Giờ làm việc;Ngày riêng\nQUAYDD;T2 7:00-11:00;')
    expect((await hoursOf('QUAYDD'))[1]).toContain('sửa trụ sở')
    await storeFile('Mã;Giờ làm việc;Ngày riêng\nQUAYDD;không xét;không có')
    expect(await hoursOf('QUAYDD')).toEqual(['', ''])
  })

  test('gives new places theirs', async () => {
    await storeFile(
      `Tên;Mã;Giờ làm việc;Ngày riêng\nTrường Mầm non Hoa Mai;HMAY;${usual.replace('; ', ', ')};1/6/2027 nghỉ: nghỉ hè`,
    )
    expect(await hoursOf('HMAY')).toEqual([usual, '01/06/2027 nghỉ: nghỉ hè'])
  })

  test('names each fault with row, column and one sentence, and stores nothing', async () => {
    const before = await all()
    const rows = [
      ['Mã', 'Tên', 'Giờ làm việc', 'T7', 'Giờ mở cửa', 'Giờ đóng cửa', 'Ngày nghỉ'],
      ['QUAYHT', '', '7:00-17:00', '', '', '', ''],
      ['QUAYXH', '', 'T2-T6 7:00-17:00', '7:00', '', '', ''],
      ['QUAYKD', '', '', '7:30', '', '', ''],
      ['QUAYTH', '', '', '', '17:00', '7:30', ''],
      ['TRTH', '', '', '', 7.5, '17:00', ''],
      ['TRMN', '', '', '', '', '', '31/2/2027 nghỉ: sửa'],
      ['KHAMBENH', '', '', '', '', '', '30/4/2027 nghỉ'],
      ['QUAYDD', 'Quầy khác', '', '', '', '', ''],
      ['QUAYDD', '', 'T2 8:00-9:00', '', '', '', ''],
      ['QUAYZZ', 'Trường Mầm non Mới', 'T2-T6 17:00-7:00', '', '', '', ''],
    ]
    const { html } = await upload(await asFile(rows), 'sai.xlsx')
    const found = problemsIn(html)
    expect(found).toEqual([
      expect.stringMatching(/^Dòng 2: ô C2 \(cột “Giờ làm việc”\): chưa rõ là ngày nào trong tuần; xin ghi như T2-T6/),
      'Dòng 3: ô C3 (cột “Giờ làm việc”): giờ làm việc ghi ở nhiều kiểu cột; xin chỉ giữ một kiểu.',
      'Dòng 4: ô D4 (cột “T7”): không đọc được “7:30”; xin ghi như 7:00-11:30, 13:00-17:00.',
      'Dòng 5: ô F5 (cột “Giờ đóng cửa”): giờ đóng cửa phải sau giờ mở cửa trong cùng một ngày.',
      'Dòng 6: ô E6 (cột “Giờ mở cửa”): không đọc được “7,5”; xin ghi giờ và phút, ví dụ 7:30.',
      expect.stringMatching(/^Dòng 7: ô G7 \(cột “Ngày nghỉ”\): không đọc được “31\/2\/2027 nghỉ: sửa”/),
      expect.stringMatching(/^Dòng 8: ô G8 \(cột “Ngày nghỉ”\): “30\/4\/2027 nghỉ”: xin ghi lý do/),
      expect.stringMatching(/^Dòng 9: tên khác với “Quầy 2 · Đất đai[^”]*” đang giữ mã QUAYDD/),
      'Dòng 10: trùng mã QUAYDD với dòng 9; xin giữ một dòng.',
      'Dòng 11: ô C11 (cột “Giờ làm việc”): T2-T6: giờ đóng cửa phải sau giờ mở cửa trong cùng một ngày.',
    ])
    expect(html).not.toContain('value="store"')
    expect(await all()).toEqual(before)
  })

  test('is not stored on a preview that another change has overtaken', async () => {
    const { html } = await upload('Mã;Giờ làm việc\nQUAYTH;T2-T6 8:00-16:00')
    await storeFile('Mã;Giờ làm việc\nQUAYTH;T2-T6 9:00-15:00')
    const late = await send(previewForm(html, 'store'))
    expect([late.status, late.html.includes('T2-T6 9:00-15:00')]).toEqual([200, true])
    expect((await hoursOf('QUAYTH'))[0]).toBe('T2-T6 9:00-15:00')
  })
})

describe('in LibreOffice, opened and saved again,', () => {
  test('the list of places comes back as it went: nothing would change', async () => {
    await storeFile(
      await asFile([
        ['Mã', 'Giờ làm việc', 'Ngày riêng'],
        ['QUAYHT', usual, days],
      ]),
      'gio.xlsx',
    )
    const before = await all()
    const list = await download(links.placesFile)
    for (const file of [list, saveAgain(list, 'danh-sach.xlsx')]) {
      const { html } = await upload(file, 'danh-sach.xlsx')
      expect(html).toContain('Tệp giống những gì đã lưu: không có gì để ghi.')
      expect(html).not.toContain('Chưa ghi được')
      expect(problemsIn(html)).toEqual([])
    }
    expect(await all()).toEqual(before)
    const [sheet] = (await readXlsx(Buffer.from(list))).sheets
    const own = sheet?.rows.find((row) => row.includes('QUAYHT'))
    expect(own).toEqual(expect.arrayContaining([usual, days]))
    expect(sheet?.rows).toHaveLength(1 + before.filter(({ open }) => open).length)
  }, 60_000)

  test('times typed as times, which it keeps as parts of a day, are read as what it shows', async () => {
    const sheet = `Mã,Giờ mở cửa,Giờ đóng cửa,Ngày làm việc,Thứ bảy
QUAYXH,7:30,17:00,T2-T6,
QUAYKD,07:30:00,24:00,2-6,
TRTH,,,,7:00-11:00`
    writeFileSync(join(folder, 'gio.csv'), sheet)
    execFileSync('soffice', [
      ...[`-env:UserInstallation=file://${folder}/profile`, '--headless', '--infilter=CSV:44,34,76,1,,1033,false,true'],
      ...['--convert-to', 'xlsx', '--outdir', join(folder, 'times'), join(folder, 'gio.csv')],
    ])
    const file = new Uint8Array(readFileSync(join(folder, 'times/gio.xlsx')))
    const [kept] = (await readXlsx(Buffer.from(file))).sheets
    expect(typeof kept?.rows[1]?.[1]).not.toBe('string')
    await storeFile(file, 'gio.xlsx')
    expect((await hoursOf('QUAYXH'))[0]).toBe('T2-T6 7:30-17:00')
    expect((await hoursOf('QUAYKD'))[0]).toBe('T2-T6 7:30-24:00')
    expect((await hoursOf('TRTH'))[0]).toBe('T7 7:00-11:00')
  }, 60_000)
})

test('own days are read as people write them, and as they are written', () => {
  expect(readOwnDays('30-4-2027: nghỉ (lễ); 1/5/2027 – 3/5/2027 làm bù, trực')).toEqual([
    { day: '2027-04-30', works: false, note: 'lễ' },
    ...['01', '02', '03'].map((day) => ({ day: `2027-05-${day}`, works: true, note: 'trực' })),
  ])
  const read = readOwnDays(days)
  expect(writeOwnDays(read as Exclude<typeof read, string>)).toBe(days)
  expect(readOwnDays('30/4/2027 nghỉ: lễ; 30/4/2027 làm: trực')).toBe('ngày 30/04/2027 ghi hai lần.')
  expect(readOwnDays('3/5/2027-1/5/2027 nghỉ: sửa')).toContain('khoảng ngày phải từ ngày trước')
})
