import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a changing request comes from a page of this server. What decides is what a foreign page cannot write itself:
 * - `Sec-Fetch-Site`, where the browser sends it: only over HTTPS and on localhost (Chrome 76, Firefox 90, Safari 16.4).
 * - Otherwise, as on `http://192.168.1.5:3000`, `Origin`: the host that was addressed, or PUBLIC_URL. Our pages carry the
 *   referrer policy `same-origin`, so that it is real on own forms; "null" is a sandboxed frame or a data: page.
 * - `Referer` stands in where browsers of before 2020 send no `Origin` with a form.
 * A client with none of them is no browser; a session's SameSite cookie would not reach it from elsewhere anyway.
 */
export function isOwnForm(headers: IncomingHttpHeaders, publicUrl: string | null): boolean {
  const site = headers['sec-fetch-site']
  if (site) return site === 'same-origin' || site === 'none'
  const from = headers.origin ?? headers.referer
  return from === undefined || (URL.canParse(from) && isOwnOrigin(new URL(from), headers, publicUrl))
}

/** A proxy that rewrites Host says so in X-Forwarded-Host; no page can put that on a form, so it needs no TRUST_PROXY. */
function isOwnOrigin({ origin, protocol, host }: URL, headers: IncomingHttpHeaders, publicUrl: string | null): boolean {
  if (origin === publicUrl) return true
  const forwarded = [headers['x-forwarded-host'] ?? []].flat().flatMap((list) => list.split(','))
  return [headers.host ?? '', ...forwarded].some((one) => {
    // Parsed with the page's scheme, a default port that only one of the two names is none.
    const address = `${protocol}//${one.trim()}`
    return URL.canParse(address) && new URL(address).host === host
  })
}

/** Whether the browser holds a page of HTTPS: by its own word, else the proxy's, else the settings'. */
export function isOverTls(
  { origin }: IncomingHttpHeaders,
  protocol: 'http' | 'https',
  publicUrl: string | null,
): boolean {
  if (origin && URL.canParse(origin)) return new URL(origin).protocol === 'https:'
  return protocol === 'https' || isHttps(publicUrl)
}

/**
 * Whether a form was sent in the clear under the very name that PUBLIC_URL protects. There a browser keeps no session
 * beside the Secure one of HTTPS; under another name, as an address of the office's network, it does.
 */
export function isInsecureTwin({ origin }: IncomingHttpHeaders, publicUrl: string | null): boolean {
  if (!publicUrl || !isHttps(publicUrl) || !origin || !URL.canParse(origin)) return false
  const { protocol, hostname } = new URL(origin)
  return protocol === 'http:' && hostname === new URL(publicUrl).hostname
}

const isHttps = (url: string | null): boolean => url?.startsWith('https:') ?? false
