/** What came back: the same as known, something new, or why there is nothing. */
export type Reply =
  | { kind: 'same' }
  | { kind: 'new'; body: Buffer; etag: string | null }
  | { kind: 'none'; reason: string; isAway: boolean }

export type Asked = {
  origin: string
  path: string
  /** API key, sent to this origin only: redirects are refused. */
  key?: string | null
  etag?: string | null
  mostBytes: number
  signal?: AbortSignal | undefined
}

const longestMs = 15_000

/** Asks a commune's server for one thing: bounded in time and size, never following elsewhere. Does not throw. */
export async function request(asked: Asked): Promise<Reply> {
  const { origin, path, key, etag, signal } = asked
  const timeout = AbortSignal.timeout(longestMs)
  try {
    const reply = await fetch(new URL(path, origin), {
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      headers: {
        ...(key && { authorization: `Bearer ${key}` }),
        ...(etag && { 'if-none-match': etag }),
      },
    })
    return await readReply(reply, asked)
  } catch (error) {
    return away(timeout.aborted ? `không trả lời xong trong ${longestMs / 1000} giây` : wordsOf(error))
  }
}

async function readReply(reply: Response, { mostBytes }: Asked): Promise<Reply> {
  if (reply.status === 200) {
    const body = await readBounded(reply, mostBytes)
    if (body) return { kind: 'new', body, etag: reply.headers.get('etag') }
    return refused(`câu trả lời dài quá ${Math.ceil(mostBytes / 1024)} KB`)
  }
  await reply.body?.cancel()
  if (reply.status === 304) return { kind: 'same' }
  if (reply.status >= 300 && reply.status < 400) return refused('máy chủ chuyển sang địa chỉ khác, Ý Dân không đi theo')
  if (reply.status === 401 || reply.status === 403) return refused('khóa API không được nhận')
  if (reply.status === 404) return refused('không có ở địa chỉ này')
  return reply.status >= 500 ? away(`máy chủ báo lỗi ${reply.status}`) : refused(`máy chủ trả về ${reply.status}`)
}

/** The whole body, decompressed, null where it is longer than allowed: the rest is not even read. */
async function readBounded(reply: Response, mostBytes: number): Promise<Buffer | null> {
  const parts: Uint8Array[] = []
  let length = 0
  const reader = reply.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.length
    if (length > mostBytes) {
      await reader?.cancel()
      return null
    }
    parts.push(part.value)
  }
  return Buffer.concat(parts)
}

/** Nobody answers there: the commune is away, not its figures wrong. */
const away = (reason: string): Reply => ({ kind: 'none', reason, isAway: true })
const refused = (reason: string): Reply => ({ kind: 'none', reason, isAway: false })

const codeWords: Record<string, string> = {
  ECONNREFUSED: 'máy chủ không mở cổng',
  ENOTFOUND: 'không tìm thấy tên miền',
  EAI_AGAIN: 'không tra được tên miền',
  ECONNRESET: 'kết nối bị ngắt',
  ETIMEDOUT: 'không kết nối được',
  UND_ERR_CONNECT_TIMEOUT: 'không kết nối được',
  UND_ERR_SOCKET: 'kết nối bị ngắt',
  CERT_HAS_EXPIRED: 'chứng thư HTTPS đã hết hạn',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'chứng thư HTTPS tự ký',
}

/** The innermost cause in words; its address stays out. */
function wordsOf(error: unknown): string {
  const { cause, code } = (error ?? {}) as { cause?: unknown; code?: string }
  if (code) return codeWords[code] ?? `không kết nối được (${code})`
  return cause ? wordsOf(cause) : 'không kết nối được'
}
