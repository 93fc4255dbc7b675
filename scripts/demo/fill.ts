// The first half of npm run demo: fills the data folder with a sample year, or with the days since the last time.
import { resolve } from 'node:path'
import { openDatabase, prepareDatabase } from '../../db/client.ts'
import { launchDatabase } from '../../db/embedded/launch.ts'
import { loadReference } from '../../db/reference/load.ts'
import { readReference } from '../../db/reference/reference.ts'
import { readConfig } from '../../server/config.ts'
import { makePassword } from '../../server/staff/sign-in/passwords.ts'
import { furnishDemo } from './commune.ts'
import { demoAccounts } from './staff.ts'
import { type Filled, fillDemo } from './year.ts'

const seed = 2026
const days = 365

try {
  const { from, to, responses } = await fillFolder()
  const count = responses.toLocaleString('vi-VN')
  console.log(`Dữ liệu mẫu đã sẵn sàng: ${count} phiếu từ ${readable(from)} đến ${readable(to)}.`)
  const names = demoAccounts.map(({ username, displayName }) => `  ${username.padEnd(16)} ${displayName}`)
  console.log(`Các tài khoản, cùng một mật khẩu:\n  ${'admin'.padEnd(16)} Quản trị hệ thống\n${names.join('\n')}`)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

async function fillFolder(): Promise<Filled> {
  const config = readConfig(process.env)
  const launching = launchDatabase(resolve(config.dataDir), console.error)
  // Ctrl-C: PostgreSQL stops in order, also one that is just starting; the statement in flight fails, and the next run
  // goes on from here.
  const leave = async () => {
    const started = await launching.catch(() => undefined)
    await started?.stop()
    process.exit(130)
  }
  process.on('SIGINT', leave).on('SIGTERM', leave)
  const launched = await launching
  const database = openDatabase(launched.connection)
  try {
    await prepareDatabase(launched.connection, (query) => loadReference(query, readReference()))
    const onDay = (day: string) =>
      process.stdout.isTTY && process.stdout.write(`\rĐang dựng dữ liệu mẫu: ${readable(day)} `)
    const nowMs = Date.now()
    const { placeBudgetPerHour: budgetPerHour, adminPassword } = config
    const filled = await fillDemo(database, { seed, days, nowMs, budgetPerHour, onDay })
    await furnishDemo(database, filled, { seed, nowMs, password: adminPassword ?? makePassword() })
    if (process.stdout.isTTY) process.stdout.write('\r\x1b[K')
    return filled
  } finally {
    await database.close()
    await launched.stop()
  }
}

function readable(day: string): string {
  return day.split('-').reverse().join('/')
}
