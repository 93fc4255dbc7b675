import { get, type IncomingMessage } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chooseEncoding } from '../../server/http/compress.ts'
import { access } from '../../server/staff/access.ts'
import { links } from '../../web/links.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { apiKey, startTestServer, type TestServer } from '../fixtures/test-server.ts'

/** Status line and headers of a page, in the tests of its weight too. */
const headerBytes = 1_000

let server: TestServer
let secure: TestServer
let browser: Browser
beforeAll(async () => {
  const publicUrl = 'https://ydan.example.vn'
  server = await startTestServer()
  secure = await startTestServer({ config: { publicUrl } })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await Promise.all([server.stop(), secure.stop()])
})

/** Answers to every route: as a stranger, as an administrator, with a key, refused or not. */
const routes = Object.keys(access).map((route) => {
  const [method = '', url = ''] = route.split(' ')
  return { route, method, path: url.replace(/:\w+|\*/g, 'QUAYHT') }
})

async function headersOf(one: TestServer, path: string, init: RequestInit): Promise<Response> {
  const stop = new AbortController()
  const reply = await one.send(path, { ...init, signal: stop.signal })
  // Some answers are streams without an end.
  stop.abort()
  return reply
}

function expectGuarded({ headers }: Response, route: string) {
  const found = (name: string) => headers.get(name)
  expect([route, found('x-content-type-options')]).toEqual([route, 'nosniff'])
  expect([route, found('x-frame-options')]).toEqual([route, expect.stringMatching(/^(DENY|SAMEORIGIN)$/)])
  expect([route, found('cross-origin-opener-policy')]).toEqual([route, 'same-origin'])
  expect([route, found('cross-origin-resource-policy')]).toEqual([
    route,
    expect.stringMatching(/^(same|cross)-origin$/),
  ])
  expect([route, found('permissions-policy')]).toEqual([route, expect.stringContaining('geolocation=()')])
  expect([route, found('cache-control')]).toEqual([route, expect.stringMatching(/no-store|no-cache|max-age/)])
  if (found('content-type')?.startsWith('text/html'))
    expect([route, found('content-security-policy')]).toEqual([route, expect.stringContaining("default-src 'none'")])
}

describe('every route of the running application', () => {
  test('is known here', () => {
    expect(routes.length).toBeGreaterThan(100)
    for (const { route, method } of routes)
      expect([route, server.hasRoute(method, route.split(' ')[1] as string)]).toEqual([route, true])
  })

  test('sends the guarding headers, whoever asks and whatever comes of it', async () => {
    const { cookie } = await server.signIn()
    const statuses = new Set<number>()
    for (const { route, method, path } of routes) {
      const askers: Record<string, string>[] = [{}, { cookie }, { authorization: `Bearer ${apiKey}` }]
      for (const headers of askers.slice(0, method === 'GET' ? 3 : 1)) {
        const reply = await headersOf(server, path, { method, headers: { ...headers, accept: 'text/html' } })
        statuses.add(reply.status)
        expectGuarded(reply, route)
      }
    }
    // Pages, redirects, refusals and unknown things were among them.
    expect([...statuses]).toEqual(expect.arrayContaining([200, 303, 401, 404]))
  })

  test('under /api is kept by nobody but whom it is for, unless it is public', async () => {
    for (const { route, path } of routes.filter((one) => one.method === 'GET' && one.path.startsWith('/api/'))) {
      const reply = await headersOf(server, path, { headers: { authorization: `Bearer ${apiKey}` } })
      expect([route, reply.headers.get('cache-control')]).toEqual([route, expect.stringMatching(/no-store|private/)])
    }
  })
})

describe('answers that belong to no route', () => {
  test.each([
    ['an unknown address', '/khong-co', {}],
    ['an unknown address for programs', '/api/khong-co', {}],
    [
      'a body that is no JSON',
      links.api.responses,
      { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
    ],
    [
      'a body that is too long',
      links.api.responses,
      { method: 'POST', body: `"${'a'.repeat(40_000)}"`, headers: { 'content-type': 'application/json' } },
    ],
    ['a method nobody knows', links.signIn(), { method: 'DELETE' }],
  ])('%s', async (_, path, init) => {
    const reply = await server.send(path, init)
    expect(reply.status).toBeGreaterThanOrEqual(400)
    expectGuarded(reply, path)
  })
})

test('a browser is bound to HTTPS only where the printed address is HTTPS', async () => {
  expect((await server.send(links.signIn())).headers.get('strict-transport-security')).toBeNull()
  for (const path of [links.signIn(), links.survey('QUAYHT'), '/khong-co', links.health])
    expect((await secure.send(path)).headers.get('strict-transport-security')).toBe('max-age=31536000')
})

test('open data may be used by every page, nothing else', async () => {
  const { headers } = await server.send(links.dcat)
  expect([headers.get('cross-origin-resource-policy'), headers.get('access-control-allow-origin')]).toEqual([
    'cross-origin',
    '*',
  ])
  const page = await server.send(links.publicResults)
  expect(page.headers.get('cross-origin-resource-policy')).toBe('same-origin')
})

/** As it came over the wire, nothing decoded. */
function fetchRaw(path: string, headers: Record<string, string>, method = 'GET') {
  return new Promise<{ reply: IncomingMessage; body: Buffer; bytes: number }>((resolve, reject) => {
    get(server.url + path, { headers, method, agent: false }, (reply) => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.on('end', () => resolve({ reply, body: Buffer.concat(chunks), bytes: reply.socket.bytesRead }))
    }).on('error', reject)
  })
}

describe('pages', () => {
  test('come in brotli where the browser takes it, in gzip or plain otherwise, all in one first round trip', async () => {
    const path = links.survey('QUAYHT')
    const [br, gz, plain] = [
      await fetchRaw(path, { 'accept-encoding': 'gzip, deflate, br, zstd' }),
      await fetchRaw(path, { 'accept-encoding': 'gzip, deflate' }),
      await fetchRaw(path, {}),
    ]
    const kinds = [br, gz, plain].map(({ reply }) => [reply.headers['content-encoding'], reply.headers.vary])
    expect(kinds).toEqual([
      ['br', 'accept-encoding'],
      ['gzip', 'accept-encoding'],
      [undefined, 'accept-encoding'],
    ])
    for (const text of [brotliDecompressSync(br.body), gunzipSync(gz.body), plain.body])
      expect(text.toString()).toMatch(/^<!doctype html>.*<\/html>$/s)
    expect(gz.bytes).toBeLessThanOrEqual(14_600)
    expect(br.bytes).toBeLessThan(gz.bytes)
    // What the weight of the longest page is reckoned with.
    expect(gz.bytes - gz.body.length).toBeLessThanOrEqual(headerBytes)
  })

  test.each([
    ['gzip, br', 'br'],
    ['BR;q=0.1, gzip;q=1', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['*;q=0', null],
    ['identity', null],
    ['brotli, x-gzip', null],
    ['', null],
    [undefined, null],
  ])('accept-encoding %s is answered in %s', (accepted, encoding) => {
    expect(chooseEncoding(accepted)).toBe(encoding)
  })
})

describe('what the build made', () => {
  const findHref = async () =>
    /href="(\/assets\/staff\.[0-9a-f]{12}\.css)"/.exec(await (await server.send(links.signIn())).text())?.[1] as string

  test('is served under the hash of its content, compressed before, to be kept for a year', async () => {
    const href = await findHref()
    const [br, gz, plain] = [
      await fetchRaw(href, { 'accept-encoding': 'gzip, br' }),
      await fetchRaw(href, { 'accept-encoding': 'gzip' }),
      await fetchRaw(href, {}),
    ]
    for (const { reply } of [br, gz, plain])
      expect(reply.headers).toMatchObject({
        'content-type': 'text/css; charset=utf-8',
        vary: 'accept-encoding',
        'cache-control': 'public, max-age=31536000, immutable',
      })
    expect([br, gz, plain].map(({ reply }) => reply.headers['content-encoding'])).toEqual(['br', 'gzip', undefined])
    expect(brotliDecompressSync(br.body).equals(plain.body)).toBe(true)
    expect(gunzipSync(gz.body).equals(plain.body)).toBe(true)
    expect(br.body.length).toBeLessThan(gz.body.length)
    const font = /url\(\.\/(be-vietnam-pro-[\w.-]+\.[0-9a-f]{12}\.woff2)\)/.exec(plain.body.toString())?.[1] as string
    const { reply } = await fetchRaw(links.asset(font), { 'accept-encoding': 'gzip, br' })
    expect([reply.statusCode, reply.headers['content-type'], reply.headers['content-encoding']]).toEqual([
      200,
      'font/woff2',
      undefined,
    ])
  })

  test('answers HEAD, a range and a browser that has it already', async () => {
    const href = await findHref()
    const whole = await fetchRaw(href, {})
    const head = await fetchRaw(href, {}, 'HEAD')
    expect([head.reply.statusCode, head.reply.headers['content-length'], head.body.length]).toEqual([
      200,
      String(whole.body.length),
      0,
    ])
    const part = await fetchRaw(href, { range: 'bytes=10-19' })
    expect([part.reply.statusCode, part.reply.headers['content-range']]).toEqual([
      206,
      `bytes 10-19/${whole.body.length}`,
    ])
    expect(part.body.equals(whole.body.subarray(10, 20))).toBe(true)
    const again = await fetchRaw(href, { 'if-none-match': whole.reply.headers.etag as string })
    expect(again.reply.statusCode).toBe(304)
  })

  test.each([
    '/assets/',
    '/assets',
    '/assets/staff.css',
    '/assets/khong-co.js',
    '/assets/%2e%2e/assets.json',
    '/assets/..%2fassets.json',
  ])('%s is not there, in words', async (path) => {
    const { reply, body } = await fetchRaw(path, { accept: 'text/html' })
    expect([400, 404]).toContain(reply.statusCode)
    expect(body.toString()).toMatch(/<h1[^>]*>(Không tìm thấy trang|Chưa đúng)/)
  })

  test('has no second address for its compressed twins', async () => {
    expect((await fetchRaw(`${await findHref()}.br`, {})).reply.statusCode).toBe(404)
  })

  test('is fetched once: a second visit of a real browser asks for nothing', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const sizes = () =>
      page.evaluate(`performance.getEntriesByType('resource').map((one) => [one.name, one.transferSize])`) as Promise<
        [string, number][]
      >
    await page.goto(server.url + links.signIn(), { waitUntil: 'networkidle' })
    const first = (await sizes()).filter(([name]) => name.includes('/assets/'))
    expect(first.length).toBeGreaterThan(0)
    expect(first.every(([, size]) => size > 0)).toBe(true)
    await page.goto(server.url + links.publicResults, { waitUntil: 'networkidle' })
    await page.goto(server.url + links.signIn(), { waitUntil: 'networkidle' })
    const second = (await sizes()).filter(([name]) => name.includes('/assets/'))
    expect(second.map(([name]) => name).sort()).toEqual(first.map(([name]) => name).sort())
    expect(second.map(([, size]) => size)).toEqual(second.map(() => 0))
  })
})
