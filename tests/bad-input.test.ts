import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { links } from '../web/links.ts'
import { fullBody, readComments, startTestServer, type TestServer } from './fixtures/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const countStored = async () => {
  const [row] = await server.database
    .sql`select (select count(*) from responses)::int + (select count(*) from cells)::int as n`
  return row?.n as number
}

type Refusal = { code: string; message: string; requestId: string; problems?: { path: string; message: string }[] }

/** A refusal under /api: its shape, its sentence, nothing stored. */
async function expectRefusal(reply: Response, statuses: number[]): Promise<Refusal> {
  expect(statuses).toContain(reply.status)
  expect(reply.headers.get('content-type')).toContain('application/json')
  const body = (await reply.json()) as Refusal
  expect(body.message).toMatch(/\S\.$/)
  expect(body.requestId).toMatch(/^\w+$/)
  expect(JSON.stringify(body)).not.toMatch(/ at |node_modules|select |insert /)
  return body
}

const post = (body: string, contentType = 'application/json') =>
  server.send(links.api.responses, { method: 'POST', headers: { 'content-type': contentType }, body })

describe('POST /api/responses', () => {
  test('refuses anything that is not a response, whatever its shape, and stores nothing', async () => {
    const before = await countStored()
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 4 }), async (text) => {
        await expectRefusal(await post(text), [400, 404, 422])
      }),
      { numRuns: 300 },
    )
    expect(await countStored()).toBe(before)
  })

  test('refuses a right response with any one part spoilt', async () => {
    const before = await countStored()
    const good = await fullBody(server, 'QUAYHT', 5)
    const [criterion] = Object.keys(good.answers) as [string]
    const spoilt: [number, object | string][] = [
      [400, '{"id":'],
      [400, ''],
      [422, { ...good, id: 'x' }],
      [422, { ...good, id: undefined }],
      [422, { ...good, place: undefined }],
      [422, { ...good, place: 7 }],
      [404, { ...good, place: 'KHONGCO' }],
      [404, { ...good, place: 'QUAYKHONG\u0000' }],
      [422, { ...good, answers: {} }],
      [422, { ...good, answers: undefined }],
      [422, { ...good, answers: [] }],
      [422, { ...good, answers: { [criterion]: 6 } }],
      [422, { ...good, answers: { [criterion]: 0 } }],
      [422, { ...good, answers: { [criterion]: 4.5 } }],
      [422, { ...good, answers: { [criterion]: '5' } }],
      [422, { ...good, answers: { ...good.answers, 'sipas-99': 5 } }],
      [422, { ...good, answers: { [criterion]: null } }],
      [422, { ...good, version: 99 }],
      [422, { ...good, version: 1.5 }],
      [422, { ...good, channel: 'paper' }],
      [422, { ...good, channel: 'interview' }],
      [422, { ...good, field: 'khong-co' }],
      [422, { ...good, serviceMode: 'unstated' }],
      [422, { ...good, respondent: 'robot' }],
      [422, { ...good, extras: { overall: 9 } }],
      [422, { ...good, extras: { unknown: 1 } }],
      [422, { ...good, comment: 'a'.repeat(1001) }],
      [422, { ...good, comment: 5 }],
      [422, { ...good, language: 'fr' }],
      [422, { ...good, name: 'x' }],
      [413, { ...good, comment: 'a'.repeat(40_000) }],
    ]
    for (const [status, body] of spoilt) {
      const reply = await post(typeof body === 'string' ? body : JSON.stringify(body))
      const refusal = await expectRefusal(reply, [status])
      if (status === 422) expect(refusal.problems?.length, JSON.stringify(body)).toBeGreaterThan(0)
    }
    expect(await countStored()).toBe(before)
  })

  test('names the path of what is wrong', async () => {
    const good = await fullBody(server, 'QUAYHT', 5)
    const [criterion] = Object.keys(good.answers) as [string]
    const { problems } = await expectRefusal(
      await post(JSON.stringify({ ...good, answers: { [criterion]: 9 }, comment: 'a'.repeat(1001) })),
      [422],
    )
    expect(problems?.map(({ path }) => path).sort()).toEqual([`answers.${criterion}`, 'comment'])
  })

  test('refuses other content types and a poisoned prototype', async () => {
    const good = JSON.stringify(await fullBody(server, 'QUAYHT', 5))
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/xml',
    ]) {
      await expectRefusal(await post(good, type), [400])
    }
    await expectRefusal(await post(good.replace('{', '{"__proto__":{"a":1},')), [400, 422])
  })

  test('keeps a comment of a thousand Vietnamese letters with tabs and line breaks, whole and composed', async () => {
    const comment = `Dòng một\r\n\tDòng hai: ${'ệ'.normalize('NFD').repeat(900)}`
    expect((await post(JSON.stringify({ ...(await fullBody(server, 'QUAYHT', 5)), comment }))).status).toBe(201)
    const [row] = await readComments(server.database)
    expect(row?.body).toBe(`Dòng một\n\tDòng hai: ${'ệ'.repeat(900)}`.normalize('NFC'))
  })

  test.each([
    ['a control character', 'Chờ lâu\u0003 quá', 'Chờ lâu quá'],
    ['U+0000', 'Chờ\u0000 lâu', 'Chờ lâu'],
    ['an escape', 'a\u001bb', 'ab'],
    ['half a surrogate pair', 'a\ud800b', 'ab'],
    ['a noncharacter', 'a\ufffeb\u{1ffff}', 'ab'],
    ['a mark that turns the line round', 'a\u202eb', 'ab'],
    ['what Word makes of Shift+Enter', 'một\vhai\u2028ba\r\nbốn', 'một\nhai\nba\nbốn'],
  ])('leaves %s out instead of refusing the answer', async (_, comment, kept) => {
    const before = (await readComments(server.database)).length
    const reply = await post(JSON.stringify({ ...(await fullBody(server, 'QUAYHT', 5)), comment }))
    expect(reply.status).toBe(201)
    const bodies = (await readComments(server.database)).map(({ body }) => body)
    expect([bodies.length, bodies.includes(kept)]).toEqual([before + 1, true])
  })

  test('counts a limit after composing and with line breaks as one character', async () => {
    const lines = Array.from({ length: 40 }, () => 'ệ'.repeat(24)).join('\n')
    const comment = lines.replaceAll('\n', '\r\n').normalize('NFD')
    expect([lines.length, comment.length > 1000]).toEqual([999, true])
    expect((await post(JSON.stringify({ ...(await fullBody(server, 'QUAYHT', 5)), comment }))).status).toBe(201)
  })

  test('takes a place code in full-width letters and a rating in Khmer digits from a form', async () => {
    const { id, answers } = await fullBody(server, 'QUAYHT', 5)
    const [criterion] = Object.keys(answers) as [string]
    const reply = await server.send('/s/QUAYHT', {
      method: 'POST',
      body: new URLSearchParams({ id, [`a-${criterion}`]: '៤' }),
    })
    expect(reply.status).toBe(303)
    expect((await server.send(`/s/${encodeURIComponent('ＱＵＡＹＨＴ')}`)).status).toBe(200)
  })
})

describe('POST /s/{code}', () => {
  const send = (body: string, type = 'application/x-www-form-urlencoded') =>
    server.send(links.survey('KHAMBENH'), {
      method: 'POST',
      headers: { 'content-type': type, accept: 'text/html' },
      body,
    })

  test('answers any form with a page that says what to do, and stores nothing', async () => {
    const before = await countStored()
    const name = fc.oneof(
      fc.constantFrom('id', 'version', 'a-kb-a4', 'comment', 'language', 'website', 'x-overall', 'field'),
      fc.string(),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, fc.string({ unit: 'binary' }))), async (pairs) => {
        const reply = await send(new URLSearchParams(pairs.filter(([key]) => key !== 'id')).toString())
        expect(reply.status).toBe(422)
        expect(reply.headers.get('content-type')).toContain('text/html')
      }),
      { numRuns: 150 },
    )
    expect(await countStored()).toBe(before)
  })

  test('keeps what was chosen and links each problem to its question', async () => {
    const { id, answers } = await fullBody(server, 'KHAMBENH', 5)
    const [first, second] = Object.keys(answers) as [string, string]
    const body = new URLSearchParams({ id, [`a-${first}`]: '9', [`a-${second}`]: '5', comment: 'Chờ <b>lâu</b>' })
    const reply = await send(body.toString())
    const page = await reply.text()
    expect(reply.status).toBe(422)
    expect(page).toContain('Chờ &lt;b>lâu&lt;/b>')
    expect(page).toMatch(new RegExp(`href="#[^"]*${first}[^"]*"`))
    expect(page).toMatch(new RegExp(`name="a-${second}"[^>]*value="5"[^>]*checked`))
  })

  test('refuses JSON and oversized forms with a page', async () => {
    expect((await send('{}', 'application/json')).status).toBe(415)
    expect((await send(`comment=${'a'.repeat(40_000)}`)).status).toBe(413)
  })
})

describe('every public address', () => {
  const paths = (code: string) => [
    links.survey(code),
    `/S/${code}`,
    links.thanks(code, code),
    links.api.questionnaire(code),
    `${links.api.places}?${code}`,
    links.asset(code),
    `/${code}`,
  ]

  test('survives any code with a page or JSON below 500', async () => {
    const code = fc.oneof(
      fc.string({ unit: 'binary' }).map(encodeURIComponent).filter(Boolean),
      fc.constantFrom('%', '%00', '%ff', '..%2f..', 'QUAYHT%0a', 'a'.repeat(300)),
    )
    const safe = fc.string({ unit: 'grapheme' }).map((text) => encodeURIComponent(text.replace(/[\ud800-\udfff]/g, '')))
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          safe,
          code.filter((text) => text !== undefined),
        ),
        async (text) => {
          for (const path of paths(text || 'x')) {
            const reply = await server.send(path)
            expect(reply.status, path).toBeLessThan(500)
            await reply.arrayBuffer()
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test.each([
    [links.api.indicators('2026-13-01'), 422],
    [links.api.indicators('2026-02-01', '2026-01-01'), 422],
    [links.api.daily('QUAYHT', '1900-01-01', '2026-01-01'), 422],
    [`${links.api.daily()}?x=1`, 422],
    [links.api.daily('KHONGCO'), 404],
  ])('%s with the key is refused with %i', async (path, status) => {
    const reply = await server.send(path, { headers: { authorization: 'Bearer khoa-thu-nghiem-1' } })
    await expectRefusal(reply, [status])
  })

  test('guarded routes are closed without the key', async () => {
    for (const path of [links.api.indicators(), links.api.daily()]) {
      await expectRefusal(await server.send(path), [401])
      await expectRefusal(await server.send(path, { headers: { authorization: 'Bearer sai' } }), [401])
    }
  })

  test('under /api every error is JSON, also for */* and unknown paths', async () => {
    await expectRefusal(await server.send('/api/khong-co', { headers: { accept: '*/*' } }), [404])
    await expectRefusal(await server.send('/api/khong-co', { headers: { accept: 'text/html' } }), [404])
    await expectRefusal(await server.send(links.api.questionnaire('KHONGCO')), [404])
    await expectRefusal(await server.send(links.api.questionnaire('QUAYHT', 'x')), [422])
  })
})
