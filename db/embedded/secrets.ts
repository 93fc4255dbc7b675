import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseRefused } from './refused.ts'

/** Passwords of the two roles. Base64url, so they stand in SQL text without quoting. */
export type Secrets = { superuser: string; application: string }

export function readSecrets(dataDir: string): Secrets | undefined {
  const file = locateSecrets(dataDir)
  const text = readOwn(file)
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch (cause) {
    throw new DatabaseRefused(`Tệp ${file} bị hỏng: hãy xóa nó rồi khởi động lại để tạo mật khẩu mới.`, { cause })
  }
}

/** Of several processes that create the file at once, all get the passwords of the first. */
export function createSecrets(dataDir: string): Secrets {
  const file = locateSecrets(dataDir)
  const draft = `${file}.${process.pid}`
  const secrets: Secrets = { superuser: makePassword(), application: makePassword() }
  writeFileSync(draft, JSON.stringify(secrets), { mode: 0o600, flush: true })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  rmSync(draft)
  return readSecrets(dataDir) ?? secrets
}

/** Reads a file that belongs to whoever first started the database; undefined where there is none. */
export function readOwn(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    if (!['EACCES', 'EPERM'].includes(code)) throw cause
    const sentence = `Không có quyền đọc ${file}: hãy chạy bằng đúng người dùng đã khởi động Ý Dân lần đầu.`
    throw new DatabaseRefused(sentence, { cause })
  }
}

const locateSecrets = (dataDir: string) => join(dataDir, 'database.json')
const makePassword = () => randomBytes(24).toString('base64url')
