import { render } from 'preact'
import type { TodayView } from '../../server/today/contract.ts'
import { links } from '../links.ts'
import { clockTime, vietnamMillis } from '../ui/vietnam.ts'
import { TodayBoard } from './board.tsx'
import { countPulses, type Pulses } from './changes.ts'
import { LiveStatus } from './live-status.tsx'
import type { Asked } from './order.ts'

/** The server beats every 20 s; three misses are a dead line that no error event reports. */
const silenceMillis = 60_000
const retryMillis = 5_000
const dayMillis = 86_400_000

/** The stream of views; tells since when nothing has come, null while all is well. */
class LiveStream {
  private source: EventSource | null = null
  private retry = 0
  private lastHeard = Date.now()
  private askedAt = Date.now()
  /** Silence means nothing on a line that never beats. */
  private beats = false
  private staleSince: string | null = null

  constructor(
    private readonly show: (view: TodayView) => void,
    private readonly tell: (staleSince: string | null) => void,
  ) {}

  start() {
    this.connect()
    setInterval(() => this.checkSilence(), retryMillis)
    // A hidden tab gives its connection back: over HTTP/1.1 six open boards would block the seventh page.
    document.addEventListener('visibilitychange', () => (document.hidden ? this.disconnect() : this.connect()))
  }

  private connect() {
    this.disconnect()
    this.askedAt = Date.now()
    const source = new EventSource(links.live)
    source.addEventListener('today', (event) => {
      this.hear()
      this.show(JSON.parse(event.data))
    })
    source.addEventListener('beat', () => {
      this.beats = true
      this.hear()
    })
    // A stream ends after a while so that the server asks again who is looking.
    source.addEventListener('again', () => this.connect())
    source.addEventListener('error', () => this.lose())
    this.source = source
  }

  private disconnect() {
    clearTimeout(this.retry)
    this.source?.close()
    this.source = null
  }

  private hear() {
    this.lastHeard = Date.now()
    this.staleSince = null
    this.tell(null)
  }

  /** The browser tries again by itself after a broken line, but not after an answer that is no stream. */
  private lose() {
    this.markStale()
    if (this.source?.readyState !== EventSource.CLOSED) return
    clearTimeout(this.retry)
    this.retry = setTimeout(() => this.connect(), retryMillis)
  }

  private checkSilence() {
    if (!this.source || !this.beats || Date.now() - Math.max(this.lastHeard, this.askedAt) < silenceMillis) return
    this.markStale()
    this.connect()
  }

  private markStale() {
    this.staleSince = this.staleSince ?? clockTime(this.lastHeard)
    this.tell(this.staleSince)
  }
}

const board = document.getElementById('today-board')
const status = document.getElementById('live-status')
if (board && status) keepCurrent(board, status)

function keepCurrent(board: HTMLElement, status: HTMLElement) {
  let shown: TodayView | null = null
  let pulses: Pulses = {}
  const reload = () => location.reload()
  const { order, section } = board.dataset
  const asked: Asked = { order: order === 'lowest' ? 'lowest' : 'arranged', section }
  const show = (view: TodayView) => {
    if (view.day !== board.dataset.day) return reload()
    if (shown) pulses = countPulses(shown, view, pulses)
    shown = view
    render(<TodayBoard view={view} asked={asked} pulses={pulses} />, board)
  }
  const tell = (staleSince: string | null) => render(<LiveStatus staleSince={staleSince} reload={reload} />, status)
  new LiveStream(show, tell).start()
  // A few seconds late, spread out, so that all boards do not ask at once.
  setTimeout(reload, untilMidnight() + 2_000 + Math.random() * 20_000)
}

function untilMidnight(): number {
  return dayMillis - ((Date.now() + vietnamMillis) % dayMillis)
}
