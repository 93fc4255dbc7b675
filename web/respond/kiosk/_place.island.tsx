import type { Spare } from './_spares.island.tsx'

export type Place = { start: string; spares: string; worker: string; health: string }

/** What outlives a page that is replaced in place. */
export type Kiosk = {
  ydEnd?: () => void
  /** The page shown, where it is one that was kept: it has its other languages with it. */
  ydSpare?: Spare | undefined
  /** Chosen already, when a kept page is shown in another language. */
  ydChosen?: URLSearchParams | undefined
}

/**
 * Shows another page under the same address: no entry in the browser's history, nothing to go back to. A page of a newer
 * build does not run under this one's policy; the clock of this page, which that one would have ended, then leads home.
 */
export function replacePage(html: string, spare?: Spare) {
  const kiosk = window as Kiosk
  kiosk.ydSpare = spare
  document.open()
  // The script that shows it counts touches itself. Seconds in the pattern: it must not find itself in that script.
  document.write(html.replace(/<meta http-equiv="refresh" content="\d+;[^>]*>/, ''))
  document.close()
}
