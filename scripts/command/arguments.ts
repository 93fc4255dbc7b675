import { readFileSync } from 'node:fs'

/** `--name value` or `--name` of a command line; what stands alone is under ''. */
export function readArguments(given: string[]): Map<string, string> {
  const found = new Map<string, string>()
  for (let at = 0; at < given.length; at += 1) {
    const word = given[at] as string
    if (!word.startsWith('--')) found.set('', word)
    else if (given[at + 1] && !given[at + 1]?.startsWith('--')) found.set(word.slice(2), given[++at] as string)
    else found.set(word.slice(2), '')
  }
  return found
}

/** From a file, or from BACKUP_PASSPHRASE: never from the command line, which others can read. */
export function readPassphrase(found: Map<string, string>): string | null {
  const file = found.get('passphrase-file')
  const text = file ? readFileSync(file, 'utf8').trim() : process.env.BACKUP_PASSPHRASE?.trim()
  return text || null
}
