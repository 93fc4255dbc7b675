// npm run backup: one file with everything, made while the server runs. Options: --out, --keep, --passphrase-file, --with-key.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { writeBackup } from '../db/backup/backup.ts'
import { readConfig } from '../server/config.ts'
import { readCheckpoint } from '../server/ledger/note-rules.ts'
import { loadSealingKey } from '../server/staff/sealing.ts'
import { readArguments, readPassphrase } from './command/arguments.ts'
import { withDatabase } from './command/with-database.ts'

const namePattern = /^y-dan-\d{8}-\d{6}\.ydb$/

async function main(): Promise<void> {
  const found = readArguments(process.argv.slice(2))
  const passphrase = readPassphrase(found)
  if (found.has('with-key') && passphrase === null)
    throw new Error('--with-key chỉ dùng cùng mật khẩu của bản sao lưu (BACKUP_PASSPHRASE hoặc --passphrase-file).')
  const at = new Date().toISOString()
  const path = placeOf(found.get('out') || './data-backup', at)
  const config = readConfig(process.env)
  const done = await withDatabase((connection) =>
    writeBackup(connection, path, {
      at,
      passphrase,
      product: readProduct(),
      contactKey: found.has('with-key')
        ? loadSealingKey(config.contactKey, resolve(config.dataDir)).toString('hex')
        : null,
    }),
  )
  const removed = removeOlder(path, Number(found.get('keep') || 0))
  const megabytes = (done.bytes / 1e6).toLocaleString('vi-VN', { maximumFractionDigits: 1 })
  console.log(
    `Đã sao lưu ${done.responses.toLocaleString('vi-VN')} phiếu vào ${path} (${megabytes} MB${passphrase ? ', có mã hóa' : ''}). SHA-256: ${done.sha256}`,
  )
  const ledger = readCheckpoint(done.checkpoint ?? '')
  if (ledger)
    console.log(`Sổ cái ${ledger.origin}: ${ledger.size.toLocaleString('vi-VN')} dòng, mã gốc ${ledger.root}.`)
  if (removed > 0) console.log(`Đã xóa ${removed} bản sao lưu cũ hơn.`)
  if (!found.has('with-key'))
    console.log(
      'Khóa mở số điện thoại và mã xác thực hai lớp không nằm trong bản này; xin cất riêng contact.key, ledger.key và ledger.last trong DATA_DIR.',
    )
}

/** A folder gets a file named by the time; anything that ends in .ydb is the file itself. */
function placeOf(out: string, at: string): string {
  if (out.endsWith('.ydb')) return resolve(out)
  mkdirSync(out, { recursive: true })
  return join(resolve(out), `y-dan-${at.slice(0, 10).replaceAll('-', '')}-${at.slice(11, 19).replaceAll(':', '')}.ydb`)
}

/** Keeps the newest of this folder's backups; touches files of that name only. */
function removeOlder(path: string, keep: number): number {
  if (!Number.isInteger(keep) || keep < 1) return 0
  const folder = join(path, '..')
  const names = readdirSync(folder).filter((name) => namePattern.test(name) && statSync(join(folder, name)).isFile())
  const older = names.sort().reverse().slice(keep)
  for (const name of older) rmSync(join(folder, name))
  return older.length
}

const readProduct = () =>
  (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version

main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
