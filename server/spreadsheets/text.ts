import { parseCsv } from 'hucre/csv'

/** The cells of a CSV in any usual encoding and with any usual separator; null where it is no text. */
export function readText(bytes: Buffer): string[][] | null {
  const text = decode(bytes)
  if (text.includes('\u0000')) return null
  // Excel writes and reads a first line that names the separator.
  const named = /^sep=(.)\r?\n/i.exec(text)
  const body = named ? text.slice(named[0].length) : text
  const rows = parseCsv(body, { delimiter: named?.[1] ?? findDelimiter(body) }).map((row) => row.map(String))
  return named ? [[''], ...rows] : rows
}

/** The separator that most lines have equally often: titles and thousands have commas of their own. */
function findDelimiter(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r?\n|\r/)
    .filter((line) => line.trim())
  const scores = [',', ';', '\t', '|'].map((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1).filter((count) => count > 0)
    const alike = counts.map((count) => counts.filter((other) => other === count).length)
    const best = Math.max(0, ...alike)
    return { delimiter, best, width: counts[alike.indexOf(best)] ?? 0 }
  })
  return scores.sort((a, b) => b.best - a.best || b.width - a.width)[0]?.delimiter ?? ','
}

/** UTF-8 and UTF-16 with or without a mark, otherwise the old Vietnamese code page of Windows. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const head = bytes.subarray(0, 1000)
  const zeros = (odd: number) => head.filter((byte, index) => index % 2 === odd && byte === 0).length
  if (zeros(1) > head.length / 8) return new TextDecoder('utf-16le').decode(bytes)
  if (zeros(0) > head.length / 8) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1258').decode(bytes)
  }
}

/**
 * Text typed in the fonts from before Unicode (.VnTime, VNI-Times): their letters are other characters here. “đ” is ®
 * in TCVN3, “ñ” in VNI, which Vietnamese never has otherwise.
 */
export const isOldFont = (text: string): boolean =>
  (text.match(/\p{L}®|®\p{L}|\p{L}[µ¸¶·¹¬­]|[§]\p{L}/gu)?.length ?? 0) >= 2 ||
  (text.match(/[ñÑ]\p{L}|\p{L}[øùûõï](?=[\p{L}\s]|$)/gu)?.length ?? 0) >= 4
