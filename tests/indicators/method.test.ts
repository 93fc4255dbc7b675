import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { prepareDatabase } from '../../db/client.ts'
import { addIndicatorVersion, readIndicatorVersions } from '../../db/indicators/indicators.ts'
import { createCatalogue } from '../../server/catalogue/catalogue.ts'
import { links } from '../../web/links.ts'
import { wholePage } from '../../web/ui/sections/sections.tsx'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const readPage = async (from: TestServer) => {
  const reply = await from.send(links.methodSection(wholePage))
  const html = await reply.text()
  return { reply, html, text: toText(html) }
}
/** What a reader sees, spaces alike. */
const toText = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ')

describe('the page about the method', () => {
  test('is open to everybody, in one file of style, without script', async () => {
    const { reply, html } = await readPage(server)
    expect(reply.status).toBe(200)
    expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(html).not.toContain('<script')
    const style = /href="([^"]*method\.[0-9a-f]{12}\.css)"/.exec(html)?.[1]
    expect((await server.send(style as string)).status).toBe(200)
  })

  test('names every published criterion with its official number and how many are asked it', async () => {
    const { html, text } = await readPage(server)
    const { publishedByCode } = await createCatalogue(server.database, Date.now).read()
    expect(publishedByCode.size).toBeGreaterThan(5)
    for (const { plan, definition, version } of publishedByCode.values()) {
      const start = html.indexOf(`id="bo-${definition.code}"`)
      const part = toText(html.slice(start, html.indexOf('</details>', start)))
      expect(part).toContain(`phiên bản ${version} · ${plan.criteria.length} tiêu chí`)
      plan.criteria.forEach((criterion, position) => {
        const probability = plan.probability[position] as number
        const asked = probability === 1 ? 'mọi người' : `${Math.round(100 * probability)} %`
        expect(part).toContain(`${criterion.official} ${criterion.text.vi} ${asked}`)
      })
    }
    expect(text).toContain('Không phải Chỉ số SIPAS')
  })

  test("says how sure a score is with the plan's own example", async () => {
    const { text } = await readPage(server)
    expect(text).toContain('90,2 – 98,4')
    expect(text).toContain('93,6 – 97,5')
  })

  test('shows each definition and why it was changed, and never who changed it', async () => {
    const [current] = await readIndicatorVersions(server.database, 'II.8')
    const { title, period, definition } = current as NonNullable<typeof current>
    const reason = 'Theo Kế hoạch mới của Trạm Y tế.'
    await addIndicatorVersion(server.database, 'II.8', 1, {
      title,
      period,
      definition,
      reason,
      target: 92.5,
      changedBy: 'nguoi-sua',
    })
    const { text } = await readPage(server)
    expect(text).toMatch(/Phiên bản 2 \(từ \d\d\/\d\d\/\d{4}\), chỉ tiêu ≥ 92,5 %\. Theo Kế hoạch mới của Trạm Y tế\./)
    expect(text).toContain('Phiên bản 1 (từ đầu), chỉ tiêu ≥ 90 %')
    expect(text).not.toContain('nguoi-sua')
  })

  test('stands at the end of the thank-you page', async () => {
    const asked = await server.send(links.api.questionnaire('QUAYHT', randomUUID()))
    const { id, ask } = (await asked.json()) as { id: string; ask: { criterion: string }[] }
    const answers = Object.fromEntries(ask.map(({ criterion }) => [criterion, 5]))
    const { receipt } = (await (await server.answer({ id, place: 'QUAYHT', answers })).json()) as { receipt: string }
    expect(await (await server.send(links.thanks('QUAYHT', receipt))).text()).toContain(`href="${links.method}"`)
  })
})

test('before anything is loaded it says so in sentences', async () => {
  const connection = { ...inject('postgres'), database: `trong_${randomUUID().replaceAll('-', '')}` }
  const sql = postgres({ ...connection, database: 'postgres', max: 1 })
  await sql.unsafe(`create database ${connection.database}`)
  await sql.end()
  await prepareDatabase(connection, async () => {})
  const empty = await startTestServer({ connection })
  const { reply, text } = await readPage(empty)
  await empty.stop()
  expect(reply.status).toBe(200)
  expect(text).toContain('Chưa có bộ câu hỏi nào được ban hành.')
  expect(text).toContain('Chưa có chỉ tiêu nào được đặt ra.')
})
