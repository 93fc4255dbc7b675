import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Keeps texts so that a copy of the database alone cannot read them: shared secrets, telephone numbers. */
export type Sealing = {
  /** The purpose names what is sealed and whose; the text opens for the same purpose only. */
  seal(text: string, purpose: string): string
  /** Null when it was sealed with another key, for another purpose, or was changed. */
  open(sealed: string, purpose: string): string | null
}

const nonceBytes = 12
const tagBytes = 16

/** AES-256-GCM; a sealed text is base64 of nonce, ciphertext and tag. */
export function createSealing(key: Buffer): Sealing {
  return {
    seal: (text, purpose) => {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(purpose))
      const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, hidden, cipher.getAuthTag()]).toString('base64')
    },
    open: (sealed, purpose) => {
      const bytes = Buffer.from(sealed, 'base64')
      if (bytes.length < nonceBytes + tagBytes) return null
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
        .setAAD(Buffer.from(purpose))
        .setAuthTag(bytes.subarray(-tagBytes))
      try {
        return decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
      } catch {
        // Sealed with another key, or changed: the caller's ordinary outcome.
        return null
      }
    },
  }
}

/** The key of the settings, or the one in the data folder, made on the first start and readable by this user only. */
export function loadSealingKey(setting: string | null, dataDir: string): Buffer {
  if (setting) return Buffer.from(setting, 'hex')
  const path = join(dataDir, 'contact.key')
  try {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(path, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new Error(`Không ghi được tệp khóa ${path}; xin cho quyền ghi, hoặc đặt CONTACT_KEY.`, { cause: error })
  }
  const kept = readFileSync(path, 'utf8').trim()
  if (/^[0-9a-f]{64}$/i.test(kept)) return Buffer.from(kept, 'hex')
  throw new Error(`Tệp khóa ${path} không đọc được; xin lấy lại từ bản sao lưu, hoặc đặt CONTACT_KEY.`)
}
