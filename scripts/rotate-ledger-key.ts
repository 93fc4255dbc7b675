// npm run rotate-ledger-key: hands the ledger over to a new key, signed by both. With --after-restore it goes on under a
// new name from what a backup held, and says in a line of its own what had been shown after that.
import { resolve } from 'node:path'
import { openDatabase } from '../db/client.ts'
import { readLedgerState } from '../db/ledger/read.ts'
import { loadSecrets } from '../db/secrets.ts'
import { readConfig } from '../server/config.ts'
import { handOver } from '../server/ledger/handover.ts'
import { openVault } from '../server/ledger/vault.ts'
import { readArguments } from './command/arguments.ts'
import { withDatabase } from './command/with-database.ts'

async function main(): Promise<void> {
  const found = readArguments(process.argv.slice(2))
  const config = readConfig(process.env)
  const vault = openVault(config.ledgerKey, resolve(config.dataDir), config.publicUrl)
  await withDatabase(async (connection) => {
    const database = openDatabase(connection)
    try {
      const secrets = await loadSecrets(database)
      const parts = { database, vault, now: Date.now, nonceKey: secrets.ledger, receiptKey: secrets.receipt }
      if (!(await readLedgerState(database))) throw new Error('Sổ cái chưa có dòng nào; khóa đang có dùng được ngay.')
      const { name, size, shown } = await handOver(parts, found.has('after-restore'), announceKey)
      const missing = shown > size ? ` ${shown - size} dòng từng công bố sau đó đang thiếu; sổ đã ghi rõ.` : ''
      console.log(`Sổ cái ${name} đi tiếp sau ${size} dòng với khóa mới, có dòng bàn giao.${missing}`)
    } finally {
      await database.close()
    }
  })
}

/** Before anything is signed with it. */
function announceKey(key: string, replaced: boolean): void {
  console.log(
    replaced
      ? 'Khóa mới nằm trong ledger.key, khóa cũ trong ledger.key.old; xin cất một bản khóa mới ở nơi khác.'
      : `LEDGER_KEY đang giữ khóa cũ; xin đặt khóa mới này cho mọi tiến trình rồi khởi động lại:\n${key}`,
  )
}

main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
