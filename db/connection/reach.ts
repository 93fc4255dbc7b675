import { type Connection, codeOf, connect, type Sql } from '../client.ts'

/** Tries the address of DATABASE_URL as the application will use it; throws one sentence with the server's own reason. */
export async function requireReachable(connection: Connection): Promise<void> {
  const pools: Sql[] = []
  const open = () => pools[pools.push(connect(connection, 1)) - 1] as Sql
  try {
    const [first, second] = [open(), open()]
    const pids = []
    for (const sql of [first, second, first, second]) pids.push(await readPid(sql))
    if (pids[0] === pids[1] || pids[0] !== pids[2] || pids[1] !== pids[3]) throw new Error(sharedSessions)
  } catch (error) {
    if ((error as Error).message === sharedSessions) throw error
    throw new Error(explainConnecting(error), { cause: error })
  } finally {
    await Promise.all(pools.map((sql) => sql.end({ timeout: 1 })))
  }
}

/** Two connections of one's own have a server process each, and keep it: not so behind a pooler of transactions. */
async function readPid(sql: Sql): Promise<number> {
  const [row] = await sql.unsafe<{ pid: number }[]>('select pg_catalog.pg_backend_pid() as pid')
  return (row as { pid: number }).pid
}

const sharedSessions =
  'DATABASE_URL dẫn qua một bộ gộp kết nối ở chế độ transaction hoặc statement, Ý Dân cần chế độ session: ' +
  'xin đặt pool_mode=session cho cơ sở dữ liệu này, hoặc trỏ DATABASE_URL thẳng vào PostgreSQL ' +
  '(mỗi tiến trình chỉ mở khoảng 12 kết nối).'

/** Why nothing could be asked at DATABASE_URL and what to do, in one line; ends with the server's own words. */
export function explainConnecting(error: unknown): string {
  const reason = reasonOf(error)
  const [, sentence = answered] = sentences.find(([pattern]) => pattern.test(`${codeOf(error)} ${reason}`)) ?? []
  return `Không nối được PostgreSQL ở DATABASE_URL: ${sentence}. Lý do nhận được: ${reason}`
}

const answered = 'máy chủ có trả lời nhưng từ chối, xin sửa theo lý do của nó'

/** By SQLSTATE or the system's code, then the words behind; the first that fits speaks. */
const sentences: [RegExp, string][] = [
  [/^ERR_INVALID_URL|URI malformed/, 'địa chỉ viết chưa đúng; dấu đặc biệt trong mật khẩu phải viết dạng %40, %2F'],
  [/^(ENOTFOUND|EAI_AGAIN)/, 'không tìm thấy máy có tên này; xin xem lại tên máy chủ'],
  [
    /^(ECONNREFUSED|ENOENT|EACCES|ETIMEDOUT|CONNECT_TIMEOUT|EHOSTUNREACH|ENETUNREACH)/,
    'không có máy chủ nào trả lời; xin kiểm tra máy chủ đó đang chạy, đúng địa chỉ và cổng',
  ],
  [
    /no encryption|SSL off/,
    'máy chủ đòi kết nối mã hóa; xin thêm ?sslmode=require vào DATABASE_URL, hoặc sửa pg_hba.conf',
  ],
  [/SSL|TLS|certificate/i, 'không thống nhất được cách mã hóa; xin xem lại sslmode trong DATABASE_URL và chứng thư'],
  [/no pg_hba\.conf entry/, 'máy chủ chưa cho máy này vào; xin thêm một dòng trong pg_hba.conf'],
  [/^28|authentication failed/, 'máy chủ không nhận tên hoặc mật khẩu; xin xem lại hai phần đó trong DATABASE_URL'],
  [
    /^3D000|no such database|database "[^"]*" does not exist/,
    'không có cơ sở dữ liệu tên này; xin tạo nó hoặc sửa tên ở cuối DATABASE_URL',
  ],
  [/^42501/, 'vai trò này chưa được quyền nối vào; xin cấp quyền hoặc cho nó làm chủ cơ sở dữ liệu'],
  [/^53300|no more connections/, 'máy chủ đã hết kết nối; xin đóng bớt hoặc tăng max_connections'],
  [/^57P03/, 'máy chủ đang khởi động hoặc đang dừng; xin chờ rồi thử lại'],
  [/startup parameter/, 'bộ gộp kết nối không nhận một tham số sau dấu ? của DATABASE_URL; xin bỏ tham số đó'],
  [/^(CONNECTION_|ECONNRESET|EPIPE)|closed the connection/, 'máy chủ đóng kết nối giữa chừng; xin xem nhật ký của nó'],
]

/** One line; an attempt on several addresses at once keeps its reasons one level down. */
function reasonOf(error: unknown): string {
  const { message, errors, cause } = (error ?? {}) as { message?: string; errors?: unknown[]; cause?: unknown }
  const inner = errors?.length ? errors.map(reasonOf).join('; ') : cause ? reasonOf(cause) : ''
  return (inner || message || String(error)).replace(/\s+/g, ' ').trim()
}
