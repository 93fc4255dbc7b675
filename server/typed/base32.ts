/** Crockford's base 32: no I, L, O, U, so that a code read aloud or typed from paper stays itself. */
export const base32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A character per byte, by its lowest five bits. */
export const writeBase32 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => base32.charAt(byte & 31)).join('')

/** The letters that are not in it, as what they are taken for. Expects capitals. */
export const foldBase32 = (typed: string): string => typed.replace(/O/g, '0').replace(/[IL]/g, '1')
