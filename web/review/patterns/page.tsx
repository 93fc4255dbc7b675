import type { Evidence } from '../../../server/review/patterns/contract.ts'
import type { ClosedSign } from '../../../server/signs/contract.ts'
import { links } from '../../links.ts'
import { IntervalLegend } from '../../ui/charts/interval-bar.tsx'
import { formatInteger } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { renderStaffPage, type StaffAssets } from '../../ui/shell.tsx'
import { Effects } from '../effects.tsx'
import { countOf, daysInWords } from '../words.ts'
import { ContrastDrawing, TimesDrawing, VectorsDrawing } from './answers.tsx'
import { ArrivalsDrawing, VisitTable } from './arrivals.tsx'
import { PatternDecision } from './decision.tsx'
import type { SignPatternPageProps } from './page-props.ts'
import { chanceInWords, closedSignMeanings, closedSignNames, findingInWords, sourceName } from './words.ts'

/** One pattern: what was found, what it rests on, what hangs on it, and one decision for all of it. */
export function renderSignPatternPage(props: SignPatternPageProps, assets: StaffAssets): string {
  const { pattern, place, count, effects, again } = props
  const title = closedSignNames[pattern.sign]
  const where = `${place}, ${daysInWords(pattern.from, pattern.to)}, ${sourceName(pattern.provenance)}`
  const children = (
    <>
      <p class="back">
        <a href={links.review()}>‹ Phiếu để riêng</a>
      </p>
      <PageHead title={title} lead={`${countOf(count)} · ${where}.`} />
      {again.overtaken && <Overtaken />}
      <WhatWasFound {...props} />
      <section class="card padded" aria-labelledby="bang-chung">
        <h2 id="bang-chung">Nhóm này trông như thế nào</h2>
        <Drawings {...props} />
      </section>
      {effects.length > 0 && <WithAndWithout {...props} />}
      <PatternDecision {...props} />
    </>
  )
  return renderStaffPage({ title, shell: props.shell, children }, assets)
}

const Overtaken = () => (
  <Notice kind="problem" title="Chưa ghi quyết định: nhóm này đã đổi từ lúc Ông/Bà mở trang">
    <p>Có thể người khác vừa quyết định. Dưới đây là hiện trạng; xin xem lại.</p>
  </Notice>
)

const WhatWasFound = ({ pattern, limits }: SignPatternPageProps) => (
  <section class="card padded" aria-labelledby="dau-hieu">
    <h2 id="dau-hieu">Dấu hiệu này là gì</h2>
    <p class="aside-note">{closedSignMeanings[pattern.sign]}</p>
    <dl class="review-facts">
      <div>
        <dt>Máy thấy</dt>
        <dd>{findingInWords(pattern)}</dd>
      </div>
      {pattern.judged !== null && (
        <div>
          <dt>Tìm trong</dt>
          <dd>
            {countOf(pattern.judged)} cùng nguồn, {daysInWords(pattern.from, pattern.to)}
          </dd>
        </div>
      )}
      <div>
        <dt>Do may rủi</dt>
        <dd>
          Những ngày bình thường chỉ có {chanceInWords(pattern.chance)} khả năng trông như vậy. Ngưỡng để báo là{' '}
          {chanceInWords(limits.largestChance)}: mỗi nơi được nhìn {formatInteger(limits.looksPerPlace)} lần một năm với{' '}
          {limits.signs} dấu hiệu, và cả mười năm chỉ được phép báo nhầm một lần.
        </dd>
      </div>
    </dl>
  </section>
)

type Kind = 'arrivals' | 'times' | 'vectors' | 'contrast' | 'visits'

/** What shows a sign best comes first. */
const kindsOf: Record<ClosedSign, Kind[]> = {
  equal_run: ['vectors', 'arrivals'],
  burst: ['arrivals', 'times'],
  regular_arrivals: ['arrivals', 'times'],
  unusual_hours: ['arrivals', 'vectors'],
  answering_times: ['times', 'vectors', 'arrivals'],
  same_vector: ['vectors', 'arrivals'],
  near_comments: ['arrivals', 'times', 'vectors'],
  more_than_visits: ['visits', 'arrivals'],
  unlike_proven: ['contrast', 'vectors', 'arrivals'],
}

const Drawings = ({ pattern, evidence }: SignPatternPageProps) => (
  <>
    {kindsOf[pattern.sign].map((kind) => (
      <Drawing key={kind} kind={kind} evidence={evidence} />
    ))}
  </>
)

function Drawing({ kind, evidence }: { kind: Kind; evidence: Evidence }) {
  const { arrivals, gaps, times, vectors, contrast, visits } = evidence
  if (kind === 'arrivals') return <ArrivalsDrawing arrivals={arrivals} gaps={gaps} />
  if (kind === 'vectors') return <VectorsDrawing vectors={vectors} />
  if (kind === 'times') return times && <TimesDrawing times={times} />
  if (kind === 'contrast') return contrast && <ContrastDrawing contrast={contrast} />
  return visits.length > 0 ? <VisitTable visits={visits} /> : null
}

const WithAndWithout = ({ pattern: { state }, effects }: SignPatternPageProps) => (
  <section class="card padded" aria-labelledby="tac-dong">
    <h2 id="tac-dong">Điểm khi có và khi không có nhóm này</h2>
    <p class="aside-note">Nơi phục vụ: riêng những ngày này. Chỉ tiêu: từ đầu năm ấy đến hết ngày đã khép gần nhất.</p>
    {state === 'set_aside' ? (
      <Effects effects={effects} before="Hiện nay, không tính nhóm này" after="Nếu tính nhóm này" />
    ) : (
      <Effects effects={effects} before="Hiện nay, tính cả nhóm này" after="Nếu không tính nhóm này" />
    )}
    <IntervalLegend watched={effects.some(({ dueFrom }) => dueFrom !== null)} />
  </section>
)
