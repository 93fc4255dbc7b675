import { parseCsv } from 'hucre/csv'
import { readXlsx } from 'hucre/xlsx'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { ReportDocument, Table } from '../../server/reports/contract.ts'
import { nameSheets } from '../../server/reports/sheet/names.ts'
import { drawWorkbook } from '../../server/reports/sheet/sheet.ts'
import {
  alphabet,
  emptyTable,
  khmer,
  longDocument,
  longTable,
  shortDocument,
  wideTable,
} from '../fixtures/reports/document.ts'
import { convert } from '../fixtures/reports/read-report.ts'

const names = [
  'Mục lục',
  'Bảng 1. Kết quả theo từng tiêu',
  'Bảng 2. Các đợt khảo sát',
  'Bảng 3. Điểm theo tháng của',
  'Toàn bộ số đếm',
]

describe('the workbook of a report', () => {
  let file: Buffer
  beforeAll(async () => {
    file = await drawWorkbook(longDocument)
  })

  test('has a sheet for each table and further sheet, after a list of them', async () => {
    const book = await readXlsx(file, { readStyles: true })
    expect(book.sheets.map(({ name }) => name)).toEqual(names)
    const rows = book.sheets[0]?.rows ?? []
    expect(rows[0]).toEqual(expect.arrayContaining([`BÁO CÁO ${longDocument.subject}`]))
    expect(rows.flat()).toEqual(expect.arrayContaining(['Từ 01/01/2026 đến 31/12/2026', 'a3f1'.repeat(16)]))
    expect(rows.map(([first]) => first).slice(-4)).toEqual(names.slice(1))
    expect(rows.at(-4)?.slice(0, 3)).toEqual([names[1], longTable.caption, 60])
  })

  test('holds values as values: numbers, dates, text, nothing', async () => {
    const book = await readXlsx(file, { readStyles: true })
    for (const [index, table] of [longTable, emptyTable, wideTable, longTable].entries()) {
      const rows = book.sheets[index + 1]?.rows ?? []
      expect(rows[0]).toEqual(table.columns.map(({ title }) => title))
      expect(rows.slice(1).map((row) => table.columns.map((_, column) => row[column] ?? null))).toEqual(valuesOf(table))
    }
  })

  test('is read by the office program as it was written', () => {
    const sheets = convert(
      file,
      'book.xlsx',
      'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1',
    )
    const rows = readCsv(sheets.get(`book-${names[1]}.csv`))
    expect(rows).toHaveLength(61)
    rows.slice(1).forEach((row, index) => {
      const [number, words, score, count, day] = valuesOf(longTable)[index] ?? []
      expect([Number(row[0]), row[1], Number(row[3])]).toEqual([number, words, count])
      if (score === null) expect(row[2]).toBe('')
      else expect(Number(row[2])).toBeCloseTo(score as number, 9)
      const [month, date, year] = (row[4] ?? '').split('/')
      expect(`${year}-${month}-${date}`).toBe((day as Date).toISOString().slice(0, 10))
    })
  })

  test('shows two places, thousands and days as Vietnamese readers write them, its header frozen and bold', async () => {
    const sheet = (await readXlsx(file, { readStyles: true })).sheets[1]
    const styleOf = (place: string) => sheet?.cells?.get(place)?.style
    expect(['1,2', '1,3', '1,4'].map((place) => styleOf(place)?.numFmt)).toEqual(['#,##0.00', '#,##0', 'dd/mm/yyyy'])
    expect(styleOf('0,1')?.font?.bold).toBe(true)
    expect(sheet?.freezePane?.rows).toBe(1)
    const widths = sheet?.columns?.map(({ width }) => width ?? 0) ?? []
    expect(widths[1]).toBeGreaterThan(3 * (widths[0] ?? 0))
  })

  test('is the same file for the same document', async () => {
    vi.useFakeTimers({ now: new Date('2031-05-05T05:05:05Z'), toFake: ['Date'] })
    const again = await drawWorkbook(structuredClone(longDocument))
    vi.useRealTimers()
    expect(again.equals(file)).toBe(true)
    expect((await drawWorkbook({ ...longDocument, subject: 'Khác' })).equals(file)).toBe(false)
  })
})

describe('a workbook', () => {
  test('keeps every letter, and text that looks like a formula stays text', async () => {
    const texts = ['=1+1', '+84', '-5', '@a', alphabet, khmer, `a\u0000b${alphabet.normalize('NFD')}`]
    const rows = texts.map((text): Table['rows'][number] => [{ kind: 'text', text }])
    const table = { ...emptyTable, columns: emptyTable.columns.slice(0, 1), rows }
    const book = await drawWorkbook(withTable(table))
    const written = (await readXlsx(book)).sheets[1]?.rows.slice(1).flat()
    expect(written).toEqual([...texts.slice(0, -1), `a b${alphabet}`])
    const csv = convert(
      book,
      'book.xlsx',
      'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,2',
    )
    expect(
      readCsv([...csv.values()][0])
        .slice(1)
        .flat(),
    ).toEqual(written)
  })

  test('of a report without tables has its list only', async () => {
    expect((await readXlsx(await drawWorkbook(shortDocument))).sheets.map(({ name }) => name)).toEqual(['Mục lục'])
  })
})

describe('names of sheets', () => {
  test.each([
    [
      ['Bảng', 'BẢNG', 'bảng'],
      ['Bảng', 'BẢNG (2)', 'bảng (3)'],
    ],
    [['a/b:c*[d]?\\'], ['a b c d']],
    [
      ['', "''", 'History'],
      ['Bảng', 'Bảng (2)', 'Bảng (3)'],
    ],
    [
      ['x'.repeat(40), 'x'.repeat(40)],
      ['x'.repeat(31), `${'x'.repeat(27)} (2)`],
    ],
    [['Bảng 1. Kết quả theo từng tiêu chí'], ['Bảng 1. Kết quả theo từng tiêu']],
  ])('%j are %j', (captions, expected) => {
    expect(nameSheets(captions)).toEqual(expected)
    for (const name of expected) expect(name.length).toBeLessThanOrEqual(31)
  })
})

const valuesOf = ({ rows }: Table) =>
  rows.map((row) =>
    row.map((cell) => {
      if (cell.kind === 'text') return cell.text
      return cell.kind === 'date' ? new Date(`${cell.day}T00:00:00Z`) : cell.value
    }),
  )

const readCsv = (file: Buffer | undefined): string[][] => {
  if (!file) throw new Error('the office program wrote no such sheet')
  return parseCsv(file.toString('utf8'), { delimiter: ',' }).map((row) => row.map(String))
}

const withTable = (table: Table): ReportDocument => ({ ...shortDocument, body: [{ kind: 'table', table }] })
