import { render } from 'preact'
import type { WallView } from '../../server/wall/contract.ts'
import { links } from '../links.ts'
import { clockTime } from '../ui/vietnam.ts'
import { WallFigures } from './figures.tsx'
import { dayOfClock, heardTurn, shiftClass } from './time.ts'

const turnSeconds = 20
/** On an enrolled screen the code changes that often (server/tickets/presence-rules.ts). */
const codeMillis = 30_000
/** The server beats every 20 s; three misses are a dead line that no error event reports. */
const silenceMillis = 60_000
const retryMillis = 5_000
/** Never more often, whatever two servers of different age say. */
const youngestReloadMillis = 60_000
const oldestPageMillis = 26 * 3_600_000

const wall = document.getElementById('wall')
if (wall) keepCurrent(wall)

function keepCurrent(wall: HTMLElement) {
  const { agency = '', day, edition, now } = wall.dataset
  const find = (id: string) => document.getElementById(id) as HTMLElement
  const [figures, clock, status] = [find('wall-figures'), find('wall-clock'), find('wall-status')]
  const code = document.getElementById('wall-code') as HTMLImageElement | null
  let codeStep = Math.floor(Number(now) / codeMillis)
  const improvements = document.querySelectorAll<HTMLElement>('#wall-heard > li')
  // Time goes on from what the server last said: the set's own clock may be wrong, or jump.
  let told = { nowMs: Number(now), at: performance.now() }
  const serverNow = () => told.nowMs + performance.now() - told.at
  let source: EventSource | undefined
  let [askedAt, heardAt, reloadAskedAt] = [0, 0, 0]
  let lastHeard = serverNow()
  let outdated = false

  function connect() {
    source?.close()
    askedAt = performance.now()
    source = new EventSource(links.wallLive(agency))
    source.addEventListener('wall', (event) => {
      const view: WallView & { nowMs: number } = JSON.parse(event.data)
      hear(view.nowMs)
      if (view.day !== day || view.edition !== edition) outdated = true
      else render(<WallFigures view={view} />, figures)
    })
    source.addEventListener('beat', (event) => hear(Number(event.data)))
    source.addEventListener('error', showLost)
  }

  function hear(nowMs: number) {
    told = { nowMs, at: performance.now() }
    heardAt = told.at
    lastHeard = nowMs
    wall.classList.remove('stale')
    status.textContent = 'Đang cập nhật trực tiếp'
  }

  function showLost() {
    wall.classList.add('stale')
    status.textContent = `Mất kết nối từ ${clockTime(lastHeard)}`
  }

  /** A browser does not come back from an answer that is no stream, nor notices a line that fell silent. */
  function checkLine() {
    const at = performance.now()
    if (source?.readyState === EventSource.CLOSED && at - askedAt > retryMillis) connect()
    else if (at - Math.max(heardAt, askedAt) > silenceMillis) {
      showLost()
      connect()
    }
  }

  /** Only from a server that answers: a page that failed to load could not try again. */
  function checkPage() {
    const age = performance.now()
    const old = outdated || dayOfClock(serverNow()) !== day || age > oldestPageMillis
    if (!old || age < youngestReloadMillis || age - reloadAskedAt < retryMillis) return
    // All screens turn at midnight; they ask over half a minute.
    reloadAskedAt = age + 30_000 * Math.random()
    fetch(links.health, { cache: 'no-store' }).then(
      ({ ok }) => ok && location.reload(),
      () => {},
    )
  }

  function tick() {
    const nowMs = serverNow()
    clock.textContent = clockTime(nowMs)
    wall.className = `wall ${shiftClass(nowMs)}${wall.classList.contains('stale') ? ' stale' : ''}`
    renewCode(Math.floor(nowMs / codeMillis))
    showHeard(heardTurn(nowMs, turnSeconds, improvements.length))
    checkLine()
    checkPage()
  }

  /** The next code takes the place of this one once it has come: a lost line leaves the old one. */
  function renewCode(step: number) {
    if (!code || step === codeStep) return
    codeStep = step
    const next = new Image()
    next.onload = () => {
      code.src = next.src
    }
    next.src = `${links.wallCode(agency)}?t=${step}`
  }

  function showHeard(heard: number | null) {
    figures.hidden = heard !== null
    find('wall-heard').hidden = heard === null
    improvements.forEach((improvement, index) => {
      improvement.hidden = index !== heard
    })
  }

  connect()
  tick()
  setInterval(tick, 1000)
}
