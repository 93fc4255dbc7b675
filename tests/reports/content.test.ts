import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cases, improvements, themes } from '../../db/cases/tables.ts'
import { withinScope } from '../../db/staff/scope.ts'
import { saveVisits } from '../../db/visits/visits.ts'
import { canonicalJson } from '../../server/canonical-json.ts'
import { createCatalogue } from '../../server/catalogue/catalogue.ts'
import { type AgencyId, type PlaceId, type Sector, sectors } from '../../server/catalogue/contract.ts'
import type { IndicatorResult } from '../../server/indicators/contract.ts'
import { writeDocument } from '../../server/reports/content/document.ts'
import {
  type Block,
  type ReportDocument,
  type ReportInput,
  reportKinds,
  type Table,
} from '../../server/reports/contract.ts'
import { hashDocument } from '../../server/reports/hash.ts'
import type { ReportRequest, ReportValues } from '../../server/reports/input/contract.ts'
import { readReportInput } from '../../server/reports/input/input.ts'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const today = '2026-11-24'
const period = { from: '2026-07-01', to: '2026-09-30' }
let clock = Date.UTC(2026, 4, 4, 3)
let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
  await seedAnswers()
  await seedSurroundings()
  clock = Date.parse(`${today}T03:00:00Z`)
})
afterAll(() => server.stop())

/** The eight dissatisfied at the health station: six about one theme, one about another, one without. */
async function seedCases(agencyId: AgencyId) {
  const { database } = server
  const waiting = { code: 'thu-cho', name: 'Thời gian chờ', position: 901 }
  const toilet = { code: 'thu-ve-sinh', name: 'Nhà vệ sinh', position: 902 }
  const found = await database.query.insert(themes).values([waiting, toilet]).returning({ id: themes.id })
  const themeIds = found.map(({ id }) => id)
  const rows = await database.sql<{ placeId: PlaceId; responseId: string }[]>`
    select place_id as "placeId", responses.id as "responseId" from responses join places on places.id = place_id
    where code = 'KHAMBENH' and day = '2026-08-03' and answers ~ '2' order by responses.id`
  await withinScope(database, 'all', async (transaction) => {
    for (const [index, row] of rows.entries()) {
      const handled = {
        themeId: index < 6 ? themeIds[0] : index === 6 ? themeIds[1] : null,
        state: index < 2 ? ('closed' as const) : ('new' as const),
      }
      const arrival = { kind: 'dissatisfied', day: '2026-08-03', half: 'morning', dueOn: '2026-08-17' } as const
      await transaction
        .insert(cases)
        .values({ ...row, ...arrival, ...handled, agencyId, receipt: `THU-${index}` })
        .onConflictDoUpdate({ target: [cases.placeId, cases.responseId], set: handled })
    }
  })
}

/** Two quarters: everybody content in the first, a third dissatisfied at some places in the second. */
async function seedAnswers() {
  for (const place of ['QUAYHT', 'QUAYDD', 'KHAMBENH', 'TCHUNG', 'TRMN', 'TRTH']) {
    clock = Date.UTC(2026, 4, 4, 3)
    await send(place, Array(24).fill(5))
    clock = Date.UTC(2026, 7, 3, 3)
    await send(
      place,
      place === 'TCHUNG' || place === 'TRMN' ? Array(24).fill(5) : [...Array(16).fill(4), ...Array(8).fill(2)],
    )
  }
  await send('TRTHCS', [5, 4, 1])
}

async function send(place: string, levels: number[]) {
  const field = place === 'QUAYDD' ? { field: 'dat-dai' } : place === 'QUAYHT' ? { field: 'ho-tich' } : {}
  const replies = levels.map(async (level) =>
    server.answer({ ...(await fullBody(server, place, level)), ...field, extras: { expectation: 20 * level } }),
  )
  for (const reply of await Promise.all(replies)) expect(reply.status).toBe(201)
}

async function seedSurroundings() {
  const state = await catalogue()
  const place = (code: string) => state.placeByCode.get(code)?.id ?? null
  const visits = [
    { placeId: place('KHAMBENH'), count: 400 },
    { placeId: place('TCHUNG'), count: 100 },
  ]
  const months = visits.map((one) => ({ ...one, fieldId: 0 as const, period: 'month' as const, day: '2026-08-01' }))
  await saveVisits(server.database, months, 'can-bo-mot', 'test')
  const agencyId = state.agencies.find(({ code }) => code === 'tram-y-te')?.id as AgencyId
  await seedCases(agencyId)
  await server.database.query.insert(improvements).values({
    agencyId,
    said: 'Phòng chờ nóng',
    did: 'Đã lắp thêm hai quạt',
    caseIds: [],
    publishedAt: '2026-08-20T03:00:00Z',
    createdBy: 'can-bo-mot',
  })
}

const catalogue = () => createCatalogue(server.database, () => clock).refresh()
const issuers: Record<Sector, string> = {
  administrative: 'trung-tam-pvhcc',
  health: 'tram-y-te',
  education: 'phong-van-hoa-xa-hoi',
}

async function read(sector: Sector, more: Partial<ReportRequest> = {}, paragraphs = {}): Promise<ReportInput> {
  const state = await catalogue()
  const agency = state.agencies.find(({ code }) => code === issuers[sector])?.id as ReportRequest['agency']
  const request = { kind: 'quarterly' as const, sector, agency, ...period, ...more }
  return readReportInput(server.database, state, request, { today, paragraphs })
}

const valuesOf = (input: ReportInput) => input.values as ReportValues
const blocksOf = ({ body, appendices }: ReportDocument): Block[] => [...body, ...appendices.flatMap((one) => one.body)]
const tableIn = (document: ReportDocument, id: string): Table => {
  const found = blocksOf(document).find((block) => block.kind === 'table' && block.table.id === id)
  if (found?.kind !== 'table') throw new Error(`no table ${id}`)
  return found.table
}
const numbersIn = (table: Table, row: number) =>
  (table.rows[row] ?? []).flatMap((cell) => (cell.kind === 'number' ? [cell.value] : []))
const wordsIn = (document: ReportDocument): string =>
  blocksOf(document)
    .flatMap((block) => {
      if (block.kind === 'heading') return [block.text]
      if (block.kind === 'paragraph') return [block.runs.map(({ text }) => text).join('')]
      if (block.kind === 'list') return block.items.map((runs) => runs.map(({ text }) => text).join(''))
      return block.kind === 'chart' ? [block.chart.alternative] : []
    })
    .join('\n')
    .replaceAll('\u00a0', ' ')

describe('a document', () => {
  test.each(sectors.flatMap((sector) => reportKinds.map((kind) => ({ sector, kind }))))(
    'is made of $sector, $kind, with its parts numbered in order',
    async ({ sector, kind }) => {
      const span = kind === 'annual_plan' ? { from: '2027-01-01', to: '2027-12-31' } : period
      const document = writeDocument(await read(sector, { kind, ...span }))
      const headings = document.body.flatMap((block) =>
        block.kind === 'heading' && block.level === 1 ? [block.text.split('.')[0]] : [],
      )
      expect(headings).toEqual(['I', 'II', 'III', 'IV', 'V', 'VI', 'VII'].slice(0, headings.length))
      expect(headings.length).toBeGreaterThan(3)
      expect(document.type).toBe(kind === 'annual_plan' ? 'KẾ HOẠCH' : 'BÁO CÁO')
      expect(wordsIn(document)).not.toMatch(/NaN|undefined|null| {2}|\[object|\(\)/)
    },
  )

  test('names its issuer, number and signature as the body signs', async () => {
    const document = writeDocument(
      await read('health', { kind: 'annual_result', from: '2026-01-01', to: '2026-12-31' }),
    )
    expect(document.issuer).toBe('TRẠM Y TẾ')
    expect(document.issuerAbove).toBe('ỦY BAN NHÂN DÂN XÃ VĨNH THUẬN')
    expect(document.number.map(({ text }) => text).join('')).toBe('Số: …/BC-TYT')
    expect(document.signature.title).toBe('TRƯỞNG TRẠM')
    expect(document.subject).toMatch(/dịch vụ y tế năm 2026$/)
    expect(wordsIn(document)).toContain('số liệu tổng hợp đến hết ngày 23/11/2026')
  })

  test('of the counters never calls its number the SIPAS index', async () => {
    const text = wordsIn(writeDocument(await read('administrative', { kind: 'annual_result' })))
    expect(text).not.toMatch(/Chỉ số SIPAS/i)
    expect(text).toContain('theo khung tiêu chí SIPAS')
  })

  test('is the same twice, also after its input went through JSON, and another when a number changes', async () => {
    const input = await read('health')
    const again = JSON.parse(JSON.stringify(input)) as ReportInput
    expect(hashDocument(writeDocument(again))).toBe(hashDocument(writeDocument(input)))
    const moved = { ...again, values: { ...again.values, received: valuesOf(again).received + 1 } }
    expect(hashDocument(writeDocument(moved))).not.toBe(hashDocument(writeDocument(input)))
  })

  test('is not made from an input of another shape', () => {
    expect(() => writeDocument({ format: 99, values: {} })).toThrow('format 99')
  })
})

describe('the numbers', () => {
  test.each(sectors)('of the indicators of %s are those of the interface', async (sector) => {
    const api = await server.read<IndicatorResult[]>(links.api.indicators(period.from, period.to))
    const document = writeDocument(await read(sector))
    const table = tableIn(document, 'chi-tieu')
    const named = new Map(table.rows.map((row, index) => [row[0]?.kind === 'text' ? row[0].text : '', index]))
    const shown = api.filter(({ code, responses }) => named.has(code) && responses >= 5)
    expect(shown.length).toBeGreaterThan(0)
    for (const { code, target, score, lower, upper, responses } of shown)
      expect(numbersIn(table, named.get(code) as number), code).toEqual([target, score, lower, upper, responses])
  })

  test('of received, counted and set aside add up', async () => {
    const { received, setAside, overall, tallies } = valuesOf(await read('health'))
    expect([received, setAside, overall.responses]).toEqual([48, 0, 48])
    const places = new Set(tallies.map(({ place }) => place))
    expect([...places]).toEqual(['Khám bệnh', 'Tiêm chủng'])
    const answers = tallies.reduce((sum, { levels }) => sum + levels.reduce((all, level) => all + level, 0), 0)
    expect(answers).toBe(48 * 8)
  })

  test('of a place stand beside its change, said only because it is more than chance', async () => {
    const document = writeDocument(await read('health'))
    const text = wordsIn(document)
    expect(text).toMatch(/Chỉ tiêu II\.8: giảm \d+,\d\d điểm phần trăm so với quý II năm 2026/)
    expect(numbersIn(tableIn(document, 'so-sanh'), 0)[0]).toBe(100)
    expect(text).toContain('Thấp nhất là “Khám bệnh, chữa bệnh”')
    expect(text).toContain('Số lượt khám, tiêm trong kỳ: 500; tỷ lệ trả lời 9,60 %')
    expect(text).toContain(
      'Người dân nêu: Phòng chờ nóng. Việc đã làm, công khai ngày 20/08/2026: Đã lắp thêm hai quạt.',
    )
  })

  test('of fewer than five answers are not told, in tables nor in sheets', async () => {
    const document = writeDocument(await read('education'))
    const row = tableIn(document, 'ket-qua-cap').rows.find(
      (cells) => cells[1]?.kind === 'text' && cells[1].text === 'THCS',
    )
    expect(row?.slice(2)).toEqual(['–', '–', '–', '<5'].map((text) => ({ kind: 'text', text })))
    const tallies = document.sheets[0]?.table.rows ?? []
    const few = tallies.filter(([place]) => place?.kind === 'text' && place.text === 'Trường THCS')
    expect(few.length).toBe(22)
    for (const cells of few) expect(cells.slice(6)).toEqual(Array(6).fill({ kind: 'text', text: '<5' }))
    expect(tableIn(document, 'yeu-to-theo-cap').columns.map(({ title }) => title)).not.toContain('THCS')
  })

  test('of a period without answers are not invented', async () => {
    const empty = { from: '2025-01-01', to: '2025-12-31' }
    const document = writeDocument(await read('education', { kind: 'annual_result', ...empty }))
    const text = wordsIn(document)
    expect(text).toContain('Trong kỳ chưa thu được phiếu nào')
    expect(text).toContain('chưa có phiếu hợp lệ nên chưa có kết quả')
    expect(text).not.toMatch(/\d,\d\d %/)
    expect(document.body.some(({ kind }) => kind === 'chart')).toBe(false)
  })

  test('of a running period end the day before, whoever answers today', async () => {
    const before = canonicalJson(await read('education', { from: '2026-10-01', to: '2026-12-31' }))
    await send('TRTH', [1, 1, 1, 1, 1, 1])
    expect(canonicalJson(await read('education', { from: '2026-10-01', to: '2026-12-31' }))).toBe(before)
  })
})

describe('a plan', () => {
  test('takes its sample from the visits that are known', async () => {
    const document = writeDocument(await read('health', { kind: 'annual_plan', from: '2027-01-01', to: '2027-12-31' }))
    expect(wordsIn(document)).toContain('N = 500, cỡ mẫu tối thiểu là 223 phiếu')
    expect(numbersIn(tableIn(document, 'co-mau'), 2)).toEqual([500, 223])
  })

  test('asks for the numbers of pupils that are not known', async () => {
    const plan = await read('education', { kind: 'annual_plan', from: '2027-01-01', to: '2027-12-31' })
    const text = wordsIn(writeDocument(plan))
    expect(text).toContain('[ghi số học sinh của từng nơi và cỡ mẫu tương ứng]')
    expect(text).toContain('không thu thập thông tin của trẻ em')
  })
})

describe('what only people know', () => {
  const hint = (document: ReportDocument) =>
    document.body.flatMap((block) => (block.kind === 'paragraph' ? block.runs.filter((run) => run.placeholder) : []))

  test('stands as placeholders until the agency types it', async () => {
    const empty = writeDocument(await read('health'))
    expect(
      hint(empty)
        .map(({ text }) => text)
        .join(),
    ).toContain('Nêu nguyên nhân chủ quan, khách quan')
    const typed = {
      causes: 'Thiếu nhân lực buổi sáng.\n\nMáy  lấy số hỏng.',
      proposals: 'Bố trí thêm một bàn tiếp đón.',
    }
    const document = writeDocument(await read('health', {}, typed))
    expect(hint(document).length).toBe(hint(empty).length - 2)
    const lines = wordsIn(document).split('\n')
    expect(lines).toEqual(expect.arrayContaining(['Thiếu nhân lực buổi sáng.', 'Máy lấy số hỏng.', typed.proposals]))
  })
})

describe('opinions', () => {
  test('are counted by the theme that staff chose, few of them not told', async () => {
    const input = await read('health')
    expect(valuesOf(input).cases).toEqual({
      received: 8,
      answered: 0,
      closed: 2,
      themes: [
        { name: 'Thời gian chờ', cases: 6 },
        { name: 'Nhà vệ sinh', cases: 1 },
      ],
    })
    const document = writeDocument(input)
    expect(wordsIn(document)).toContain('Trong kỳ có 08 ý kiến góp ý hoặc phiếu không hài lòng cần theo dõi, xử lý')
    expect(wordsIn(document)).toContain('Chủ đề được nêu nhiều nhất: Thời gian chờ (06 ý kiến)')
    expect(tableIn(document, 'chu-de').rows.map((row) => row[2])).toEqual([
      { kind: 'number', value: 6, decimals: 0 },
      { kind: 'text', text: '<5' },
    ])
  })

  test('of one sector do not stand in the report of another', async () => {
    expect(valuesOf(await read('administrative')).cases.themes).toEqual([])
  })
})
