// npm run restore -- <file>: loads a backup into an empty DATA_DIR or DATABASE_URL, recounts, and says what was verified.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { BackupRefused } from '../db/backup/file.ts'
import { restoreBackup, verifyBackup } from '../db/backup/restore.ts'
import { openDatabase } from '../db/client.ts'
import { rebuildTallies } from '../db/respond/rebuild.ts'
import { planVersion } from '../server/catalogue/draw-rules.ts'
import { readConfig } from '../server/config.ts'
import { addToCells, keyOfCell } from '../server/tallies/rules.ts'
import { readArguments, readPassphrase } from './command/arguments.ts'
import { remakeReports } from './command/restore-reports.ts'
import { withDatabase } from './command/with-database.ts'

async function main(): Promise<void> {
  const found = readArguments(process.argv.slice(2))
  const path = found.get('')
  if (!path) throw new BackupRefused('Xin ghi tên tệp: npm run restore -- y-dan-….ydb')
  const passphrase = readPassphrase(found)
  const config = readConfig(process.env)
  if (!config.databaseUrl && existsSync(config.dataDir) && readdirSync(config.dataDir).length > 0)
    throw new BackupRefused(`Nơi khôi phục phải trống: thư mục ${config.dataDir} đã có dữ liệu.`)
  // Before a database is made: a file that is refused leaves nothing behind.
  const { contactKey } = await verifyBackup(path, passphrase)
  await withDatabase(async (connection) => {
    const { header, rows } = await restoreBackup(connection, path, passphrase)
    const database = openDatabase(connection)
    try {
      const { responses, differing } = await rebuildTallies(database, { planVersion, addToCells, keyOfCell })
      const reports = await remakeReports(database)
      console.log(`Đã khôi phục bản sao lưu lúc ${header.at} (phiên bản ${header.product}).`)
      console.log(`  Số dòng của ${Object.keys(rows).length} bảng khớp với bản sao lưu.`)
      console.log(`  Đếm lại ${responses.toLocaleString('vi-VN')} phiếu: ${differing} ô số đếm khác.`)
      console.log(`  ${reports.same} báo cáo đã duyệt làm lại giống hệt, ${reports.different} báo cáo khác.`)
      console.log(`  ${ledgerAdvice}`)
      if (differing > 0 || reports.different > 0) process.exitCode = 1
    } finally {
      await database.close()
    }
  })
  if (contactKey && !config.contactKey) keepKey(resolve(config.dataDir), contactKey)
}

const ledgerAdvice =
  'Sổ cái: xin chép ledger.key và ledger.last đã cất vào DATA_DIR trước khi chạy; nếu không còn, xem “The ledger after a restore” trong README.'

function keepKey(dataDir: string, key: string): void {
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(join(dataDir, 'contact.key'), `${key}\n`, { mode: 0o600 })
  console.log('  Đã đặt lại khóa contact.key.')
}

main().catch((error: Error) => {
  console.error(error instanceof BackupRefused || error.constructor === Error ? error.message : error)
  process.exitCode = 1
})
