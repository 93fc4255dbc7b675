import { toKeptText } from './text.ts'

/**
 * A secret as it is hashed: the OpaqueString profile of RFC 8265, composed to NFC with every kind of space as ' '.
 * NFC and not NFKC, which would take ² for 2 and a full-width letter for a plain one: fewer passwords, and no keyboard
 * turns one into the other by itself.
 */
export function composeSecret(typed: string): string {
  return toKeptText(typed).replace(/\p{Zs}/gu, ' ')
}

/**
 * The spellings under which the same words may have been stored before secrets were composed, the present one first:
 * as sent, decomposed (macOS), and with the tone alone apart (the Vietnamese keyboard of Windows). ASCII has one.
 */
export function spellingsOf(typed: string): string[] {
  const composed = composeSecret(typed)
  const decomposed = composed.normalize('NFD')
  return [...new Set([composed, typed, decomposed, withTonesApart(decomposed)])]
}

/** ậ = â + U+0323: canonical order puts some tones before the circumflex, breve or horn and some behind. */
const withTonesApart = (decomposed: string): string =>
  decomposed.replace(
    /(\p{L})([\u0300\u0301\u0303\u0309\u0323]?)([\u0302\u0306\u031b])/gu,
    (_, letter: string, tone: string, shape: string) => (letter + shape).normalize('NFC') + tone,
  )
