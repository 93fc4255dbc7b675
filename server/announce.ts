import { links } from '../web/links.ts'
import type { Config } from './config.ts'
import { findLanOrigin } from './qr.ts'
import type { Running } from './start.ts'

type Announced = Pick<Running, 'port' | 'newPassword' | 'examplePlace'>

/** What the console says after a start: only addresses that answer, and a code that is one. */
export async function announce(
  config: Pick<Config, 'host' | 'publicUrl'>,
  { port, newPassword, examplePlace }: Announced,
  administrator: string,
): Promise<string[]> {
  const { staff, citizens } = originsOf(config.host, port, findLanOrigin(port))
  const isPublic = config.publicUrl !== null && (await answers(config.publicUrl))
  const origin = isPublic ? (config.publicUrl as string) : citizens
  const lines = ['Ý Dân đang chạy.', `  Cán bộ:   ${staff}${links.today()}`]
  lines.push(
    examplePlace
      ? `  Người dân: ${origin}${links.survey(examplePlace)}`
      : '  Người dân: chưa có nơi phục vụ nào nhận phiếu; xin thêm ở trang cán bộ.',
  )
  if (newPassword) lines.push(firstSignIn(administrator, newPassword))
  if (!config.publicUrl) lines.push('  Chưa đặt PUBLIC_URL: mã QR chỉ dùng được trong mạng nội bộ này.')
  else if (!isPublic)
    lines.push(`  ${config.publicUrl} chưa trả lời từ máy này: xin xem lại tên miền và máy chủ HTTPS đứng trước.`)
  return lines
}

/** The same of a province's board. */
export function announceBoard({ port, newPassword }: Pick<Running, 'port' | 'newPassword'>, administrator: string) {
  const lines = [`Bảng Ý Dân của tỉnh đang chạy: http://localhost:${port}${links.home}`]
  if (newPassword) lines.push(firstSignIn(administrator, newPassword))
  return lines
}

const firstSignIn = (administrator: string, password: string): string =>
  `  Đăng nhập lần đầu: ${administrator} / ${password}   (chỉ hiện một lần, xin ghi lại)`

const everywhere = ['0.0.0.0', '::', '']
const onlyHere = ['localhost', '127.0.0.1', '::1']

/** Where staff on this machine and citizens in its network reach what listens on `host`. */
export function originsOf(host: string, port: number, lan: string): { staff: string; citizens: string } {
  const local = `http://localhost:${port}`
  if (everywhere.includes(host)) return { staff: local, citizens: lan }
  if (onlyHere.includes(host)) return { staff: local, citizens: local }
  const own = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  return { staff: own, citizens: own }
}

const patienceMs = 2000

async function answers(origin: string): Promise<boolean> {
  const signal = AbortSignal.timeout(patienceMs)
  const reply = await fetch(origin + links.health, { signal }).catch(() => null)
  return reply?.ok === true
}
