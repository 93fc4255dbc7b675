import { createRequire } from 'node:module'
import { type Coverage, splitByFont } from '../../posters/font-rules.ts'
import { readCoverage, registerFonts, type SymbolFamily, symbolFamilies, symbolFiles } from '../../posters/fonts.ts'
import { makeDocument } from '../../posters/pdfkit.ts'
import type { MeasureText, TextStyle } from '../table-rules.ts'

/** Which font writes a run: the report's own letters, Khmer, or a font of signs. */
export type Family = 'serif' | 'khmer' | SymbolFamily
export type FontName = keyof typeof fontFiles

/** Tinos has the widths of Times New Roman: what is measured here fits in Word too. */
const fontFiles = {
  'serif-regular': '@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf',
  'serif-bold': '@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf',
  'serif-italic': '@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf',
  'serif-bold-italic': '@expo-google-fonts/tinos/700Bold_Italic/Tinos_700Bold_Italic.ttf',
  'khmer-regular': '@expo-google-fonts/noto-sans-khmer/400Regular/NotoSansKhmer_400Regular.ttf',
  'khmer-bold': '@expo-google-fonts/noto-sans-khmer/700Bold/NotoSansKhmer_700Bold.ttf',
  ...symbolFiles,
} as const

export const registerReportFonts = (doc: PDFKit.PDFDocument): void => registerFonts(doc, fontFiles)

let coverage: Coverage<Family>[] | undefined

/** What the reports' fonts have, in the order they are asked. */
export function reportCoverage(): Coverage<Family>[] {
  coverage ??= readCoverage<Family>(['serif', 'khmer', ...symbolFamilies], fontFiles, (family) => fontOf({}, family))
  return coverage
}

/** Paths of the fonts of these families, for programs that read the files themselves. */
export function listFontPaths(families: Family[]): string[] {
  const { resolve } = createRequire(import.meta.url)
  const names = Object.keys(fontFiles) as FontName[]
  const isUsed = (name: FontName) => families.some((family) => name === family || name.startsWith(`${family}-`))
  return names.filter(isUsed).map((name) => resolve(fontFiles[name]))
}

/** Runs of one font: Khmer letters have their own, without an italic; signs theirs, of one weight. */
export const splitFamilies = (text: string): { text: string; family: Family }[] => splitByFont(text, reportCoverage())

export function fontOf({ bold, italic }: Omit<TextStyle, 'size'>, family: Family): FontName {
  if (family === 'khmer') return bold ? 'khmer-bold' : 'khmer-regular'
  if (family !== 'serif') return family
  if (bold) return italic ? 'serif-bold-italic' : 'serif-bold'
  return italic ? 'serif-italic' : 'serif-regular'
}

/** Lines as wide as their words allow; a longer word stands alone in its own. At least one line. */
export function wrapWords(text: string, width: number, style: TextStyle): string[] {
  const [first = '', ...words] = text.split(' ')
  const lines = [first]
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`
    if (measureText(longer, style) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

let measuring: PDFKit.PDFDocument | undefined

/** Measures with the printed fonts; they are opened once, which takes a tenth of a second. */
export const measureText: MeasureText = (text, style) => {
  measuring ??= openMeasuring()
  const doc = measuring
  return splitFamilies(text).reduce(
    (width, part) => width + doc.font(fontOf(style, part.family)).fontSize(style.size).widthOfString(part.text),
    0,
  )
}

function openMeasuring(): PDFKit.PDFDocument {
  // No standard font: pdfkit would look for its metrics beside the bundle.
  const doc = makeDocument({ autoFirstPage: false, font: '' })
  registerReportFonts(doc)
  return doc
}
