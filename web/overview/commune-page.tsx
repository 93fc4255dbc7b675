import type { ComponentChildren } from 'preact'
import type { CommuneView } from '../../server/overview/commune-contract.ts'
import { waitingInShort } from '../indicators/pending/note.tsx'
import { TermChoice, termName } from '../indicators/term-choice.tsx'
import { howDataComes } from '../indicators/words.ts'
import { links } from '../links.ts'
import { IntervalLegend } from '../ui/charts/interval-bar.tsx'
import { formatDay } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { PlaceGroups, Schools } from './commune-places.tsx'
import { StandingTable } from './commune-standing.tsx'
import { MissingVoices } from './commune-voices.tsx'
import { YearsToCome } from './commune-years.tsx'

export type CommunePageProps = {
  view: CommuneView
  shell: Shell
  ledgerNotice: ComponentChildren
  /** May read what citizens said about pressure. */
  readsPressure?: boolean
}

export function renderCommunePage(
  { view, shell, ledgerNotice, readsPressure }: CommunePageProps,
  assets: StaffAssets,
): string {
  const title = 'Toàn xã'
  const closed = closedWords(view)
  const children = (
    <>
      <PageHead title={title} lead={`${termName(view.term)}: ${closed}.`} />
      {ledgerNotice}
      <TermChoice {...view} hrefOf={links.commune} />
      {view.to < view.from ? <NothingClosed /> : <Term view={view} source={sourceOf(view)} />}
      <YearsToCome indicators={view.indicators} />
      {view.to >= view.from && <MissingVoices voices={view.voices} source={sourceOf(view)} />}
      {readsPressure && <PressureLink />}
      <IntervalLegend />
    </>
  )
  return renderStaffPage({ title: `${title} · ${termName(view.term)}`, shell, children }, assets)
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

const Term = ({ view, source }: { view: CommuneView; source: string }) => (
  <>
    <section class="card" aria-labelledby="chi-tieu">
      <h2 id="chi-tieu" class="card-title">
        Các chỉ tiêu của kế hoạch
      </h2>
      <StandingTable title="Chỉ tiêu" lines={view.indicators.map((one) => lineOf(one, view))} />
      <p class="source">
        Nguồn: phiếu được tính của {closedWords(view)} · mỗi chỉ tiêu theo công thức, cách trả lời và phiên bản đang
        dùng của nó · “tạm tính”: kỳ chưa hết, kết luận còn có thể đổi
      </p>
    </section>
    <section class="card" aria-labelledby="co-quan">
      <h2 id="co-quan" class="card-title">
        Các cơ quan
      </h2>
      <StandingTable title="Cơ quan" lines={view.agencies} />
      <p class="source">{source}</p>
    </section>
    <Schools schools={view.schools} source={source} />
    <PlaceGroups comparison={view.comparison} source={source} />
  </>
)

function lineOf({ indicator }: CommuneView['indicators'][number], { from, to }: CommuneView) {
  const { code, title, target, ownerName, score, lower, upper, responses, verdict, reason, provisional } = indicator
  const note = score === null ? `${ownerName} · ${howDataComes(code)}` : ownerName
  return {
    key: code,
    code,
    name: title,
    target,
    verdict,
    reason,
    provisional,
    note,
    waiting: waitingInShort(indicator),
    href: links.indicator(code, from, to),
    score: { score, lower, upper, responses },
    withheld: score === null,
  }
}
