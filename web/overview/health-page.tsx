import type { HealthService, HealthView } from '../../server/overview/health-contract.ts'
import { Earlier, Independence } from '../indicators/compare.tsx'
import { Alarm } from '../indicators/detail/alarm.tsx'
import { Coverage, Figures } from '../indicators/figures.tsx'
import { Breakdowns, Questions } from '../indicators/parts.tsx'
import { waitingInShort } from '../indicators/pending/note.tsx'
import { PageSource } from '../indicators/source.tsx'
import { TermChoice, termName } from '../indicators/term-choice.tsx'
import { OverTime } from '../indicators/time.tsx'
import { missingInWords } from '../indicators/words.ts'
import { links } from '../links.ts'
import { IntervalLegend } from '../ui/charts/interval-bar.tsx'
import { formatTarget, startSentence } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { PrintBar, SectionRow, wholePage } from '../ui/sections/sections.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { closedWords, NothingClosed } from './commune-page.tsx'
import { type StandingLine, StandingTable } from './commune-standing.tsx'
import { Improve, Themes, Waves, WhatIsIndependent } from './health-parts.tsx'
import { type HealthSection, healthSections } from './sections.ts'

export type HealthPageProps = {
  view: HealthView
  /** A key of healthSections, or the whole page. */
  section: string
  shell: Shell
}

export function renderHealthPage({ view, section, shell }: HealthPageProps, assets: StaffAssets): string {
  const title = 'Y tế'
  const named = section === healthSections[0]?.key ? undefined : section
  const whole = section === wholePage
  const shows = (...keys: HealthSection[]) => whole || keys.some((key) => key === section)
  const children = (
    <>
      <PageHead title={title} lead={`${termName(view.term)}: ${closedWords(view)}.`} />
      <Alarm places={view.weeks} hrefOf={({ code }) => links.todayPlace(code, undefined, undefined, 'dien-bien')} />
      <TermChoice
        {...view}
        hrefOf={(term) => links.healthResults(term, view.chosen, named)}
        printHref={(term) => links.healthResults(term, view.chosen, wholePage)}
      />
      <SectionRow
        sections={healthSections}
        current={section}
        hrefOf={(one) => links.healthResults(view.term, view.chosen, one)}
      />
      {whole && <PrintBar />}
      {shows('ket-qua') && (
        <>
          {view.to < view.from ? <NothingClosed /> : <Services view={view} section={named} />}
          <Waves waves={view.waves} />
        </>
      )}
      {(whole || !shows('ket-qua', 'y-kien')) && (
        <>
          <ServiceChoice view={view} section={named ?? 'cai-thien'} />
          <ServiceDetail view={view} shows={shows} whole={whole} />
        </>
      )}
      {shows('y-kien') && <Comments view={view} />}
      {section === 'ket-qua' ? (
        <p class="source page-source">
          Nguồn: phiếu được tính của {closedWords(view)} · mọi cách trả lời mà chỉ tiêu nhận · mọi phiên bản bộ câu hỏi
        </p>
      ) : (
        <PageSource detail={view.detail} />
      )}
    </>
  )
  const islands = whole ? ['print'] : []
  return renderStaffPage({ title: `${title} · ${termName(view.term)}`, shell, islands, children }, assets)
}

const Comments = ({ view: { themes } }: { view: HealthView }) =>
  themes ? (
    <Themes themes={themes} />
  ) : (
    <Notice kind="warning" title="Tài khoản này không đọc ý kiến">
      <p>Chủ đề của các ý kiến hiện với người được đọc ý kiến của các nơi phục vụ y tế.</p>
    </Notice>
  )

/** With fewer, a table by criterion would be somebody's answers. */
const leastForParts = 5

function Services({
  view: { whole, services, term, from, to },
  section,
}: {
  view: HealthView
  section?: string | undefined
}) {
  const lines = [
    ...(whole
      ? [{ ...lineOf('', whole.title, whole), code: whole.code, href: links.indicator(whole.code, from, to) }]
      : []),
    ...services.map((one) => ({
      ...lineOf(one.code, serviceName(one), one.view),
      href: links.healthResults(term, one.code, section ?? 'cai-thien'),
    })),
  ]
  return (
    <section class="card" aria-labelledby="dich-vu">
      <h2 id="dich-vu" class="card-title">
        Các dịch vụ y tế
      </h2>
      <StandingTable title="Dịch vụ" lines={lines} />
      <p class="card-note">
        {startSentence(closedWords({ from, to }))}, theo công thức đang dùng của chỉ tiêu{whole && ` ${whole.code}`}.
        “Tạm tính”: kỳ chưa khép, kết luận còn có thể đổi.
      </p>
      <div class="card-legend">
        <IntervalLegend watched={lines.some(({ dueFrom }) => dueFrom !== null)} />
      </div>
    </section>
  )
}

function lineOf(key: string, name: string, view: HealthService['view']): StandingLine {
  const { score, lower, upper, responses, target, verdict, reason, provisional, dueFrom, missing } = view
  const withheld = score === null || responses < leastForParts
  const words = withheld ? null : missingInWords(missing)
  return {
    key,
    name,
    target,
    verdict,
    reason,
    provisional,
    dueFrom,
    withheld,
    waiting: waitingInShort(view),
    score: { score, lower, upper, responses },
    ...(words && { note: words }),
  }
}

/** Spoken names of the ministry's questionnaires; a new one goes by its title. */
const shortNames: Record<string, string> = { outpatient: 'Khám bệnh, chữa bệnh', vaccination: 'Tiêm chủng' }
const serviceName = ({ code, title }: HealthService): string => shortNames[code] ?? title

const ServiceChoice = ({ view: { services, chosen, term }, section }: { view: HealthView; section: string }) => (
  <div class="service-choice" id="chi-tiet">
    <h2>Dịch vụ</h2>
    <nav class="segments" aria-label="Dịch vụ">
      {services.map((one) => (
        <a
          key={one.code}
          href={links.healthResults(term, one.code, section)}
          aria-current={one.code === chosen ? 'true' : undefined}
        >
          {serviceName(one)}
        </a>
      ))}
    </nav>
  </div>
)

type DetailProps = { view: HealthView; shows: (...keys: HealthSection[]) => boolean; whole: boolean }

function ServiceDetail({ view, shows, whole }: DetailProps) {
  const { detail, months, improve, placeCodes } = view
  const time = shows('thoi-gian') && months.closed.responses >= leastForParts && <OverTime detail={months} />
  if (detail.closed.responses < leastForParts)
    return (
      <>
        <TooFew count={detail.closed.responses} target={detail.indicator.target} />
        {time}
      </>
    )
  return (
    <>
      {shows('cai-thien') && <Improve harms={improve} />}
      {time}
      {shows('thoi-gian') && <Earlier detail={detail} />}
      {shows('cau-hoi') && <Questions detail={detail} whole={whole} />}
      {shows('noi') && (
        <Breakdowns
          detail={detail}
          by="place"
          whole={whole}
          placeHref={(key) => placeCodes[key] && links.todayPlace(placeCodes[key], view.from, view.to)}
        />
      )}
      {shows('nguoi') && <Independence detail={detail} />}
      {shows('nguoi') && <WhatIsIndependent compared={detail.independence !== null} />}
      {shows('nguoi') && <Breakdowns detail={detail} by="answer" whole={whole} />}
      {shows('con-so') && <Figures detail={detail} />}
      {shows('con-so') && <Coverage detail={detail} />}
    </>
  )
}

const TooFew = ({ count, target }: { count: number; target: number }) => (
  <section class="card padded without-score">
    <h3>{count === 0 ? 'Chưa có phiếu nào được tính' : 'Chưa đủ 5 phiếu để chia nhỏ'}</h3>
    <p>
      Nhóm và mục hỏi, cách trả lời, điều nên cải thiện hiện khi dịch vụ này có từ 5 phiếu, để không ai đoán được câu
      trả lời của một người. Chỉ tiêu là ≥&nbsp;{formatTarget(target)}.
    </p>
    <p class="without-score-actions">
      <a class="button quiet" href={links.places}>
        Xem nơi phục vụ và in mã QR
      </a>
    </p>
  </section>
)
