import type { Effect, Pattern } from '../../server/review/contract.ts'
import { links } from '../links.ts'
import { IntervalLegend } from '../ui/charts/interval-bar.tsx'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Effects } from './effects.tsx'
import { WhyField } from './why.tsx'
import { countOf, patternFields, patternInWords, signNames } from './words.ts'

export type ReviewPreviewPageProps = {
  pattern: Pattern
  place: string
  code: string
  tokens: string[]
  /** Counts them again; otherwise sets them aside. */
  restores: boolean
  count: number
  signature: string
  effects: Effect[]
  again: { why?: string; problem?: string; overtaken?: boolean }
  shell: Shell
}

/** What would change, before anything does. */
export function renderReviewPreviewPage(props: ReviewPreviewPageProps, assets: StaffAssets): string {
  const { pattern, place, code, restores, count, effects, again } = props
  const title = restores ? 'Tính lại phiếu để riêng' : 'Để riêng phiếu đang được tính'
  const children = (
    <>
      <p class="back">
        <a href={links.reviewPattern(patternFields(code, pattern))}>‹ {signNames[pattern.sign]}</a>
      </p>
      <PageHead title={title} lead={`${countOf(count)} · ${patternInWords(place, pattern)}.`} />
      {again.overtaken && <Overtaken />}
      {count === 0 ? (
        <Notice kind="warning" title="Không còn phiếu nào để quyết định">
          <p>Các phiếu này đã đổi từ khi Ông/Bà mở trang.</p>
        </Notice>
      ) : (
        <>
          <section class="card padded" aria-labelledby="tac-dong">
            <h2 id="tac-dong">Điểm trước và sau</h2>
            <p class="aside-note">
              Nơi phục vụ: riêng những ngày này. Chỉ tiêu: từ đầu năm ấy đến hết ngày đã khép gần nhất.
            </p>
            <Effects effects={effects} before="Hiện nay" after="Sau quyết định" />
            <IntervalLegend watched={effects.some(({ dueFrom }) => dueFrom !== null)} />
          </section>
          <DecisionForm {...props} />
        </>
      )}
    </>
  )
  return renderStaffPage({ title, shell: props.shell, children }, assets)
}

const Overtaken = () => (
  <Notice kind="problem" title="Chưa ghi quyết định: nhóm phiếu đã đổi từ lúc xem trước">
    <p>Dưới đây là số mới; xin xem lại rồi quyết định.</p>
  </Notice>
)

function DecisionForm({ pattern, code, tokens, restores, count, signature, again }: ReviewPreviewPageProps) {
  const fields = Object.entries(patternFields(code, pattern))
  return (
    <form method="post" action={links.decideReview} class="card padded review-form">
      {fields.map(([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />)}
      {tokens.map((token) => (
        <input key={token} type="hidden" name="phieu" value={token} />
      ))}
      <input type="hidden" name="signature" value={signature} />
      <WhyField value={again.why ?? ''} problem={again.problem} />
      <button type="submit" class="button">
        {restores ? 'Tính lại' : 'Để riêng'} {countOf(count)}
      </button>
      <p class="aside-note">Quyết định được ghi vào nhật ký và hoàn lại được. Không phiếu nào bị xóa hay sửa.</p>
    </form>
  )
}
