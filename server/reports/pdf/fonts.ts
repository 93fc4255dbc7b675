import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { registerFonts } from '../../posters/fonts.ts'
import { splitRuns } from '../../posters/text.ts'
import type { MeasureText, TextStyle } from '../table-rules.ts'

export type FontName = keyof typeof fontFiles

/** Tinos has the widths of Times New Roman: what is measured here fits in Word too. */
const fontFiles = {
  'serif-regular': '@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf',
  'serif-bold': '@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf',
  'serif-italic': '@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf',
  'serif-bold-italic': '@expo-google-fonts/tinos/700Bold_Italic/Tinos_700Bold_Italic.ttf',
  'khmer-regular': '@expo-google-fonts/noto-sans-khmer/400Regular/NotoSansKhmer_400Regular.ttf',
  'khmer-bold': '@expo-google-fonts/noto-sans-khmer/700Bold/NotoSansKhmer_700Bold.ttf',
} as const

export const registerReportFonts = (doc: PDFKit.PDFDocument): void => registerFonts(doc, fontFiles)

/** Paths of the fonts, for programs that read the files themselves. */
export const listFontPaths = (): string[] => {
  const { resolve } = createRequire(import.meta.url)
  return Object.values(fontFiles).map((file) => resolve(file))
}

/** Parts of a text by script: Khmer letters have their own font, without an italic. */
export const splitScripts = (text: string): { text: string; isKhmer: boolean }[] =>
  splitRuns(text, 'regular').map((run) => ({ text: run.text, isKhmer: run.font === 'khmer-regular' }))

export function fontOf({ bold, italic }: Omit<TextStyle, 'size'>, isKhmer: boolean): FontName {
  if (isKhmer) return bold ? 'khmer-bold' : 'khmer-regular'
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
  return splitScripts(text).reduce(
    (width, part) => width + doc.font(fontOf(style, part.isKhmer)).fontSize(style.size).widthOfString(part.text),
    0,
  )
}

function openMeasuring(): PDFKit.PDFDocument {
  // No standard font: pdfkit would look for its metrics beside the bundle.
  const doc = new PDFDocument({ autoFirstPage: false, font: '' })
  registerReportFonts(doc)
  return doc
}
