import { createRequire } from 'node:module'
import type { Coverage } from './font-rules.ts'
import { makeDocument } from './pdfkit.ts'

export type Weight = 'regular' | 'bold'
/** Signs have one weight; `letters` writes what the poster's own letters lack: №, Greek, Cyrillic. */
export type SymbolFamily = keyof typeof symbolFiles
export type Family = 'latin' | 'khmer' | 'letters' | SymbolFamily
export type FontName = `${'latin' | 'khmer' | 'letters'}-${Weight}` | SymbolFamily

/** Fonts of signs, in the order they are asked: boxes and numbers in rings, ticks and stars, mathematics, faces. */
export const symbolFiles = {
  symbols: '@expo-google-fonts/noto-sans-symbols/400Regular/NotoSansSymbols_400Regular.ttf',
  dingbats: '@expo-google-fonts/noto-sans-symbols-2/400Regular/NotoSansSymbols2_400Regular.ttf',
  mathematics: '@expo-google-fonts/noto-sans-math/400Regular/NotoSansMath_400Regular.ttf',
  emoji: '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
} as const
export const symbolFamilies = Object.keys(symbolFiles) as SymbolFamily[]

/** TrueType files: pdfkit embeds the letters a document uses. */
const fontFiles: Record<FontName, string> = {
  'latin-regular': '@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf',
  'latin-bold': '@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf',
  'khmer-regular': '@expo-google-fonts/noto-sans-khmer/400Regular/NotoSansKhmer_400Regular.ttf',
  'khmer-bold': '@expo-google-fonts/noto-sans-khmer/700Bold/NotoSansKhmer_700Bold.ttf',
  'letters-regular': '@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf',
  'letters-bold': '@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf',
  ...symbolFiles,
}

export const nameFont = (family: Family, weight: Weight): FontName =>
  family === 'latin' || family === 'khmer' || family === 'letters' ? `${family}-${weight}` : family

let coverage: Coverage<Family>[] | undefined

/** What the posters' fonts have, in the order they are asked. */
export function posterCoverage(): Coverage<Family>[] {
  const families: Family[] = ['latin', 'khmer', ...symbolFamilies, 'letters']
  coverage ??= readCoverage(families, fontFiles, (family) => nameFont(family, 'regular'))
  return coverage
}

/** Opens the fonts once to ask which letters they have. */
export function readCoverage<F extends string>(
  families: F[],
  files: Record<string, string>,
  nameOf: (family: F) => string,
): Coverage<F>[] {
  // No standard font: pdfkit would look for its metrics beside the bundle.
  const doc = makeDocument({ autoFirstPage: false, font: '' })
  registerFonts(doc, files)
  return families.map((family) => {
    const { font } = (doc.font(nameOf(family)) as unknown as OpenFont)._font
    const known = new Set(font.characterSet)
    return { family, has: (codePoint) => known.has(codePoint) }
  })
}

/** The fonts are found beside the running file, as source or as a bundle. */
export function registerFonts(doc: PDFKit.PDFDocument, files: Record<string, string> = fontFiles): void {
  const { resolve } = createRequire(import.meta.url)
  for (const [name, file] of Object.entries(files)) {
    doc.registerFont(name, resolve(file))
    const { font } = (doc.font(name) as unknown as OpenFont)._font
    passEmptyAnchors(font)
    if (name.startsWith('khmer')) nameKhmerGlyphs(font)
  }
}

type MarkRecord = { markAnchor: object | null }
type MarkPlacer = { applyAnchor(mark: MarkRecord, base: object | null, index: number): void }
type Font = {
  characterSet: number[]
  _layoutEngine: { engine: { GPOSProcessor: MarkPlacer | null } }
  glyphForCodePoint(codePoint: number): unknown
}
type OpenFont = { _font: { font: Font } }

/**
 * A mark may have no anchor on a letter and then stays where it is; fontkit 2.0.4 throws there, at words as
 * common as ឃុំ, commune (foliojs/fontkit#367).
 */
function passEmptyAnchors(font: Font): void {
  const placer = font._layoutEngine.engine.GPOSProcessor
  if (!placer) return
  const applyAnchor = placer.applyAnchor.bind(placer)
  placer.applyAnchor = (mark, base, index) => {
    if (mark.markAnchor && base) applyAnchor(mark, base, index)
  }
}

/**
 * fontkit 2.0.4 remembers a glyph with the letter it first stood for. The vowel ើ borrows the glyph of ី, and every
 * ី after it would be drawn as ើ: so each Khmer letter takes its own glyph first.
 */
function nameKhmerGlyphs(font: Font): void {
  for (let codePoint = 0x1780; codePoint <= 0x17ff; codePoint++) font.glyphForCodePoint(codePoint)
}
