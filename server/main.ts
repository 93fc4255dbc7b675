import { DatabaseRefused } from '../db/embedded/launch.ts'
import { announce } from './announce.ts'
import { readConfig } from './config.ts'
import { administratorName, startServer } from './start.ts'

/** The process: settings in, addresses out, and an orderly end. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    // A signal during the start waits for it: a half-started database would need recovery.
    // Why it failed, if it did, main's own catch says.
    const started = await starting.catch(() => undefined)
    await started?.stop()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  const starting = startServer(config, (message) => process.stderr.write(`${message}\n`))
  const running = await starting
  if (!stopping) process.stdout.write(`${(await announce(config, running, administratorName)).join('\n')}\n`)
}

main().catch((error: Error & { code?: string }) => {
  const expected = error instanceof DatabaseRefused || error.constructor === Error
  const sentence =
    error.code === 'EADDRINUSE' ? 'Cổng này đang có chương trình khác dùng; xin đặt PORT khác.' : error.message
  process.stderr.write(`${expected ? sentence : (error.stack ?? sentence)}\n`)
  process.exit(1)
})
