import { createCipheriv, createDecipheriv, createHash, randomBytes, scryptSync } from 'node:crypto'
import { createReadStream, type PathLike } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { PassThrough, Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { composeSecret, spellingsOf } from '../../server/typed/secret.ts'

/** Not a backup, or not a whole and unchanged one: one sentence for the person at the keyboard. */
export class BackupRefused extends Error {}

/** A piece of the text of a backup: one letter says what it is, the rest are bytes as PostgreSQL gave them. */
export type Frame = { kind: FrameKind; bytes: Buffer }
/** Header, beginning of a table, rows, end of a table, end of everything. */
export type FrameKind = 'H' | 'T' | 'D' | 'N' | 'E'

const magic = 'YDAN-BACKUP 1'
/** "\nSHA256 ", 64 digits, "\n": over every byte before it. */
const trailerBytes = 73
const chunkBytes = 64 * 1024
const tagBytes = 16
/** OWASP's scrypt parameters: 32 MiB, so that guessing a passphrase costs something. */
const scryptCost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 }

/** Writes a file that appears under its name only when it is whole and on the disk. Returns its SHA-256 and size. */
export async function writeBackupFile(path: string, frames: AsyncIterable<Frame>, passphrase: string | null) {
  const part = `${path}.part`
  const salt = passphrase === null ? null : randomBytes(16)
  const file = await open(part, 'w', 0o600)
  try {
    const hash = createHash('sha256')
    const write = async (bytes: Buffer) => {
      hash.update(bytes)
      await file.writeFile(bytes)
    }
    await write(Buffer.from(`${magic} ${salt ? `scrypt ${salt.toString('hex')}` : 'plain'}\n`))
    await pipeline(
      Readable.from(packFrames(frames)),
      createGzip(),
      sealWith(passphrase, salt),
      async (bytes: AsyncIterable<Buffer>) => {
        for await (const chunk of bytes) await write(chunk)
      },
    )
    const sha256 = hash.digest('hex')
    await file.writeFile(`\nSHA256 ${sha256}\n`)
    await file.sync()
    await rename(part, path)
    return { sha256, bytes: (await file.stat()).size }
  } finally {
    await file.close()
    await rm(part, { force: true })
  }
}

/** The frames of a file whose checksum was verified first. */
export async function* readBackupFile(path: string, passphrase: string | null): AsyncGenerator<Frame> {
  const { salt, bodyFrom, bodyTo } = await verifyChecksum(path)
  if (salt && passphrase === null) throw new BackupRefused('Bản sao lưu này có mã hóa; xin đặt BACKUP_PASSPHRASE.')
  const source = createReadStream(path, { start: bodyFrom, end: bodyTo - 1 })
  const plain = createGunzip()
  const done = pipeline(source, openWith(passphrase, salt), plain)
  // Awaited below; a failure before that must not end the process as unhandled.
  done.catch(() => {})
  try {
    yield* unpackFrames(plain)
    await done
  } catch (error) {
    if (error instanceof BackupRefused) throw error
    throw new BackupRefused(salt ? wrongPassphrase : notWhole, { cause: error })
  }
}

const notWhole = 'Tệp sao lưu không nguyên vẹn (bị cắt ngắn hoặc bị sửa); không có gì được khôi phục.'
const wrongPassphrase = 'Mật khẩu của bản sao lưu không đúng; không có gì được khôi phục.'

async function verifyChecksum(path: string) {
  const { size } = await stat(path).catch((error: unknown) => {
    throw new BackupRefused(`Không mở được tệp ${path}.`, { cause: error })
  })
  const head = /^YDAN-BACKUP 1 (?:plain|scrypt ([0-9a-f]{32}))\n/.exec(await readText(path, 0, Math.min(size, 80)))
  if (!head) throw new BackupRefused('Tệp này không phải bản sao lưu của Ý Dân, hoặc của một phiên bản mới hơn.')
  const bodyTo = size - trailerBytes
  if (bodyTo <= head[0].length) throw new BackupRefused(notWhole)
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { end: bodyTo - 1 })) hash.update(chunk as Buffer)
  const trailer = await readText(path, bodyTo, trailerBytes)
  if (trailer !== `\nSHA256 ${hash.digest('hex')}\n`) throw new BackupRefused(notWhole)
  return { salt: head[1] ? Buffer.from(head[1], 'hex') : null, bodyFrom: head[0].length, bodyTo }
}

async function readText(path: PathLike, start: number, length: number): Promise<string> {
  let text = ''
  for await (const chunk of createReadStream(path, { start, end: start + length - 1, encoding: 'latin1' }))
    text += chunk
  return text
}

/** Letter, length, bytes. */
async function* packFrames(frames: AsyncIterable<Frame>): AsyncGenerator<Buffer> {
  for await (const { kind, bytes } of frames) {
    const head = Buffer.alloc(5)
    head.write(kind, 'latin1')
    head.writeUInt32BE(bytes.length, 1)
    yield head
    yield bytes
  }
}

async function* unpackFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0)
  let last = ''
  for await (const chunk of source) {
    rest = rest.length ? Buffer.concat([rest, chunk]) : chunk
    while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32BE(1)) {
      const end = 5 + rest.readUInt32BE(1)
      last = rest.toString('latin1', 0, 1)
      yield { kind: last as FrameKind, bytes: rest.subarray(5, end) }
      rest = rest.subarray(end)
    }
  }
  if (rest.length > 0 || last !== 'E') throw new BackupRefused(notWhole)
}

/** Chunks in order, each authenticated with its number and whether it is the last: none can be left out or moved. */
function sealWith(passphrase: string | null, salt: Buffer | null): Transform {
  if (passphrase === null || !salt) return new PassThrough()
  const key = keyOf(composeSecret(passphrase), salt)
  return inChunks(chunkBytes, (bytes, number, isLast) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, isLast))
    const hidden = Buffer.concat([cipher.update(bytes), cipher.final()])
    return Buffer.concat([hidden, cipher.getAuthTag()])
  })
}

function openWith(passphrase: string | null, salt: Buffer | null): Transform {
  if (passphrase === null || !salt) return new PassThrough()
  let key: Buffer | undefined
  return inChunks(chunkBytes + tagBytes, (bytes, number, isLast) => {
    const nonce = nonceOf(number, isLast)
    // Backups made before passphrases were composed were locked with one spelling of the words: the first chunk tells.
    key ??= spellingsOf(passphrase)
      .map((spelling) => keyOf(spelling, salt))
      .find((one) => canOpen(one, nonce, bytes))
    if (!key) throw new BackupRefused(wrongPassphrase)
    return openChunk(key, nonce, bytes)
  })
}

const keyOf = (passphrase: string, salt: Buffer): Buffer => scryptSync(passphrase, salt, 32, scryptCost)

function canOpen(key: Buffer, nonce: Buffer, bytes: Buffer): boolean {
  try {
    return openChunk(key, nonce, bytes).length >= 0
  } catch {
    return false
  }
}

function openChunk(key: Buffer, nonce: Buffer, bytes: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()])
}

/** The key is of this file alone (fresh salt), so a counter never repeats under it. */
function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt8(isLast ? 1 : 0, 0)
  nonce.writeUInt32BE(number, 8)
  return nonce
}

/** Cuts a stream into chunks of one size and a last one that may be shorter. */
function inChunks(size: number, turn: (bytes: Buffer, number: number, isLast: boolean) => Buffer): Transform {
  let waiting: Buffer[] = []
  let length = 0
  let number = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      waiting.push(chunk)
      length += chunk.length
      try {
        // One byte is always held back: only the end tells which chunk is the last.
        while (length > size) {
          const all = Buffer.concat(waiting)
          this.push(turn(all.subarray(0, size), number++, false))
          waiting = [all.subarray(size)]
          length -= size
        }
        next()
      } catch (error) {
        next(error as Error)
      }
    },
    flush(done) {
      try {
        this.push(turn(Buffer.concat(waiting), number, true))
        done()
      } catch (error) {
        done(error as Error)
      }
    },
  })
}
