import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { composeSecret, spellingsOf } from '../../typed/secret.ts'

/** Argon2id with the library's defaults (19 MiB, 2 passes: OWASP's second recommendation), of the composed words. */
export const hashPassword = (password: string): Promise<string> => hash(composeSecret(password))

/**
 * Whether it is the password. `outdated` where the hash was made of another spelling of the same words: it is made
 * anew then, by renewPassword. Takes as long for an unknown user as for a known one.
 */
export async function checkPassword(
  passwordHash: string | null | undefined,
  typed: string,
): Promise<{ right: boolean; outdated: boolean }> {
  const against = passwordHash ?? (await decoy)
  for (const [at, spelling] of spellingsOf(typed).entries()) {
    if (await verify(against, spelling)) return { right: passwordHash != null, outdated: at > 0 }
  }
  return { right: false, outdated: false }
}

const decoy = hashPassword('no such account')

/** Without those that look alike. */
export const easyLetters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password to print once: 16 characters that nobody confuses, 79 bits. */
export function makePassword(): string {
  const characters = Array.from({ length: 16 }, () => easyLetters[randomInt(easyLetters.length)]).join('')
  return characters.replace(/(.{4})(?=.)/g, '$1-')
}
