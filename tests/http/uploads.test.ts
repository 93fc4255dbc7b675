import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { makeMp3 } from '../fixtures/files/sounds.ts'
import { sendRecordings } from '../fixtures/pages/recording-desk.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let cookie: string
beforeAll(async () => {
  server = await startTestServer()
  cookie = (await server.signIn()).cookie
})
afterAll(() => server.stop())

const doors = [links.importVisits, links.importPlaces, links.importTranslations, links.recordings('administrative')]
const part = (head: string, body: string) => `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}`
const cut = {
  'in a file': part('name="tep"; filename="a.mp3"', 'ID3'),
  'in a field': part('name="bo"', 'a|b'),
  'before its end': `${part('name="bo"', 'a|b')}\r\n`,
  'at once': '--x',
}

describe.each(doors)('%s', (door) => {
  const post = (body: string, type = 'multipart/form-data; boundary=x') =>
    server.send(door, { method: 'POST', headers: { cookie, 'content-type': type }, body })

  test.each(Object.entries(cut))(
    'a form cut off %s cannot be read, which is no fault of the server',
    async (_, body) => {
      const reply = await post(body)
      expect([reply.status, await reply.text()]).toEqual([400, expect.stringContaining('Yêu cầu không đọc được')])
    },
  )

  test('nor can one that names no boundary', async () => {
    expect((await post('x', 'multipart/form-data')).status).toBe(400)
  })

  test('what no text keeps reaches no question to the database', async () => {
    const fields = ['bo', 'nguoi-duyet', 'doc', 'action'].map((name) => part(`name="${name}"`, 'a|b|\u0000c\u0001'))
    const book = JSON.stringify({ file: 'a\u0000.csv', sheets: [{ name: 'a\u0000', rows: [['Ngày\u0000', 'Mã']] }] })
    const body = [...fields, part('name="sheet"', book), '--x--\r\n'].join('\r\n')
    expect([303, 200, 422]).toContain((await post(body)).status)
  })
})

describe('a page with more sentences than files may be sent at once', () => {
  const shown = { phan: 'tat-ca', lang: 'en' } as const
  const code = 'household'
  const nothing = { name: '', bytes: Buffer.alloc(0) }
  const fieldsOf = (html: string) => [...html.matchAll(/type="file" id="f-[^"]+" name="([^"]+)"/g)].map(([, f]) => f)

  test('is kept from and removed from, as a browser sends it: every field, the empty ones too', async () => {
    const open = async () => (await server.send(links.recordings(code, shown), { headers: { cookie } })).text()
    const fields = fieldsOf(await open()) as string[]
    expect(fields.length).toBeGreaterThan(60)
    const last = fields.at(-1) as string
    const rest = fields.slice(0, -1).map((field) => ({ field, ...nothing }))
    const asked = { code, shown, cookie }
    const chosen = { field: last, name: 'a.mp3', bytes: makeMp3(3, 'cuoi') }
    expect((await sendRecordings(server, asked, [...rest, chosen])).status).toBe(303)
    const [, remove] = /name="bo" value="([^"]+)"/.exec(await open()) as unknown as [string, string]
    expect(remove).toContain(`${last}|`)
    const removed = await sendRecordings(server, { ...asked, remove }, [...rest, { field: last, ...nothing }])
    expect(removed.headers.get('location')).toContain('luu=bo')
    expect(await open()).not.toContain('name="bo"')
  })

  test('sixty-one chosen files are refused with a sentence that says what to do', async () => {
    const files = Array.from({ length: 61 }, () => ({ field: 'tep', name: 'loi-chao.mp3', bytes: makeMp3(1, 'a') }))
    const reply = await sendRecordings(server, { code, shown, cookie }, files)
    expect([reply.status, await reply.text()]).toEqual([422, expect.stringContaining('nhiều nhất 60 tệp')])
  })

  test('a name to give a file is one of the page’s own', async () => {
    const html = await (await server.send(links.recordings(code, { phan: '3' }), { headers: { cookie } })).text()
    const [, example] = /ví dụ <b>([^<]+)\.mp3<\/b>/.exec(html) as unknown as [string, string]
    expect(html).toContain(`Tên tệp: <b>${example}</b>`)
  })
})
