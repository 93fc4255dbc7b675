import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cell, ExportColumn } from '../../server/exports/contract.ts'
import { fileKinds } from '../../server/exports/files.ts'
import { makePlaceCode } from '../../server/places/codes.ts'
import { codeAlphabet } from '../../server/places/rules.ts'
import { staysText } from '../../server/typed/code.ts'
import { links } from '../../web/links.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

const codes = ['24E5', '2E34', 'MAR2', '24DEC', 'DEC24', 'TRUE', '0123', '3-5', 'QUAYHT', 'E234']
const columns = [
  { name: 'place', kind: 'text' },
  { name: 'n', kind: 'number' },
] as ExportColumn[]

describe('in LibreOffice, opened and saved again,', () => {
  const folder = mkdtempSync(join(tmpdir(), 'y-dan-codes-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  /** As the program shows the first column, with numbers and dates recognised as Excel does it. */
  async function openAgain(kind: 'csv' | 'xlsx'): Promise<string[]> {
    async function* batches(): AsyncGenerator<Cell[][]> {
      yield codes.map((code, index): Cell[] => [code, index])
    }
    const chunks: Buffer[] = []
    for await (const chunk of fileKinds[kind].write({ columns, batches: batches(), beside: [] }))
      chunks.push(Buffer.from(chunk))
    writeFileSync(join(folder, `ma.${kind}`), Buffer.concat(chunks))
    const filter = kind === 'csv' ? ['--infilter=CSV:44,34,76,1,,1033,false,true'] : []
    const out = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true'
    const profile = `-env:UserInstallation=file://${folder}/profile`
    execFileSync('soffice', [
      ...[profile, '--headless', ...filter, '--convert-to', out, '--outdir', `${folder}/out`, `${folder}/ma.${kind}`],
    ])
    const [, ...lines] = readFileSync(join(folder, 'out/ma.csv'), 'utf8').trim().split(/\r?\n/)
    return lines.map((line) => (line.split(',')[0] as string).replaceAll('"', ''))
  }

  test('a workbook keeps every code as it is', async () => {
    expect(await openAgain('xlsx')).toEqual(codes)
  }, 60_000)

  test('a CSV keeps them too, with the apostrophe that the codebook names where it would be changed', async () => {
    expect(await openAgain('csv')).toEqual(codes.map((code) => (/^(QUAYHT|E234)$/.test(code) ? code : `'${code}`)))
  }, 60_000)
})

describe('a place code', () => {
  let server: TestServer
  let cookie: string
  beforeAll(async () => {
    server = await startTestServer()
    cookie = (await server.signIn()).cookie
  })
  afterAll(() => server.stop())

  test('that a spreadsheet would change is never made', () => {
    const taken = new Set<string>()
    const state = { placeByCode: new Map(), retiredByCode: new Map() } as Parameters<typeof makePlaceCode>[0]
    for (let made = 0; made < 20_000; made += 1) taken.add(makePlaceCode(state, taken))
    expect([...taken].filter((code) => !staysText(code))).toEqual([])
    // The alphabet alone does not see to it: digits, and D as an exponent, are in it.
    expect(staysText('346797') || !/^[3-9]+$/.test(codeAlphabet.replace(/\D/g, ''))).toBe(false)
  })

  test.each(['24E5', 'MAR2', 'dec24', '2345', 'TRUE', '２４Ｅ５'])(
    '%s is refused when typed, in one sentence',
    async (code) => {
      const body = new URLSearchParams({ kind: 'replaced', code, reason: 'Bảng treo đã cũ' })
      const reply = await server.send(links.placeCode('QUAYHT'), { method: 'POST', headers: { cookie }, body })
      expect(reply.status).toBe(422)
      expect(await reply.text()).toMatch(/Bảng tính sẽ đổi mã \w+ thành số hoặc ngày; xin chọn mã khác, ví dụ QUAY2\./)
    },
  )

  test('that stays a text is taken', async () => {
    const body = new URLSearchParams({ kind: 'replaced', code: 'quay7', reason: 'Bảng treo đã cũ' })
    const reply = await server.send(links.placeCode('QUAYHT'), { method: 'POST', headers: { cookie }, body })
    expect(reply.status).toBe(303)
    expect((await server.send(links.survey('QUAY7'))).status).toBe(200)
  })
})
