import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Area, Piece } from '../../server/posters/blocks.ts'
import {
  layoutPoster,
  openDocument,
  type PosterPlace,
  type PosterSize,
  writePosters,
} from '../../server/posters/poster.ts'
import { addressOfPlace, quietModules } from '../../server/qr.ts'
import { posterWords } from '../../web/posters/messages.ts'
import { decodeGrey, type Grey } from '../fixtures/files/decode-qr.ts'
import { dpi, rasterise, readText } from '../fixtures/reports/read-pdf.ts'

const plain = { trial: false, demo: false }
const sizes: PosterSize[] = ['a4', 'a5', 'slip']

const counter: PosterPlace = {
  code: 'K7Q2X',
  name: { vi: 'Quầy 2 · Đất đai, xây dựng', en: 'Counter 2 · Land, construction', km: 'បញ្ជរ 2 · ដីធ្លី សំណង់' },
  agency: {
    vi: 'Trung tâm Phục vụ hành chính công',
    en: 'Public Administration Service Center',
    km: 'មជ្ឈមណ្ឌលសេវារដ្ឋបាលសាធារណៈ',
  },
  address: addressOfPlace('https://ydan.vinhthuan.angiang.gov.vn', 'K7Q2X', false),
}
const station: PosterPlace = {
  code: 'KHAMBENH',
  name: { vi: 'Khám bệnh', en: 'Medical consultation', km: 'ការពិនិត្យជំងឺ' },
  agency: { vi: 'Trạm Y tế', en: 'Health Station', km: 'ស្ថានីយ៍សុខាភិបាល' },
  address: addressOfPlace('http://192.168.1.20:3000', 'KHAMBENH', true),
}
/** The longest names an administrator can write, with the tallest letters of both scripts. */
const longest: PosterPlace = {
  code: 'ABCDEFGHJK',
  name: {
    vi: 'Quầy tiếp nhận và trả kết quả giải quyết thủ tục hành chính lĩnh vực đất đai, xây dựng, đầu tư, Ẩm thực và Nghiễm Ặt Ệ',
    en: 'Counter for receiving dossiers and returning results of procedures in land, construction, investment and other fields',
    km: 'បញ្ជរទទួល និងប្រគល់លទ្ធផលដោះស្រាយនីតិវិធីរដ្ឋបាលក្នុងវិស័យដីធ្លី សំណង់ វិនិយោគ និងកិច្ចការផ្សេងទៀតរបស់ឃុំ',
  },
  agency: {
    vi: 'Trung tâm Cung ứng dịch vụ sự nghiệp công và Phục vụ hành chính công của xã ở vùng đồng bằng',
    en: 'Center for the Supply of Public Services and Public Administration of a commune in the delta',
    km: 'មជ្ឈមណ្ឌលផ្គត់ផ្គង់សេវាសាធារណៈ និងបម្រើរដ្ឋបាលសាធារណៈនៃឃុំក្នុងតំបន់ទំនាប',
  },
  address: addressOfPlace(`https://lay-y-kien.${'hanhchinhcong.'.repeat(3)}angiang.gov.vn`, 'ABCDEFGHJK', false),
}

describe('a printed poster', () => {
  test.each(sizes.flatMap((size) => [counter, station, longest].map((place) => [size, place.code, place] as const)))(
    'on %s opens the page of %s when it is scanned',
    async (size, _code, place) => {
      const pdf = await writePosters([place], { size, trial: true, demo: true })
      expect(decodeGrey(rasterise(pdf, 1))).toBe(place.address)
    },
  )

  test('is still read from the paper when a sixth of the symbol is covered', async () => {
    const page = rasterise(await writePosters([counter], { size: 'a4', ...plain }), 1)
    const { x, y, width, modules } = findSymbol('a4', counter)
    const module = (width / modules.length / 25.4) * dpi
    paint(page, (x / 25.4) * dpi, (y / 25.4) * dpi + 8 * module, 13 * module, 14 * module)
    expect(decodeGrey(page)).toBe(counter.address)
  })

  test('has a page for each place, in their order', async () => {
    const pdf = await writePosters([station, counter, longest], { size: 'a5', ...plain })
    expect([1, 2, 3].map((number) => decodeGrey(rasterise(pdf, number)))).toEqual(
      [station, counter, longest].map((place) => place.address),
    )
  })

  test.each(sizes)('on %s keeps the quiet zone of the symbol white', async (size) => {
    const page = rasterise(await writePosters([longest], { size, trial: true, demo: true }), 1)
    const symbol = findSymbol(size, longest, { trial: true, demo: true })
    const pixel = (size === 'a5' ? 148 / 210 : 1) * (dpi / 25.4)
    expect(countDark(page, grow(symbol, pixel), grow(withQuietZone(symbol), pixel))).toBe(0)
  })

  test.each(sizes)('on %s says whom one rates, the code and the address as text', async (size) => {
    const text = readText(await writePosters([counter], { size, ...plain }))
    for (const part of [
      counter.agency.vi,
      counter.name.vi,
      counter.code,
      counter.address,
      posterWords.vi.invitation,
      posterWords.en.invitation,
    ])
      expect(text).toContain(part)
  })

  test('speaks Khmer in the order of its letters', async () => {
    const pdf = await writePosters([counter], { size: 'a4', ...plain })
    for (const spoken of [posterWords.km.invitation, posterWords.km.instruction]) {
      const utf16 = Buffer.from(`\ufeff${spoken}`, 'utf16le').swap16()
      expect(pdf.includes(utf16)).toBe(true)
    }
  })

  test('is marked as a trial or as invented data only when it is', async () => {
    const marksOf = async (marks: { trial: boolean; demo: boolean }) => {
      const text = readText(await writePosters([counter], { size: 'a4', ...marks }))
      return ['BẢN THỬ', 'DỮ LIỆU MẪU'].filter((mark) => text.includes(mark))
    }
    expect(await marksOf(plain)).toEqual([])
    expect(await marksOf({ trial: true, demo: false })).toEqual(['BẢN THỬ'])
    expect(await marksOf({ trial: false, demo: true })).toEqual(['DỮ LIỆU MẪU'])
    expect(await marksOf({ trial: true, demo: true })).toEqual(['BẢN THỬ', 'DỮ LIỆU MẪU'])
  })

  test.each(sizes)('on %s is the same file for the same places', async (size) => {
    const [first, second] = [
      await writePosters([counter, longest], { size, ...plain }),
      await writePosters([counter, longest], { size, ...plain }),
    ]
    expect(first.equals(second)).toBe(true)
  })
})

describe('the layout of a poster', () => {
  const doc = openDocument()

  test.each(sizes)('on %s holds the longest names without touching anything', (size) => {
    for (const marks of [plain, { trial: true, demo: true }]) checkLayout(layoutPoster(doc, longest, size, marks))
  })

  test('holds any names', () => {
    const word = fc.oneof(
      fc.constantFrom('Quầy', 'Ẩm', 'Nghiễm', 'Ặt', '·', 'ឃុំ', 'ដោះស្រាយនីតិវិធីរដ្ឋបាល', 'W'.repeat(60)),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    )
    const name = fc.array(word, { minLength: 1, maxLength: 20 }).map((words) => words.join(' ').slice(0, 120) || 'Quầy')
    const text = fc.record({ vi: name, en: name, km: name })
    const marks = fc.record({ trial: fc.boolean(), demo: fc.boolean() })
    fc.assert(
      fc.property(text, text, marks, fc.constantFrom(...sizes), (agency, placeName, shown, size) => {
        checkLayout(layoutPoster(doc, { ...counter, agency, name: placeName }, size, shown))
      }),
      { numRuns: 40 },
    )
  })

  test('shapes Khmer whatever was written before it', () => {
    const width = (text: string) => doc.font('khmer-regular').fontSize(100).widthOfString(text)
    expect(width('ទើ')).toBeGreaterThan(width('ទ'))
    expect(width('ទី')).toBe(width('ទ'))
    expect(width('ឃុំ')).toBe(width('ឃ'))
  })
})

function findSymbol(size: PosterSize, place: PosterPlace, marks = plain) {
  const symbol = layoutPoster(openDocument(), place, size, marks).pieces.find((piece) => piece.kind === 'qr')
  if (symbol?.kind !== 'qr') throw new Error('the poster has no symbol')
  return symbol
}

function withQuietZone(symbol: Extract<Piece, { kind: 'qr' }>): Area {
  const quiet = (quietModules * symbol.width) / symbol.modules.length
  return {
    x: symbol.x - quiet,
    y: symbol.y - quiet,
    width: symbol.width + 2 * quiet,
    height: symbol.height + 2 * quiet,
  }
}

/** Everything within the page, every line within its text, no two things in one place, the quiet zone free. */
function checkLayout(page: { width: number; height: number; pieces: Piece[] }): void {
  const shown = page.pieces.filter((piece) => piece.kind === 'text' || piece.kind === 'qr' || piece.kind === 'face')
  for (const piece of shown) {
    expect(piece.x >= 3 && piece.y >= 3 && piece.x + piece.width <= page.width - 3).toBe(true)
    expect(piece.y + piece.height).toBeLessThanOrEqual(page.height - 3)
    if (piece.kind !== 'text') continue
    for (const line of piece.paragraph.lines) expect(line.width).toBeLessThanOrEqual(piece.width + 0.001)
    for (const line of piece.paragraph.lines) expect(line.text).not.toMatch(/^\p{M}/u)
  }
  const areas = shown.map((piece) => (piece.kind === 'qr' ? withQuietZone(piece) : piece))
  const touching = areas.flatMap((one, index) => areas.slice(index + 1).filter((other) => meet(one, other)))
  expect(touching).toEqual([])
}

function meet(a: Area, b: Area): boolean {
  const tolerance = 0.001
  return (
    a.x + a.width > b.x + tolerance &&
    b.x + b.width > a.x + tolerance &&
    a.y + a.height > b.y + tolerance &&
    b.y + b.height > a.y + tolerance
  )
}

function grow(area: Area, factor: number): Area {
  return { x: area.x * factor, y: area.y * factor, width: area.width * factor, height: area.height * factor }
}

/** Dark pixels between the two areas; the pixel an edge runs through belongs to neither. */
function countDark(page: Grey, inner: Area, outer: Area): number {
  const within = (x: number, y: number, area: Area, edge: number) =>
    x > area.x - edge && x < area.x + area.width + edge && y > area.y - edge && y < area.y + area.height + edge
  let dark = 0
  for (let y = 0; y < page.height; y++)
    for (let x = 0; x < page.width; x++)
      if (within(x, y, outer, -2) && !within(x, y, inner, 2) && (page.pixels[y * page.width + x] ?? 0) < 250) dark++
  return dark
}

function paint(page: Grey, left: number, top: number, width: number, height: number): void {
  for (let y = Math.round(top); y < top + height; y++)
    page.pixels.fill(255, y * page.width + Math.round(left), y * page.width + Math.round(left + width))
}
