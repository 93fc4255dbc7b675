import { recall, remember } from './_store.island.tsx'

const idleMs = 60_000
const kioskKey = 'y-dan-kiosk'

/** Tells the pages after this one that they stand on a shared tablet, and where its next person starts. */
export function markKiosk(isKiosk: boolean) {
  remember(kioskKey, isKiosk ? `${location.pathname}?c=kiosk` : '')
}

/** On a shared tablet: a minute after the last touch the page is made ready for the next person. */
export function startKiosk(clear: () => boolean) {
  const start = recall(kioskKey)
  if (!start) return
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-fresh]')) link.href = start
  let timer: ReturnType<typeof setTimeout>
  const leave = () => {
    if (clear() && navigator.onLine) location.replace(start)
  }
  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(leave, idleMs)
  }
  for (const name of ['pointerdown', 'keydown', 'input']) addEventListener(name, wait)
  return wait
}
