import mammoth from 'mammoth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readContacts } from '../../db/communes/contacts.ts'
import { findRemembered, readFindings } from '../../db/communes/witness.ts'
import { dayOf } from '../../server/days.ts'
import { boardLinks } from '../../web/board-links.ts'
import { wholePage } from '../../web/ui/sections/sections.tsx'
import { startTestBoard, type TestBoard } from '../fixtures/province/board.ts'
import { openProvince, type Simulated, type SimulatedProvince } from '../fixtures/province/communes.ts'
import { openLog } from '../fixtures/province/log.ts'
import { convert } from '../fixtures/reports/read-report.ts'

const day = 86_400_000
let now = Date.parse('2026-10-20T09:00:00+07:00')
let province: SimulatedProvince
let board: TestBoard
const of = (number: number): Simulated => province.communes[number - 1] as Simulated
const worse = [11, 12, 13, 14, 15]

beforeAll(async () => {
  province = await openProvince(102, 5, () => dayOf(now))
  for (const number of worse) Object.assign(of(number), { truth: 0.88, respondents: 300 })
  board = await startTestBoard(() => now)
  for (const commune of province.communes) await board.follow(commune)
  await board.follower.pullAll()
  // Two thousand readings: on a busy machine longer than a hook may take.
}, 400_000)
afterAll(async () => {
  await board.stop()
  await province.stop()
})

const quarter = boardLinks.board('2026-Q3')

describe('102 communes', () => {
  test('stand beside each other by name, all with figures of the quarter', async () => {
    const page = await board.text(quarter)
    expect(page).toContain('Quý III/2026: 102 trên 102 xã, phường có số liệu đầy đủ.')
    expect(page.indexOf('Xã thử 001')).toBeLessThan(page.indexOf('Xã thử 002'))
    expect(page).toContain('Xã nào cũng có số liệu của quý III/2026')
  })

  test('whose truth is worse are named in their first quarter, few others', async () => {
    const page = await board.text(boardLinks.indicator('II.1', '2026-Q3'))
    const [, low = ''] =
      /Thấp hơn hẳn: ([^:]*?) (?:Thấp hơn, cần xem|Cao hơn|Trung bình|giới hạn|Cả tỉnh|\d+ %)/.exec(page) ?? []
    const found = worse.filter((number) => low.includes(of(number).name))
    expect(found.length).toBeGreaterThanOrEqual(4)
    expect(low.split(',').length - found.length).toBeLessThanOrEqual(1)
  })

  test('are asked for aggregates and their ledger only, never for an answer', () => {
    const paths = new Set(province.requests.map(({ path }) => path.replace(/\?.*/, '').replace(/tile\/.*/, 'tile')))
    expect([...paths].sort()).toEqual([
      '/api/province/v1/indicators',
      '/du-lieu-mo/v1/indicators.json',
      '/so-cai/checkpoint',
      '/so-cai/khoa',
      '/so-cai/tile',
    ])
    const keyed = province.requests.filter(({ authorization }) => authorization)
    expect(new Set(keyed.map(({ path }) => path.split('?')[0]))).toEqual(new Set(['/api/province/v1/indicators']))
  })

  test('say "the same" to what the board knows already', async () => {
    const before = province.requests.length
    await board.follower.pullAll()
    const again = province.requests.slice(before).filter(({ path }) => path.startsWith('/api/'))
    expect(again.length).toBe(102 * 3)
    expect(new Set(again.map(({ status }) => status))).toEqual(new Set([304]))
  })

  test('leave the board as CSV, Excel and Word', async () => {
    const cookie = await board.signInAs('auditor')
    const read = async (path: string) =>
      Buffer.from(await (await board.send(path, { headers: { cookie } })).arrayBuffer())
    const csv = (await read(boardLinks.csv('2026-Q3'))).toString()
    expect(csv.split('\r\n')).toHaveLength(1 + 2 * 102 + 1)
    expect(csv).toMatch(
      /2026-Q3,xa-011,Xã thử 011,2026-09-30,exact,II\.1,95,\d+\.\d+,.*,(far_)?below,0\.4,0\.31,1,pooled/,
    )
    const sheet = await read(boardLinks.workbook('2026-Q3'))
    const written = [
      ...convert(
        sheet,
        'bang.xlsx',
        'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1',
      ).entries(),
    ]
    expect(written.find(([name]) => name.includes('II.8'))?.[1].toString()).toContain('Xã thử 102')
    const { value } = await mammoth.extractRawText({ buffer: await read(boardLinks.synthesis('2026')) })
    expect(value).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')
    expect(value).toContain('Tổng hợp kết quả đo lường sự hài lòng của người dân tại các xã, phường năm 2026')
    expect(value).toContain('Thấp hơn mức chung nhiều hơn may rủi')
  })
})

describe('on the next day', () => {
  beforeAll(async () => {
    now += day
    of(21).isAway = true
    of(22).isAway = true
    of(31).seeds['2026-Q3'] = 1
    of(41).approvedReport = 'c'.repeat(64)
    of(51).log = shorter(of(51))
    of(52).log = other(of(52))
    of(53).log.grow(500)
    await board.follower.pullAll()
  }, 400_000)

  test('who is away is said to be, since when and why; its figures stay', async () => {
    const page = await board.text(boardLinks.commune('xa-021'))
    expect(page).toContain('Vắng từ 09:00 ngày 21/10/2026: kết nối bị ngắt')
    expect(await board.text(quarter)).toMatch(/Xã thử 021 [^X]*đang vắng/)
    const running = await board.text(boardLinks.board('2026-Q4'))
    expect(running).toContain('Quý IV/2026: 102 trên 102')
    now += 4 * day
    await board.follower.pullAll()
    const later = await board.text(boardLinks.board('2026-Q4'))
    expect(later).toContain('Quý IV/2026: 100 trên 102')
    expect(later).toMatch(/Xã thử 021 : số liệu mới đến 19\/10\/2026/)
    expect(await board.text(boardLinks.commune('xa-022'))).toContain('Vắng từ 09:00 ngày 21/10/2026')
  })

  test('figures of a period that was over and are others now are shown as that, with both', async () => {
    const page = await board.text(quarter)
    expect(page).toContain('Số liệu đã đổi sau khi khép kỳ, chưa nêu lý do')
    expect(page).toMatch(
      /Xã thử 031 : II\.1 của Quý III\/2026 từ \d+,\d+ % \(\d+ phiếu\) thành \d+,\d+ % \(\d+ phiếu\), thấy ngày 21\/10\/2026; đã đổi sau khi khép kỳ, chưa nêu lý do/,
    )
    expect(page).not.toMatch(/Xã thử 041 : II/)
  })

  test('a corrected report is named as one', async () => {
    Object.assign(of(41), { approvedReport: 'd'.repeat(64), seeds: { '2026-Q3': 1 } })
    now += day
    await board.follower.pullAll()
    const page = await board.text(quarter)
    expect(page).toContain('Số liệu đã được đính chính, có nêu lý do')
    expect(page).toMatch(/Xã thử 041 : II\.1 của Quý III\/2026 .*đính chính theo báo cáo mới/)
  })

  test('a ledger that went back and one that was rewritten are said so, with both checkpoints', async () => {
    const page = await board.text(quarter)
    expect(page).toContain('Xã thử 051 : Sổ cái bị lùi: ngày 20/10/2026 đã ký 350 dòng, nay chỉ còn 200.')
    expect(page).toContain(
      'Xã thử 052 : Sổ cái có hai bản: 351 dòng đầu đã ký ngày 20/10/2026 không còn là phần đầu của sổ bây giờ.',
    )
    expect(page).not.toContain('Xã thử 053 : Sổ cái')
    const findings = await readFindings(board.database)
    expect(findings.map(({ kind }) => kind).sort()).toEqual(['forked', 'rolled_back'])
    expect(findings.every(({ evidence }) => evidence.remembered && evidence.shown)).toBe(true)
    expect(await board.text(boardLinks.commune('xa-051'))).toContain(of(51).log.checkpoint().split('\n')[2])
  })

  test('what was right before stays the measure: a log that only grew over the hole is still another', async () => {
    of(51).log.grow(400, 'z')
    now += day
    await board.follower.pullAll()
    const findings = await readFindings(board.database)
    expect(
      findings
        .filter(({ communeId }) => communeId === 51)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['forked', 'rolled_back'])
    expect((await findRemembered(board.database, 53 as never))?.checkpoint).toContain('\n852\n')
  })
})

describe('two faces', () => {
  test('figures that rest on another log than the public one are told', async () => {
    of(54).figuresCheckpoint = of(54).log.checkpoint()
    await board.follower.pullOne(54 as never)
    expect((await readFindings(board.database)).filter(({ communeId }) => communeId === 54)).toEqual([])
    const secret = openLog('xa-054.example/so-cai')
    secret.grow(100, 'c')
    of(54).figuresCheckpoint = secret.checkpoint()
    await board.follower.pullOne(54 as never)
    expect(await board.text(boardLinks.commune('xa-054'))).toContain(
      'Sổ cái có hai bản: 100 dòng đầu đã ký khi gửi số liệu không còn là phần đầu của sổ bây giờ.',
    )
  })

  test('an API key sealed with another CONTACT_KEY is told, not passed over', async () => {
    await board.database
      .sql`update communes set sealed_key = ${Buffer.alloc(60, 1).toString('base64')} where code = 'xa-070'`
    await board.follower.pullOne(70 as never)
    expect(await board.text(boardLinks.commune('xa-070'))).toContain('khóa API: không mở được vì CONTACT_KEY đã đổi')
  })
})

describe('a server that misbehaves', () => {
  test.each([
    [
      'no JSON',
      'câu trả lời không đọc được',
      (_: string, reply: { end(text: string): void }) => reply.end('{"schemaVersion'),
    ],
    [
      'something else',
      'câu trả lời không đọc được',
      (_: string, reply: { end(text: string): void }) => reply.end('[]'),
    ],
    [
      'without end',
      'câu trả lời dài quá 1024 KB',
      (_: string, reply: { end(text: string): void }) => reply.end(' '.repeat(3 << 20)),
    ],
    [
      'elsewhere',
      'máy chủ chuyển sang địa chỉ khác, Ý Dân không đi theo',
      (_: string, reply: { writeHead(status: number, head: object): { end(): void } }) =>
        reply.writeHead(302, { location: `${of(62).address}/api/province/v1/indicators` }).end(),
    ],
  ])('%s is noted, keeps what was known and sends the key nowhere else', async (_, reason, instead) => {
    const commune = of(61)
    const before = province.requests.filter(({ code }) => code === 'xa-062').length
    commune.instead = (path, reply) => {
      const isAsked = path.startsWith('/api/')
      if (isAsked) instead(path, reply as never)
      return isAsked
    }
    await board.follower.pullOne(61 as never)
    commune.instead = null
    const contacts = (await readContacts(board.database)).filter(({ communeId }) => communeId === 61)
    expect(contacts.find(({ what }) => what === 'period 2026-Q3')).toMatchObject({ reason })
    expect(await board.text(boardLinks.commune('xa-061'))).toContain(`Đọc không đủ`)
    const whole = await board.text(boardLinks.board('2026-Q3', wholePage))
    expect(whole).toMatch(/Xã thử 061 đến [\d/]+( · [^\d]+)? \d+,\d/)
    expect(province.requests.filter(({ code }) => code === 'xa-062')).toHaveLength(before)
  })
})

function shorter({ code }: Simulated) {
  const log = openLog(`${code}.example/so-cai`)
  log.grow(200)
  return log
}

function other({ code }: Simulated) {
  const log = openLog(`${code}.example/so-cai`)
  log.grow(600, 'b')
  return log
}
