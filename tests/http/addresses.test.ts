import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerSocket } from '../../server/http/socket-door.ts'
import { access } from '../../server/staff/access.ts'
import { links } from '../../web/links.ts'
import { sendBytes, sendRaw } from '../fixtures/http/raw-http.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const formOf = async (place: string) => {
  const { id, answers } = await fullBody(server, place, 5)
  return { id, ...Object.fromEntries(Object.entries(answers).map(([one, level]) => [`a-${one}`, String(level)])) }
}

describe('an address as people type it', () => {
  test.each([
    '/s/QUAYDD/',
    '/S/quaydd',
    '/S/QUAYDD/?c=kiosk&lang=km',
    '//s//QUAYDD',
    '/s/QUAYDD//',
    '/ket-qua/',
    '/KET-QUA',
    '/Ket-qua/TRAM-Y-TE/',
    '/phuong-phap/',
    '/Du-lieu-mo/',
    '/Tra-loi/',
    '/dang-nhap/',
    '/Dang-Nhap?next=%2Fluot',
    '/board/TRAM-Y-TE/',
    '/API/places/',
    '/api/places/quaydd/questionnaire/',
    '/health/',
  ])('%s is answered', async (path) => {
    expect((await sendRaw(server.url, { path })).status).toBe(200)
  })

  test('an absolute one, as a proxy sends it', async () => {
    expect((await sendRaw(server.url, { path: `${server.url}/s/QUAYDD/` })).status).toBe(200)
  })

  test('every page without a parameter, with a slash at its end and in capitals', async () => {
    const { cookie } = await server.signIn()
    const pages = Object.keys(access).filter((route) => /^GET \/[^:]*$/.test(route) && !route.endsWith('/live'))
    expect(pages.length).toBeGreaterThan(40)
    for (const route of pages) {
      const path = route.slice(4)
      const [plain, slashed, capitals] = await Promise.all(
        [path, `${path}/`, path.toUpperCase()].map((one) => sendRaw(server.url, { path: one, headers: { cookie } })),
      )
      expect([path, slashed?.status, capitals?.status]).toEqual([path, plain?.status, plain?.status])
    }
  })

  test('a form and a program’s answer reach it too', async () => {
    const reply = await sendRaw(server.url, { path: '/S/QUAYDD/', method: 'POST', form: await formOf('QUAYDD') })
    expect([reply.status, reply.headers.location]).toEqual([303, expect.stringContaining('/s/QUAYDD/cam-on/')])
    const body = JSON.stringify(await fullBody(server, 'QUAYDD', 5))
    const json = { 'content-type': 'application/json' }
    expect((await server.send('/api/responses/', { method: 'POST', headers: json, body })).status).toBe(201)
  })

  test('whoever must sign in first comes back to it', async () => {
    const reply = await sendRaw(server.url, { path: '//Hom-nay/?ngay=2026-11-01' })
    expect([reply.status, reply.headers.location]).toEqual([303, links.signIn('/Hom-nay/?ngay=2026-11-01')])
  })

  test('a token, a receipt and a name keep their letters', async () => {
    const reply = await sendRaw(server.url, { path: '/S/QUAYDD/cam-on/abCD' })
    expect(reply.status).toBe(404)
    expect((await sendRaw(server.url, { path: '/assets/STAFF.CSS' })).status).toBe(404)
  })
})

describe('a content type in any letters, with parameters', () => {
  test.each(['Application/JSON', 'APPLICATION/JSON;Charset=UTF-8', 'application/json ; charset="utf-8"'])(
    '%s',
    async (type) => {
      const body = JSON.stringify(await fullBody(server, 'QUAYHT', 5))
      const reply = await server.send(links.api.responses, { method: 'POST', headers: { 'content-type': type }, body })
      expect(reply.status).toBe(201)
    },
  )

  test.each([
    'APPLICATION/X-WWW-FORM-URLENCODED',
    'Application/x-www-form-urlencoded;Charset=UTF-8',
    'application/x-www-form-urlencoded ; charset=utf-8',
  ])('%s', async (type) => {
    const headers = { 'content-type': type, accept: 'Application/JSON' }
    const form = await formOf('QUAYHT')
    const reply = await sendRaw(server.url, { path: links.survey('QUAYHT'), method: 'POST', headers, form })
    expect([reply.status, JSON.parse(reply.body)]).toEqual([201, { receipt: expect.stringMatching(/^\w{5}-\w{5}$/) }])
  })

  test('a key whose scheme is written small', async () => {
    const headers = { authorization: 'bearer khoa-thu-nghiem-1' }
    expect((await server.send(links.api.indicators(), { headers })).status).toBe(200)
  })
})

/** One page in our words: a heading, a sentence, a request id. */
function expectPage(head: string, body: string, words: string) {
  expect(head).toMatch(/content-type: text\/html/i)
  expect(head).toMatch(/content-security-policy: default-src 'none'/i)
  expect(body).toContain('<h1>')
  expect(body).toContain(words)
  expect(body).toMatch(/[Mm]ã yêu cầu/)
}

/** One refusal in JSON in our words. */
function expectJson(head: string, body: string, code: string) {
  expect(head).toMatch(/content-type: application\/json/i)
  expect(JSON.parse(body)).toEqual({
    code,
    message: expect.stringMatching(/[ạảấầếệộớữ].*\.$/),
    requestId: expect.any(String),
  })
}

const headOf = (headers: object) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')

describe('what nobody can read gets our words', () => {
  test.each([
    ['/%E0%A4%A', 400, 'Địa chỉ này viết không đúng'],
    ['/%', 400, 'Địa chỉ này viết không đúng'],
    ['/diem-phuc-vu/%zz', 400, 'Địa chỉ này viết không đúng'],
    ['/%E0%A4%A?next=%E0%A4%A', 400, 'Địa chỉ này viết không đúng'],
    ['/s/%E0%A4%A', 400, 'quét mã QR'],
    ['/S/%E0%A4%A/', 400, 'quét mã QR'],
    ['/tra-loi/%ff', 400, 'quét mã QR'],
    [`/s/${'A'.repeat(300)}`, 404, 'quét mã QR'],
    [`/moi/${'A'.repeat(300)}`, 404, 'Không có trang này'],
  ])('%s', async (path, status, words) => {
    for (const method of ['GET', 'POST']) {
      const reply = await sendRaw(server.url, { path, method, headers: { accept: 'text/html,*/*' } })
      expect(reply.status).toBe(status)
      expectPage(headOf(reply.headers), reply.body, words)
      const asked = await sendRaw(server.url, { path, method, headers: { accept: 'application/json' } })
      expectJson(headOf(asked.headers), asked.body, status === 404 ? 'not_found' : 'bad_address')
    }
  })

  test('under /api in JSON, whatever is asked for', async () => {
    for (const path of [
      '/api/%E0%A4%A',
      '/API//places/%/questionnaire',
      `/api/places/${'A'.repeat(300)}/questionnaire`,
    ]) {
      const reply = await sendRaw(server.url, { path, headers: { accept: 'text/html' } })
      expectJson(headOf(reply.headers), reply.body, path.includes('AAA') ? 'not_found' : 'bad_address')
    }
  })

  test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])('%s, which nothing answers', async (method) => {
    const reply = await sendRaw(server.url, { path: links.today(), method })
    expect(reply.status).toBe(404)
    expectPage(headOf(reply.headers), reply.body, 'Không có trang này')
  })

  const long = 'x'.repeat(20_000)
  test.each([
    ['no HTTP', 'XIN CHAO\r\n\r\n', 400, 'xin kiểm tra địa chỉ'],
    ['an unknown method', 'CHAO /hom-nay HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'xin kiểm tra địa chỉ'],
    [
      'a length that is no number',
      'POST /dang-nhap HTTP/1.1\r\nHost: a\r\nContent-Length: ba\r\n\r\n',
      400,
      'xin kiểm tra',
    ],
    ['no Host', 'GET /dang-nhap HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'xin kiểm tra địa chỉ'],
    ['too long an address', `GET /hom-nay?a=${long} HTTP/1.1\r\nHost: a\r\n\r\n`, 431, 'dài quá 16 KB'],
    ['too long a cookie', `GET /hom-nay HTTP/1.1\r\nHost: a\r\nCookie: a=${long}\r\n\r\n`, 431, 'dài quá 16 KB'],
    ['a citizen’s too long address', `GET /s/QUAYHT?a=${long} HTTP/1.1\r\nHost: a\r\n\r\n`, 431, 'quét mã QR'],
  ])('%s', async (_, bytes, status, words) => {
    const [head = '', body = ''] = (await sendBytes(server.url, bytes)).split('\r\n\r\n')
    expect(head).toContain(`HTTP/1.1 ${status} `)
    expectPage(head, body, words)
  })

  test('a program’s too long head gets JSON', async () => {
    const bytes = `GET /api/places HTTP/1.1\r\nHost: a\r\nCookie: a=${long}\r\n\r\n`
    const [head = '', body = ''] = (await sendBytes(server.url, bytes)).split('\r\n\r\n')
    expectJson(head, body, 'too_long')
  })

  test('an expectation that nobody knows is left unmet', async () => {
    const bytes = 'GET /dang-nhap HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\nConnection: close\r\n\r\n'
    expect(await sendBytes(server.url, bytes)).toMatch(/^HTTP\/1\.1 200 /)
  })

  test('a request that does not come to its end', async () => {
    const assets = { around: { style: '', script: '' }, staff: { styleHref: '', scriptHref: () => '' }, demo: false }
    const late = Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })
    const door = createServer((socket) => answerSocket(late, socket, 'YC1', assets)).listen(0, '127.0.0.1')
    await once(door, 'listening')
    const answer = await sendBytes(`http://127.0.0.1:${(door.address() as AddressInfo).port}`, '')
    expect(answer).toMatch(/^HTTP\/1\.1 408 [\s\S]*quá chậm/)
    door.close()
  })
})

test('what was begun while the process ends is answered, and told that nothing more is on this connection', async () => {
  const ending = await startTestServer()
  const socket = connect(Number(new URL(ending.url).port), '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk) => {
    heard += chunk
  })
  socket.write(
    'POST /dang-nhap HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n',
  )
  // The head is taken before the server is told to end: it holds the connection open.
  await expect.poll(() => heard).toContain('100 Continue')
  const ended = ending.stop()
  await expect
    .poll(() =>
      fetch(ending.url).then(
        () => 'open',
        () => 'closed',
      ),
    )
    .toBe('closed')
  socket.write('a=bGET /luot HTTP/1.1\r\nHost: a\r\n\r\n')
  await Promise.all([once(socket, 'close'), ended])
  expect(heard).toMatch(/HTTP\/1\.1 400 [\s\S]*\r\nConnection: close\r\n/)
  expect(heard.match(/HTTP\/1\.1 \d+ /g)).toEqual(['HTTP/1.1 100 ', 'HTTP/1.1 400 '])
})
