import type { ComponentChildren } from 'preact'
import type { CommuneView } from '../../server/overview/commune-contract.ts'
import { Alarm } from '../indicators/detail/alarm.tsx'
import { waitingInShort } from '../indicators/pending/note.tsx'
import { TermChoice, termName } from '../indicators/term-choice.tsx'
import { howDataComes } from '../indicators/words.ts'
import { links } from '../links.ts'
import { IntervalLegend } from '../ui/charts/interval-bar.tsx'
import { formatDay } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { PrintBar, SectionRow, wholePage } from '../ui/sections/sections.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Outlooks } from './commune-outlook.tsx'
import { PlaceGroups, Schools } from './commune-places.tsx'
import { StandingTable } from './commune-standing.tsx'
import { MissingVoices } from './commune-voices.tsx'
import { YearsToCome } from './commune-years.tsx'
import { type CommuneSection, communeSections } from './sections.ts'

export type CommunePageProps = {
  view: CommuneView
  /** A key of communeSections, or the whole page. */
  section: string
  shell: Shell
  ledgerNotice: ComponentChildren
  /** May read what citizens said about pressure. */
  readsPressure?: boolean
}

export function renderCommunePage(props: CommunePageProps, assets: StaffAssets): string {
  const { view, section, shell, ledgerNotice } = props
  const title = 'Toàn xã'
  const named = section === communeSections[0]?.key ? undefined : section
  const whole = section === wholePage
  const children = (
    <>
      <PageHead title={title} lead={`${termName(view.term)}: ${closedWords(view)}.`} />
      {ledgerNotice}
      <Alarm places={view.warnings} hrefOf={({ code }) => links.todayPlace(code, undefined, undefined, 'dien-bien')} />
      <TermChoice
        {...view}
        hrefOf={(term) => links.commune(term, named)}
        printHref={(term) => links.commune(term, wholePage)}
      />
      <SectionRow sections={communeSections} current={section} hrefOf={(one) => links.commune(view.term, one)} />
      {whole && <PrintBar />}
      <Sections {...props} />
      <p class="source page-source">{sourceOf(view)}</p>
    </>
  )
  const islands = whole ? ['print'] : []
  return renderStaffPage({ title: `${title} · ${termName(view.term)}`, shell, islands, children }, assets)
}

function Sections({ view, section, readsPressure }: CommunePageProps) {
  const shows = (key: CommuneSection) => section === wholePage || section === key
  const isClosed = view.to >= view.from
  return (
    <>
      {!isClosed && section !== 'lo-trinh' && <NothingClosed />}
      {isClosed && shows('chi-tieu') && <Indicators view={view} />}
      {isClosed && shows('co-quan') && <Agencies view={view} />}
      {isClosed && shows('truong') && <Schools schools={view.schools} days={view} />}
      {isClosed && shows('canh-nhau') && <PlaceGroups comparison={view.comparison} days={view} />}
      {shows('lo-trinh') && <YearsToCome indicators={view.indicators} />}
      {isClosed && shows('tieng-noi') && <MissingVoices voices={view.voices} />}
      {shows('tieng-noi') && readsPressure && <PressureLink />}
      {section !== 'tieng-noi' && (
        <IntervalLegend watched={view.indicators.some(({ indicator }) => indicator.dueFrom !== null)} />
      )}
    </>
  )
}

const PressureLink = () => (
  <p>
    <a href={links.pressure()}>Người dân trả lời có bị tác động không</a>: một phần năm số người được hỏi thêm câu này.
  </p>
)

/** Which days every figure of such a page covers. */
export const closedWords = ({ from, to }: { from: string; to: string }): string =>
  to < from ? 'chưa có ngày nào khép lại' : `các ngày đã khép, ${formatDay(from)} – ${formatDay(to)}`

const sourceOf = ({ from, to }: CommuneView): string =>
  `Nguồn: phiếu được tính của ${closedWords({ from, to })} · mọi cách trả lời · tính gộp, mỗi người trả lời có trọng số như nhau · mọi phiên bản bộ câu hỏi`

export const NothingClosed = () => (
  <Notice kind="warning" title="Chi tiết có từ ngày mai">
    <p>Trang này chỉ gồm các ngày đã khép, để không ai đoán được câu trả lời của một người.</p>
  </Notice>
)

/** The six on one screen: where each stands, and where the term may end. */
const Indicators = ({ view }: { view: CommuneView }) => (
  <>
    <section class="card" aria-labelledby="chi-tieu">
      <h2 id="chi-tieu" class="card-title">
        Các chỉ tiêu của kế hoạch
      </h2>
      <StandingTable title="Chỉ tiêu" lines={view.indicators.map((one) => lineOf(one, view))} />
      <p class="card-note">
        Mỗi chỉ tiêu theo công thức, cách trả lời và phiên bản đang dùng của nó. “Tạm tính”: kỳ chưa khép, kết luận còn
        có thể đổi.
      </p>
    </section>
    <Outlooks view={view} />
  </>
)

const Agencies = ({ view }: { view: CommuneView }) => (
  <section class="card" aria-labelledby="co-quan">
    <h2 id="co-quan" class="card-title">
      Các đơn vị
    </h2>
    <StandingTable title="Đơn vị" lines={view.agencies} />
    {view.schools && (
      <p class="card-note">
        Các trường: xem phần <a href={links.commune(view.term, 'truong')}>Trường học</a>.
      </p>
    )}
  </section>
)

function lineOf({ indicator }: CommuneView['indicators'][number], { from, to }: CommuneView) {
  const { code, title, target, ownerName, score, lower, upper, responses, verdict, reason, provisional, dueFrom } =
    indicator
  const note = score === null ? `${ownerName} · ${howDataComes(code)}` : ownerName
  return {
    key: code,
    code,
    name: title,
    target,
    verdict,
    reason,
    provisional,
    dueFrom,
    note,
    waiting: waitingInShort(indicator),
    href: links.indicator(code, from, to),
    score: { score, lower, upper, responses },
    withheld: score === null,
  }
}
