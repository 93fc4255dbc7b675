import type { AgencyToday, TodayView } from '../../server/today/contract.ts'
import { links } from '../links.ts'
import { IntervalLegend } from '../ui/charts/interval-bar.tsx'
import { chooseScale, scaleFor } from '../ui/charts/scale.ts'
import { formatDay, formatWeekday } from '../ui/format.ts'
import type { Pulses } from './changes.ts'
import { CommentsCard } from './comments.tsx'
import { EmptyDay } from './empty.tsx'
import { HarmCard } from './harm.tsx'
import { Hero } from './hero.tsx'
import { boardHref, inOrder, type Order } from './order.ts'
import { PlaceTable } from './places.tsx'
import { Sentences } from './sentences.tsx'
import { type Span, spanOf, waitingInWords } from './words.ts'

type TodayBoardProps = { view: TodayView; order: Order; pulses?: Pulses }

/** Everything that moves during the day; the server draws it first, the island draws it again on each event. */
export function TodayBoard({ view, order, pulses = {} }: TodayBoardProps) {
  const empty = view.agencies.every(({ received }) => received === 0)
  if (!empty) return <Board view={view} page={view} order={order} pulses={pulses} />
  return (
    <>
      <EmptyDay view={view} />
      {view.lastOpen && (
        <>
          <h2 class="last-open">{titleOfLast(view.lastOpen)}</h2>
          <Board view={view.lastOpen} page={view} order={order} pulses={{}} />
        </>
      )}
    </>
  )
}

const titleOfLast = ({ day }: TodayView): string => `Ngày gần nhất có phiếu: ${formatWeekday(day)} ${formatDay(day)}`

/** `page`: the period that the page is about; on an empty day another than that of what is shown. */
type BoardProps = { view: TodayView; page: TodayView; order: Order; pulses: Pulses }

function Board({ view, page, order, pulses }: BoardProps) {
  const agencies = view.agencies.filter(({ places }) => places.length > 0)
  const scored = agencies.map(({ places }) => places.filter(({ shown }) => shown.score !== null).length)
  const span = spanOf(view)
  const waiting = agencies.flatMap(({ places }) => places).reduce((sum, place) => sum + place.waiting, 0)
  const silent = agencies.some(({ places }) => places.some((place) => place.silent))
  const shared = { span, pulses, order, days: { from: view.from, to: view.day }, wall: page.isToday }
  return (
    <>
      <Sentences said={view.said} span={span} days={shared.days} />
      {scored.some((count) => count > 1) && <OrderChoice page={page} order={order} />}
      {agencies.map((agency) => (
        <AgencyCard key={agency.code} agency={agency} {...shared} />
      ))}
      {scored.some((count) => count > 0) && <IntervalLegend />}
      {waiting > 0 && <p class="board-note">{waitingInWords(waiting)}</p>}
      {silent && <p class="board-note">{silenceRule}</p>}
      {view === page ? (
        <div class={view.comments ? 'board-pair' : ''}>
          <HarmCard view={view} span={span} />
          {view.comments && <CommentsCard comments={view.comments} span={span} />}
        </div>
      ) : (
        <p class="board-note">
          <a href={links.today(view.day)}>Điều người dân chưa hài lòng và ý kiến của ngày này</a>
        </p>
      )}
    </>
  )
}

/** Links, so that an order can be kept, sent and had without script. */
function OrderChoice({ page: { from, day, isToday }, order }: { page: TodayView; order: Order }) {
  const hrefOf = (one: Order) => boardHref({ from, to: day }, isToday ? day : '', one)
  return (
    <nav class="segments order-choice" aria-label="Xếp các nơi phục vụ">
      <a href={hrefOf('arranged')} aria-current={order === 'arranged' ? 'true' : undefined}>
        Thứ tự của đơn vị
      </a>
      <a href={hrefOf('lowest')} aria-current={order === 'lowest' ? 'true' : undefined}>
        Điểm thấp trước
      </a>
    </nav>
  )
}

const silenceRule =
  'Im lặng: trong giờ làm việc (7:30–11:30 và 13:30–17:00, ngày làm việc), theo số phiếu của các ngày làm việc trong hai tuần qua thì nơi này hiếm khi lâu như vậy mà chưa có phiếu; nếu chỉ do tình cờ thì nhiều nhất một ngày trong hai mươi ngày. Xin xem tờ dán mã QR còn ở quầy không.'

type AgencyCardProps = {
  agency: AgencyToday
  span: Span
  pulses: Pulses
  order: Order
  days: { from: string; to: string }
  /** Leads to the screen on the wall, which is about the running day. */
  wall: boolean
}

function AgencyCard({ agency, span, pulses, order, days, wall }: AgencyCardProps) {
  const scores = [agency.shown, ...agency.places.map(({ shown }) => shown)]
  const targets = agency.places.map(({ target }) => target)
  const scale = chooseScale(scores, [agency.target, ...targets])
  const trends = agency.places.flatMap(({ trend }) => trend.flatMap(({ score }) => score ?? []))
  const heading = `co-quan-${agency.code}`
  return (
    <section class="card agency" aria-labelledby={heading}>
      <h2 id={heading}>{agency.name}</h2>
      {agency.received > 0 && <Hero measured={agency} span={span} scale={scale} pulse={pulses[agency.code]} />}
      <PlaceTable
        agency={{ ...agency, places: inOrder(agency.places, order) }}
        span={span}
        scale={scale}
        pulses={pulses}
        days={days}
        trendScale={scaleFor(trends, targets)}
      />
      {wall && (
        <p class="card-note wall-link">
          <a href={links.wall(agency.code)}>Màn hình treo tường</a>
        </p>
      )}
    </section>
  )
}
