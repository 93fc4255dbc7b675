import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cases } from '../../db/cases/tables.ts'
import { agencies, settings } from '../../db/catalogue/tables.ts'
import { readReference } from '../../db/reference/reference.ts'
import { comments } from '../../db/respond/tables.ts'
import { withinReceipt, withinScope } from '../../db/staff/scope.ts'
import { caseOf } from '../../server/cases/arrival-rules.ts'
import { CaseRules, caseRulesKey, defaultCaseRules, readCaseRules } from '../../server/catalogue/case-rules-contract.ts'
import { planVersion } from '../../server/catalogue/draw-rules.ts'
import { halfOf } from '../../server/days.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const { holidays, questionnaires } = readReference()
const planOf = (code: string) =>
  planVersion(questionnaires.find((one) => one.code === code) as (typeof questionnaires)[0])

type Given = Partial<Parameters<typeof caseOf>[0]>
const open = (given: Given, rules: Partial<CaseRules> = {}, questionnaire = 'administrative') => {
  const plan = planOf(questionnaire)
  const answers = '5'.repeat(plan.criteria.length)
  const response = {
    answers,
    comment: null,
    urgent: false,
    channel: 'qr',
    standing: 'counted',
    receivedAt: '2026-11-19T02:00:00Z',
  } as const
  return caseOf({ ...response, ...given }, plan, {
    rules: { ...defaultCaseRules, ...rules },
    today: '2026-11-19',
    holidays,
  })
}

/** Everything 5 but one criterion of the named factor. */
const allBut = (questionnaire: string, factor: string, level: number) => {
  const plan = planOf(questionnaire)
  const position = plan.factorOf.findIndex((index) => plan.definition.factors[index]?.code === factor)
  return plan.criteria.map((_, index) => (index === position ? level : 5)).join('')
}

describe('a response opens a case', () => {
  test.each<[string, Given, Partial<CaseRules>, string | null]>([
    ['not when it is content and silent', {}, {}, null],
    ['with a comment, however content', { comment: 'Cảm ơn' }, {}, 'praise'],
    ['as praise only where nothing is below the best', { comment: 'Cảm ơn', answers: '5.4-5' }, {}, 'comment'],
    ['as praise where some have no opinion', { comment: 'Cảm ơn', answers: '5.0-5' }, {}, 'praise'],
    ['as a comment where nothing was rated', { comment: 'Cảm ơn', answers: '0.0--' }, {}, 'comment'],
    ['with a comment, also set aside', { comment: 'Cảm ơn', standing: 'set_aside' }, {}, 'praise'],
    ['with a comment, also on paper', { comment: 'Cảm ơn', channel: 'paper' }, {}, 'praise'],
    ['with a 2', { answers: '5.2-5' }, {}, 'dissatisfied'],
    ['not with a 3', { answers: '3.3-3' }, {}, null],
    ['not with "no opinion"', { answers: '0.0-5' }, {}, null],
    ['not with a 2 where only 1 counts', { answers: '5.2-5' }, { dissatisfied: 'any_at_most_1' }, null],
    ['with a 1 where only 1 counts', { answers: '5.1-5' }, { dissatisfied: 'any_at_most_1' }, 'dissatisfied'],
    ['not with a 1 where none counts', { answers: '1.1-1' }, { dissatisfied: 'none' }, null],
    ['not with a 1 set aside', { answers: '1.1-1', standing: 'set_aside' }, {}, null],
    ['not with a 1 told to an interviewer', { answers: '11111', channel: 'interview' }, {}, null],
  ])('%s', (_, given, rules, kind) => {
    expect(open(given, rules)?.kind ?? null).toBe(kind)
  })

  test.each([
    ['administrative', 'cong-chuc', 2, true],
    ['administrative', 'cong-chuc', 3, false],
    ['administrative', 'thu-tuc', 1, false],
    ['household', 'cong-chuc', 1, true],
    ['outpatient', 'thai-do', 2, true],
    ['outpatient', 'minh-bach', 1, false],
    ['vaccination', 'thai-do', 1, true],
    ['education-primary', 'hoat-dong', 1, false],
  ])('past the agency by the structure of %s: %s at %i → %s', (questionnaire, factor, level, restricted) => {
    const answers = allBut(questionnaire, factor, level)
    expect(open({ answers, comment: 'Một ý kiến' }, {}, questionnaire)?.restricted).toBe(restricted)
    expect(open({ answers, comment: 'Một ý kiến' }, { conductRoute: false }, questionnaire)?.restricted).toBe(false)
    expect(open({ answers }, {}, questionnaire)?.restricted ?? false).toBe(false)
  })

  test('every factor that the conduct route names exists', () => {
    for (const [code, factors] of Object.entries(defaultCaseRules.conductFactors)) {
      expect(planOf(code).definition.factors.map((factor) => factor.code)).toEqual(expect.arrayContaining(factors))
    }
  })

  test('due in as many working days as the rules say, and by half days only', () => {
    const wish = { comment: 'Ý kiến', answers: '5.4' }
    expect(open(wish)?.dueOn).toBe('2026-11-26')
    expect(open(wish, { workingDays: 1 })?.dueOn).toBe('2026-11-20')
    expect(open({ comment: 'Cảm ơn' })?.dueOn).toBeNull()
    expect(['2026-11-19T04:59:59Z', '2026-11-19T05:00:00Z', '2026-11-18T17:00:00Z'].map(halfOf)).toEqual([
      'morning',
      'afternoon',
      'morning',
    ])
  })

  test('by the usual rules where a setting cannot be read', () => {
    for (const stored of [undefined, '', '{', '[]', '{"workingDays":0}', '{"unknown":1}']) {
      expect(readCaseRules(stored)).toEqual(defaultCaseRules)
    }
    expect(readCaseRules('{"workingDays":9}')).toEqual({ ...defaultCaseRules, workingDays: 9 })
  })
})

describe('in the database', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ now: () => Date.parse('2026-11-19T08:00:00Z') })
  })
  afterAll(() => server.stop())

  const everyCase = (id: string) =>
    withinScope(server.database, 'all', (t) => t.select().from(cases).where(sql`${cases.responseId} = ${id}`))
  const send = async (place: string, level: number, comment?: string) => {
    const body = await fullBody(server, place, level)
    const reply = await server.answer({ ...body, ...(comment && { comment }) })
    return { id: body.id, ...((await reply.json()) as { receipt: string }) }
  }

  test('a case stands beside its response, under the receipt that the citizen was given', async () => {
    const { id, receipt } = await send('QUAYHT', 4, 'Xin thêm ghế ngồi chờ')
    const [row, ...more] = await everyCase(id)
    expect(more).toEqual([])
    expect(row).toMatchObject({
      receipt,
      kind: 'comment',
      state: 'new',
      restricted: false,
      day: '2026-11-19',
      half: 'afternoon',
      dueOn: '2026-11-26',
    })
    const [place] = await server.database.sql`select agency_id from places where code = 'QUAYHT'`
    expect(row?.agencyId).toBe(place?.agency_id)
    const own = await withinReceipt(server.database, receipt, (t) => t.select().from(cases))
    expect(own).toHaveLength(1)
  })

  test('the content and silent leave none', async () => {
    expect(await everyCase((await send('QUAYHT', 4)).id)).toEqual([])
    expect(await everyCase((await send('QUAYHT', 2)).id)).toMatchObject([{ kind: 'dissatisfied', restricted: false }])
  })

  test('fifty parallel posts of one response, among others, are one case', async () => {
    const body = { ...(await fullBody(server, 'KHAMBENH', 5)), comment: 'Chờ lâu quá' }
    const others = await Promise.all(Array.from({ length: 20 }, () => fullBody(server, 'KHAMBENH', 1)))
    const posts = Array.from({ length: 50 }, (_, index) => [body, ...others.slice(index % 20, (index % 20) + 1)]).flat()
    const replies = await Promise.all(posts.map((one) => server.answer(one)))
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(21)
    const own = await everyCase(body.id)
    expect(own).toHaveLength(1)
    for (const other of others) expect(await everyCase(other.id)).toHaveLength(1)
    expect(await server.countDiffering()).toBe(0)
  })

  test('a comment about officials’ conduct, comment and case, is out of the agency’s sight', async () => {
    const { id } = await send('QUAYDD', 1, 'Cán bộ nói năng cộc lốc')
    const rows = await server.database.query.select().from(agencies)
    const agencyId = rows.find(({ code }) => code === 'trung-tam-pvhcc')?.id as (typeof rows)[0]['id']
    const seen = (scope: 'all' | [typeof agencyId]) =>
      withinScope(server.database, scope, async (t) => [
        await t.select({ restricted: cases.restricted }).from(cases).where(sql`${cases.responseId} = ${id}`),
        await t.select({ restricted: comments.restricted }).from(comments).where(sql`${comments.responseId} = ${id}`),
      ])
    expect(await seen('all')).toEqual([[{ restricted: true }], [{ restricted: true }]])
    expect(await seen([agencyId])).toEqual([[], []])
  })

  test('a changed setting holds for the next response', async () => {
    const value = JSON.stringify(CaseRules.parse({ dissatisfied: 'none', workingDays: 2, conductRoute: false }))
    await server.database.query.insert(settings).values({ key: caseRulesKey, value })
    const later = await startTestServer({
      connection: server.connection,
      now: () => Date.parse('2026-11-20T01:00:00Z'),
    })
    try {
      const silent = await fullBody(later, 'QUAYDD', 1)
      const spoken = { ...(await fullBody(later, 'QUAYDD', 1)), comment: 'Một ý kiến' }
      for (const body of [silent, spoken]) expect((await later.answer(body)).status).toBe(201)
      expect(await everyCase(silent.id)).toEqual([])
      expect(await everyCase(spoken.id)).toMatchObject([{ restricted: false, dueOn: '2026-11-24', half: 'morning' }])
    } finally {
      await later.stop()
    }
  })

  test('two responses whose receipts happen to be equal are both stored', async () => {
    const body = { ...(await fullBody(server, 'QUAYKD', 5, randomUUID())), comment: 'Ý kiến một' }
    const { receipt } = (await (await server.answer(body)).json()) as { receipt: string }
    await withinScope(server.database, 'all', (t) =>
      t.execute(sql`delete from comments where response_id = ${body.id}`),
    )
    // The case now stands for another response: storing this one anew would meet its receipt.
    const other = await fullBody(server, 'QUAYKD', 5)
    expect((await server.answer(other)).status).toBe(201)
    await withinScope(server.database, 'all', (t) =>
      t.execute(sql`update cases set response_id = ${other.id} where receipt = ${receipt}`),
    )
    // Rows that point to it are looked for under a right that the application gave up.
    await server.database.sql`grant update on standing_changes to current_user`
    await server.database.sql`delete from responses where id = ${body.id}`
    expect((await server.answer(body)).status).toBe(201)
    expect(await everyCase(body.id)).toEqual([])
    expect(await everyCase(other.id)).toMatchObject([{ receipt }])
  })
})
