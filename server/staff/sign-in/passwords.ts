import { randomInt } from 'node:crypto'
import { composeSecret, spellingsOf } from '../../typed/secret.ts'

/** Argon2id with the library's defaults (19 MiB, 2 passes: OWASP's second recommendation), of the composed words. */
export const hashPassword = async (password: string): Promise<string> =>
  (await loadArgon2()).hash(composeSecret(password))

/** A native library with 19 MiB of working memory: with the first password, not with the start. */
const loadArgon2 = () => import('@node-rs/argon2')

/**
 * Whether it is the password. `outdated` where the hash was made of another spelling of the same words: it is made
 * anew then, by renewPassword. Takes as long for an unknown user as for a known one.
 */
export async function checkPassword(
  passwordHash: string | null | undefined,
  typed: string,
): Promise<{ right: boolean; outdated: boolean }> {
  const { verify } = await loadArgon2()
  decoy ??= hashPassword('no such account')
  // Waited for by whoever comes first, known or not.
  const substitute = await decoy
  const against = passwordHash ?? substitute
  for (const [at, spelling] of spellingsOf(typed).entries()) {
    if (await verify(against, spelling)) return { right: passwordHash != null, outdated: at > 0 }
  }
  return { right: false, outdated: false }
}

let decoy: Promise<string> | undefined

/** Without those that look alike. */
export const easyLetters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password to print once: 16 characters that nobody confuses, 79 bits. */
export function makePassword(): string {
  const characters = Array.from({ length: 16 }, () => easyLetters[randomInt(easyLetters.length)]).join('')
  return characters.replace(/(.{4})(?=.)/g, '$1-')
}
