/**
 * What no text keeps: C0 and C1 controls except tab and line feed, noncharacters (Unicode 23.7), halves of surrogate
 * pairs, marks that reorder lines (embeddings, overrides, isolates: no Vietnamese, English or Khmer needs them) and
 * tags (U+E0000…E007F, invisible). U+200B stays: Khmer parts its words with it.
 */
const unkept =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]|\p{Noncharacter_Code_Point}|\p{Surrogate}/gu

/** CR LF, CR, NEL, line and paragraph separator, and what Word makes of Shift+Enter and of a new page (VT, FF). */
const lineEnd = /\r\n|[\r\v\f\u0085\u2028\u2029]/g

/**
 * Text as it is judged and stored: composed (NFC), lines parted by \n alone, without what PostgreSQL, XML or a reader
 * cannot keep. Every limit counts what this returns. Idempotent. Spaces at the ends stay.
 */
export function toKeptText(typed: string): string {
  if (/^[ -~]*$/.test(typed)) return typed
  return typed.replace(lineEnd, '\n').replace(unkept, '').normalize('NFC')
}

/** The same on one line, for names, titles and codes: breaks, tabs and runs of spaces are one space, none at the ends. */
export function toOneLine(typed: string): string {
  return toKeptText(typed).replace(/\s+/g, ' ').trim()
}

/**
 * Left as sent by `toKeptTexts`: a secret is composed where it is compared, so that one stored before that rule still
 * opens its account; a questionnaire typed as JSON has its own rule for line ends inside quotation marks.
 */
const asSent = new Set(['password', 'repeated', 'current', 'definition'])

/** Deeper than any form or body of ours; what lies below is refused by the schemas anyway. */
const deepest = 20

/** Every text inside a parsed form, query or JSON body, as `toKeptText` leaves it; names of members stay. */
export function toKeptTexts(value: unknown): unknown {
  return mapTexts(value, toKeptText)
}

/** A value with each of its texts turned, whatever it is made of. */
export function mapTexts(value: unknown, turn: (text: string) => string, depth = 0): unknown {
  if (typeof value === 'string') return turn(value)
  if (typeof value !== 'object' || value === null || depth > deepest) return value
  if (Array.isArray(value)) return value.map((inner) => mapTexts(inner, turn, depth + 1))
  const members = Object.entries(value).map(([name, inner]) => [
    name,
    depth === 0 && asSent.has(name) ? inner : mapTexts(inner, turn, depth + 1),
  ])
  return Object.fromEntries(members)
}
