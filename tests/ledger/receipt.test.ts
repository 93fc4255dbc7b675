import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeResponseId } from '../../server/response-id.ts'
import { links } from '../../web/links.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'
import { keepFile, verify } from './books.ts'

/** Eight in the morning; the half-day closes at noon. */
const morning = Date.UTC(2026, 10, 18, 1)
const noon = Date.UTC(2026, 10, 18, 5)
let clock = morning
let server: TestServer
let browser: Browser
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ydan-receipt-'))
  server = await startTestServer({ now: () => clock })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

type Sent = { path: string; receipt: string; cookie: string; id: string }

/** Sends the form as a browser does, and keeps what it would keep. */
async function sendForm(channel = 'qr'): Promise<Sent> {
  const id = makeResponseId(clock - 20_000)
  const reply = await server.send(links.api.questionnaire('KHAMBENH', id))
  const { ask, version } = (await reply.json()) as {
    ask: { criterion: string }[]
    version?: number
  }
  const answers = ask.map(({ criterion }) => [`a-${criterion}`, '2'])
  const form = new URLSearchParams([['id', id], ['version', String(version ?? 1)], ['channel', channel], ...answers])
  form.set('comment', 'Phòng chờ thiếu ghế.')
  const sent = await server.send(links.survey('KHAMBENH'), { method: 'POST', body: form })
  expect(sent.status).toBe(303)
  const path = sent.headers.get('location') as string
  const cookie = sent.headers
    .getSetCookie()
    .map((one) => one.split(';')[0] as string)
    .filter((one) => one.startsWith('yd_phieu='))
    .join('; ')
  return { path, id, cookie, receipt: path.split('/').at(-1) as string }
}

const read = async (path: string, cookie = '') => (await server.send(path, { headers: { cookie } })).text()

describe('a receipt', () => {
  let sent: Sent
  beforeAll(async () => {
    clock = morning
    sent = await sendForm()
  })

  test('waits for its line, and says since when to the browser that sent it', async () => {
    expect(await read(sent.path)).toContain('Phiếu đang chờ ghi vào')
    expect(await read(sent.path, sent.cookie)).toContain('từ buổi sáng ngày 18/11/2026')
  })

  test('shows no number while its half-day is open: the number would tell when it came', async () => {
    clock = morning + 60_000
    await server.catchUp()
    const html = await read(sent.path, sent.cookie)
    expect(html).toContain('Số dòng hiện ra khi hết buổi')
    expect(html).not.toMatch(/là dòng/)
    expect((await server.send(links.receiptLine('KHAMBENH', sent.receipt))).status).toBe(404)
    expect((await server.send(links.receiptProof('KHAMBENH', sent.receipt))).status).toBe(404)
  })

  test('shows its line once the half-day is over', async () => {
    clock = noon
    const [row] = await server.database.sql<{ line: number }[]>`
      select position::int + 1 as line from ledger_entries where kind = 'response' order by position limit 1`
    expect(await read(sent.path)).toContain(`Phiếu này là dòng ${row?.line} trong sổ cái.`)
  })

  test('opens the answers for the browser that sent them, never for whoever holds the receipt', async () => {
    clock = noon
    const own = await read(links.receiptLine('KHAMBENH', sent.receipt), sent.cookie)
    expect(own).toContain('Câu trả lời đã ghi')
    expect(own).toContain('Mức 2')
    const other = await read(links.receiptLine('KHAMBENH', sent.receipt))
    expect(other).not.toContain('Câu trả lời đã ghi')
    const proofs = [links.receiptProof('KHAMBENH', sent.receipt)]
    const said = Buffer.from((await read(proofs[0] as string)).split('\n')[1]?.slice(6) ?? '', 'base64').toString()
    expect(said).not.toContain(sent.id)
    expect(said).not.toMatch(/answers|receivedAt|standing|Phòng chờ/)
    const ownProof = await read(proofs[0] as string, sent.cookie)
    const ownSaid = Buffer.from(ownProof.split('\n')[1]?.slice(6) ?? '', 'base64').toString()
    expect(ownSaid).toContain('answers')
    expect(ownSaid).not.toMatch(/receivedAt|standing|Phòng chờ/)
  })

  test('has a proof that the verifier accepts without a network, and refuses altered', async () => {
    clock = noon
    const proof = await read(links.receiptProof('KHAMBENH', sent.receipt), sent.cookie)
    const key = (await read(links.ledgerKey)).split('\n')[0] as string
    const good = await verify(['--proof', keepFile(folder, proof), '--key', key])
    expect(good.output).toMatch(/phiếu là dòng \d+ của sổ/)
    expect(good.code).toBe(0)
    const [magic, extra, ...rest] = proof.split('\n')
    const said = Buffer.from(extra?.slice(6) ?? '', 'base64').toString()
    const better = said.replaceAll('2', '5').replace('"version":5', '"version":1')
    const altered = [magic, `extra ${Buffer.from(better).toString('base64')}`, ...rest].join('\n')
    expect((await verify(['--proof', keepFile(folder, altered), '--key', key])).code).toBe(1)
  })
})

test('a shared tablet keeps nothing of the one before', async () => {
  clock = morning
  expect((await sendForm('kiosk')).cookie).toBe('')
})

describe('in Chromium', () => {
  let page: Awaited<ReturnType<BrowserContext['newPage']>>
  let context: BrowserContext
  let sent: Sent
  beforeAll(async () => {
    clock = morning
    sent = await sendForm()
    await server.catchUp()
    clock = noon
    context = await browser.newContext({ viewport: { width: 390, height: 844 } })
    const [name, value] = sent.cookie.split('=') as [string, string]
    await context.addCookies([{ name, value, url: server.url }])
    page = await context.newPage()
  })
  afterAll(() => context.close())

  test('the line is checked on the citizen’s own machine', async () => {
    await page.goto(server.url + sent.path)
    await page.getByRole('link', { name: 'Kiểm tra dòng này' }).click()
    await page.getByRole('button', { name: 'Kiểm tra ngay trên máy này' }).click()
    const said = await page.locator('#result').textContent()
    expect(said).toMatch(/^Khớp: phiếu này là dòng [\d.]+ trong sổ cái thu\.invalid\/so-cai có [\d.]+ dòng/)
    expect(said).toContain('Các câu trả lời đúng như khi gửi')
  })

  test('a changed answer, path or signature is seen', async () => {
    await page.goto(server.url + links.receiptLine('KHAMBENH', sent.receipt))
    const proof = await page.locator('#proof').textContent()
    const said = async (text: string) => {
      await page.locator('#proof').evaluate((element, changed) => {
        element.textContent = changed
      }, text)
      await page.getByRole('button').click()
      return page.locator('#result').textContent()
    }
    const lines = (proof ?? '').split('\n')
    const extra = Buffer.from(lines[1]?.slice(6) ?? '', 'base64').toString()
    const with1 = (line: string) => [lines[0], line, ...lines.slice(2)].join('\n')
    const encode = (text: string) => `extra ${Buffer.from(text).toString('base64')}`
    expect(await said(with1(encode(extra.replace(/(answers[^2]*)2/, '$15'))))).toContain('câu trả lời không phải')
    expect(await said(with1(encode(extra.replace('morning', 'afternoon'))))).toContain('không nằm trong sổ cái')
    const last = lines.findLastIndex((line) => line.startsWith('— '))
    const signed = lines[last] as string
    const broken = signed.slice(0, -8) + (signed.at(-8) === 'A' ? 'B' : 'A') + signed.slice(-7)
    expect(await said([...lines.slice(0, last), broken, ...lines.slice(last + 1)].join('\n'))).toContain('chữ ký')
    expect(await said(proof ?? '')).toMatch(/^Khớp/)
  })

  test('the kept page checks itself without a network', async () => {
    const reply = await server.send(links.receiptLineFile('KHAMBENH', sent.receipt), {
      headers: { cookie: sent.cookie },
    })
    expect(reply.headers.get('content-disposition')).toMatch(/attachment; filename="so-cai-.*\.html"/)
    const path = join(folder, 'kept.html')
    writeFileSync(path, await reply.text())
    const offline = await browser.newContext({ offline: true })
    const kept = await offline.newPage()
    await kept.goto(pathToFileURL(path).href)
    await kept.getByRole('button', { name: 'Kiểm tra ngay trên máy này' }).click()
    expect(await kept.locator('#result').textContent()).toMatch(/^Khớp/)
    await offline.close()
  })

  test('works where the browser offers no cryptography of its own', async () => {
    const bare = await browser.newContext()
    await bare.addInitScript(() => Object.defineProperty(globalThis, 'crypto', { value: undefined }))
    const one = await bare.newPage()
    await one.goto(server.url + links.receiptLine('KHAMBENH', sent.receipt))
    await one.getByRole('button').click()
    expect(await one.locator('#result').textContent()).toMatch(/^Khớp/)
    await bare.close()
  })

  test('pages stay within one TCP window, and the ledger has pictures to look at', async () => {
    for (const path of [sent.path, links.receiptLine('KHAMBENH', sent.receipt)]) {
      const reply = await server.send(path, { headers: { cookie: sent.cookie, 'accept-encoding': 'gzip' } })
      expect(Number(reply.headers.get('content-length'))).toBeLessThanOrEqual(14_600)
    }
    await page.goto(server.url + sent.path)
    await page.screenshot({ path: join(folder, 'thanks.png'), fullPage: true })
    await page.goto(server.url + links.receiptLine('KHAMBENH', sent.receipt))
    await page.getByRole('button').click()
    await page.screenshot({ path: join(folder, 'line.png'), fullPage: true })
    await page.goto(server.url + links.ledger)
    await page.screenshot({ path: join(folder, 'page.png'), fullPage: true })
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.screenshot({ path: join(folder, 'wide.png'), fullPage: true })
  })
})
