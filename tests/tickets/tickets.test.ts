import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IndicatorResult } from '../../server/indicators/contract.ts'
import { bytesOfTicket, hashTicket, makeTicketCode } from '../../server/tickets/ticket-rules.ts'
import { links } from '../../web/links.ts'
import { decodeGrey } from '../fixtures/files/decode-qr.ts'
import { makeCodes, openForm, postForm, storedAt } from '../fixtures/pages/ticket-desk.ts'
import { rasterise, readText } from '../fixtures/reports/read-pdf.ts'
import { apiKey, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const start = Date.UTC(2026, 10, 23, 3)
const day = 86_400_000
let clock = start
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ now: () => clock })
})
afterAll(() => server.stop())

const wait = (ms: number) => {
  clock += ms
}
const statusOf = async (code: string) => (await server.send(links.ticket(code))).status

describe('a ticket', () => {
  test('is answered once on the survey page and proves where the answer came from', async () => {
    const [code = ''] = await makeCodes(server, 'QUAYHT', 1)
    const form = await openForm(server, links.ticket(code.toLowerCase()))
    expect([form.get('ticket'), form.get('channel')]).toEqual([code, 'ticket'])
    wait(20_000)
    expect((await postForm(server, links.survey('QUAYHT'), form)).status).toBe(303)
    expect(await storedAt(server, 'QUAYHT')).toEqual(['ticket ticket counted'])
    const page = await server.send(links.ticket(code))
    const html = await page.text()
    expect([page.status, html.includes(`href="${links.survey('QUAYHT')}"`)]).toEqual([410, true])
    expect(html).toContain('Phiếu này đã được dùng')
    expect(await server.countDiffering()).toBe(0)
  })

  test('sent again by the outbox is the same response, and still counted', async () => {
    const [code = ''] = await makeCodes(server, 'QUAYDD', 1)
    const form = await openForm(server, links.ticket(code))
    wait(20_000)
    const replies = [
      await postForm(server, links.survey('QUAYDD'), form),
      await postForm(server, links.survey('QUAYDD'), form),
    ]
    const receipts = replies.map((reply) => reply.headers.get('location'))
    expect(receipts[1]).toBe(receipts[0])
    expect(await storedAt(server, 'QUAYDD')).toEqual(['ticket ticket counted'])
  })

  test('of fifty parallel uses over two processes one counts, the others are kept and set aside', async () => {
    const other = await startTestServer({ now: () => clock, connection: server.connection })
    const [code = ''] = await makeCodes(server, 'QUAYKD', 1)
    const forms = []
    for (let index = 0; index < 50; index++) forms.push(await openForm(server, links.ticket(code)))
    wait(20_000)
    const replies = await Promise.all(
      forms.map((form, index) => postForm(index % 2 ? server : other, links.survey('QUAYKD'), form)),
    )
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([303]))
    const stored = await storedAt(server, 'QUAYKD')
    expect(stored.filter((one) => one === 'ticket ticket counted')).toHaveLength(1)
    expect(stored.filter((one) => one === 'qr open ticket_used')).toHaveLength(49)
    expect(await server.countDiffering()).toBe(0)
    await other.stop()
  })

  test('each counts on one telephone, for each is a transaction of its own', async () => {
    const codes = await makeCodes(server, 'QUAYXH', 2)
    for (const code of codes) {
      const form = await openForm(server, links.ticket(code), 'yd_mark=AAAAAAAAAAAAAAAAAAAAAA')
      wait(20_000)
      await postForm(server, links.survey('QUAYXH'), form, 'yd_mark=AAAAAAAAAAAAAAAAAAAAAA')
    }
    expect(await storedAt(server, 'QUAYXH')).toEqual(Array(2).fill('ticket ticket counted'))
  })

  test('carried to another place, without a page of ours, or invented is none', async () => {
    const [code = ''] = await makeCodes(server, 'QUAYTH', 1)
    const form = await openForm(server, links.survey('TRMN'))
    form.set('ticket', code)
    wait(20_000)
    await postForm(server, links.survey('TRMN'), form)
    expect(await storedAt(server, 'TRMN')).toEqual(['qr open counted'])
    const plain = await openForm(server, links.survey('QUAYTH'))
    plain.set('ticket', makeTicketCode(randomBytes(bytesOfTicket)))
    wait(20_000)
    await postForm(server, links.survey('QUAYTH'), plain)
    expect(await storedAt(server, 'QUAYTH')).toEqual(['qr open counted'])
    expect(await statusOf(code)).toBe(200)
  })

  test('is taken until its last day is over, and an answer that waited for a network even then', async () => {
    const [code = ''] = await makeCodes(server, 'TRTH', 1)
    wait(30 * day)
    const form = await openForm(server, links.ticket(code))
    wait(day)
    const late = await server.send(links.ticket(code))
    expect([late.status, await late.text()]).toEqual([410, expect.stringContaining('hết hạn')])
    expect((await postForm(server, links.survey('TRTH'), form)).status).toBe(303)
    expect(await storedAt(server, 'TRTH')).toEqual(['ticket ticket counted'])
  })

  test('of a revoked batch opens no more; the log says who made and revoked it', async () => {
    const [code = ''] = await makeCodes(server, 'KHAMBENH', 3)
    const { cookie } = await server.signIn()
    const page = await (await server.send(links.placeTickets('KHAMBENH'), { headers: { cookie } })).text()
    const id = Number(/\/phieu-mot-lan\/KHAMBENH\/(\d+)\/thu-hoi/.exec(page)?.[1])
    expect((await postForm(server, links.revokeTickets('KHAMBENH', id), {}, cookie)).status).toBe(303)
    expect((await postForm(server, links.revokeTickets('KHAMBENH', id), {}, cookie)).status).toBe(404)
    expect(await statusOf(code)).toBe(410)
    const log = await (await server.send(links.audit({ nhom: 'ticket' }), { headers: { cookie } })).text()
    expect(log).toContain('Thu hồi phiếu một lần')
    expect(log).not.toContain(code)
  })

  test('of one field asks for it no more', async () => {
    const [code = ''] = await makeCodes(server, 'QUAYDD', 1, 'dat-dai')
    const html = await (await server.send(links.ticket(code))).text()
    expect(html).toContain('<input type="hidden" name="field" value="dat-dai"')
    expect(html).not.toContain('<select')
    expect(html).toContain(`href="${links.ticket(code, 'en').replace('&', '&amp;')}"`)
  })
})

test('a million guesses find none of ten thousand stored hashes', async () => {
  const stored = new Set(Array.from({ length: 10_000 }, () => hashTicket(makeTicketCode(randomBytes(bytesOfTicket)))))
  let found = 0
  for (let part = 0; part < 100; part++) {
    const pool = randomBytes(10_000 * bytesOfTicket)
    for (let at = 0; at < pool.length; at += bytesOfTicket)
      if (stored.has(hashTicket(makeTicketCode(pool.subarray(at, at + bytesOfTicket))))) found++
  }
  expect(found).toBe(0)
  expect(stored.size).toBe(10_000)
})

describe('the tables', () => {
  test('hold nothing that joins a ticket to a response: neither column, time, number nor position', async () => {
    const codes = await makeCodes(server, 'TRMN', 40)
    const readRows = () => server.database.sql<{ hash: string; batch_id: number; transaction: string }[]>`
      select *, ctid::text as place, xmin::text as transaction from tickets
      where hash = any(${codes.map(hashTicket)}) order by number`
    const made = await readRows()
    const used = codes.slice(0, 30)
    for (const code of used) {
      const form = await openForm(server, links.ticket(code))
      wait(20_000)
      await postForm(server, links.survey('TRMN'), form)
    }
    const { sql } = server.database
    const columns = await sql`
      select table_name || '.' || column_name as one from information_schema.columns
      where table_name in ('tickets', 'ticket_batches') order by 1`
    expect(columns.map(({ one }) => one)).toEqual([
      ...['ticket_batches.count', 'ticket_batches.day', 'ticket_batches.expires_on', 'ticket_batches.field_id'],
      ...['ticket_batches.id', 'ticket_batches.kind', 'ticket_batches.made_by', 'ticket_batches.marks'],
      ...['ticket_batches.place_id', 'ticket_batches.revoked_on', 'ticket_batches.uses'],
      ...['tickets.batch_id', 'tickets.hash', 'tickets.id', 'tickets.number', 'tickets.used_on'],
    ])
    // The rows of the tickets are as they were made: their order, their transaction and what stands in them.
    expect(await readRows()).toEqual(made)
    const stored = await sql`select distinct xmin::text as one from responses`
    const transactions = new Set(made.map(({ transaction }) => transaction))
    expect(stored.filter(({ one }) => transactions.has(one))).toEqual([])
    // No code or hash of one stands in any response, and of the batch only which were used, and how many that day.
    const responses = JSON.stringify(await sql`select to_jsonb(responses) as one from responses`)
    for (const code of codes) expect(responses).not.toContain(code)
    for (const { hash } of made) expect(responses).not.toContain(hash.slice(0, 12))
    const [batch] = await sql`
      select marks::text as marks, uses from ticket_batches where id = ${made[0]?.batch_id ?? 0}`
    const usedHashes = new Set(used.map(hashTicket))
    const expected = made.map(({ hash }) => (usedHashes.has(hash) ? '1' : '0')).join('')
    expect(batch).toEqual({ marks: expected, uses: [30] })
  })
})

describe('tickets are made', () => {
  test('as sheets to cut and slips for rolls, each with its own code that a phone reads', async () => {
    const { cookie } = await server.signIn()
    const make = async (format: string, count: number) => {
      const reply = await postForm(server, links.makeTickets('QUAYHT'), { count: String(count), format }, cookie)
      expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/pdf'])
      return Buffer.from(await reply.arrayBuffer())
    }
    const sheet = await make('a4', 12)
    const text = readText(sheet)
    expect(text).toMatch(/Số \d+-001.*Số \d+-012/)
    expect(text).toContain('Dùng một lần, đến hết ngày')
    for (const format of ['80', '58']) {
      const code = decodeGrey(rasterise(await make(format, 1), 1))
      expect(code).toMatch(/\/p\/[0-9A-Z]{18}$/)
      expect((await server.send(new URL(code as string).pathname)).status).toBe(200)
    }
  })

  test('more than may be at once are refused, and the form keeps what was chosen', async () => {
    const { cookie } = await server.signIn()
    const chosen = { count: '5000', field: 'chung-thuc', format: '58' }
    const reply = await postForm(server, links.makeTickets('QUAYHT'), chosen, cookie)
    const page = await reply.text()
    expect([reply.status, page]).toEqual([422, expect.stringContaining('Xin ghi số phiếu từ 1 đến 500.')])
    expect(page).toMatch(/name="count" value="5000"/)
    expect(page).toMatch(/<option value="chung-thuc" selected/)
    expect(page).toMatch(/name="format" value="58" checked/)
  })

  test('one at a time by a clerk, of the own agency only, and printed from the screen', async () => {
    const { cookie } = await server.signInAs('clerk', ['trung-tam-pvhcc'])
    const page = await (await server.send(links.tickets, { headers: { cookie } })).text()
    expect(page).toContain(links.giveTicket('QUAYHT'))
    expect(page).not.toMatch(/KHAMBENH|thoi-han/)
    const given = await (await postForm(server, links.giveTicket('QUAYHT'), {}, cookie)).text()
    const code = /name="ticket" value="([0-9A-Z]{18})"/.exec(given)?.[1] as string
    expect(await statusOf(code)).toBe(200)
    const print = await postForm(server, links.printTicket('QUAYHT'), { ticket: code, paper: '58' }, cookie)
    expect(decodeGrey(rasterise(Buffer.from(await print.arrayBuffer()), 1))).toContain(links.ticket(code))
    expect((await postForm(server, links.giveTicket('KHAMBENH'), {}, cookie)).status).toBe(404)
    expect((await postForm(server, links.makeTickets('QUAYHT'), { count: '5', format: 'a4' }, cookie)).status).toBe(403)
  })

  test('by a program with a key of its own scope, which reads nothing', async () => {
    const { cookie } = await server.signIn()
    const made = await (await postForm(server, links.apiKeys, { name: 'Máy lấy số', scope: 'tickets' }, cookie)).text()
    const key = /value="(yd_[^"]+)"/.exec(made)?.[1] as string
    const ask = (body: object, authorization: string) =>
      server.send(links.api.tickets, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const reply = await ask({ place: 'QUAYHT', count: 2 }, `Bearer ${key}`)
    const { tickets, expires } = (await reply.json()) as { tickets: { link: string; qr: string }[]; expires: string }
    expect([reply.status, tickets.length]).toEqual([201, 2])
    expect(expires).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(tickets[0]?.qr).toContain('<svg')
    expect((await server.send(new URL(tickets[0]?.link ?? '').pathname)).status).toBe(200)
    expect((await ask({ place: 'QUAYHT' }, `Bearer ${apiKey}`)).status).toBe(401)
    const read = await server.send(links.api.daily(), { headers: { authorization: `Bearer ${key}` } })
    expect(read.status).toBe(401)
    for (const body of [{ place: 'QUAYHT', count: 101 }, { place: 'QUAYHT', field: 'khong-co' }, { count: 1 }])
      expect((await ask(body, `Bearer ${key}`)).status).toBe(422)
  })

  test.each([
    [{ count: '0', format: 'a4' }],
    [{ count: '501', format: 'a4' }],
    [{ count: 'nhiều', format: 'a4' }],
    [{ count: '5', format: 'a3' }],
  ])('%j is refused in a sentence and makes none', async (form) => {
    const { cookie } = await server.signIn()
    const before = await server.database.sql`select count(*) from tickets`
    const reply = await postForm(server, links.makeTickets('QUAYHT'), form, cookie)
    expect([reply.status, await reply.text()]).toEqual([422, expect.stringMatching(/Xin (ghi|chọn)/)])
    expect(await server.database.sql`select count(*) from tickets`).toEqual(before)
  })

  test('with the number of days that the administrator set', async () => {
    const { cookie } = await server.signIn()
    expect((await postForm(server, links.ticketDays, { days: '7' }, cookie)).status).toBe(303)
    const [code = ''] = await makeCodes(server, 'QUAYHT', 1)
    wait(7 * day)
    expect(await statusOf(code)).toBe(200)
    wait(day)
    expect(await statusOf(code)).toBe(410)
    expect((await postForm(server, links.ticketDays, { days: '400' }, cookie)).status).toBe(422)
  })
})

const ticketsOfHealth = async () => {
  const found = await server.read<IndicatorResult[]>(links.api.indicators())
  return found.find(({ code }) => code === 'II.8')?.sources.tickets
}

test('the response rate counts closed days, and of a revoked batch only what was answered', async () => {
  const { cookie } = await server.signIn()
  const sentence = async () =>
    /class="ticket-rate">(.*?)<\/p>/
      .exec(await (await server.send(links.placeTickets('TCHUNG'), { headers: { cookie } })).text())?.[1]
      ?.replace(/<[^>]+>/g, '')
  const codes = await makeCodes(server, 'TCHUNG', 20)
  for (const code of codes.slice(0, 5)) {
    const form = await openForm(server, links.ticket(code))
    wait(20_000)
    await postForm(server, links.survey('TCHUNG'), form)
  }
  expect(await sentence()).toBe('30 ngày qua chưa phát phiếu nào.')
  wait(day)
  expect(await sentence()).toMatch(/phát 20 phiếu, 5 phiếu được trả lời: tỷ lệ trả lời 25,0\s%/)
  expect(await ticketsOfHealth()).toEqual({ given: 20, used: 5 })
  const page = await (await server.send(links.indicator('II.8'), { headers: { cookie } })).text()
  expect(page.replaceAll('\u00a0', ' ')).toContain('5 trong 20 phiếu một lần đã phát được trả lời (25 %)')
  const [batch] = await server.database.sql`select max(id) as id from ticket_batches`
  await postForm(server, links.revokeTickets('TCHUNG', Number(batch?.id)), {}, cookie)
  expect(await sentence()).toBe('30 ngày qua phát 5 phiếu; từ 20 phiếu mới tính tỷ lệ trả lời.')
  expect(await ticketsOfHealth()).toEqual({ given: 5, used: 5 })
})
