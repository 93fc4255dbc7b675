import { unzipSync } from 'fflate'
import { parseCsv } from 'hucre/csv'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { languages } from '../../server/catalogue/contract.ts'
import { links } from '../../web/links.ts'
import { messagesIn } from '../../web/messages/messages.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { countWaiting, findSmall, goToLastStep, runAxe, tapFace } from '../fixtures/pages/survey-browser.ts'
import { enrol, openForm, postForm, storedAt } from '../fixtures/pages/ticket-desk.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let browser: Browser
let clock = Date.UTC(2026, 10, 19, 3)
beforeAll(async () => {
  server = await startTestServer({ now: () => clock })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const storedOf = async (id: string) => {
  const [row] = await server.database.sql`select assisted, standing, reason, language from responses where id = ${id}`
  return row
}

async function sendForm(place: string, assisted: string | null, channel: 'qr' | 'kiosk' = 'qr', cookie = '') {
  const form = await openForm(server, links.survey(place, channel), cookie)
  clock += 40_000
  if (assisted === null) form.delete('assisted')
  else form.set('assisted', assisted)
  const reply = await postForm(server, links.survey(place, channel), form, cookie)
  return { reply, id: form.get('id') as string }
}

describe('who pressed and read', () => {
  test.each([
    ['yes', true],
    ['no', false],
    ['', null],
    [null, null],
  ] as const)('%s of the form is kept as %s, and decides nothing', async (given, kept) => {
    const { reply, id } = await sendForm('QUAYHT', given)
    expect(reply.status).toBe(303)
    expect(await storedOf(id)).toMatchObject({ assisted: kept, standing: 'counted' })
  })

  test('by the interface for programs too, where it is documented and may be left out', async () => {
    const send = async (more: object) => {
      const body = { ...(await fullBody(server, 'KHAMBENH', 5)), ...more }
      return { reply: await server.answer(body), id: body.id }
    }
    for (const [more, kept] of [
      [{ assisted: true }, true],
      [{ assisted: false }, false],
      [{}, null],
    ] as const) {
      const { reply, id } = await send(more)
      expect([reply.status, (await storedOf(id))?.assisted]).toEqual([201, kept])
    }
    for (const wrong of ['yes', 1, null]) {
      const { reply } = await send({ assisted: wrong })
      expect([reply.status, await reply.json()]).toMatchObject([
        422,
        { problems: [{ path: 'assisted', message: 'Xin chọn tự trả lời hoặc có người giúp.' }] },
      ])
    }
    const { paths } = await server.read<{ paths: Record<string, object> }>(links.api.openapi)
    expect(JSON.stringify(paths[links.api.responses])).toContain('"assisted":{')
  })

  test('another word than the two is refused where it can be mended, and stores nothing', async () => {
    const { reply, id } = await sendForm('QUAYHT', 'maybe')
    expect([reply.status, await reply.text()]).toEqual([422, expect.stringContaining('href="#assisted"')])
    expect(await storedOf(id)).toBeUndefined()
  })

  test('on a shared tablet too', async () => {
    const cookie = await enrol(server, 'QUAYKD', 'kiosk')
    const { reply, id } = await sendForm('QUAYKD', 'yes', 'kiosk', cookie)
    expect(reply.status).toBe(303)
    expect(await storedOf(id)).toMatchObject({ assisted: true, standing: 'counted' })
  })

  test('sent again, the first answer stands', async () => {
    const form = await openForm(server, links.survey('QUAYDD'))
    clock += 40_000
    for (const assisted of ['yes', 'no']) {
      form.set('assisted', assisted)
      expect((await postForm(server, links.survey('QUAYDD'), form)).status).toBe(303)
    }
    expect(await storedOf(form.get('id') as string)).toMatchObject({ assisted: true })
  })
})

describe('on the page', () => {
  test.each(languages)('it is one optional tap before the last step, without script too (%s)', async (language) => {
    const html = await (await server.send(links.survey('QUAYHT', 'qr', language))).text()
    const { assisted, self, helped, optional } = messagesIn(language).survey
    const card = html.slice(html.lastIndexOf('<fieldset'), html.indexOf('class="card step last"'))
    for (const text of [assisted, self, helped, optional]) expect(card).toContain(text)
    expect(card.match(/name="assisted"/g)).toHaveLength(2)
    expect(card).not.toContain('checked')
  })

  test('a tap goes on; the choice is kept when the language changes, and waits on the telephone with the form', async () => {
    const context = await browser.newContext({ viewport: { width: 320, height: 568 } })
    const page = await context.newPage()
    await page.goto(server.url + links.survey('QUAYXH'))
    clock += 40_000
    await tapFace(page, 4)
    const helped = page.locator('.step:visible [name=assisted][value=yes]')
    while (!(await helped.isVisible())) await page.locator('.turn button:visible').last().click()
    expect(await findSmall(page, '.step .choices label', 48)).toEqual([])
    expect(await runAxe(page)).toEqual([])
    await helped.check()
    await page.locator('.last:visible').waitFor()
    await page.getByRole('button', { name: 'English' }).click()
    await page.locator('html[lang=en] .walking').waitFor()
    expect(await page.locator('[name=assisted][value=yes]').isChecked()).toBe(true)
    const id = await page.locator('[name=id]').inputValue()
    await goToLastStep(page)
    await context.setOffline(true)
    await page.locator('[type=submit]').click()
    await page.locator('#state:visible').waitFor()
    expect(await countWaiting(page)).toBe(1)
    await context.setOffline(false)
    await expect.poll(async () => (await storedOf(id))?.assisted, { timeout: 20_000 }).toBe(true)
    await context.close()
  })
})

test('is a column of the export, its codebook and its SPSS syntax', async () => {
  clock += 30 * 3_600_000
  const { cookie } = await server.signIn()
  const get = (path: string) => server.send(path, { headers: { cookie } })
  const asked = { bo: 'administrative', tu: '2026-11-19', den: '2026-11-19' }
  const [head = [], ...rows] = parseCsv(await (await get(links.exportFile({ ...asked, dang: 'csv' }))).text())
  const at = head.indexOf('assisted')
  expect(at).toBeGreaterThan(0)
  const kept = rows.map((row) => row[at])
  expect(new Set(kept)).toEqual(new Set(['0', '1', '']))
  const codebook = await (await get(links.codebookFile(asked))).text()
  expect(codebook).toMatch(/assisted,[^\r]*Có người giúp bấm hoặc đọc[^\r]*tự trả lời[^\r]*có người giúp/)
  const files = unzipSync(new Uint8Array(await (await get(links.exportFile({ ...asked, dang: 'spss' }))).arrayBuffer()))
  const syntax = Object.entries(files).find(([name]) => name.endsWith('.sps'))?.[1]
  expect(Buffer.from(syntax as Uint8Array).toString()).toMatch(
    /VALUE LABELS assisted\s+0 'tự trả lời'\s+1 'có người giúp'/,
  )
})

test('the public page of the method says why it is asked', async () => {
  const html = await (await server.send(links.method)).text()
  expect(html).toMatch(/tự trả lời hay có người giúp<\/b> bấm hoặc đọc, để thấy điểm của hai bên có khác nhau/)
})

test('what the table says of a place is what was counted', async () => {
  expect((await storedAt(server, 'QUAYHT')).every((one) => one.endsWith('counted'))).toBe(true)
  expect(await server.countDiffering()).toBe(0)
})
