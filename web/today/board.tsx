import type { AgencyToday, TodayView } from '../../server/today/contract.ts'
import { links } from '../links.ts'
import { IntervalLegend } from '../ui/charts/interval-bar.tsx'
import { formatDay, formatWeekday } from '../ui/format.ts'
import { SectionRow, wholePage } from '../ui/sections/sections.tsx'
import { AgencyCard } from './agency.tsx'
import type { Pulses } from './changes.ts'
import { CommentsCard } from './comments.tsx'
import { EmptyDay } from './empty.tsx'
import { HarmCard } from './harm.tsx'
import { type Asked, boardHref, type Order } from './order.ts'
import { Sentences } from './said/sentences.tsx'
import { Overview } from './several/overview.tsx'
import { agencyKey, boardSections, harmKey, heardAgencies, overviewKey, sectionOfBoard } from './several/sections.ts'
import { spanOf, waitingInWords } from './words.ts'

/** `asked.section`: as an address has it; what there is of it depends on the view. */
type TodayBoardProps = { view: TodayView; asked: Asked; pulses?: Pulses }

/** Everything that moves during the day; the server draws it first, the island draws it again on each event. */
export function TodayBoard({ view, asked, pulses = {} }: TodayBoardProps) {
  const empty = view.agencies.every(({ received }) => received === 0)
  if (!empty) return <Board view={view} page={view} asked={asked} pulses={pulses} />
  return (
    <>
      <EmptyDay view={view} />
      {view.lastOpen && (
        <>
          <h2 class="last-open">{titleOfLast(view.lastOpen)}</h2>
          <Board view={view.lastOpen} page={view} asked={asked} pulses={{}} />
        </>
      )}
    </>
  )
}

const titleOfLast = ({ day }: TodayView): string => `Ngày gần nhất có phiếu: ${formatWeekday(day)} ${formatDay(day)}`

/** `page`: the period that the page is about; on an empty day another than that of what is shown. */
type BoardProps = { view: TodayView; page: TodayView; asked: Asked; pulses: Pulses }

function Board({ view, page, asked, pulses }: BoardProps) {
  const sections = boardSections(view, view !== page)
  const section = sectionOfBoard(sections, asked.section)
  const agencies = heardAgencies(view)
  const single = agencies.length < 2
  const shows = (key: string) => sections.length === 0 || section === wholePage || section === key
  const shown = agencies.filter(({ code }) => shows(single ? overviewKey : agencyKey(code)))
  const isOverview = section === overviewKey
  const shared = { span: spanOf(view), pulses, days: { from: view.from, to: view.day } }
  const hrefOf = (one: string | undefined) => hrefOn(page, { ...asked, section: one })
  return (
    <>
      {sections.length > 0 && <SectionRow sections={sections} current={section} hrefOf={hrefOf} />}
      {shows(overviewKey) && <Sentences said={view.said} {...shared} />}
      {isOverview && !single && <Overview agencies={agencies} hrefOf={(code) => hrefOf(agencyKey(code))} {...shared} />}
      {shown.some((agency) => scoredOf(agency) > 1) && <OrderChoice page={page} asked={asked} />}
      {shown.map((agency) => (
        <AgencyCard key={agency.code} agency={agency} order={asked.order} wall={page.isToday} {...shared} />
      ))}
      <Notes agencies={isOverview ? agencies : shown} />
      {isOverview && !isLong(agencies) && <Voices view={view} page={page} few />}
      {shows(harmKey) && <Voices view={view} page={page} />}
    </>
  )
}

/** One agency with so many places that a telephone has to scroll for them alone. */
const isLong = (agencies: AgencyToday[]): boolean => agencies.length === 1 && (agencies[0]?.places.length ?? 0) > 8

const hrefOn = ({ from, day, isToday }: TodayView, asked: Asked): string =>
  boardHref({ from, to: day }, isToday ? day : '', asked)

const scoredOf = ({ places }: AgencyToday): number => places.filter(({ shown }) => shown.score !== null).length

/** What the signs above mean. */
function Notes({ agencies }: { agencies: AgencyToday[] }) {
  const places = agencies.flatMap((agency) => agency.places)
  const waiting = places.reduce((sum, place) => sum + place.waiting, 0)
  const hasScore = agencies.some((agency) => agency.shown.score !== null || scoredOf(agency) > 0)
  return (
    <>
      {hasScore && <IntervalLegend watched={places.some(({ dueFrom }) => dueFrom !== null)} />}
      {waiting > 0 && <p class="board-note">{waitingInWords(waiting)}</p>}
      {places.some(({ silent }) => silent) && <p class="board-note">{silenceRule}</p>}
    </>
  )
}

const silenceRule =
  'Im lặng: trong giờ làm việc (7:30–11:30 và 13:30–17:00, ngày làm việc), theo số phiếu của các ngày làm việc trong hai tuần qua thì nơi này hiếm khi lâu như vậy mà chưa có phiếu; nếu chỉ do tình cờ thì nhiều nhất một ngày trong hai mươi ngày. Xin xem tờ dán mã QR còn ở quầy không.'

/** What citizens found fault with and said; of the day shown instead of an empty one, where to find it. */
function Voices({ view, page, few = false }: Pick<BoardProps, 'view' | 'page'> & { few?: boolean }) {
  const span = spanOf(view)
  if (view !== page)
    return (
      <p class="board-note">
        <a href={links.today(view.day)}>Điều người dân chưa hài lòng và ý kiến của ngày này</a>
      </p>
    )
  return (
    <div class={view.comments ? 'board-pair' : ''}>
      <HarmCard view={view} span={span} few={few} />
      {view.comments && <CommentsCard comments={few ? view.comments.slice(0, 2) : view.comments} span={span} />}
    </div>
  )
}

/** Links, so that an order can be kept, sent and had without script. */
function OrderChoice({ page, asked }: { page: TodayView; asked: Asked }) {
  const hrefOf = (order: Order) => hrefOn(page, { ...asked, order })
  return (
    <nav class="segments order-choice" aria-label="Xếp các nơi phục vụ">
      <a href={hrefOf('arranged')} aria-current={asked.order === 'arranged' ? 'true' : undefined}>
        Thứ tự của đơn vị
      </a>
      <a href={hrefOf('lowest')} aria-current={asked.order === 'lowest' ? 'true' : undefined}>
        Điểm thấp trước
      </a>
    </nav>
  )
}
