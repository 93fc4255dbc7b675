import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { testPassword } from '../fixtures/global-setup.ts'
import { type RawReply, sendRaw } from '../fixtures/http/raw-http.ts'
import { cloneDatabase, fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const publicUrl = 'https://ydan.example.vn'
let bare: TestServer
let published: TestServer
let proxied: TestServer
beforeAll(async () => {
  bare = await startTestServer()
  published = await startTestServer({ config: { publicUrl } })
  proxied = await startTestServer({ connection: await cloneDatabase(), config: { publicUrl, trustProxy: true } })
})
afterAll(() => Promise.all([bare, published, proxied].map((server) => server.stop())))

type Headers = Record<string, string>

const signIn = (server: TestServer, headers: Headers): Promise<RawReply> =>
  sendRaw(server.url, {
    path: links.signIn(),
    method: 'POST',
    headers,
    form: { username: 'admin', password: testPassword },
  })

/** Signs in, changes a setting of the codes and signs out, all with these headers. */
async function workThrough(server: TestServer, headers: Headers): Promise<number[]> {
  const entered = await signIn(server, headers)
  const cookie = entered.headers['set-cookie']?.map((one) => one.split(';')[0]).join('; ') ?? ''
  const post = (path: string, form: Record<string, string>) =>
    sendRaw(server.url, { path, method: 'POST', headers: { ...headers, cookie }, form })
  const changed = await post(links.qrSettings, { capitals: 'on' })
  const left = await post(links.signOut, {})
  return [entered, changed, left].map(({ status }) => status)
}

const lan = 'may-chu.lan:3000'
const iphone = { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 15_8 like Mac OS X) Safari/604.1' }

describe('own forms pass', () => {
  const own: [string, Headers][] = [
    ['Chromium at a name of the office, no Sec-Fetch', { host: lan, origin: `http://${lan}` }],
    ['Chromium at an address', { host: '192.168.1.5:3000', origin: 'http://192.168.1.5:3000' }],
    ['Chromium at an IPv6 address', { host: '[fd00::2]:3000', origin: 'http://[fd00::2]:3000' }],
    [
      'Chromium on this machine',
      { host: 'localhost:3000', origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' },
    ],
    ['Firefox over HTTP', { host: lan, origin: `http://${lan}`, referer: `http://${lan}/dang-nhap` }],
    ['Firefox of 2019, no Origin', { host: lan, referer: `http://${lan}/dang-nhap` }],
    ['Safari 15 over HTTP', { ...iphone, host: lan, origin: `http://${lan}` }],
    ['a reload that a person asked for', { host: lan, origin: 'null', 'sec-fetch-site': 'none' }],
    ['a port that only one of the two names', { host: 'may-chu.lan:80', origin: 'http://may-chu.lan' }],
    ['a program with a cookie', { host: lan }],
    ['HTTPS, a proxy that passes Host', { host: 'ydan.example.vn', origin: publicUrl }],
    ['HTTPS, Host with its port', { host: 'ydan.example.vn:443', origin: publicUrl }],
    [
      'HTTPS, Host rewritten, a browser that says where from',
      { host: '127.0.0.1:3000', origin: publicUrl, 'sec-fetch-site': 'same-origin' },
    ],
    [
      'Safari 15 by a proxy that rewrites Host and says so',
      { ...iphone, host: '127.0.0.1:3000', 'x-forwarded-host': 'khac.example.vn', origin: 'https://khac.example.vn' },
    ],
    ['HTTP, two proxies', { host: '127.0.0.1:3000', 'x-forwarded-host': `${lan}, trong.lan`, origin: `http://${lan}` }],
  ]
  test.each(own)('%s', async (_, headers) => {
    for (const server of [bare, published, proxied]) expect(await workThrough(server, headers)).toEqual([303, 303, 303])
  })

  test('Safari 15 by a proxy that hides the name, where PUBLIC_URL tells it', async () => {
    const headers = { ...iphone, host: '127.0.0.1:3000', origin: publicUrl }
    expect(await workThrough(published, headers)).toEqual([303, 303, 303])
    expect((await signIn(bare, headers)).status).toBe(403)
  })

  test('pages say the policy under which browsers name the origin of their forms', async () => {
    const page = await sendRaw(bare.url, { path: links.signIn() })
    expect(page.headers['referrer-policy']).toBe('same-origin')
    expect(page.body).toContain('<meta name="referrer" content="same-origin"/>')
  })
})

describe('foreign forms are refused, signing in too', () => {
  const host = lan
  const foreign: [string, Headers][] = [
    [
      'another site, HTTPS',
      { host: 'ydan.example.vn', origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    ],
    [
      'another site with our Origin made up by a proxy',
      { host, origin: `http://${lan}`, 'sec-fetch-site': 'cross-site' },
    ],
    ['a sister site, HTTPS', { host: 'ydan.example.vn', origin: 'https://example.vn', 'sec-fetch-site': 'same-site' }],
    ['another site, HTTP', { host, origin: 'http://evil.example' }],
    ['another port of the same machine', { host, origin: 'http://may-chu.lan:8080' }],
    ['the default port of the same machine', { host, origin: 'http://may-chu.lan' }],
    ['a name that begins like ours', { host, origin: `http://${lan}.evil.example` }],
    ['a sandboxed frame, a data: page, a page that hides where from', { host, origin: 'null' }],
    ['the same over HTTPS', { host: 'ydan.example.vn', origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['no Origin, another Referer', { host, referer: 'http://evil.example/s/QUAYHT' }],
    ['an Origin that is none', { host, origin: 'may-chu.lan:3000' }],
    ['an empty Origin', { host, origin: '' }],
    [
      'a name under which our machine was not addressed',
      { host: '192.168.1.5:3000', origin: 'http://evil.example:3000' },
    ],
  ]
  test.each(foreign)('%s', async (_, headers) => {
    for (const server of [bare, published, proxied]) {
      const refused = await signIn(server, headers)
      expect([refused.status, refused.headers['set-cookie']]).toEqual([403, undefined])
      expect(refused.body).toContain('không đến từ trang Ý Dân')
      const { cookie } = await server.signIn()
      for (const path of [links.qrSettings, links.signOut, links.changePassword, links.importPlaces]) {
        const reply = await sendRaw(server.url, { path, method: 'POST', headers: { ...headers, cookie }, form: {} })
        expect([path, reply.status]).toEqual([path, 403])
      }
      expect((await server.send(links.today(), { headers: { cookie } })).status).toBe(200)
    }
  })
})

test('a citizen’s answer needs no header of any kind', async () => {
  const any: Headers[] = [{ host: lan }, { host: lan, origin: 'null' }, { host: lan, origin: 'https://evil.example' }]
  for (const headers of any) {
    const { id, answers } = await fullBody(bare, 'QUAYHT', 5)
    const form = Object.fromEntries(
      Object.entries(answers).map(([criterion, level]) => [`a-${criterion}`, String(level)]),
    )
    const reply = await sendRaw(bare.url, {
      path: links.survey('QUAYHT'),
      method: 'POST',
      headers,
      form: { id, ...form },
    })
    expect([reply.status, reply.headers.location]).toEqual([303, expect.stringContaining('/cam-on/')])
  }
})

describe('a session is kept by the browser that it was given to', () => {
  const secure = ({ headers }: RawReply) => headers['set-cookie']?.map((one) => /; Secure/.test(one))

  test.each<[string, Headers, boolean]>([
    ['HTTPS', { host: 'ydan.example.vn', origin: publicUrl }, true],
    ['HTTPS by a proxy that rewrites Host', { host: '127.0.0.1:3000', origin: publicUrl }, true],
    ['HTTPS, nothing said', { host: '127.0.0.1:3000' }, true],
    ['plain HTTP on the office’s network', { host: '192.168.1.5:3000', origin: 'http://192.168.1.5:3000' }, false],
  ])('%s: Secure is %#', async (_, headers, expected) => {
    const reply = await signIn(published, headers)
    expect([reply.status, new Set(secure(reply))]).toEqual([303, new Set([expected])])
  })

  test('without PUBLIC_URL the browser or a trusted proxy says so', async () => {
    expect(secure(await signIn(bare, { host: 'a.example', origin: 'https://a.example' }))).toContain(true)
    expect(secure(await signIn(bare, { host: 'a.example', 'x-forwarded-proto': 'https' }))).toContain(false)
    const trusting = await startTestServer({ config: { trustProxy: true } })
    expect(secure(await signIn(trusting, { host: 'a.example', 'x-forwarded-proto': 'https' }))).toContain(true)
    await trusting.stop()
  })

  test('in the clear under the protected name, a sentence says where to go instead of asking again for ever', async () => {
    for (const host of ['ydan.example.vn', 'ydan.example.vn:3000']) {
      const reply = await signIn(published, { host, origin: `http://${host}` })
      expect(reply.status).toBe(403)
      expect(reply.body).toContain(`xin mở ${publicUrl} rồi làm tiếp ở đó`)
    }
  })
})
