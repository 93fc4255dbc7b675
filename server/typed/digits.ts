/** Marks nobody sees: soft hyphen, zero-width spaces and joiners, direction marks, word joiner, byte-order mark. */
const invisible =
  /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|\p{Variation_Selector}/u
const dash = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/u
const space = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/u
const digit = /\p{Nd}/u

/**
 * A number as typed on any keyboard, in ASCII: decimal digits of every script (Khmer, full-width, Arabic, Thai …),
 * dashes and minus signs as '-', wide and no-break spaces as ' ', full-width forms plain, invisible marks left out.
 */
export function toPlainDigits(typed: string): string {
  return readPlain(typed).plain
}

/** The same, with the place in the typed text of every UTF-16 unit of `plain`, and its end as the last one. */
export function readPlain(typed: string): { plain: string; places: number[] } {
  let plain = ''
  const places: number[] = []
  let place = 0
  for (const character of typed) {
    const written = plainOf(character)
    for (let unit = 0; unit < written.length; unit += 1) places.push(place + (written === character ? unit : 0))
    plain += written
    place += character.length
  }
  places.push(place)
  return { plain, places }
}

function plainOf(character: string): string {
  const point = character.codePointAt(0) as number
  if (point < 0x80) return character
  if (invisible.test(character)) return ''
  if (digit.test(character)) return String(digitAt(point))
  if (dash.test(character)) return '-'
  if (space.test(character)) return ' '
  return point > 0xff00 && point < 0xff5f ? String.fromCharCode(point - 0xfee0) : character
}

/** Unicode keeps each script's decimal digits in one unbroken row that begins with zero (4.6, Numeric_Type=Decimal). */
function digitAt(point: number): number {
  let before = 0
  while (digit.test(String.fromCodePoint(point - before - 1))) before += 1
  return before % 10
}
