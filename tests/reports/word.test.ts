import { strFromU8, unzipSync } from 'fflate'
import mammoth from 'mammoth'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { formatCell } from '../../server/reports/content/numbers-rules.ts'
import type { Block, ReportDocument } from '../../server/reports/contract.ts'
import { listRecipients } from '../../server/reports/print-rules.ts'
import { drawWord } from '../../server/reports/word/word.ts'
import { alphabet, khmer, longDocument, shortDocument } from '../fixtures/reports/document.ts'
import {
  convert,
  findOutside,
  numberOf,
  type Page,
  readFonts,
  readPages,
  textOf,
} from '../fixtures/reports/read-report.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('a report in Word', () => {
  let file: Buffer
  let pdf: Buffer
  let pages: Page[]
  beforeAll(async () => {
    file = await drawWord(longDocument)
    pdf = convert(file, 'report.docx', 'pdf').get('report.pdf') as Buffer
    pages = readPages(pdf)
  })

  test('is upright A4 with the wide appendix across, each appendix on a page of its own', () => {
    expect(pages.map(({ width, height }) => (width > height ? 'across' : 'upright'))).toEqual([
      ...Array.from({ length: pages.length - 2 }, () => 'upright'),
      ...['across', 'upright'],
    ])
    for (const { width, height } of pages) {
      expect(Math.min(width, height)).toBeCloseTo(210, 0)
      expect(Math.max(width, height)).toBeCloseTo(297, 0)
    }
    expect(pages.slice(-2).map((page) => /Phụ lục \d/.exec(textOf(page))?.[0])).toEqual(['Phụ lục 1', 'Phụ lục 2'])
  })

  test('keeps the margins of the decree and begins its lines at the left one', () => {
    expect(pages.flatMap(findOutside)).toEqual([])
    const body = pages[0]?.words.filter(({ text, top }) => top > 110 && text === 'phục').at(0)
    expect(body?.left).toBeCloseTo(30, 0)
  })

  test('numbers its pages at the top from the second on', () => {
    expect(pages.map(numberOf)).toEqual(['', ...pages.slice(1).map((_, index) => String(index + 2))])
  })

  test('is set in Times New Roman, Khmer in a font that has its letters', () => {
    const named = [...strFromU8(part(file, 'word/document.xml')).matchAll(/w:(?:ascii|hAnsi|cs)="([^"]+)"/g)]
    expect(new Set(named.map(([, name]) => name))).toEqual(new Set(['Times New Roman', 'Leelawadee UI']))
    const names = readFonts(pdf).map(({ name }) => name)
    expect(names.filter((name) => !/^LiberationSerif(-\w+)?$|^NotoSansKhmer/.test(name))).toEqual([])
  })

  test('repeats the header of a table on each of its pages and tears no row', () => {
    const withRows = pages.filter((page) => /Tiêu chí số \d+:/.test(textOf(page)))
    expect(withRows.length).toBeGreaterThan(2)
    for (const page of withRows) expect(textOf(page)).toContain('Điểm (%)')
    const whole = withRows.map((page) => [
      textOf(page).match(/Tiêu chí số \d+: cán bộ/g)?.length,
      textOf(page).match(/trả kết quả [\d–]/g)?.length,
    ])
    for (const [begun, ended] of whole) expect(ended).toBe(begun)
  })

  test('holds every text in order, every number as it was given', async () => {
    const { value } = await mammoth.extractRawText({ buffer: file })
    expect(
      value
        .split(/\n+/)
        .map((line) => line.replaceAll('\u00a0', ' ').trim())
        .filter(Boolean),
    ).toEqual(textsOf(longDocument))
  })

  test('has real headings, lists, tables and pictures with their alternative text', async () => {
    const { value } = await mammoth.convertToHtml({ buffer: file })
    expect(value.match(/<h1>.*?<\/h1>/g)).toHaveLength(5)
    expect(value).toMatch(/<h2>.*?1\. Mục đích<\/h2>/)
    expect(value).toMatch(/<h3>.*?a\) Bảng chữ cái<\/h3>/)
    expect(value.match(/<li>/g)).toHaveLength(2)
    expect(value.match(/<thead>/g)).toHaveLength(3)
    expect([...value.matchAll(/<img alt="([^"]+)"/g)].map(([, words]) => words)).toEqual([
      'Ba lĩnh vực đạt chỉ tiêu 90 %, đất đai chưa đạt, xây dựng chưa đủ căn cứ.',
      'Điểm tăng từ 84 % trong tháng 1 lên 95 % trong tháng 12; tháng 5 không có số liệu.',
    ])
  })

  test('marks what people must fill in, and nothing else', () => {
    const xml = strFromU8(part(file, 'word/document.xml'))
    const marked = [...xml.matchAll(/<w:highlight w:val="yellow"\/>.*?<w:t[^>]*>([^<]*)</g)].map(([, words]) => words)
    expect(marked).toEqual(['……', '…… tháng ……', '[cán bộ điền lý do]', '(Chữ ký, dấu; họ và tên người ký)'])
  })

  test('says its title and language to programs', () => {
    expect(strFromU8(part(file, 'docProps/core.xml'))).toContain(`<dc:title>BÁO CÁO ${longDocument.subject}</dc:title>`)
    expect(strFromU8(part(file, 'word/styles.xml'))).toMatch(/<w:lang [^>]*w:val="vi-VN"/)
  })

  test('is the same file for the same document, at any place of the world and after other documents', async () => {
    vi.stubEnv('TZ', 'America/New_York')
    expect(new Date(2026, 0, 1).getTimezoneOffset()).toBe(300)
    await drawWord(shortDocument)
    const again = await drawWord(structuredClone(longDocument))
    vi.stubEnv('TZ', 'Asia/Ho_Chi_Minh')
    const third = await drawWord(longDocument)
    expect(again.equals(file)).toBe(true)
    expect(third.equals(file)).toBe(true)
  })

  test('is another file for another number', async () => {
    const changed = structuredClone(longDocument)
    const block = changed.body.find((one) => one.kind === 'table')
    const cell = block?.kind === 'table' ? block.table.rows[0]?.[2] : undefined
    if (cell?.kind !== 'number') throw new Error('the fixture has no number')
    cell.value = 70.01
    expect((await drawWord(changed)).equals(file)).toBe(false)
  })
})

describe('a Word file', () => {
  test('opens whatever was typed into it', async () => {
    const typed = `Ý kiến \u0000\u000b<b>&"${alphabet.normalize('NFD')}\ud83d\u2028 ${khmer}\ufffe`
    const file = await drawWord({ ...shortDocument, body: [{ kind: 'paragraph', runs: [{ text: typed }] }] })
    const { value } = await mammoth.extractRawText({ buffer: file })
    expect(value).toContain(`<b>&"${alphabet}\ufffd  ${khmer}`)
    expect(convert(file, 'typed.docx', 'pdf').get('typed.pdf')?.subarray(0, 5).toString()).toBe('%PDF-')
  })

  test('of a short document is one page without a number, a committee alone as issuer', async () => {
    const pdf = convert(await drawWord(shortDocument), 'short.docx', 'pdf').get('short.pdf') as Buffer
    const pages = readPages(pdf)
    expect(pages).toHaveLength(1)
    expect(pages.map(numberOf)).toEqual([''])
    const left = pages[0]?.words
      .filter(({ right, top }) => right < 100 && top < 40)
      .map(({ text }) => text)
      .join(' ')
    expect(left).toContain('ỦY BAN NHÂN DÂN XÃ VĨNH THUẬN')
  })
})

const part = (file: Buffer, name: string): Uint8Array => {
  const bytes = unzipSync(file)[name]
  if (!bytes) throw new Error(`no ${name} in the file`)
  return bytes
}

/** What a reader of the document reads, line by line. */
function textsOf(document: ReportDocument): string[] {
  const { number, placeAndDate, recipients, signature } = document
  const join = (runs: { text: string }[]) => runs.map(({ text }) => text).join('')
  const texts = [
    ...[document.issuerAbove ?? '', document.issuer],
    ...['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'],
    ...[join(number), join(placeAndDate), document.type, document.subject],
    ...document.body.flatMap(textsOfBlock),
    ...['Nơi nhận:', ...listRecipients(recipients), signature.authority ?? '', signature.title],
    '(Chữ ký, dấu; họ và tên người ký)',
    ...document.appendices.flatMap(({ title, body }) => [title, ...body.flatMap(textsOfBlock)]),
  ]
  return texts.map((text) => text.replaceAll('\u00a0', ' ').trim()).filter(Boolean)
}

function textsOfBlock(block: Block): string[] {
  const join = (runs: { text: string }[]) => runs.map(({ text }) => text).join('')
  if (block.kind === 'heading') return [block.text]
  if (block.kind === 'paragraph') return [join(block.runs)]
  if (block.kind === 'list') return block.items.map(join)
  if (block.kind === 'chart') return [block.chart.caption]
  const { caption, columns, rows, note } = block.table
  const empty = rows.length === 0 ? ['Không có số liệu.'] : []
  return [
    caption,
    ...columns.map(({ title }) => title),
    ...rows.flatMap((row) => row.map(formatCell)),
    ...empty,
    note ?? '',
  ]
}
