import { promisify } from 'node:util'
import { brotliCompress, gzip, constants as zlib } from 'node:zlib'

const [toBrotli, toGzip] = [promisify(brotliCompress), promisify(gzip)]

export type Encoding = 'br' | 'gzip'

/** The best encoding that the browser takes (RFC 9110, section 12.5.3); null for none of ours. */
export function chooseEncoding(accepted: string | undefined): Encoding | null {
  const weights = new Map<string, number>()
  for (const one of (accepted ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = one.split(';').map((part) => part.trim())
    const weight = parameters.find((part) => part.startsWith('q='))
    weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)) || 0)
  }
  const takes = (name: string) => (weights.get(name) ?? weights.get('*') ?? 0) > 0
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : null
}

export const compress = (text: string, encoding: Encoding): Promise<Buffer> =>
  encoding === 'gzip'
    ? toGzip(text)
    : toBrotli(text, {
        params: {
          [zlib.BROTLI_PARAM_QUALITY]: brotliQuality,
          [zlib.BROTLI_PARAM_LGWIN]: brotliWindow,
          [zlib.BROTLI_PARAM_MODE]: zlib.BROTLI_MODE_TEXT,
          [zlib.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text),
        },
      })

/** Measured on the survey page (38 KB): 4 saves 2 % over gzip, 5 saves 7 % for 0.8 ms more of a core, 9 the same for 19 ms. */
const brotliQuality = 5
/** 64 KB: no page is longer, and a larger window only costs time. */
const brotliWindow = 16
