import type { PlaceView } from '../../../server/today/place/contract.ts'
import { Alarm } from '../../indicators/detail/alarm.tsx'
import { Weeks } from '../../indicators/weeks.tsx'
import { links } from '../../links.ts'
import { IntervalLegend } from '../../ui/charts/interval-bar.tsx'
import { chooseScale } from '../../ui/charts/scale.ts'
import { formatDay, shiftDay } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PrintBar, SectionRow, wholePage } from '../../ui/sections/sections.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../../ui/shell.tsx'
import { Hero } from '../hero.tsx'
import { boardHref } from '../order.ts'
import { PeriodNavigation, titleOfPeriod, type UsualPeriod, usualPeriods } from '../period.tsx'
import { Sentences } from '../said/sentences.tsx'
import { spanOf, waitingInWords } from '../words.ts'
import { PlaceComments } from './comments.tsx'
import { Criteria, Fields } from './parts.tsx'
import { type PlaceSection, placeSections } from './sections.ts'
import { SetAside } from './set-aside.tsx'

/** `today` is the running day; `problem` says why what was asked for is not shown. */
export type TodayPlacePageProps = {
  view: PlaceView
  /** A key of placeSections, or the whole page. */
  section: string
  today: string
  problem: string | null
  /** What was typed, where it cannot be shown. */
  typed: { ngay?: string | undefined; tu?: string | undefined; den?: string | undefined } | undefined
  shell: Shell
}

/** Behind one place's score: what pulls it down, who said what, since when, and what does not count. */
export function renderTodayPlacePage(props: TodayPlacePageProps, assets: StaffAssets): string {
  const { view, today, problem, shell } = props
  const section = sectionOf(props)
  const { from, to, place } = view
  const children = (
    <>
      <p class="back">
        <a href={boardHref({ from, to }, today, { order: 'arranged' })}>‹ Hôm nay</a>
      </p>
      <PageHead title={place.name} lead={`${view.agency} · ${view.questionnaire} · mã ${place.code}`}>
        <PlacePeriod {...props} section={section} />
      </PageHead>
      {problem && <Notice kind="problem" title={problem} />}
      {view.hasToday && (
        <Alarm
          places={view.weeks ? [view.weeks] : []}
          hrefOf={() => links.todayPlace(place.code, from, to, 'dien-bien')}
        />
      )}
      <SectionRow
        sections={placeSections.filter(({ key }) => isOffered(key, view))}
        current={section}
        hrefOf={(one) => links.todayPlace(place.code, from, to, one)}
      />
      {section === wholePage && <PrintBar />}
      <h2 class="place-period">{titleOfPeriod({ from, day: to }, today, periodsOf(today))}</h2>
      <Sections view={view} section={section} />
      <p class="source page-source">{sourceOf(view)}</p>
    </>
  )
  const islands = section === wholePage ? ['day', 'print'] : ['day']
  return renderStaffPage({ title: place.name, shell, islands, children }, assets)
}

/** A part that this reader is not offered is the first one. */
function sectionOf({ view, section }: TodayPlacePageProps): string {
  const offered = placeSections.filter(({ key }) => isOffered(key, view)).map(({ key }) => key as string)
  return section === wholePage || offered.includes(section) ? section : (offered[0] ?? wholePage)
}

const isOffered = (key: PlaceSection, { comments, reasons, fields }: PlaceView): boolean => {
  const read = { 'y-kien': comments, 'de-rieng': reasons, 'linh-vuc': fields }[key as string]
  return read !== null
}

/** Those of Hôm nay, and four weeks: long enough for a counter of a few answers a day. */
const periodsOf = (today: string): UsualPeriod[] => [
  ...usualPeriods(today),
  { label: '4 tuần qua', period: { from: shiftDay(today, -27), to: today } },
]

function PlacePeriod({ view: { from, to, place }, section, today, typed }: TodayPlacePageProps) {
  const named = section === placeSections[0]?.key ? undefined : section
  return (
    <PeriodNavigation
      period={{ from, to }}
      today={today}
      typed={typed}
      usual={periodsOf(today)}
      hrefOf={(period) => links.todayPlace(place.code, period.from, period.to, named)}
      action={links.todayPlace(place.code)}
      kept={{ phan: named }}
    />
  )
}

function Sections({ view, section }: Pick<TodayPlacePageProps, 'view' | 'section'>) {
  const whole = section === wholePage
  const shows = (key: PlaceSection) => (whole || section === key) && isOffered(key, view)
  return (
    <>
      {shows('vi-sao') && <Why view={view} whole={whole} />}
      {shows('linh-vuc') && view.fields && <Fields view={view} fields={view.fields} whole={whole} />}
      {shows('y-kien') && view.comments && <PlaceComments view={view} comments={view.comments} whole />}
      {shows('dien-bien') && <Trend view={view} />}
      {shows('de-rieng') && view.reasons && <SetAside view={view} reasons={view.reasons} />}
      {shows('linh-vuc') && (view.fields?.shown.length ?? 0) > 0 && (
        <IntervalLegend watched={view.place.dueFrom !== null} />
      )}
    </>
  )
}

/** The answer on one screen: three sentences, the number, what pulls it down, and in whose words. */
function Why({ view, whole }: { view: PlaceView; whole: boolean }) {
  const { from, to, place, said, comments } = view
  const span = spanOf({ from, day: to, isToday: view.isToday })
  const scale = chooseScale([place.shown], [place.target])
  const measured = { ...place, proven: null, through: null, tickets: view.tickets }
  return (
    <>
      <Sentences said={said} span={span} own={place.code} days={{ from, to }} />
      {place.received > 0 && (
        <section class="card agency" aria-label="Con số">
          <Hero measured={measured} span={span} scale={scale} />
          {place.waiting > 0 && <p class="card-note">{waitingInWords(place.waiting)}</p>}
        </section>
      )}
      <Criteria view={view} whole={whole} />
      {!whole && comments && <PlaceComments view={view} comments={comments} whole={false} />}
    </>
  )
}

function Trend({ view: { weeks } }: { view: PlaceView }) {
  if (weeks) return <Weeks places={[weeks]} whole />
  return (
    <section class="card padded">
      <p>Chưa có tuần nào đủ 10 phiếu để vẽ. Cảnh báo sớm cần khoảng tám tuần có phiếu.</p>
    </section>
  )
}

function sourceOf({ from, to, hasToday }: PlaceView): string {
  const days = from === to ? `ngày ${formatDay(to)}` : `${formatDay(from)} – ${formatDay(to)}`
  const held = hasToday ? ' · ngày đang chạy chỉ tính phần đã hiện được' : ''
  return `Nguồn: phiếu được tính của nơi này, ${days}${held} · mọi cách trả lời · mọi phiên bản bộ câu hỏi`
}
