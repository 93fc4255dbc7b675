import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCheckpoint, readSigner, type Signer, writeSigner } from './note-rules.ts'

/** What the ledger keeps outside the database: the key that signs, and the newest checkpoint it has shown anybody. */
export type Vault = {
  /** The key to sign with, anew each time: a rotation beside the running server takes effect at once. */
  signer(): Signer
  /** The newest checkpoint ever signed here, '' before the first. */
  remembered(): string
  remember(checkpoint: string): void
  /** Puts a new key in the place of the old one, which is kept beside it; false where the setting holds it and a person must change that. */
  replace(key: string): boolean
}

/** The key of the settings, or the one in the data folder, made on the first start and readable by this user only. */
export function openVault(setting: string | null, dataDir: string, publicUrl: string | null): Vault {
  const paths = { key: join(dataDir, 'ledger.key'), last: join(dataDir, 'ledger.last') }
  const given = setting === null ? null : readSigner(setting)
  if (setting !== null && !given)
    throw new Error('LEDGER_KEY không đúng dạng PRIVATE+KEY+…; xin lấy lại từ nơi đã cất.')
  if (!given) makeKey(dataDir, paths.key, publicUrl)
  return {
    signer: () => given ?? readKey(paths.key),
    remembered: () => readOr(paths.last, ''),
    remember: (checkpoint) => {
      if (isNewer(checkpoint, readOr(paths.last, ''))) replaceFile(paths.last, checkpoint, 0o644)
    },
    replace: (key) => {
      if (given) return false
      replaceFile(`${paths.key}.old`, readOr(paths.key, ''), 0o600)
      replaceFile(paths.key, `${key}\n`, 0o600)
      return true
    },
  }
}

/** Of two processes the slower one must not put the older checkpoint back. */
function isNewer(checkpoint: string, kept: string): boolean {
  const [now, before] = [readCheckpoint(checkpoint), readCheckpoint(kept)]
  return !before || !now || now.origin !== before.origin || now.size > before.size
}

/** A name that stays: the public address at the first start, or one made up; later changes of the address do not touch it. */
export const originOf = (publicUrl: string | null): string =>
  `${publicUrl ? new URL(publicUrl).host : `y-dan-${randomBytes(6).toString('hex')}.invalid`}/so-cai`

export const makeKeyText = (origin: string): string => writeSigner(origin, randomBytes(32))

function makeKey(dataDir: string, path: string, publicUrl: string | null): void {
  try {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(path, `${makeKeyText(originOf(publicUrl))}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new Error(`Không ghi được tệp khóa ${path}; xin cho quyền ghi, hoặc đặt LEDGER_KEY.`, { cause: error })
  }
}

function readKey(path: string): Signer {
  const signer = readSigner(readOr(path, ''))
  if (signer) return signer
  throw new Error(`Tệp khóa ${path} không đọc được; xin lấy lại từ bản cất riêng, hoặc đặt LEDGER_KEY.`)
}

function readOr(path: string, fallback: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return fallback
    throw error
  }
}

/** Never half a file: a power cut leaves the old one or the new one. */
function replaceFile(path: string, text: string, mode: number): void {
  const part = `${path}.${process.pid}.part`
  try {
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(part, text, { mode, flush: true })
    renameSync(part, path)
  } finally {
    rmSync(part, { force: true })
  }
}

/** For tests and trials: nothing outlives the process. */
export function openPassingVault(key: string = makeKeyText('thu.invalid/so-cai')): Vault {
  let current = readSigner(key) as Signer
  let last = ''
  return {
    signer: () => current,
    remembered: () => last,
    remember: (checkpoint) => {
      last = checkpoint
    },
    replace: (next) => {
      current = readSigner(next) as Signer
      return true
    },
  }
}
