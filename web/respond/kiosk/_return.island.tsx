const touches = ['pointerdown', 'keydown', 'input', 'wheel', 'touchmove']

/**
 * Calls `act` once nobody has touched the screen for so long; the first wait may be another. `act` may ask whether
 * somebody has touched it since. Returns what ends it, and what waits anew.
 */
export function returnAfter(idleMs: number, act: (isIdle: () => boolean) => void, firstMs = idleMs) {
  let timer: ReturnType<typeof setTimeout>
  let waits = 0
  const wait = (ms: number) => {
    clearTimeout(timer)
    const own = ++waits
    timer = setTimeout(() => act(() => own === waits), ms)
  }
  for (const name of touches) addEventListener(name, () => wait(idleMs), { passive: true })
  wait(firstMs)
  return { end: () => clearTimeout(timer), wait }
}
