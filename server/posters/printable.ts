import { type Coverage, findMissing, nameLetter } from './font-rules.ts'
import { posterCoverage } from './fonts.ts'

type Problem = { path: string; message: string }

/** What of these fields no font on paper has: one sentence a field, naming the first three characters. */
export function problemsOfPrint(
  fields: Record<string, string | undefined>,
  fonts: Coverage<string>[] = posterCoverage(),
): Problem[] {
  return Object.entries(fields).flatMap(([path, text]) => {
    const message = describeUnprintable(text ?? '', fonts)
    return message ? [{ path, message }] : []
  })
}

/** "Không in được chữ “中” (U+4E2D); xin bỏ hoặc viết cách khác."; null where everything can be printed. */
export function describeUnprintable(text: string, fonts: Coverage<string>[] = posterCoverage()): string | null {
  const missing = findMissing(text, fonts)
  if (missing.length === 0) return null
  const named = missing.slice(0, 3).map((letter) => `“${letter}” (${nameLetter(letter)})`)
  const more = missing.length > named.length ? ` và ${missing.length - named.length} chữ khác` : ''
  return `Không in được chữ ${named.join(', ')}${more}; xin bỏ hoặc viết cách khác.`
}
