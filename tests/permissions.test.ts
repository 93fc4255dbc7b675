import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AgencyId, WaveId } from '../server/catalogue/contract.ts'
import { ownsQuestionnaire } from '../server/catalogue/ownership-rules.ts'
import { type Role, roles } from '../server/shell-contract.ts'
import { type Access, access } from '../server/staff/access.ts'
import type { StaffMember } from '../server/staff/contract.ts'
import { type Action, actions, reachOf } from '../server/staff/permission-rules.ts'
import { links, patterns } from '../web/links.ts'
import { apiKey, startTestServer, type TestServer } from './fixtures/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ now: () => Date.UTC(2026, 10, 23, 3) })
})
afterAll(() => server.stop())

/** Written by hand from the design, never computed: whoever changes a permission changes it here too. */
const permissions = `
                       administrator manager coordinator clerk   interviewer leader  auditor
account.own            own           own     own         own     own         own     own
today.read             commune       own     commune     own     none        commune commune
results.read           commune       own     commune     none    none        commune commune
commune.read           commune       none    commune     none    none        commune commune
pressure.read          none          none    commune     none    none        commune commune
indicators.change      commune       own     own         none    none        none    none
cases.read             commune       own     own         own     none        commune commune
cases.handle           none          own     own         own     none        commune none
cases.publish          none          own     own         none    none        commune none
cases.configure        commune       none    none        none    none        none    none
rights.handle          commune       none    none        none    none        commune none
review.read            commune       own     commune     none    none        commune commune
review.decide          commune       none    commune     none    none        none    none
waves.read             commune       own     commune     none    none        commune commune
waves.change           commune       own     own         none    none        none    none
entries.enter          commune       own     own         none    commune     none    none
visits.read            commune       own     own         none    none        commune commune
visits.change          commune       own     own         none    none        none    none
tickets.give           commune       own     own         own     none        none    none
tickets.make           commune       own     own         none    none        none    none
tickets.configure      commune       none    none        none    none        none    none
devices.manage         commune       none    none        none    none        none    none
places.read            commune       own     own         none    none        commune commune
places.change          commune       none    none        none    none        none    none
agencies.change        commune       none    none        none    none        none    none
questionnaires.read    commune       own     commune     none    none        commune commune
questionnaires.change  commune       own     own         none    none        none    none
questionnaires.review  commune       none    none        none    none        none    none
translations.change    commune       none    commune     none    none        none    none
recordings.change      commune       none    commune     none    none        none    none
reports.read           commune       own     own         none    none        commune commune
reports.make           commune       own     own         none    none        none    none
reports.approve        none          own     own         none    none        commune none
exports.make           commune       own     own         none    none        commune commune
staff.manage           commune       none    none        none    none        none    none
keys.manage            commune       none    none        none    none        none    none
audit.read             commune       none    none        none    none        none    commune
system.read            commune       none    none        none    none        none    none
province.read          commune       none    none        none    none        commune commune
communes.manage        commune       none    none        none    none        none    none
`
const [head = [], ...lines] = permissions
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
const written = new Map(lines.map(([action, ...reaches]) => [action as string, reaches]))
const columns = head as (Role | 'coordinator')[]

const memberOf = (column: Role | 'coordinator'): StaffMember => ({
  id: 1,
  username: 'can-bo',
  displayName: '',
  agencies: [7 as AgencyId],
  role: column === 'coordinator' ? 'manager' : column,
  coordinates: column === 'coordinator',
})

describe('the permission table', () => {
  test('stands as it was decided', () => {
    expect(columns.filter((column) => column !== 'coordinator').toSorted()).toEqual([...roles].toSorted())
    for (const action of actions)
      expect([action, ...columns.map((column) => reachOf(memberOf(column), action))]).toEqual([
        ...[action, ...(written.get(action) ?? ['is not in the table of this test'])],
      ])
    expect([...written.keys()].toSorted()).toEqual([...actions].toSorted())
  })
})

const rows = Object.entries(access).map(([route, decided]) => {
  const [method = '', url = ''] = route.split(' ')
  return { route, method, url, decided }
})
const urls = new Set(rows.map(({ url }) => url))

describe('every address has a decision', () => {
  test('and every decision an address of the running application', () => {
    expect(rows.filter(({ method, url }) => !server.hasRoute(method, url)).map(({ route }) => route)).toEqual([])
  })

  test('also every pattern and every link without parameters', () => {
    const fixed = [...Object.values(links), ...Object.values(links.api)].flatMap((link) => pathOf(link) ?? [])
    expect(fixed.length).toBeGreaterThan(20)
    expect([...Object.values(patterns), ...fixed].filter((path) => !urls.has(path))).toEqual([])
  })

  test('also every path of the API document', async () => {
    const { paths } = await server.read<{ paths: Record<string, object> }>(links.api.openapi)
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    )
    expect(described.toSorted()).toEqual(
      rows
        .filter(({ url }) => url.startsWith('/api/'))
        .map(({ route }) => route)
        .toSorted(),
    )
  })
})

/** The path of a link that needs nothing to be filled in. */
function pathOf(link: unknown): string | undefined {
  if (typeof link === 'string') return link
  if (typeof link !== 'function') return undefined
  try {
    const path = String(link()).split(/[?#]/)[0] as string
    return path === '' || path.includes('undefined') || path.includes('NaN') ? undefined : path
  } catch {
    return undefined
  }
}

/** Of things that do not exist: what is asked is only who may come this far. */
const concrete = (url: string) =>
  url.replace(/:(\w+)/g, (_, name: string) =>
    name === 'id' || name === 'version' || name === 'than' ? '999' : 'KHONGCO',
  )

async function knock(method: string, url: string, headers: Record<string, string>) {
  const body = method === 'GET' ? {} : { body: new URLSearchParams() }
  const reply = await server.send(concrete(url), {
    method,
    headers: { accept: 'application/json', ...headers },
    ...body,
  })
  const { status } = reply
  // A form that was refused comes back as a page, a stream goes on for ever.
  if (!reply.headers.get('content-type')?.startsWith('application/json') || status < 400) {
    await reply.body?.cancel()
    return { status, code: '' }
  }
  return { status, code: ((await reply.json()) as { code: string }).code }
}

const actionOf = (decided: Exclude<Access, 'public'>): Action =>
  typeof decided === 'object' ? decided.action : decided

describe('public addresses', () => {
  const own = [links.signInCode()]
  test.each(rows.filter(({ decided, url }) => decided === 'public' && !own.includes(url)))(
    '$route is open to everyone',
    async ({ method, url }) => {
      expect(['sign_in_first', 'not_allowed']).not.toContain((await knock(method, url, {})).code)
    },
  )
})

describe('addresses of staff', () => {
  const guarded = rows.flatMap(({ decided, ...row }) => (decided === 'public' ? [] : [{ ...row, decided }]))

  test.each(guarded)('$route lets in whom the table names and nobody else', async ({ method, url, decided }) => {
    expect(await knock(method, url, {})).toEqual({ status: 401, code: 'sign_in_first' })
    for (const column of columns) {
      const { cookie } = await signInAs(column)
      const { status, code } = await knock(method, url, { cookie })
      const reach = written.get(actionOf(decided))?.[columns.indexOf(column)]
      if (reach === 'none') expect([column, status, code]).toEqual([column, 403, 'not_allowed'])
      else
        expect([column, ['sign_in_first', 'not_allowed'].includes(code), status < 500]).toEqual([column, false, true])
    }
  })

  test.each(guarded)('$route opens to a key only where it says so', async ({ method, url, decided }) => {
    const { status } = await knock(method, url, { authorization: `Bearer ${apiKey}` })
    // The key of the settings reads; handing out tickets wants one of its own scope.
    const opens = typeof decided === 'object' && decided.key !== 'tickets'
    expect(status).toBe(opens ? 200 : 401)
    expect((await knock(method, url, { authorization: 'Bearer khong-dung' })).status).toBe(401)
  })

  test.each(guarded.filter(({ method }) => method === 'POST'))(
    '$route refuses a foreign form',
    async ({ method, url }) => {
      const { cookie } = await server.signInAs('administrator')
      const foreign = { cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
      expect(await knock(method, url, foreign)).toEqual({ status: 403, code: 'foreign_form' })
    },
  )
})

const signInAs = (column: Role | 'coordinator') =>
  column === 'coordinator'
    ? server.signInAs('manager', ['phong-van-hoa-xa-hoi'])
    : server.signInAs(column, ['tram-y-te'])

describe('own things and those of others', () => {
  let health: number
  let center: number
  beforeAll(async () => {
    ;[health, center] = [await planWave('tram-y-te', 'outpatient'), await planWave('trung-tam-pvhcc', 'administrative')]
  })
  const wave = (own: boolean) => (own ? health : center) as WaveId
  const place = (own: boolean) => (own ? 'KHAMBENH' : 'QUAYHT')
  const indicator = (own: boolean) => (own ? 'II.8' : 'II.1')
  const code = (own: boolean) => (own ? 'outpatient' : 'administrative')

  /** Of a manager of the health station: the status of the own thing, then of the service center's. */
  test.each([
    ['GET', 'the place', (own: boolean) => links.place(place(own)), 200, 404],
    ['GET', 'the code', (own: boolean) => links.placeQr(place(own)), 200, 404],
    ['GET', 'the poster', (own: boolean) => links.posters([place(own)]), 200, 404],
    ['GET', 'posters of both', (own: boolean) => links.posters(own ? ['KHAMBENH'] : ['KHAMBENH', 'QUAYHT']), 200, 404],
    ['GET', 'the change of the indicator', (own: boolean) => links.changeIndicator(indicator(own)), 200, 403],
    ['POST', 'the change of the indicator', (own: boolean) => links.changeIndicator(indicator(own)), 422, 403],
    ['GET', 'the questionnaire', (own: boolean) => links.questionnaire(code(own), 1), 200, 200],
    ['GET', 'the draft', (own: boolean) => links.draftQuestionnaire(code(own)), 200, 403],
    ['POST', 'the draft', (own: boolean) => links.draftQuestionnaire(code(own)), 400, 403],
    ['POST', 'the publication', (own: boolean) => links.publishQuestionnaire(code(own), 1), 303, 403],
    ['GET', 'the wave', (own: boolean) => links.wave(wave(own)), 200, 404],
    ['POST', 'the wave', (own: boolean) => links.wave(wave(own)), 422, 404],
    ['POST', 'the end of the wave', (own: boolean) => links.closeWave(wave(own)), 422, 404],
    ['GET', 'the paper form', (own: boolean) => links.paperForm(wave(own)), 200, 404],
    ['GET', 'the typing', (own: boolean) => links.enterForms(wave(own)), 200, 404],
    ['POST', 'the typing', (own: boolean) => links.enterForms(wave(own)), 422, 404],
    ['GET', 'the second typing', (own: boolean) => links.checkForms(wave(own)), 200, 404],
    ['POST', 'the second typing', (own: boolean) => links.checkForms(wave(own)), 422, 404],
  ] as const)('%s %s', async (method, _, path, own, other) => {
    const { cookie } = await server.signInAs('manager', ['tram-y-te'])
    expect([await status(cookie, path(true), method), await status(cookie, path(false), method)]).toEqual([own, other])
  })

  test('whoever follows the commune reads the waves of others and changes none', async () => {
    const { cookie } = await signInAs('coordinator')
    expect(await text(cookie, links.waves)).toContain('Đợt của tram-y-te')
    const html = await text(cookie, links.wave(health))
    expect(html).not.toMatch(/Kết thúc đợt|Nhập kiểm tra/)
    expect(await status(cookie, links.closeWave(health), 'POST')).toBe(403)
    expect(await status(cookie, links.enterForms(health), 'GET')).toBe(403)
  })

  test('lists hold the own things only', async () => {
    const { cookie } = await server.signInAs('manager', ['tram-y-te'])
    const waves = await text(cookie, links.waves)
    expect(waves).toContain('Đợt của tram-y-te')
    expect(waves).not.toContain('Đợt của trung-tam-pvhcc')
    const places = await text(cookie, links.places)
    expect(places).toContain('KHAMBENH')
    expect(places).not.toMatch(/QUAYHT|TRMN|Cài đặt mã QR/)
    const visits = await text(cookie, links.visits())
    expect(visits).toContain('name="d-KHAMBENH"')
    expect(visits).not.toMatch(/name="d-QUAYHT"|name="l-/)
    const { cookie: counter } = await server.signInAs('manager', ['trung-tam-pvhcc'])
    expect(await text(counter, links.visits())).toMatch(/name="d-QUAYHT".*name="l-dat-dai"/s)
    const { cookie: nobody } = await server.signInAs('manager', ['cong-an-xa'])
    expect(await text(nobody, links.places)).toContain('chưa có nơi phục vụ nào')
  })

  test('a wave is planned for the own agency only', async () => {
    const { cookie } = await server.signInAs('manager', ['tram-y-te'])
    const planned = async (owner: string) => (await sendPlan(cookie, owner, 'vaccination')).status
    expect([await planned('trung-tam-pvhcc'), await planned('tram-y-te')]).toEqual([422, 303])
  })

  test('visits are typed for the own places only, a mixed form not at all', async () => {
    const { cookie } = await server.signInAs('manager', ['tram-y-te'])
    const type = (values: Record<string, string>) =>
      status(cookie, links.visits(), 'POST', new URLSearchParams({ period: 'month', time: '2026-10', ...values }))
    expect(await type({ 'd-QUAYHT': '5' })).toBe(403)
    expect(await type({ 'l-dat-dai': '5' })).toBe(403)
    expect(await type({ 'd-KHAMBENH': '5', 'd-QUAYHT': '5' })).toBe(403)
    expect(await server.database.sql`select * from visits`).toHaveLength(0)
    expect(await type({ 'd-KHAMBENH': '5' })).toBe(303)
  })

  test('a file with figures of another agency is refused whole in one sentence', async () => {
    const { cookie } = await server.signInAs('manager', ['tram-y-te'])
    const send = async (csv: string) => {
      const body = new FormData()
      body.set('tep', new Blob([csv]), 'luot.csv')
      const reply = await server.send(links.importVisits, { method: 'POST', headers: { cookie }, body })
      return { status: reply.status, html: await reply.text() }
    }
    const foreign = await send('Nơi phục vụ;Tháng;Số lượng\nKHAMBENH;10/2026;7\nQUAYHT;10/2026;9\n')
    expect(foreign.status).toBe(422)
    expect(foreign.html).toContain('Tệp có 1 số không thuộc đơn vị của Ông/Bà')
    const own = await send('Nơi phục vụ;Tháng;Số lượng\nKHAMBENH;10/2026;7\n')
    expect([own.status, own.html.includes('thuộc đơn vị')]).toEqual([200, false])
  })

  test('those who only read are offered nothing to change', async () => {
    for (const role of ['leader', 'auditor'] as const) {
      const { cookie } = await server.signInAs(role)
      expect(await text(cookie, links.place('QUAYHT'))).not.toContain('<form class="card')
      expect(await text(cookie, links.visits())).not.toContain('visits-save')
      expect(await text(cookie, links.wave(center))).not.toMatch(/Kết thúc đợt|Nhập kiểm tra/)
      expect(await text(cookie, links.questionnaire('administrative', 1))).not.toMatch(
        /Soạn bản thảo|Đánh dấu đã duyệt/,
      )
      expect(await text(cookie, links.indicator('II.1', undefined, undefined, 'cach-tinh'))).not.toContain(
        'Sửa chỉ tiêu',
      )
    }
  })

  test('an interviewer sees the waves that take forms, types into them, and sees no result', async () => {
    const { cookie } = await server.signInAs('interviewer')
    const list = await text(cookie, links.entries)
    expect(list).toContain('Đợt của tram-y-te')
    expect(list).toContain(`href="${links.enterForms(center)}"`)
    expect(list).not.toMatch(new RegExp(`href="${links.wave(center)}"`))
    const form = await text(cookie, links.enterForms(center))
    expect(form).toContain(`href="${links.entries}"`)
    expect(form).not.toContain(`href="${links.wave(center)}"`)
    for (const path of [links.waves, links.wave(center), links.today(), links.indicators(), links.places])
      expect(await status(cookie, path, 'GET')).toBe(403)
  })

  async function sendPlan(cookie: string, owner: string, questionnaire: string) {
    const fields = {
      ...{ name: `Đợt của ${owner}`, owner, questionnaire, strata: '', opensOn: '2026-11-23' },
      closesOn: '2026-11-30',
      formula: 'pooled',
      drawnFromList: 'no',
      channels: 'paper',
    }
    return server.send(links.newWave, { method: 'POST', headers: { cookie }, body: new URLSearchParams(fields) })
  }

  async function planWave(owner: string, questionnaire: string): Promise<number> {
    const reply = await sendPlan((await server.signIn()).cookie, owner, questionnaire)
    expect(reply.status).toBe(303)
    return Number(reply.headers.get('location')?.split('/').at(-1))
  }
})

async function status(cookie: string, path: string, method: string, body = new URLSearchParams()): Promise<number> {
  const headers = { cookie, accept: 'application/json' }
  const reply = await server.send(path, { method, headers, ...(method === 'POST' && { body }) })
  await reply.body?.cancel()
  return reply.status
}

const text = async (cookie: string, path: string) => (await server.send(path, { headers: { cookie } })).text()

describe('a questionnaire belongs to the owner of an indicator that it feeds', () => {
  const [station, office] = [1 as AgencyId, 2 as AgencyId]
  const indicators = [
    { ownerAgencyId: station, definition: { sector: 'health' as const, formula: 'pooled' as const } },
    { ownerAgencyId: office, definition: { questionnaire: 'household', formula: 'pooled' as const } },
    {
      ownerAgencyId: office,
      definition: { sector: 'health' as const, questionnaire: 'vaccination', formula: 'pooled' as const },
    },
  ]
  test.each([
    ['of the whole sector', [station], { code: 'outpatient', sector: 'health' }, true],
    ['by its name', [office], { code: 'household', sector: 'administrative' }, true],
    ['by its name alone, not by the sector beside it', [office], { code: 'outpatient', sector: 'health' }, false],
    ['of another sector', [station], { code: 'household', sector: 'administrative' }, false],
    ['of nobody', [], { code: 'household', sector: 'administrative' }, false],
    ['for whoever reaches the commune', 'all' as const, { code: 'moi', sector: 'education' }, true],
  ])('%s', (_, scope, questionnaire, owns) => {
    expect(ownsQuestionnaire(scope, indicators, questionnaire)).toBe(owns)
  })
})
