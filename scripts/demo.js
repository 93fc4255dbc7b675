// npm run demo: fills a data folder of its own with a sample year, then becomes the server. Every page says so.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { buildIfStale } from './build.js'
import './command/stop-with-npm.js'

const chosenPassword = process.env.ADMIN_PASSWORD
process.env.DEMO = '1'
process.env.ADMIN_PASSWORD ||= 'vinh-thuan-demo'
// Sample answers never go where real ones may come: DATA_DIR and DATABASE_URL are the office's own.
process.env.DATA_DIR = process.env.DEMO_DATA_DIR || './data-demo'
delete process.env.DATABASE_URL

const filler = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('demo/fill.ts', import.meta.url))], {
  stdio: 'inherit',
})
// While the folder is being filled a signal is the filler's to obey: it stops its database first.
const forward = (signal) => filler.kill(signal)
process.on('SIGINT', forward).on('SIGTERM', forward)
const [code] = await once(filler, 'exit')
if (code !== 0) process.exit(code ?? 1)
process.off('SIGINT', forward).off('SIGTERM', forward)

await buildIfStale()
console.log(`Mật khẩu: ${chosenPassword ? '(ADMIN_PASSWORD đã đặt)' : process.env.ADMIN_PASSWORD}`)
await import('../dist/server/main.js')
