import { keepTrying } from '../_delivery.island.tsx'
import { listEntries } from '../_store.island.tsx'
import { answer, fetchText } from './_answer.island.tsx'
import { type Kiosk, type Place, replacePage } from './_place.island.tsx'
import { sendInOrder } from './_queue.island.tsx'
import { returnAfter } from './_return.island.tsx'
import { fillSpares, takeSpare } from './_spares.island.tsx'

const idleMs = 45_000
const thankedMs = 8000
/** An untouched page is made anew, so that a changed questionnaire and a new day come in. */
const freshMs = 600_000

const kiosk = window as Kiosk
// The page before was replaced in place: its clocks would go on.
kiosk.ydEnd?.()
const told = document.querySelector('[data-kiosk]') as HTMLElement
const place = JSON.parse(told.dataset.kiosk as string) as Place
const form = document.getElementById('survey') as HTMLFormElement | null
const build = [...document.querySelectorAll('style,script')].map(({ textContent }) => textContent).join('')

const answering = form && answer(form, place, () => returning.wait(thankedMs))
const returning = returnAfter(idleMs, next, form ? (answering?.isBegun() ? idleMs : freshMs) : thankedMs)
kiosk.ydEnd = () => {
  returning.end()
  answering?.stop()
}
// Nothing of a page of before comes back out of the browser's memory.
addEventListener('pageshow', ({ persisted }) => persisted && location.replace(place.start))
keepTrying(sendWaiting)()
if (told.dataset.enrolled) prepare()
if (!form) keepInPlace()

/** Makes room for the next person: by a new page, or without a network by one of those kept. */
async function next(isIdle: () => boolean) {
  if (answering?.isSending()) return returning.wait(idleMs)
  const reached = await isReached()
  // Somebody may have begun meanwhile.
  if (!isIdle()) return
  if (reached) return location.replace(place.start)
  if (answering?.clear()) return returning.wait(idleMs)
  const spare = await takeSpare(place.start)
  if (spare) replacePage(spare.pages.vi as string, spare)
  else {
    answering?.clear(true)
    returning.wait(thankedMs)
  }
}

/** The thanks open nothing by themselves: what they lead to stands in place of them, not behind them. */
function keepInPlace() {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('nav a,main a')) {
    link.onclick = async (event) => {
      event.preventDefault()
      if (link.className) return next(() => true)
      const html = await fetchText(link.href)
      if (html) replacePage(html)
    }
  }
}

async function isReached(): Promise<boolean> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, 4000))
  const reply = await Promise.race([fetch(place.health, { cache: 'no-store' }), late]).catch(() => undefined)
  return Boolean(reply?.ok && /json/.test(reply.headers.get('content-type') || ''))
}

async function sendWaiting(): Promise<boolean> {
  await sendInOrder()
  const { length } = await listEntries()
  const line = document.getElementById('outbox') as HTMLElement
  const words = JSON.parse(form?.dataset.words || '{}')
  line.textContent = length && words.queue ? words.queue.replace('{}', `${length}`) : ''
  return !length
}

/** What an hour without a network needs; where the browser keeps nothing, it goes without. */
async function prepare() {
  const { serviceWorker } = navigator
  if (serviceWorker) serviceWorker.register(place.worker, { scope: '/s/' }).catch(() => {})
  await fillSpares(place.start, place.spares, build).catch(() => {})
}
