import { gzipSync } from 'node:zlib'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callbacks, cases, rightsRequests } from '../../db/cases/tables.ts'
import { comments } from '../../db/respond/tables.ts'
import { withinScope } from '../../db/staff/scope.ts'
import { readNumber } from '../../server/cases/callback-rules.ts'
import { callbackPurpose } from '../../server/cases/citizen-contract.ts'
import { languages } from '../../server/catalogue/contract.ts'
import { pageBudgetBytes } from '../../server/questionnaires/draft/page-weight.ts'
import { createSealing } from '../../server/staff/sealing.ts'
import { receiptWordsIn } from '../../web/cases/receipt/messages.ts'
import { links } from '../../web/links.ts'
import { fullBody, sealingKey, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const headerBytes = 1_000
const startMs = Date.parse('2026-11-19T08:00:00Z')
const words = receiptWordsIn('vi')
const comment = 'Phòng chờ nóng, xin thêm quạt'
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ now: () => startMs })
})
afterAll(() => server.stop())

async function answerWith(said: string | null, level = 5, place = 'QUAYHT') {
  const body = { ...(await fullBody(server, place, level)), ...(said && { comment: said }) }
  const { receipt } = (await (await server.answer(body)).json()) as { receipt: string }
  return { id: body.id, receipt }
}

const post = (path: string, form: Record<string, string>) =>
  server.send(path, { method: 'POST', body: new URLSearchParams(form) })
const leave = (receipt: string, form: Record<string, string>) => post(links.callback('QUAYHT', receipt), form)
const read = async (path: string) => (await server.send(path)).text()
const all = <T>(work: Parameters<typeof withinScope<T>>[2]) => withinScope(server.database, 'all', work)
const caseBy = (receipt: string) =>
  all(async (t) => {
    const rows = await t
      .select()
      .from(cases)
      .leftJoin(callbacks, sql`case_id = ${cases.id}`)
      .where(eq(cases.receipt, receipt))
    return rows[0] as { cases: typeof cases.$inferSelect; callbacks: typeof callbacks.$inferSelect | null }
  })
const setState = (receipt: string, change: Partial<typeof cases.$inferInsert>) =>
  all((t) => t.update(cases).set(change).where(sql`receipt = ${receipt}`))

describe('the thank-you page', () => {
  test.each(languages)(
    'of a response that opened a case says where the answer will be, and what this is not (%s)',
    async (language) => {
      const { receipt } = await answerWith(comment)
      const page = await read(links.thanks('QUAYHT', receipt, language))
      const { followUp } = receiptWordsIn(language)
      expect(page).toContain(followUp.keep)
      expect(page).toContain(followUp.due('26/11/2026'))
      expect(page).toContain(`href="/tra-loi/${receipt}`)
      expect(page).toContain(followUp.notForComplaints)
      expect(page).not.toMatch(/<(details[^>]* open|input[^>]* checked)/)
      expect(page).not.toContain(comment)
    },
  )

  test('looks the same whether a comment or dissatisfaction opened it, and the conduct route too', async () => {
    const pages = [await answerWith(comment), await answerWith(null, 2), await answerWith(comment, 1)].map(
      async ({ receipt }) => (await read(links.thanks('QUAYHT', receipt))).replaceAll(receipt, ''),
    )
    const [first, ...others] = await Promise.all(pages)
    for (const other of others) expect(other).toBe(first)
  })

  test('of the content and silent promises nothing', async () => {
    const { receipt } = await answerWith(null)
    const page = await read(links.thanks('QUAYHT', receipt))
    expect(page).not.toContain(words.followUp.see)
    expect(page).not.toContain('<details')
    expect((await leave(receipt, { number: '0912345678', consent: 'yes' })).status).toBe(404)
  })

  test('stays within one round trip, like the page of the answer', async () => {
    const { receipt } = await answerWith(comment)
    for (const language of languages) {
      for (const path of [links.thanks('QUAYHT', receipt, language), links.reply(receipt, language)]) {
        expect(gzipSync(await read(path)).length + headerBytes).toBeLessThanOrEqual(pageBudgetBytes)
      }
    }
  })
})

describe('“Báo ngay”', () => {
  const isListed = async (receipt: string) => {
    const { cookie } = await server.signInAs('clerk', ['trung-tam-pvhcc'])
    const list = await (await server.send(links.cases(), { headers: { cookie } })).text()
    return list.includes(`href="${links.case((await caseBy(receipt)).cases.id)}"`)
  }

  test('on the thank-you page shows the case at once, alone or beside a number; a number alone does not', async () => {
    const told = [
      [{ urgent: 'yes' }, 'now', true],
      [{ urgent: 'yes', number: '0912 345 678', consent: 'yes' }, 'number-now', true],
      [{ number: '0912 345 678', consent: 'yes' }, 'number', false],
    ] as const
    for (const [form, outcome, listed] of told) {
      const { receipt } = await answerWith(comment)
      expect(await isListed(receipt)).toBe(false)
      const reply = await leave(receipt, form)
      expect(reply.headers.get('location')).toBe(links.thanks('QUAYHT', receipt, undefined, outcome))
      const page = await read(reply.headers.get('location') as string)
      for (const part of outcome.split('-')) expect(page).toContain(words.followUp.outcomes[part as 'now'])
      expect(await isListed(receipt)).toBe(listed)
    }
  })

  test.each([
    ['ticked', true],
    ['left alone', false],
  ])('on the form without script, %s', async (_, ticked) => {
    const html = await read(links.survey('QUAYHT'))
    const id = /name="id" value="([^"]+)"/.exec(html)?.[1] as string
    const version = /name="version" value="([^"]+)"/.exec(html)?.[1] as string
    const [, question] = /name="(a-[^"]+)"/.exec(html) ?? []
    expect(html).toContain('type="checkbox" name="urgent"')
    expect(html).toContain('có thể đoán ra Ông/Bà')
    const sent = await post(links.survey('QUAYHT'), {
      ...{ id, version, [question as string]: '5', comment, field: 'ho-tich' },
      ...(ticked && { urgent: '1' }),
    })
    expect(sent.status).toBe(303)
    const receipt = sent.headers.get('location')?.split('/').at(-1) as string
    expect((await caseBy(receipt)).cases.urgent).toBe(ticked)
    expect(await isListed(receipt)).toBe(ticked)
  })
})

describe('a number for a call back', () => {
  test.each([
    ['0912 345 678', '0912345678'],
    ['+84 912.345.678', '0912345678'],
    ['0084-912-345-678', '0912345678'],
    ['84912345678', '0912345678'],
    ['912345678', '0912345678'],
    ['(0297) 3 823 456', '02973823456'],
    ['091234567', '091234567'],
    ['0012345678', null],
    ['09123456789012', null],
    ['+1 415 555 0100 1', null],
    ['không có', null],
    ['', null],
  ])('%s is read as %s', (typed, number) => expect(readNumber(typed)).toBe(number))

  test('is kept sealed, with the words that were agreed to, and confirmed', async () => {
    const { receipt } = await answerWith(comment)
    const reply = await leave(receipt, { number: '0912 345 678', consent: 'yes' })
    expect([reply.status, reply.headers.get('location')]).toEqual([
      303,
      links.thanks('QUAYHT', receipt, undefined, 'number'),
    ])
    expect(await read(reply.headers.get('location') as string)).toContain(words.followUp.outcomes.number)
    const { callbacks: kept, cases: own } = await caseBy(receipt)
    expect(kept).toMatchObject({ consent: words.followUp.consent, erasedAt: null })
    expect(Date.parse(kept?.consentedAt as string)).toBe(startMs)
    expect(createSealing(sealingKey).open(kept?.sealed as string, callbackPurpose)).toBe('0912345678')
    expect(own.restricted).toBe(false)
  })

  test('stands readable in no column of any table', async () => {
    const { receipt } = await answerWith(comment)
    await leave(receipt, { number: '0987 654 321', consent: 'yes' })
    const names = await server.database.sql<{ name: string }[]>`
      select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`
    const text = await all(async (t) => {
      const dumps: string[] = []
      for (const { name } of names) {
        const rows = await t.execute(sql.raw(`select coalesce(string_agg(r::text, '|'), '') as dump from ${name} r`))
        dumps.push(`${name}: ${(rows[0] as { dump: string }).dump}`)
      }
      return dumps.join('\n')
    })
    expect(text).toContain(receipt)
    expect(text).toContain(comment)
    expect(text.replace(/[ .+-]/g, '')).not.toMatch(/987654321/)
    expect(text).not.toContain(Buffer.from('0987654321').toString('base64').slice(0, 12))
  })

  test.each([
    ['number', { number: '12', consent: 'yes' }],
    ['consent', { number: '0912345678' }],
    ['nothing', { number: ' ', consent: 'yes' }],
  ] as const)('is not taken without a good one and a consent: %s', async (problem, form) => {
    const { receipt } = await answerWith(comment)
    const reply = await leave(receipt, form)
    expect(reply.status).toBe(422)
    const page = await reply.text()
    expect(page).toContain(words.followUp.problems[problem])
    expect(page).toMatch(/<details[^>]* open/)
    expect((await caseBy(receipt)).callbacks).toBeNull()
  })

  test('replaces the one before while the case is open, and is refused kindly once it is closed', async () => {
    const { receipt } = await answerWith(comment)
    for (const number of ['0912345678', '0388123456'])
      expect((await leave(receipt, { number, consent: 'yes' })).status).toBe(303)
    const sealed = (await caseBy(receipt)).callbacks?.sealed as string
    expect(createSealing(sealingKey).open(sealed, callbackPurpose)).toBe('0388123456')
    await setState(receipt, { state: 'closed' })
    const reply = await leave(receipt, { number: '0563123456', consent: 'yes' })
    expect(reply.status).toBe(409)
    const page = await reply.text()
    expect(page).toContain(words.followUp.problems.closed)
    expect(page).not.toContain('<details')
    expect((await caseBy(receipt)).callbacks?.sealed).toBe(sealed)
  })

  test('consent is kept in the language it was given in', async () => {
    const { receipt } = await answerWith(comment)
    const reply = await leave(receipt, { number: '0912345678', consent: 'yes', language: 'km' })
    expect(reply.headers.get('location')).toContain('lang=km')
    expect((await caseBy(receipt)).callbacks?.consent).toBe(receiptWordsIn('km').followUp.consent)
  })

  test('a tick takes case and comment past the agency, with or without a number', async () => {
    const { receipt, id } = await answerWith(comment)
    const [member] = await server.database.sql`select id from staff limit 1`
    await setState(receipt, { state: 'assigned', ownerId: member?.id })
    const reply = await leave(receipt, { conduct: 'yes' })
    expect(reply.headers.get('location')).toBe(links.thanks('QUAYHT', receipt, undefined, 'leaders'))
    const { cases: own, callbacks: kept } = await caseBy(receipt)
    expect(own).toMatchObject({ restricted: true, state: 'new', ownerId: null })
    expect(kept).toBeNull()
    const seen = await withinScope(server.database, [own.agencyId], async (t) => [
      ...(await t.select().from(cases).where(sql`receipt = ${receipt}`)),
      ...(await t.select().from(comments).where(sql`response_id = ${id}`)),
    ])
    expect(seen).toEqual([])
  })
})

describe('the page of a receipt', () => {
  test('finds it however it is typed, and says at once when it cannot be one', async () => {
    const { receipt } = await answerWith(comment)
    for (const typed of [receipt.toLowerCase(), receipt.replace('-', ' '), ` ${receipt.split('').join('-')} `]) {
      const reply = await server.send(`${links.findReply()}?${new URLSearchParams({ ma: typed })}`)
      expect([reply.status, reply.headers.get('location')]).toEqual([303, links.reply(receipt)])
    }
    const wrong = await server.send(`${links.findReply()}?ma=AAAAA-AAAAA`)
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain(words.find.invalid)
    expect((await server.send(links.reply('AAAAA-AAAAA'))).status).toBe(404)
    expect(await read(links.findReply())).not.toContain(words.find.invalid)
  })

  test('tells state, days and agency, kept by nobody, and nothing of what was written or chosen', async () => {
    const { receipt } = await answerWith(comment, 1)
    const reply = await server.send(links.reply(receipt))
    expect(reply.headers.get('cache-control')).toBe('no-store')
    const page = await reply.text()
    for (const said of [words.reply.states.new, '19/11/2026', '26/11/2026', 'Trung tâm Phục vụ hành chính công']) {
      expect(page).toContain(said)
    }
    expect(page).not.toContain(comment)
    expect(page).not.toContain('hài lòng thế nào')
  })

  test('shows the answer once there is one, and not while the case is open again', async () => {
    const { receipt } = await answerWith(comment)
    const answer = 'Đã lắp thêm hai quạt ở phòng chờ.'
    await setState(receipt, { state: 'answered', reply: answer, answeredAt: '2026-11-20T03:00:00Z' })
    const answered = await read(links.reply(receipt))
    for (const said of [words.reply.states.answered, answer, '20/11/2026']) expect(answered).toContain(said)
    await setState(receipt, { state: 'new' })
    expect(await read(links.reply(receipt))).not.toContain(answer)
    await setState(receipt, { state: 'closed', reply: null, closedReason: 'Trùng với ý kiến khác' })
    const closed = await read(links.reply(receipt))
    expect(closed).toContain(words.reply.closedWithoutReply)
    expect(closed).not.toContain('Trùng với ý kiến khác')
  })

  test('a day past the deadline says so', async () => {
    const { receipt } = await answerWith(comment)
    await setState(receipt, { kind: 'comment', dueOn: '2026-11-18' })
    expect(await read(links.reply(receipt))).toContain(words.reply.overdue)
  })

  test('of a receipt without a case is one neutral page', async () => {
    const { receipt } = await answerWith(null)
    const reply = await server.send(links.reply(receipt))
    expect(reply.status).toBe(200)
    expect(await reply.text()).toContain(words.unknown.title)
    expect((await post(links.askAboutData(receipt), { kind: 'delete' })).status).toBe(404)
  })

  test.each(languages)('speaks %s throughout', async (language) => {
    const { receipt } = await answerWith(comment)
    const page = await read(links.reply(receipt, language))
    expect(page).toContain(`<html lang="${language}"`)
    expect(page).toContain(receiptWordsIn(language).data.title)
    if (language !== 'vi') expect(page).not.toContain(words.data.title)
  })
})

describe('requests about the own data', () => {
  const requestsOf = (receipt: string) =>
    server.database.query.select().from(rightsRequests).where(sql`receipt = ${receipt}`)

  test.each([
    ['access', '2026-11-29'],
    ['withdraw', '2026-12-04'],
    ['delete', '2026-12-09'],
  ] as const)('%s is due on %s', async (kind, dueOn) => {
    const { receipt } = await answerWith(comment)
    const reply = await post(links.askAboutData(receipt), { kind })
    expect([reply.status, reply.headers.get('location')]).toEqual([303, links.reply(receipt)])
    expect(await requestsOf(receipt)).toMatchObject([{ kind, askedOn: '2026-11-19', dueOn, doneAt: null }])
    expect(await read(links.reply(receipt))).toContain(words.data.names[kind])
  })

  test('one of a kind waits at a time, also when many are sent at once', async () => {
    const { receipt } = await answerWith(comment)
    const ask = () => post(links.askAboutData(receipt), { kind: 'delete' })
    const replies = await Promise.all(Array.from({ length: 12 }, ask))
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([303]))
    expect(await requestsOf(receipt)).toHaveLength(1)
    await server.database.sql`update rights_requests set done_at = now(), done_by = 'admin' where receipt = ${receipt}`
    await ask()
    expect(await requestsOf(receipt)).toHaveLength(2)
  })

  test('without a choice is asked again', async () => {
    const { receipt } = await answerWith(comment)
    const reply = await post(links.askAboutData(receipt), { kind: 'everything' })
    expect(reply.status).toBe(422)
    expect(await reply.text()).toContain(words.data.choose)
    expect(await requestsOf(receipt)).toEqual([])
  })
})
