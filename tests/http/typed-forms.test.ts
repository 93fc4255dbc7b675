import { afterAll, beforeAll, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { type FoundForm, findForms } from '../fixtures/pages/every-form.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let cookie: string
let forms: FoundForm[]
beforeAll(async () => {
  server = await startTestServer()
  cookie = (await server.signIn()).cookie
  forms = await findForms(server, cookie, 150)
}, 120_000)
afterAll(() => server.stop())

const nasty = 'Lê\u0000 \u0003Thị\u000b\u000cAn\u001b\u0085\u2028\u202e\ufffe\u{1ffff}\u{e0041}\u007f\u009f'
const send = (path: string, body: string) =>
  server.send(path, { method: 'POST', headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' }, body })

function bodyOf({ fields }: FoundForm, spoilt: string): string {
  const pairs = fields.map(([name, value]) => [name, name === spoilt ? `${value}${nasty}` : value])
  return `${new URLSearchParams(pairs as [string, string][])}`
}

/** Every text of every table, JSON included, in which something stands that no text keeps. */
async function findUnkept(): Promise<string[]> {
  return server.database.sql.begin(async (sql) => {
    await sql`select set_config('ydan.agencies', 'all', true)`
    const columns = await sql`select table_name, column_name from information_schema.columns
      where table_schema = current_schema() and data_type in ('text', 'jsonb', 'character varying')`
    const found: string[] = []
    for (const { table_name: table, column_name: column } of columns) {
      const [row] = await sql`select count(*)::int as n from ${sql(table)} where ${sql(column)}::text ~ ${unkept}`
      if (row?.n > 0) found.push(`${table}.${column}`)
    }
    return found
  })
}
/** jsonb writes controls as escapes; PostgreSQL's own syntax for the rest. */
const unkept = String.raw`[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202e\ufffe]|\\u00[01][0-9a-f]|\\u0000`

test('the walk through the pages finds the forms of every part', () => {
  const actions = forms.map(({ action }) => action.split('/')[1])
  for (const part of ['can-bo', 'co-quan', 'diem-phuc-vu', 'tai-khoan', 'khoa-api', 'bo-cau-hoi', 'dot-khao-sat'])
    expect(actions, part).toContain(part)
  expect(forms.flatMap(({ fields }) => fields.filter(([, , typed]) => typed)).length).toBeGreaterThan(40)
})

test('no field of any staff form answers a nasty character with a fault, and none is stored', async () => {
  const wrong: string[] = []
  let taken = 0
  for (const form of forms) {
    for (const [name] of form.fields.slice(0, 40)) {
      const { status } = await send(form.action, bodyOf(form, name))
      if (status >= 500) wrong.push(`${status} ${form.action} ${name}`)
      if (status === 303) taken += 1
    }
    const raw = form.fields.map(([name]) => `${encodeURIComponent(name)}=%ED%A0%80%FF%00%C0`).join('&')
    const { status } = await send(form.action, raw)
    if (status >= 500) wrong.push(`${status} ${form.action} with bytes that are no UTF-8`)
  }
  expect(wrong).toEqual([])
  expect(taken).toBeGreaterThan(20)
  expect(await findUnkept()).toEqual([])
}, 300_000)

test('neither does any search box or address', async () => {
  const bad = encodeURIComponent(nasty)
  const paths = [links.audit, links.staff, links.places, links.today, links.cases, links.review, links.findReply]
  const wrong: string[] = []
  for (const path of paths.map((one) => (typeof one === 'function' ? (one as () => string)() : one))) {
    for (const name of ['nguoi', 'tim', 'diem', 'co-quan', 'ma', 'ky', 'next', 'saved', 'tu', 'den', 'thang']) {
      const { status } = await server.send(`${path}?${name}=${bad}`, { headers: { cookie } })
      if (status >= 500) wrong.push(`${status} ${path} ${name}`)
    }
  }
  expect(wrong).toEqual([])
})

test('a display name from Word keeps its words on one line', async () => {
  const body = new URLSearchParams({ username: 'tu-word', displayName: 'Nguyễn\u000bVăn\u0000 Ba', role: 'leader' })
  expect((await send(links.inviteStaff, body.toString())).status).toBe(200)
  const [row] = await server.database.sql`select display_name from staff where username = 'tu-word'`
  expect(row?.display_name).toBe('Nguyễn Văn Ba')
})
