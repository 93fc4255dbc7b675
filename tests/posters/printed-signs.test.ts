import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { everyday, findMissing, spellMissing, splitByFont } from '../../server/posters/font-rules.ts'
import { posterCoverage } from '../../server/posters/fonts.ts'
import { openDocument, type PosterPlace, type PosterSize, writePosters } from '../../server/posters/poster.ts'
import { toPlainSymbols } from '../../server/posters/symbol-rules.ts'
import { drawPicture } from '../../server/reports/charts/chart.ts'
import type { Block, Chart } from '../../server/reports/contract.ts'
import { layOutPage } from '../../server/reports/page-blocks.ts'
import { fontOf, registerReportFonts, reportCoverage, splitFamilies } from '../../server/reports/pdf/fonts.ts'
import { drawPdf } from '../../server/reports/pdf/pdf.ts'
import { countEmptyGlyphs } from '../fixtures/files/empty-glyphs.ts'
import { alphabet, intervals, khmer, shortDocument } from '../fixtures/reports/document.ts'
import { readText } from '../fixtures/reports/read-pdf.ts'

/** What people type, paste from Word and pick from a telephone's keyboard. */
const signs = [
  ...'①②⑳❶➀☑☐☒✓✔✗✘ⅠⅡⅳ★☆✰😀👍🙏❤☎✉№→←↑↓⇒⇔➢➔➤•◦▪■□●○◆❖▲►≥≤≠≈±×÷√∞∑π°²³½⅔‰₫€™©®§¶†♥☺☹⚠ℹ🏠📞🇻',
  ...['👍🏻', '🇻🇳', '1️⃣', '☑️', '👨‍👩‍👧', '12\u201115', 'Я', 'Ω'],
]
const signLine = signs.join(' ')
const marked = 'Đạt \uf0fc, mục \uf0b7, mũi tên \uf0e0, ô \uf0fe, ô trống \uf0a8, bước \uf081'
const markedPlain = 'Đạt ✓, mục •, mũi tên →, ô ☑, ô trống □, bước ①'
const unknown = 'tên 中 và ก'

const paragraphs = (...texts: string[]): Block[] =>
  texts.flatMap((text) => [
    { kind: 'paragraph' as const, runs: [{ text }] },
    { kind: 'paragraph' as const, runs: [{ text, bold: true, italic: true }] },
  ])
const placeNamed = (name: string): PosterPlace => {
  const text = { vi: name, en: name, km: name }
  return { code: 'K7Q2X', name: text, agency: text, address: 'https://ydan.example.vn/s/K7Q2X' }
}
const chartOf = (label: string): Chart => ({
  ...intervals,
  points: [{ label, score: 90, lower: 85, upper: 95, responses: 100 }],
})

describe('a report as PDF', () => {
  test('draws every sign people type and no box, in every weight', async () => {
    const chart: Block = { kind: 'chart', chart: chartOf(signLine.slice(0, 90)) }
    const file = await drawPdf({ ...shortDocument, body: [...paragraphs(signLine, marked, alphabet, khmer), chart] })
    expect(countEmptyGlyphs(file)).toBe(0)
    const text = readText(file)
    // Eyes cannot tell a modifier from the sign it is drawn into, nor can the reader.
    for (const sign of signs.filter((one) => [...one].length === 1)) expect(text).toContain(sign)
    expect(text).toContain(markedPlain)
    expect(text).toContain(alphabet)
  })

  test('names what no font has instead of a box', async () => {
    const file = await drawPdf({ ...shortDocument, body: paragraphs(unknown) })
    expect(countEmptyGlyphs(file)).toBe(0)
    expect(readText(file)).toContain('tên [U+4E2D] và [U+0E01]')
  })

  test('of today’s code would fail where a glyph is missing: the counter sees boxes', async () => {
    const doc = openDocument()
    const pieces: Buffer[] = []
    doc.on('data', (piece: Buffer) => pieces.push(piece))
    const ended = new Promise((resolve) => doc.on('end', resolve))
    doc.addPage()
    doc.font('latin-regular').text('Chữ 中')
    doc.end()
    await ended
    expect(countEmptyGlyphs(Buffer.concat(pieces))).toBe(1)
  })
})

test('the page and Word show Word’s own signs as people saw them', () => {
  const page = layOutPage({ ...shortDocument, body: paragraphs(marked) })
  expect(JSON.stringify(page.body)).toContain(markedPlain)
  expect(toPlainSymbols('\uf0b7\ue000')).toBe('•\ue000')
})

test.each<PosterSize>(['a4', 'a5', 'slip'])('a poster on %s loses no sign of a name and draws no box', async (size) => {
  const name = `Quầy №2 → ① ☑ ✓ Ⅱ ★ 😀 \uf0b7 中`
  const file = await writePosters([placeNamed(name)], { size, trial: true, demo: true })
  expect(countEmptyGlyphs(file)).toBe(0)
  expect(readText(file)).toContain('Quầy №2 → ① ☑ ✓ Ⅱ ★ 😀 • [U+4E2D]')
})

describe('a chart as a picture', () => {
  test('draws each sign as itself: no two alike, as boxes would be', () => {
    const shown = ['①', '☑', '✓', 'Ⅱ', '★', '😀', '№', '→', '⇒', '•', '🇻🇳', 'ឃុំ', 'x']
    const pictures = shown.map((sign) => drawPicture(chartOf(sign)).png.toString('base64'))
    expect(new Set(pictures).size).toBe(shown.length)
    const empty = drawPicture(chartOf('')).png.toString('base64')
    expect(pictures).not.toContain(empty)
  })

  test('keeps a mixed line whole, its spaces too', () => {
    const widest = 'a ☑ ឃុំ ★ b'
    const lines = [widest, 'a ☑ ឃុំ ★ ', ' ☑ ឃុំ ★ b'].map((label) => drawPicture(chartOf(label)).png.length)
    expect(new Set(lines).size).toBe(3)
  })
})

describe('runs of one font', () => {
  test('lose no character whatever is typed', () => {
    const typed = fc.string({ unit: fc.oneof(fc.constantFrom(...signs, 'ឃុំ', 'ẵ', '\u200d', '\ufe0f'), fc.string()) })
    fc.assert(
      fc.property(typed, (text) => {
        for (const fonts of [posterCoverage(), reportCoverage()]) {
          expect(
            splitByFont(text, fonts)
              .map((run) => run.text)
              .join(''),
          ).toBe(text)
          expect(findMissing(spellMissing(text, fonts), fonts)).toEqual([])
        }
      }),
    )
  })

  test('leave Vietnamese and Khmer words whole, with every mark on its letter', () => {
    expect(splitFamilies(alphabet)).toEqual([{ text: alphabet, family: 'serif' }])
    expect(splitFamilies(alphabet.normalize('NFD')).map(({ family }) => family)).toEqual(['serif'])
    expect(splitFamilies(khmer)).toEqual([{ text: khmer, family: 'khmer' }])
    expect(splitFamilies('ឃុំ\u200cស្ដី').length).toBe(1)
  })

  test('are drawn with glyphs their font has', () => {
    const doc = openDocument()
    registerReportFonts(doc)
    for (const { text, family } of splitFamilies(`${signLine} ${khmer} ${alphabet}`)) {
      for (const style of [{}, { bold: true }, { bold: true, italic: true }]) {
        const { font } = (doc.font(fontOf(style, family)) as unknown as { _font: { font: Shaper } })._font
        expect(font.layout(text).glyphs.filter(({ id }) => id === 0)).toEqual([])
      }
    }
  })

  test('of everyday letters need no search: each text font has them in every weight', () => {
    const { openSync } = createRequire(import.meta.url)('fontkit') as { openSync(path: string): Shaper }
    const { resolve } = createRequire(import.meta.url)
    const names = ['Tinos_400Regular', 'Tinos_700Bold', 'Tinos_400Regular_Italic', 'Tinos_700Bold_Italic']
    const tinos = names.map((name) => `@expo-google-fonts/tinos/${name.replace('Tinos_', '')}/${name}.ttf`)
    const poster = ['400Regular', '700Bold'].map(
      (name) => `@expo-google-fonts/be-vietnam-pro/${name}/BeVietnamPro_${name}.ttf`,
    )
    const letters = Array.from({ length: 0x3000 }, (_, code) => code).filter((code) =>
      everyday.test(String.fromCharCode(code)),
    )
    expect(letters.length).toBeGreaterThan(250)
    for (const file of [...tinos, ...poster]) {
      const has = new Set(openSync(resolve(file)).characterSet)
      expect([file, letters.filter((code) => !has.has(code))]).toEqual([file, []])
    }
  })
})

type Shaper = { characterSet: number[]; layout(text: string): { glyphs: { id: number }[] } }
