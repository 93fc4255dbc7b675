import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** Argon2id with the library's defaults (19 MiB, 2 passes: OWASP's second recommendation). */
export const hashPassword = (password: string): Promise<string> => hash(password)

/** Takes as long for an unknown user as for a known one. */
export async function isPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  const right = await verify(passwordHash ?? (await decoy), password)
  return right && passwordHash != null
}

const decoy = hashPassword('no such account')

/** Without those that look alike. */
export const easyLetters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password to print once: 16 characters that nobody confuses, 79 bits. */
export function makePassword(): string {
  const characters = Array.from({ length: 16 }, () => easyLetters[randomInt(easyLetters.length)]).join('')
  return characters.replace(/(.{4})(?=.)/g, '$1-')
}
