import { DatabaseRefused } from '../db/embedded/launch.ts'
import { links } from '../web/links.ts'
import { type Config, readConfig } from './config.ts'
import { findLanOrigin } from './qr.ts'
import { administratorName, type Running, startServer } from './start.ts'

/** The process: settings in, addresses out, and an orderly end. */
async function main(): Promise<void> {
  const isBoard = readRole(process.argv[2]) === 'province'
  const config = readConfig(isBoard ? { ...boardDefaults, ...process.env } : process.env)
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
  const log = (message: string) => process.stderr.write(`${message}\n`)
  // The board's rooms are loaded by a board only.
  const starting = isBoard
    ? import('./start-board.ts').then(({ startBoard }) => startBoard(config, log))
    : startServer(config, log)
  const running = await starting
  if (!stopping) announce(config, running, isBoard)
}

/** Beside a commune's server on the same machine, without a word said about either. */
const boardDefaults = { DATA_DIR: './data-province', PORT: '3100' }

function readRole(argument: string | undefined): 'commune' | 'province' {
  if (argument === undefined) return 'commune'
  if (argument === 'province') return argument
  throw new Error(`Không hiểu “${argument}”; chỉ có “province” cho bảng của tỉnh.`)
}

function announce(config: Config, { port, newPassword }: Running, isBoard: boolean): void {
  const board = [`Bảng Ý Dân của tỉnh đang chạy: http://localhost:${port}${links.home}`]
  const commune = [
    'Ý Dân đang chạy.',
    `  Cán bộ:   http://localhost:${port}${links.today()}`,
    `  Người dân: ${config.publicUrl ?? findLanOrigin(port)}/s/<mã điểm phục vụ>`,
  ]
  const lines = isBoard ? board : commune
  if (newPassword)
    lines.push(`  Đăng nhập lần đầu: ${administratorName} / ${newPassword}   (chỉ hiện một lần, xin ghi lại)`)
  if (!config.publicUrl && !isBoard) lines.push('  Chưa đặt PUBLIC_URL: mã QR chỉ dùng được trong mạng nội bộ này.')
  process.stdout.write(`${lines.join('\n')}\n`)
}

main().catch((error: Error & { code?: string }) => {
  const expected = error instanceof DatabaseRefused || error.constructor === Error
  const sentence =
    error.code === 'EADDRINUSE' ? 'Cổng này đang có chương trình khác dùng; xin đặt PORT khác.' : error.message
  process.stderr.write(`${expected ? sentence : (error.stack ?? sentence)}\n`)
  process.exit(1)
})
