import type { HealthService, HealthView } from '../../server/overview/health-contract.ts'
import { Comparisons } from '../indicators/compare.tsx'
import { Coverage, Figures } from '../indicators/figures.tsx'
import { Breakdowns, Questions } from '../indicators/parts.tsx'
import { waitingInShort } from '../indicators/pending/note.tsx'
import { TermChoice, termName } from '../indicators/term-choice.tsx'
import { OverTime } from '../indicators/time.tsx'
import { missingInWords } from '../indicators/words.ts'
import { links } from '../links.ts'
import { IntervalLegend } from '../ui/charts/interval-bar.tsx'
import { formatTarget } from '../ui/format.ts'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { closedWords, NothingClosed } from './commune-page.tsx'
import { type StandingLine, StandingTable } from './commune-standing.tsx'
import { Improve, Independence, Themes, Waves } from './health-parts.tsx'

export type HealthPageProps = { view: HealthView; shell: Shell }

export function renderHealthPage({ view, shell }: HealthPageProps, assets: StaffAssets): string {
  const title = 'Y tế'
  const children = (
    <>
      <PageHead title={title} lead={`${termName(view.term)}: ${closedWords(view)}.`} />
      <TermChoice {...view} hrefOf={(term) => links.healthResults(term, view.chosen)} />
      {view.to < view.from ? <NothingClosed /> : <Services view={view} />}
      <Waves waves={view.waves} />
      <ServiceChoice view={view} />
      <ServiceDetail view={view} />
      {view.themes && <Themes themes={view.themes} />}
      <IntervalLegend />
    </>
  )
  return renderStaffPage({ title: `${title} · ${termName(view.term)}`, shell, children }, assets)
}

/** With fewer, a table by criterion would be somebody's answers. */
const leastForParts = 5

function Services({ view: { whole, services, term, from, to } }: { view: HealthView }) {
  const lines = [
    ...(whole
      ? [{ ...lineOf('', whole.title, whole), code: whole.code, href: links.indicator(whole.code, from, to) }]
      : []),
    ...services.map((one) => ({
      ...lineOf(one.code, serviceName(one), one.view),
      href: `${links.healthResults(term, one.code)}#chi-tiet`,
    })),
  ]
  return (
    <section class="card" aria-labelledby="dich-vu">
      <h2 id="dich-vu" class="card-title">
        Các dịch vụ y tế
      </h2>
      <StandingTable title="Dịch vụ" lines={lines} />
      <p class="source">
        Nguồn: phiếu được tính của {closedWords({ from, to })} · mọi cách trả lời mà chỉ tiêu nhận · theo công thức đang
        dùng của chỉ tiêu{whole && ` ${whole.code}`} · “tạm tính”: kỳ chưa hết, kết luận còn có thể đổi
      </p>
    </section>
  )
}

function lineOf(key: string, name: string, view: HealthService['view']): StandingLine {
  const { score, lower, upper, responses, target, verdict, reason, provisional, missing } = view
  const withheld = score === null || responses < leastForParts
  const words = withheld ? null : missingInWords(missing)
  return {
    key,
    name,
    target,
    verdict,
    reason,
    provisional,
    withheld,
    waiting: waitingInShort(view),
    score: { score, lower, upper, responses },
    ...(words && { note: words }),
  }
}

/** Spoken names of the ministry's questionnaires; a new one goes by its title. */
const shortNames: Record<string, string> = { outpatient: 'Khám bệnh, chữa bệnh', vaccination: 'Tiêm chủng' }
const serviceName = ({ code, title }: HealthService): string => shortNames[code] ?? title

const ServiceChoice = ({ view: { services, chosen, term } }: { view: HealthView }) => (
  <div class="service-choice" id="chi-tiet">
    <h2>Chi tiết từng dịch vụ</h2>
    <nav class="segments" aria-label="Dịch vụ">
      {services.map((one) => (
        <a
          key={one.code}
          href={`${links.healthResults(term, one.code)}#chi-tiet`}
          aria-current={one.code === chosen ? 'true' : undefined}
        >
          {serviceName(one)}
        </a>
      ))}
    </nav>
  </div>
)

function ServiceDetail({ view }: { view: HealthView }) {
  const { detail, months, improve } = view
  const hasMonths = months.closed.responses >= leastForParts
  if (detail.closed.responses < leastForParts)
    return (
      <>
        <TooFew count={detail.closed.responses} target={detail.indicator.target} />
        {hasMonths && <OverTime detail={months} />}
      </>
    )
  return (
    <>
      <Improve harms={improve} detail={detail} />
      {hasMonths && <OverTime detail={months} />}
      <Questions detail={detail} />
      <Figures detail={detail} />
      <Comparisons detail={detail} />
      <Independence detail={detail} />
      <Coverage detail={detail} />
      <Breakdowns detail={detail} />
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
        Xem điểm phục vụ và in mã QR
      </a>
    </p>
  </section>
)
