import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { chooseEncoding, compress } from './compress.ts'
import { wantsLargeText } from './language.ts'

/** Sends a page, compressed where the browser can, never kept by anybody. */
export async function sendHtml(reply: FastifyReply, status: number, html: string, policy: string) {
  reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-security-policy', policy)
    // What browsers without frame-ancestors go by.
    .header('x-frame-options', policy.includes("frame-ancestors 'self'") ? 'SAMEORIGIN' : 'DENY')
    // Nobody else learns the address; under no-referrer Chromium would put "null" for the Origin of our own forms.
    .header('referrer-policy', 'same-origin')
    .header('vary', 'accept-encoding')
  // Every page there is, the door's too: what a style sheet makes of it is its own matter.
  const page = wantsLargeText(reply.request) ? html.replace('<html ', '<html class="chu-to" ') : html
  const encoding = chooseEncoding(reply.request.headers['accept-encoding'])
  if (!encoding) return reply.send(page)
  return reply.header('content-encoding', encoding).send(await compress(page, encoding))
}

/** The policy of a page with everything inlined: only the named style and scripts, nothing from anywhere else. */
export function inlinePolicy(style: string, script: string): string {
  return `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; img-src data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`
}

/** The policy of staff pages: files of this server only. */
export const staffPolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`

/** Whether the client asked for JSON rather than a page. */
export function wantsJson(request: FastifyRequest): boolean {
  return pathOf(request.url).startsWith('/api/') || /application\/json/i.test(request.headers.accept ?? '')
}

/** The path as the router reads it: without an origin or a query, in small letters, every slash once. */
export function pathOf(url: string): string {
  return (url.split(/[?#]/)[0] as string)
    .replace(/^https?:\/\/[^/]*/i, '')
    .replace(/\/{2,}/g, '/')
    .toLowerCase()
}

/** Whether a body has this media type, whatever its letters and parameters. */
export function isMedia({ headers }: FastifyRequest, type: string): boolean {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase() === type
}

/** A page's inlined style and island. */
export type PageAssets = { style: string; script: string }
