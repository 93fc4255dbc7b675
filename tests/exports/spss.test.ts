import { buffer } from 'node:stream/consumers'
import { unzipSync } from 'fflate'
import { parseCsv } from 'hucre/csv'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDraft, publishDraft } from '../../db/questionnaires/versions.ts'
import { readReference } from '../../db/reference/reference.ts'
import { createChance } from '../../scripts/demo/random.ts'
import type { Field, Version } from '../../server/catalogue/catalogue.ts'
import type { Questionnaire } from '../../server/catalogue/contract.ts'
import { planVersion } from '../../server/catalogue/draw-rules.ts'
import { listColumns, planColumns } from '../../server/exports/columns.ts'
import type { Cell, ExportColumn } from '../../server/exports/contract.ts'
import { dataName, fileKinds } from '../../server/exports/files.ts'
import { writeSyntax } from '../../server/exports/spss.ts'
import { links } from '../../web/links.ts'
import { answerRandomly } from '../fixtures/files/export-responses.ts'
import { runSyntax, type SpssFile } from '../fixtures/files/read-spss.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const { questionnaires, fields } = readReference()
const khmer = 'មតិរបស់ប្រជាពលរដ្ឋក្នុងឃុំស្ដីពីការបម្រើសេវារដ្ឋបាលសាធារណៈ'
const oddTexts = [
  `Ông/Bà thấy “biển tên” 'rõ' không? /* chưa hết */ 100 %. `,
  `Dòng một\nDòng hai\r\nDòng ba.`,
  `${khmer} ${khmer} ${khmer}`,
  `Câu hỏi dài ${'rất dài, có ‘nháy’ và dấu chấm. '.repeat(12)}`,
  `''''`,
  `Kết thúc bằng 'nháy'`,
  '☑ 😀 1 < 2 & 3; "ba"',
]

/** Every text of a questionnaire odd, a code as long as a name may be, and a longer one. */
function makeOdd(plain: Questionnaire, version: number): Questionnaire {
  const odd = structuredClone({ ...plain, version })
  let next = 0
  const oddly = (text: { vi: string }) => {
    text.vi = `${oddTexts[next++ % oddTexts.length]}${next}`
  }
  for (const { criteria } of odd.factors) for (const { text } of criteria) oddly(text)
  for (const { text, choices } of odd.extra) {
    oddly(text)
    for (const choice of choices ?? []) oddly(choice.text)
  }
  const [first, second] = odd.factors.flatMap(({ criteria }) => criteria)
  if (first && second) [first.code, second.code] = [`a${'-b'.repeat(40)}`, `a${'-b'.repeat(40)}-c`]
  return odd
}

const versionOf = (definition: Questionnaire): Version =>
  ({ id: 1, code: definition.code, version: definition.version, definition, plan: planVersion(definition) }) as Version

/** Rows with every kind of value that a column can hold. */
function makeRows(columns: ExportColumn[], count: number): Cell[][] {
  const chance = createChance(count)
  return Array.from({ length: count }, (_, row) =>
    columns.map(({ name, kind, values }): Cell => {
      if (name === 'row') return row + 1
      if (kind === 'day') return `2026-${String(1 + (row % 12)).padStart(2, '0')}-28`
      if (name === 'y' || name === 'm') return row % 7 === 0 ? null : row / (3 * count)
      if (name !== 'version' && chance.isTrue(0.2)) return null
      if (values.length > 0) return chance.pick(values.map(([value]) => value))
      if (kind === 'number') return chance.pick([0, 1, 2, 100])
      if (name === 'comment') return chance.pick([...oddTexts, '😀'.repeat(1000)])
      // A name has at most 120 characters.
      return chance.pick([...oddTexts, '=1+1', '-5', ',', '"', 'ឃ'.repeat(120)]).slice(0, 120)
    }),
  )
}

async function writeFiles(definition: Questionnaire) {
  const columns = listColumns(planColumns([versionOf(definition)], fields as unknown as Field[], true))
  async function* batches() {
    yield makeRows(columns, 40)
  }
  const beside = [{ name: 'phieu.sps', text: writeSyntax(columns, dataName) }]
  const zip = await buffer(fileKinds.spss.write({ columns, batches: batches(), beside }))
  return { columns, files: unzipSync(new Uint8Array(zip)) }
}

/** PSPP writes days its own way and drops the zeros behind a number's point; spaces at the end are none to it. */
function alike(column: string, text: string): string | number {
  if (column === 'day') return text.replace(/^(\d\d)\/(\d\d)\/(\d{4})$/, '$3-$1-$2')
  if (column === 'y' || column === 'm') return text.trim() === '' ? '' : Number(Number(text).toFixed(12))
  return text.trimEnd()
}

function compareData(read: SpssFile, csv: Uint8Array): void {
  const [header = [], ...rows] = parseCsv(Buffer.from(csv).toString()).map((row) => row.map(String))
  expect(read.complaints).toBe('')
  expect(read.header).toEqual(header)
  const plain = (all: string[][]) => all.map((row) => row.map((text, index) => alike(header[index] as string, text)))
  expect(plain(read.rows.map((row) => row.map((text) => (text === '.' || text === ' ' ? '' : text))))).toEqual(
    plain(rows),
  )
}

const flat = (text: string) => text.replace(/\s+/g, ' ').trim()

function compareDictionary(read: SpssFile, columns: ExportColumn[]): void {
  for (const { name, label, values, missing } of columns) {
    const kept = flat(read.labels.get(name) ?? '')
    expect(kept.length).toBeGreaterThan(0)
    expect(flat(label).startsWith(kept)).toBe(true)
    if (Buffer.byteLength(label) <= 200) expect(kept).toBe(flat(label))
    const labels = read.values.get(name) ?? new Map()
    expect([name, labels.size]).toEqual([name, values.length])
    for (const [value, words] of values)
      expect(flat(words).startsWith(flat(labels.get(String(value)) ?? '-'))).toBe(true)
    expect([name, read.missing.get(name)]).toEqual([name, missing.join('; ')])
  }
}

describe('the SPSS syntax, run in PSPP', () => {
  test.each(
    questionnaires.flatMap((one) => [one, makeOdd(one, 2)]).map((one) => [one.code, one.version, one] as const),
  )(
    'reads %s version %i without a word: every value, label and missing value as exported',
    async (_code, _version, definition) => {
      const { columns, files } = await writeFiles(definition)
      const read = runSyntax(files)
      compareData(read, files[dataName] as Uint8Array)
      compareDictionary(read, columns)
    },
  )
})

describe('a downloaded export, run in PSPP', () => {
  let server: TestServer
  let cookie: string
  let clock = Date.UTC(2026, 10, 20, 2)
  const comments = ['có "ngoặc", phẩy\nvà xuống dòng', '=1+1', khmer, '😀'.repeat(500), "'nháy'", 'x'.repeat(1000)]
  beforeAll(async () => {
    server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 300 } })
    cookie = (await server.signIn()).cookie
    const first = questionnaires.find(({ code }) => code === 'administrative') as Questionnaire
    await answerRandomly(server, first, ['QUAYHT', 'QUAYDD'], 100, clock)
    const odd = makeOdd(first, 2)
    await createDraft(server.database, odd, 'admin')
    await publishDraft(server.database, { code: 'administrative', version: 2, reason: 'Câu chữ khó.', actor: 'admin' })
    clock += 3_600_000
    for (const comment of comments) await server.answer({ ...(await fullBody(server, 'QUAYHT', 4)), comment })
    for (const place of ['KHAMBENH', 'TCHUNG', 'TRTH']) await server.answer(await fullBody(server, place, 3))
    clock += 48 * 3_600_000
  })
  afterAll(() => server.stop())

  test.each(['administrative', 'outpatient', 'vaccination', 'education-primary'])(
    'of %s is what was exported',
    async (bo) => {
      const link = links.exportFile({ bo, tu: '2026-11-01', den: '2026-11-21', dang: 'spss', 'y-kien': 'co' })
      const reply = await server.send(link, { headers: { cookie } })
      expect(reply.status).toBe(200)
      const files = unzipSync(new Uint8Array(await reply.arrayBuffer()))
      const read = runSyntax(files)
      expect(read.rows.length).toBe(bo === 'administrative' ? 100 + comments.length : 1)
      compareData(read, files[dataName] as Uint8Array)
    },
  )
})
