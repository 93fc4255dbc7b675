import { connect } from 'node:net'
import { unzipSync } from 'fflate'
import { parseCsv } from 'hucre/csv'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readReference } from '../../db/reference/reference.ts'
import { withinScope } from '../../db/staff/scope.ts'
import { auditLog } from '../../db/staff/tables.ts'
import type { Questionnaire } from '../../server/catalogue/contract.ts'
import { planVersion } from '../../server/catalogue/draw-rules.ts'
import type { DailyResult } from '../../server/today/contract.ts'
import { type ExportLink, links } from '../../web/links.ts'
import { answerRandomly, publishSecondVersion, secondVersion } from '../fixtures/files/export-responses.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let cookie: string
let clock = Date.UTC(2026, 10, 20, 2)
const hour = 3_600_000
const counters = ['QUAYHT', 'QUAYDD', 'QUAYKD']
const first = readReference().questionnaires.find(({ code }) => code === 'administrative') as Questionnaire
const asked: ExportLink = { bo: 'administrative', tu: '2026-11-01', den: '2026-11-22' }
const health: ExportLink = { ...asked, bo: 'outpatient', 'y-kien': 'co' }
const phone = '0912345678'
const hostile = [
  '=HYPERLINK("http://x";"bấm")',
  '+84 đường dây',
  '-1+1',
  '@SUM(A1)',
  '\t=1',
  'có "ngoặc", phẩy\nvà xuống dòng\n\n=2+2',
  '\uFEFFdấu thứ tự byte',
  '</t></is></c><script>alert(1)</script>&amp;\uFFFE',
  `Xin gọi ${phone}, thư an@example.vn`,
  'ភាសាខ្មែរ 😀',
]

beforeAll(async () => {
  server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 300 } })
  cookie = (await server.signIn()).cookie
  await answerRandomly(server, first, counters, 1000, clock)
  for (const comment of hostile) await server.answer({ ...(await fullBody(server, 'KHAMBENH', 5)), comment })
  await leaveNumber()
  await publishSecondVersion(server)
  clock += 30 * hour
  await answerRandomly(server, secondVersion(), counters, 1000, clock)
  clock += 48 * hour
  await server.answer({ ...(await fullBody(server, 'QUAYHT', 1)), comment: 'Phiếu của hôm nay' })
})
afterAll(() => server.stop())

/** A citizen asks to be called back: the number is kept apart, sealed. */
async function leaveNumber() {
  const body = { ...(await fullBody(server, 'KHAMBENH', 5)), comment: 'Chờ lâu quá' }
  const { receipt } = (await (await server.answer(body)).json()) as { receipt: string }
  const form = new URLSearchParams({ number: phone, consent: 'yes' })
  const reply = await server.send(links.callback('KHAMBENH', receipt), { method: 'POST', body: form })
  expect(reply.status).toBe(303)
}

const get = (path: string, by = cookie) => server.send(path, { headers: { cookie: by } })
async function download(link: ExportLink, by = cookie): Promise<Buffer> {
  const reply = await get(links.exportFile(link), by)
  if (reply.status !== 200) throw new Error(`${reply.status} ${await reply.text()}`)
  return Buffer.from(await reply.arrayBuffer())
}

/** Rows by column name, everything as text. */
async function readRows(link: ExportLink, by = cookie): Promise<Record<string, string>[]> {
  const [head = [], ...rows] = parseCsv((await download(link, by)).toString()).map((row) => row.map(String))
  return rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index] ?? ''])))
}

type Stored = { place: string; day: string; version: number; answers: string; standing: string; channel: string } & {
  provenance: string
  extras: Record<string, unknown> | null
  language: string
  respondent: string
  comment: string | null
}

/** What the database holds, read by another way than the export's. */
const readStored = () =>
  server.database.sql.begin(async (sql) => {
    await sql`select set_config('ydan.agencies', 'all', true)`
    return sql<Stored[]>`
      select p.code as place, r.day::text as day, v.version, answers, standing, channel, provenance, extras, language, respondent,
        case when not c.restricted then body end as comment
      from responses r join places p on p.id = place_id join questionnaire_versions v on v.id = version_id
      left join comments c on c.place_id = r.place_id and c.response_id = r.id
      where v.code = 'administrative' and r.day <= '2026-11-22'`
  })

const codesOf = { 1: planVersion(first).criteria, 2: planVersion(secondVersion()).criteria }

function expectedOf({ answers, extras, comment, version, provenance, ...rest }: Stored): Record<string, string> {
  const levels = codesOf[version as 1].flatMap(({ code }, position) => {
    const mark = answers[position] as string
    return mark === '.' ? [] : [[`c_${code.replace('-', '_')}`, mark === '-' ? '-1' : mark]]
  })
  const more = Object.entries(extras ?? {}).map(([code, value]) => [`x_${code.replace('-', '_')}`, String(value)])
  const source = provenance === 'unminted' ? { provenance: 'open', minted: '0' } : { provenance, minted: '1' }
  return {
    ...rest,
    ...source,
    version: String(version),
    comment: comment ?? '',
    ...Object.fromEntries([...levels, ...more]),
  }
}

const compared = /^(place|day|version|standing|channel|provenance|minted|language|respondent|comment|[cx]_.*)$/
/** The columns that can be compared, empty ones left out, as one text a row, sorted. */
const sortRows = (rows: Record<string, string>[]) =>
  rows
    .map((row) => Object.entries(row).filter(([name, value]) => compared.test(name) && value !== ''))
    .map((entries) => JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1))))
    .sort()

describe('two thousand responses of two versions', () => {
  const all = { ...asked, 'y-kien': 'co' }

  test('stand in the CSV as they stand in the database', async () => {
    const stored = (await readStored()).map(expectedOf)
    expect(stored).toHaveLength(2000)
    const [found, expected] = [sortRows(await readRows(all)), sortRows(stored)]
    // The first that differs says enough.
    expect(found.find((row, index) => row !== expected[index])).toBeUndefined()
    expect(found).toHaveLength(2000)
  })

  test('are the same in XLSX and JSON lines', async () => {
    const rows = await readRows(all)
    const workbook = await readXlsx(new Uint8Array(await download({ ...all, dang: 'xlsx' })))
    const [head = [], ...cells] = workbook.sheets[0]?.rows ?? []
    const asText = (value: unknown) => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value ?? ''))
    expect(
      cells.map((row) => Object.fromEntries(head.map((name, index) => [String(name), asText(row[index])]))),
    ).toEqual(rows)
    const lines = (await download({ ...all, dang: 'jsonl' })).toString().trimEnd().split('\n')
    expect(
      lines.map((line) => Object.fromEntries(Object.entries(JSON.parse(line)).map(([k, v]) => [k, asText(v)]))),
    ).toEqual(rows)
  })

  test('add up to the scores that the interface gives', async () => {
    const rows = (await readRows(asked)).filter(({ standing }) => standing === 'counted')
    const daily = await server.read<DailyResult[]>(links.api.daily(undefined, '2026-11-01', '2026-11-22'))
    const scored = daily.filter(({ place }) => counters.includes(place))
    expect(scored).toHaveLength(6)
    for (const { day, place, score, responses } of scored) {
      const own = rows.filter((row) => row.day === day && row.place === place && row.m !== '')
      const sum = (name: string) => own.reduce((total, row) => total + Number(row[name]), 0)
      expect(own).toHaveLength(responses)
      expect((100 * sum('y')) / sum('m')).toBeCloseTo(score as number, 9)
    }
  })

  test('say why they were set aside, and in which half of the day they came', async () => {
    const rows = await readRows(asked)
    expect(new Set(rows.map(({ standing, reason }) => `${standing} ${reason}`))).toEqual(
      new Set(['counted ', 'set_aside over_budget']),
    )
    expect(new Set(rows.map(({ half }) => half))).toEqual(new Set(['morning', 'afternoon']))
  })

  test('stand by day and place, otherwise in an order that does not tell who came first', async () => {
    const rows = await readRows(all)
    const key = ({ day, place }: Record<string, string>) => `${day} ${counters.indexOf(place as string)}`
    expect(rows.map(key)).toEqual(rows.map(key).toSorted())
    expect(rows.map(({ row }) => Number(row))).toEqual(rows.map((_, index) => index + 1))
    const numbers = rows
      .filter(({ day, place, comment }) => day === '2026-11-20' && place === 'QUAYHT' && comment)
      .map(({ comment }) => Number(comment?.split(' ').at(-1)))
    const rising = numbers.filter((number, index) => index > 0 && number > (numbers[index - 1] as number)).length
    expect(numbers.length).toBeGreaterThan(20)
    expect(rising / numbers.length).toBeGreaterThan(0.25)
    expect(rising / numbers.length).toBeLessThan(0.75)
    expect(await readRows(all)).toEqual(rows)
  })

  test('carry neither ids nor receipts nor times', async () => {
    const [ids] = await server.database.sql<{ all: string[]; receipts: string[] }[]>`
      select array_agg(id::text) as all from responses`
    const file = (await download(all)).toString()
    expect(ids?.all.filter((id) => file.includes(id) || file.includes(id.replaceAll('-', '')))).toEqual([])
    expect(file).not.toMatch(/\d\d:\d\d|[0-9A-Z]{5}-[0-9A-Z]{5}/)
  })

  test('of one place only where it was chosen', async () => {
    const rows = await readRows({ ...asked, diem: 'QUAYDD,QUAYKD' })
    expect(new Set(rows.map(({ place }) => place))).toEqual(new Set(['QUAYDD', 'QUAYKD']))
  })

  test('of the running day are left out', async () => {
    const file = (await download({ ...all, den: '2030-01-01' })).toString()
    expect(file).not.toContain('Phiếu của hôm nay')
    expect(file).not.toContain('2026-11-23')
    expect((await get(links.exportFile({ ...asked, tu: '2026-11-23', den: '2026-11-23' }))).status).toBe(422)
  })
})

describe('what citizens write', () => {
  const written = (text: string) => text.replace(phone, '[số điện thoại]').replace('an@example.vn', '[địa chỉ thư]')
  const kept = hostile.map((text) => written(text.replace('\uFFFE', '').normalize('NFC').trim()))

  test('comes back from the CSV, with an apostrophe where a spreadsheet would calculate', async () => {
    const guarded = kept.map((text) => (/^[=+\-@]/.test(text) ? `'${text}` : text))
    const found = (await readRows(health)).map(({ comment }) => comment)
    expect(found.sort()).toEqual([...guarded, 'Chờ lâu quá'].sort())
  })

  test('comes back from JSON lines as it is, and from XLSX as text', async () => {
    const lines = (await download({ ...health, dang: 'jsonl' })).toString().trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line).comment).sort()).toEqual([...kept, 'Chờ lâu quá'].sort())
    const bytes = new Uint8Array(await download({ ...health, dang: 'xlsx' }))
    const [, ...rows] = (await readXlsx(bytes)).sheets[0]?.rows ?? []
    expect(rows.map((row) => row.at(-1)).sort()).toEqual([...kept, 'Chờ lâu quá'].sort())
    expect(Buffer.from(unzipSync(bytes)['xl/worksheets/sheet1.xml'] as Uint8Array).toString()).not.toContain('<f>')
  })

  test('stands on one line each in the file for SPSS', async () => {
    const files = unzipSync(new Uint8Array(await download({ ...health, dang: 'spss' })))
    expect(Object.keys(files).sort()).toEqual(['bang-ma.csv', 'phieu.csv', 'phieu.sps'])
    const text = Buffer.from(files['phieu.csv'] as Uint8Array).toString()
    expect(text.trimEnd().split('\n')).toHaveLength(hostile.length + 2)
    expect(parseCsv(text)).toHaveLength(hostile.length + 2)
  })

  test('is there only where it was asked for', async () => {
    expect((await download({ ...health, 'y-kien': undefined })).toString()).not.toMatch(/comment|Chờ lâu/)
  })

  test('about the conduct of officials stays in its case', async () => {
    const wait = () =>
      withinScope(server.database, 'all', async (transaction) => {
        await transaction.execute("update comments set restricted = true where body = 'Chờ lâu quá'")
      })
    await wait()
    expect((await download(health)).toString()).not.toContain('Chờ lâu quá')
  })

  test.each(['csv', 'jsonl', 'xlsx', 'spss'])('never carries a number left for a call back (%s)', async (dang) => {
    const bytes = await download({ ...health, dang })
    const parts = dang === 'xlsx' || dang === 'spss' ? Object.values(unzipSync(new Uint8Array(bytes))) : [bytes]
    for (const part of parts) {
      const text = Buffer.from(part).toString()
      expect(text.replace(/\D/g, '')).not.toContain(phone.slice(1))
      const [row] = await withinScope(server.database, 'all', (t) =>
        t.execute<{ sealed: string }>('select sealed from callbacks'),
      )
      expect((row?.sealed ?? '').length).toBeGreaterThan(20)
      expect(text).not.toContain(row?.sealed)
    }
  })
})

describe('who may export what', () => {
  test('a manager the own places only', async () => {
    const { cookie: own } = await server.signInAs('manager', ['tram-y-te'])
    expect((await readRows(health, own)).map(({ place }) => place)).toContain('KHAMBENH')
    expect((await get(links.exportFile(asked), own)).status).toBe(422)
    expect((await get(links.exportFile({ ...health, diem: 'QUAYHT' }), own)).status).toBe(403)
    expect((await get(links.exportFile({ ...health, diem: 'KHAMBENH,QUAYHT' }), own)).status).toBe(403)
    const page = await (await get(links.exports(), own)).text()
    expect(page).toContain('KHAMBENH')
    expect(page).not.toMatch(/QUAY|administrative/)
  })

  test('a comment that went to another agency is not in the file of the one that lost it', async () => {
    const { cookie: own } = await server.signInAs('manager', ['tram-y-te'])
    await withinScope(server.database, 'all', async (transaction) => {
      await transaction.execute(
        `update comments set agency_id = (select id from agencies where code = 'truong-cong-lap') where body like 'ភាសា%'`,
      )
    })
    expect((await download(health, own)).toString()).not.toContain('ភាសាខ្មែរ')
    expect((await download(health)).toString()).toContain('ភាសាខ្មែរ')
  })

  test.each([
    ['leader', 200],
    ['auditor', 200],
    ['clerk', 403],
    ['interviewer', 403],
  ] as const)('a %s: %i', async (role, status) => {
    const { cookie: own } = await server.signInAs(role, ['tram-y-te'])
    for (const link of [links.exports(), links.exportFile(asked), links.codebook(asked), links.codebookFile(asked)]) {
      const reply = await get(link, own)
      await reply.arrayBuffer()
      expect(reply.status).toBe(status)
    }
  })

  test('a manager without places is told so', async () => {
    const { cookie: own } = await server.signInAs('manager', [])
    const reply = await get(links.exports(), own)
    expect(reply.status).toBe(200)
    expect(await reply.text()).toContain('Chưa có nơi phục vụ nào')
  })

  test('what cannot be read is said in a sentence, on the page and for the file', async () => {
    for (const wrong of [
      { ...asked, tu: 'hôm kia' },
      { ...asked, bo: 'khong-co' },
      { ...asked, tu: '1990-01-01' },
    ]) {
      expect((await get(links.exports(wrong))).status).toBe(422)
      expect((await get(links.exportFile(wrong))).status).toBe(422)
    }
    expect((await get(links.exportFile({ ...asked, diem: 'KHONGCO' }))).status).toBe(404)
    expect((await server.send(links.exportFile(asked), { method: 'HEAD', headers: { cookie } })).status).toBe(404)
  })
})

describe('the page', () => {
  test('says how many responses there will be, and links to them', async () => {
    const page = await (await get(links.exports({ ...asked, diem: 'QUAYHT' }))).text()
    const rows = await readRows({ ...asked, diem: 'QUAYHT' })
    expect(page).toContain(`data-rows="${rows.length}"`)
    expect(page).toContain(links.exportFile({ ...asked, dang: 'csv', diem: 'QUAYHT' }).split('?')[0])
  })

  test('leads to the codebook: every version of every column', async () => {
    const html = await (await get(links.codebook(asked))).text()
    expect(html).toContain('c_sipas_99')
    expect(html).toMatch(/c_sipas_16[\s\S]*phiên bản 1[\s\S]*c_sipas_16[\s\S]*phiên bản 2/)
    const csv = parseCsv(await (await get(links.codebookFile(asked))).text())
    expect(csv.filter(([name]) => name === 'c_sipas_16').map((line) => [String(line[3]), Number(line[7])])).toEqual([
      ['1', 0.25],
      ['2', 0.25],
    ])
  })
})

const readLog = async () => {
  const rows = await withinScope(server.database, 'all', (transaction) =>
    transaction.select().from(auditLog).orderBy(auditLog.id),
  )
  return rows.filter(({ action }) => action.startsWith('export.'))
}
const countReaders = async () => {
  const [row] = await server.database.sql<{ count: number }[]>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and application_name = 'ydan-export'`
  return row?.count
}

describe('a download', () => {
  test('is logged with what was asked for, and with what was sent', async () => {
    await download({ ...asked, diem: 'QUAYHT', dang: 'xlsx' })
    await expect.poll(async () => (await readLog()).at(-1)?.action).toBe('export.done')
    const [start, end] = (await readLog()).slice(-2)
    expect(start).toMatchObject({ actor: 'admin', action: 'export.start', subject: 'administrative' })
    const { expected, ...what } = start?.change.after ?? {}
    expect(what).toEqual({ from: asked.tu, to: asked.den, format: 'xlsx', comments: false, places: ['QUAYHT'] })
    expect(end?.change.after).toEqual({ format: 'xlsx', rows: expected })
    expect(JSON.stringify(await readLog())).not.toMatch(/Góp ý|Chờ lâu/)
  })

  test('that nobody takes waits, is stopped with its client, and leaves no connection behind', async () => {
    await expect.poll(countReaders).toBe(0)
    await server.database.sql`
      insert into responses (place_id, id, version_id, day, received_at, field_id, service_mode, channel, respondent, language,
        standing, reason, answers, extras, wave_id, stratum_id, seconds)
      select place_id, gen_random_uuid(), version_id, day, received_at, field_id, service_mode, channel, respondent, language,
        standing, reason, answers, extras, wave_id, stratum_id, seconds
      from responses, generate_series(1, 40) where day = '2026-11-20'`
    const sockets = [await stall(), await stall()]
    expect(await countReaders()).toBe(2)
    const third = await get(links.exportFile(asked))
    expect([third.status, await third.text()]).toEqual([503, expect.stringContaining('xin chờ một phút')])
    for (const socket of sockets) socket.destroy()
    await expect.poll(countReaders).toBe(0)
    await expect
      .poll(async () => (await readLog()).slice(-2).map(({ action }) => action))
      .toEqual(['export.cancelled', 'export.cancelled'])
    const sent = (await readLog()).slice(-2).map(({ change }) => Number(change.after?.rows))
    for (const rows of sent) expect(rows).toBeLessThan(40_000)
    expect((await get(links.exports())).status).toBe(200)
    expect((await download(asked)).length).toBeGreaterThan(1_000_000)
  })

  test('is broken off when the server stops', async () => {
    const other = await startTestServer({ connection: server.connection, now: () => clock })
    const socket = await stall(other.url)
    await other.stop()
    socket.destroy()
    await expect.poll(countReaders).toBe(0)
    expect((await readLog()).at(-1)?.action).toBe('export.cancelled')
  })
})

/** Asks for a file, takes its first bytes and no more. */
function stall(url = server.url): Promise<import('node:net').Socket> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    socket.on('error', reject)
    socket.once('data', () => {
      socket.pause()
      resolve(socket)
    })
    socket.write(
      `GET ${links.exportFile({ ...asked, dang: 'jsonl' })} HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\n\r\n`,
    )
  })
}
