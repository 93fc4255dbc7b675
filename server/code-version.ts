import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type CodeVersion = { version: string; codeVersion: string }

/** The version of package.json, and what git called the sources when they were built. */
export function readCodeVersion(): CodeVersion {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  const built = join(folder, 'dist', 'code-version')
  const described = existsSync(built) ? readFileSync(built, 'utf8').trim() : ''
  return { version, codeVersion: described || version }
}
