import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Block, ReportDocument, Table } from '../../server/reports/contract.ts'
import { measureText } from '../../server/reports/pdf/fonts.ts'
import { breakLines } from '../../server/reports/pdf/lines.ts'
import { drawPdf } from '../../server/reports/pdf/pdf.ts'
import { layoutColumns } from '../../server/reports/table-rules.ts'
import { alphabet, khmer, longDocument, shortDocument } from '../fixtures/reports/document.ts'
import { findOutside, numberOf, type Page, readFonts, readPages, textOf } from '../fixtures/reports/read-report.ts'

describe('a report as PDF', () => {
  let file: Buffer
  let pages: Page[]
  let text: string
  beforeAll(async () => {
    file = await drawPdf(longDocument)
    pages = readPages(file)
    text = pages.map(textOf).join(' ')
  })

  test('is upright A4 with the wide appendix across', () => {
    expect(pages.map(({ width, height }) => `${Math.round(width)} × ${Math.round(height)}`)).toEqual([
      ...Array.from({ length: pages.length - 2 }, () => '210 × 297'),
      ...['297 × 210', '210 × 297'],
    ])
  })

  test('keeps the margins of the decree', () => {
    expect(pages.flatMap(findOutside)).toEqual([])
    expect(Math.min(...pages.flatMap(({ words }) => words.map(({ left }) => left)))).toBeCloseTo(30, 0)
  })

  test('numbers its pages at the top from the second on', () => {
    expect(pages.map(numberOf)).toEqual(['', ...pages.slice(1).map((_, index) => String(index + 2))])
  })

  test('carries the letters it uses and says which they are', () => {
    const fonts = readFonts(file)
    expect(fonts.map(({ name }) => name).sort()).toEqual(
      ['NotoSansKhmer-Regular', 'Tinos-Bold', 'Tinos-BoldItalic', 'Tinos-Italic', 'Tinos-Regular'].sort(),
    )
    expect(fonts.every(({ embedded, hasUnicode }) => embedded && hasUnicode)).toBe(true)
  })

  test('reads as it was written: every letter with every tone, words apart', () => {
    expect(text).toContain(alphabet)
    for (const run of longDocument.body.flatMap(runsOf)) {
      if (!/\p{Script=Khmer}/u.test(run)) expect(text).toContain(run.replaceAll('\u00a0', ' ').trim())
    }
  })

  test('prints numbers with a decimal comma and a dash where there is none', () => {
    for (const row of ['1 Tiêu chí số 1:', '70,33', '2.003', '15/12/2026', '–']) expect(text).toContain(row)
  })

  test('repeats the header of a table on each of its pages', () => {
    const withRows = pages.filter((page) => /Tiêu chí số \d+:/.test(textOf(page)))
    expect(withRows.length).toBeGreaterThan(2)
    for (const page of withRows) expect(textOf(page)).toContain('STT')
  })

  test('speaks: language, title, headings to jump to, tables, alternative texts, Khmer in the order of its letters', () => {
    const raw = file.toString('latin1')
    for (const tag of ['/H1', '/H2', '/H3', '/LI', '/Table', '/TR', '/TH', '/TD', '/Figure']) {
      expect(raw).toMatch(new RegExp(`/S ${tag}\\b`))
    }
    expect(raw).toMatch(/\/Lang \(vi-VN\)/)
    const spoken = ['Ba lĩnh vực đạt chỉ tiêu 90 %', 'I. KHÁI QUÁT', longDocument.subject, khmer]
    for (const words of spoken) expect(raw).toContain(writtenAs(words))
  })

  test('is the same file for the same document, and another for another one', async () => {
    await drawPdf(shortDocument)
    expect((await drawPdf(structuredClone(longDocument))).equals(file)).toBe(true)
    expect((await drawPdf({ ...longDocument, subject: 'Khác' })).equals(file)).toBe(false)
  })
})

describe('a PDF', () => {
  test('shows decomposed letters composed and survives whatever was typed', async () => {
    const typed = `${alphabet.normalize('NFD')} \u0007\ud83d 😀 ${'dài'.repeat(300)}`
    const pages = await readDocument({ body: [{ kind: 'paragraph', runs: [{ text: typed }] }] })
    expect(pages.map(textOf).join(' ')).toContain(alphabet)
    expect(pages.flatMap(findOutside)).toEqual([])
  })

  test('goes on with a row that is higher than a page', async () => {
    const words = Array.from({ length: 900 }, (_, index) => `từ${index}`)
    const rows: Table['rows'] = [
      [
        { kind: 'text', text: words.join(' ') },
        { kind: 'number', value: 1, decimals: 0 },
      ],
    ]
    const table: Table = { ...twoColumns, rows }
    const pages = await readDocument({ body: [{ kind: 'table', table }] })
    const text = pages.map(textOf).join(' ')
    expect(pages.length).toBeGreaterThan(1)
    expect(pages.flatMap(findOutside)).toEqual([])
    for (const word of words) expect(text).toContain(word)
  })

  test('keeps the signature together and a heading with its text wherever they fall', async () => {
    for (let count = 18; count < 26; count++) {
      const line: Block = { kind: 'paragraph', runs: [{ text: 'Dòng.' }] }
      const body: Block[] = [
        ...Array.from({ length: count }, () => line),
        { kind: 'heading', level: 1, text: 'ĐẦU MỤC' },
        line,
      ]
      const pages = await readDocument({ body, recipients: ['Một', 'Hai'] })
      const [heading, signature, recipients] = ['ĐẦU', 'TỊCH', 'nhận:'].map((word) =>
        pages.findIndex(({ words }) => words.some((one) => one.text === word)),
      )
      expect(recipients).toBe(signature)
      const page = pages[heading ?? 0]?.words ?? []
      expect(page.findLastIndex(({ text }) => text === 'Dòng.')).toBeGreaterThan(
        page.findIndex(({ text }) => text === 'ĐẦU'),
      )
    }
  })
})

describe('lines', () => {
  const word = fc.oneof(
    fc.constantFrom('Nghiễm', 'Ặt', 'a', 'ឃុំ', khmer, 'W'.repeat(90), '12\u00a0%', '–'),
    fc.string({ unit: 'grapheme', maxLength: 9 }).map((one) => one.replace(/[\s\u200b]/g, '')),
  )
  const run = fc.record({ text: fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')), bold: fc.boolean() })

  test('are never wider than their column and lose no letter', () => {
    fc.assert(
      fc.property(fc.array(run, { maxLength: 6 }), fc.integer({ min: 60, max: 480 }), (runs, width) => {
        const lines = breakLines(runs, { size: 14 }, { width, firstIndent: 36 }, measureText)
        lines.forEach((line, index) => {
          // A single word may stand in a first line that is too short for it.
          const room = index === 0 && line.atoms.length > 1 ? width - 36 : width
          expect(line.width).toBeLessThanOrEqual(room + 0.02)
        })
        const written = lines.flatMap(({ atoms }) => atoms.flatMap(({ parts }) => parts.map((part) => part.text)))
        expect(written.join('')).toBe(
          runs
            .map((one) => one.text)
            .join('')
            .replaceAll(' ', ''),
        )
      }),
      { numRuns: 150 },
    )
  })
})

describe('columns', () => {
  test('fill the width and break no ordinary word', () => {
    const title = fc.constantFrom('STT', 'Lĩnh vực', 'Mức độ hài lòng chung', 'Số phiếu hợp lệ', 'Khoảng tin cậy 95 %')
    const column = fc.record({ title, align: fc.constant('left' as const), width: fc.integer({ min: 1, max: 9 }) })
    fc.assert(
      fc.property(fc.array(column, { minLength: 1, maxLength: 12 }), (columns) => {
        const { size, widths } = layoutColumns({ id: 'a', caption: 'A', columns, rows: [] }, 467, measureText)
        expect(widths.reduce((sum, one) => sum + one, 0)).toBeCloseTo(467, 6)
        columns.forEach(({ title: words }, index) => {
          const longest = Math.max(...words.split(' ').map((one) => measureText(one, { size, bold: true })))
          expect(widths[index]).toBeGreaterThanOrEqual(longest + 8)
        })
      }),
    )
  })

  test('follow the widths wished for where words allow', () => {
    const { widths } = layoutColumns({ ...twoColumns, rows: [] }, 400, measureText)
    expect(widths).toEqual([300, 100])
  })
})

const twoColumns: Omit<Table, 'rows'> = {
  id: 'two',
  caption: 'Bảng',
  columns: [
    { title: 'Ý kiến', align: 'left', width: 3 },
    { title: 'Số lượt', align: 'right', width: 1 },
  ],
}

const runsOf = (block: Block): string[] => {
  if (block.kind === 'heading') return [block.text]
  if (block.kind === 'paragraph') return [block.runs.map(({ text }) => text).join('')]
  if (block.kind === 'list') return block.items.map((runs) => runs.map(({ text }) => text).join(''))
  return [block.kind === 'chart' ? block.chart.caption : block.table.caption]
}

/** A text as it stands in a file: UTF-16, brackets and strokes among its bytes escaped. */
const writtenAs = (words: string): string =>
  Buffer.from(words, 'utf16le')
    .swap16()
    .toString('latin1')
    .replace(/[()\\]/g, '\\$&')

const readDocument = async (change: Partial<ReportDocument>): Promise<Page[]> =>
  readPages(await drawPdf({ ...shortDocument, ...change }))
