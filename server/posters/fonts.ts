import { createRequire } from 'node:module'

export type Weight = 'regular' | 'bold'
export type FontName = `${'latin' | 'khmer'}-${Weight}`

/** TrueType files: pdfkit embeds the letters a document uses. */
const fontFiles: Record<FontName, string> = {
  'latin-regular': '@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf',
  'latin-bold': '@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf',
  'khmer-regular': '@expo-google-fonts/noto-sans-khmer/400Regular/NotoSansKhmer_400Regular.ttf',
  'khmer-bold': '@expo-google-fonts/noto-sans-khmer/700Bold/NotoSansKhmer_700Bold.ttf',
}

/** The fonts are found beside the running file, as source or as a bundle. */
export function registerFonts(doc: PDFKit.PDFDocument, files: Record<string, string> = fontFiles): void {
  const { resolve } = createRequire(import.meta.url)
  for (const [name, file] of Object.entries(files)) {
    doc.registerFont(name, resolve(file))
    const { font } = (doc.font(name) as unknown as OpenFont)._font
    passEmptyAnchors(font)
    nameKhmerGlyphs(font)
  }
}

type MarkRecord = { markAnchor: object | null }
type MarkPlacer = { applyAnchor(mark: MarkRecord, base: object | null, index: number): void }
type Font = {
  _layoutEngine: { engine: { GPOSProcessor: MarkPlacer } }
  glyphForCodePoint(codePoint: number): unknown
}
type OpenFont = { _font: { font: Font } }

/**
 * A mark may have no anchor on a letter and then stays where it is; fontkit 2.0.4 throws there, at words as
 * common as ឃុំ, commune (foliojs/fontkit#367).
 */
function passEmptyAnchors(font: Font): void {
  const placer = font._layoutEngine.engine.GPOSProcessor
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
