import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayProblem, readTypedDay, readTypedMonth } from '../../server/typed/day.ts'
import { links } from '../../web/links.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

describe('a typed day', () => {
  test.each([
    ...['28/11/2026', '28-11-2026', '28.11.2026', '28 11 2026', '28112026', '2026-11-28', '2026/11/28', '28/11/26'],
    ...[' 28 / 11 / 2026 ', '\u200e28/11/2026', '２８/１１/２０２６', '28\u201111\u20112026', '28.11.26'],
  ])('%s is 28 November 2026', (typed) => {
    expect(readTypedDay(typed)).toBe('2026-11-28')
  })

  test.each([
    ['8/1/26', '2026-01-08'],
    ['08012026', '2026-01-08'],
    ['1/2/2026', '2026-02-01'],
    ['29/2/2028', '2028-02-29'],
  ])('%s is %s: the day comes first', (typed, day) => {
    expect(readTypedDay(typed)).toBe(day)
  })

  test.each([
    ...['', 'x', '11/28/2026', '29/02/2026', '31/04/2026', '0/1/2026', '00/00/0000', '0000-01-01', '1999-12-31'],
    ...['28/11', '28/11/126', '28/11-2026', '20261128', '2811', '1e309', '28/11/2026 08:00', '01/01/2100', '-1/1/2026'],
  ])('%s is none', (typed) => {
    expect(readTypedDay(typed)).toBeNull()
  })

  test('every day of the century is read back from each form, and nothing else becomes one', () => {
    const anyDay = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(anyDay, (date) => {
        const day = date.toISOString().slice(0, 10)
        const [year, month, number] = day.split('-') as [string, string, string]
        const forms = [day, `${number}/${month}/${year}`, `${Number(number)}.${Number(month)}.${year.slice(2)}`]
        for (const form of [...forms, number + month + year]) expect(readTypedDay(form)).toBe(day)
        expect(readTypedMonth(`${Number(month)}/${year}`)).toBe(day.slice(0, 7))
      }),
    )
    fc.assert(
      fc.property(fc.string(), (text) => {
        const day = readTypedDay(text)
        if (day !== null) expect(new Date(day).toISOString().slice(0, 10)).toBe(day)
      }),
    )
  })

  test.each(['11/2026', '11-2026', '11.26', '112026', '2026-11'])('%s is November 2026', (typed) => {
    expect(readTypedMonth(typed)).toBe('2026-11')
  })

  test.each(['', '13/2026', '2026-00', '28/11/2026', '11/1999'])('%s is no month', (typed) => {
    expect(readTypedMonth(typed)).toBeNull()
  })

  test('what cannot be read is named with its field and the form', () => {
    expect(dayProblem('Từ ngày', '31/02/2026')).toBe(
      'Từ ngày: không đọc được “31/02/2026”; xin ghi ngày/tháng/năm, ví dụ 28/11/2026.',
    )
    expect(dayProblem('Từ ngày', ' ')).toBe('Từ ngày: xin ghi ngày/tháng/năm, ví dụ 28/11/2026.')
  })
})

describe('every page with days', () => {
  let server: TestServer
  let cookie: string
  beforeAll(async () => {
    server = await startTestServer({ now: () => Date.UTC(2026, 10, 28, 3) })
    cookie = (await server.signIn()).cookie
  })
  afterAll(() => server.stop())

  const open = async (path: string, given: Record<string, string>) => {
    const reply = await server.send(`${path}?${new URLSearchParams(given)}`, { headers: { cookie } })
    return { status: reply.status, html: await reply.text() }
  }
  const shownIn = (html: string, name: string) =>
    /value="([^"]*)"/.exec(new RegExp(`<input type="text"[^>]* name="${name}"[^>]*>`).exec(html)?.[0] ?? '')?.[1]

  const filters: [path: string, names: string[]][] = [
    [links.today(), ['tu', 'den']],
    [links.indicators(), ['from', 'to']],
    [links.indicator('II.1'), ['from', 'to']],
    [links.review(), ['tu', 'den']],
    [links.audit(), ['tu', 'den']],
    [links.exports(), ['tu', 'den']],
    [links.visits(), ['ngay']],
  ]
  describe.each(filters)('%s', (path, names) => {
    test('reads each way of writing, in shared addresses too, and shows dd/mm/yyyy', async () => {
      for (const typed of ['03/11/2026', '3.11.26', '03112026', '2026-11-03']) {
        const { status, html } = await open(path, Object.fromEntries(names.map((name) => [name, typed])))
        expect([typed, status]).toEqual([typed, 200])
        for (const name of names) expect(shownIn(html, name)).toBe('03/11/2026')
      }
    })

    test('says what cannot be read and keeps it in the form', async () => {
      const given = Object.fromEntries(names.map((name) => [name, name === names[0] ? '31/02/2026' : '03/11/2026']))
      const { status, html } = await open(path, given)
      expect(status).toBe(422)
      expect(html).toMatch(/[Kk]hông đọc được (ngày )?“31\/02\/2026”; xin ghi/)
      expect(names.map((name) => shownIn(html, name))).toEqual(Object.values(given))
    })

    test('has no field that follows the browser’s language', async () => {
      const { html } = await open(path, Object.fromEntries(names.map((name) => [name, '2026-11-03'])))
      expect(html).not.toMatch(/type="(date|month|week|datetime-local)"/)
      for (const name of names) {
        const input = new RegExp(`<input[^>]* name="${name}"[^>]*>`).exec(html)?.[0] ?? ''
        expect(input).toMatch(/type="text".* inputmode="numeric"/)
        expect(input).toMatch(/autocomplete="off"/)
        const id = /aria-describedby="(?:\S+ )*([\w-]+-form)"/.exec(input)?.[1]
        expect(html).toMatch(new RegExp(`id="${id}">Ghi ngày/tháng/năm, ví dụ 28/11/2026`))
      }
    })
  })

  test('months are typed too', async () => {
    expect(shownIn((await open(links.visits(), { thang: '9/2026' })).html, 'thang')).toBe('09/2026')
    const wrong = await open(links.visits(), { thang: '13/2026' })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('Chọn tháng: không đọc được “13/2026”; xin ghi tháng/năm, ví dụ 11/2026.')
    expect(shownIn(wrong.html, 'thang')).toBe('13/2026')
  })

  test('a refused holiday comes back filled; a typed one is stored', async () => {
    const send = (body: Record<string, string>) =>
      server.send(links.caseHolidays, { method: 'POST', headers: { cookie }, body: new URLSearchParams(body) })
    const refused = await send({ action: 'add', day: '31/02/2027', name: 'Tết Âm lịch' })
    const html = await refused.text()
    expect([refused.status, shownIn(html, 'day')]).toEqual([422, '31/02/2027'])
    expect(html).toContain('Ngày: không đọc được “31/02/2027”; xin ghi ngày/tháng/năm, ví dụ 28/11/2026.')
    expect(html).toContain('value="Tết Âm lịch"')
    expect((await send({ action: 'add', day: '6.2.27', name: 'Tết Âm lịch' })).status).toBe(303)
    const [row] = await server.database.sql`select day::text from holidays where name = 'Tết Âm lịch'`
    expect(row).toEqual({ day: '2027-02-06' })
  })

  test('a refused plan of a wave comes back with its days as typed', async () => {
    const body = new URLSearchParams({ name: 'Đợt', opensOn: '28112026', closesOn: '30/2/2027' })
    const reply = await server.send(links.newWave, { method: 'POST', headers: { cookie }, body })
    const html = await reply.text()
    expect([reply.status, shownIn(html, 'opensOn'), shownIn(html, 'closesOn')]).toEqual([422, '28112026', '30/2/2027'])
    expect(html).toContain('Ngày cuối nhận phiếu: không đọc được “30/2/2027”')
    expect(html).not.toContain('Ngày bắt đầu: ')
  })
})
