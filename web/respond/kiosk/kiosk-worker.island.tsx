import { takeSpare } from './_spares.island.tsx'

type Navigation = Event & {
  request: Request
  respondWith(reply: Promise<Response>): void
  waitUntil(work: unknown): void
}
type Worker = { skipWaiting(): unknown; clients: { claim(): unknown } }

const worker = self as unknown as Worker
const patienceMs = 6000

addEventListener('install', () => worker.skipWaiting())
addEventListener('activate', (event) => (event as Navigation).waitUntil(worker.clients.claim()))

/** A tablet that is switched on or loads its page again without a network gets one of the pages it kept. */
addEventListener('fetch', (event) => {
  const { request } = event as Navigation
  const { pathname, searchParams } = new URL(request.url)
  if (request.mode !== 'navigate' || request.method !== 'GET' || searchParams.get('c') !== 'kiosk') return
  if (pathname.split('/').length > 3) return
  ;(event as Navigation).respondWith(open(request, `${pathname}?c=kiosk`))
})

async function open(request: Request, start: string): Promise<Response> {
  const late = new Promise<Response | undefined>((resolve) => setTimeout(resolve, patienceMs))
  const asked = fetch(request)
  const found = await Promise.race([asked, late]).catch(() => undefined)
  if (found && found.status < 500) return found
  const spare = await takeSpare(start)
  if (!spare) return found || asked
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': spare.policy }
  return new Response(spare.pages.vi, { headers: { ...headers, 'referrer-policy': 'same-origin' } })
}
