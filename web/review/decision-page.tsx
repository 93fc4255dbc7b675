import type { DecisionLine, Effect } from '../../server/review/contract.ts'
import { links } from '../links.ts'
import { formatDay } from '../ui/format.ts'
import { formatMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Effects } from './effects.tsx'
import { WhyField } from './why.tsx'
import { countOf } from './words.ts'

export type ReviewDecisionPageProps = DecisionLine & {
  /** How many were decided about again, and by which decision. */
  later: { count: number; decision: string | null }
  mayUndo: boolean
  /** What taking it back would change. */
  effects: Effect[]
  again: { why?: string; problem?: string; overtaken?: boolean }
  shell: Shell
}

/** One decision: who, when, why, how many; and the way back. */
export function renderReviewDecisionPage(props: ReviewDecisionPageProps, assets: StaffAssets): string {
  const { restored, count, later, mayUndo, again } = props
  const title = `${restored ? 'Tính lại' : 'Để riêng'} ${countOf(count)}`
  const children = (
    <>
      <p class="back">
        <a href={links.review()}>‹ Phiếu để riêng</a>
      </p>
      <PageHead title={title} lead={`${props.place}, ngày ${formatDay(props.day)}.`} />
      {again.overtaken && <Notice kind="problem" title="Chưa hoàn lại được: có phiếu đã đổi theo một quyết định sau" />}
      <section class="card padded">
        <Facts {...props} />
        {later.decision && (
          <p class="aside-note">
            {later.count < count ? `${countOf(later.count)} trong số này` : 'Các phiếu này'} đã đổi theo{' '}
            <a href={links.reviewDecision(later.decision)}>một quyết định sau</a>.
          </p>
        )}
      </section>
      {mayUndo && <UndoForm {...props} />}
    </>
  )
  return renderStaffPage({ title, shell: props.shell, children }, assets)
}

const Facts = ({ by, at, why, restored, count }: ReviewDecisionPageProps) => (
  <dl class="review-facts">
    <div>
      <dt>Người quyết định</dt>
      <dd>{by}</dd>
    </div>
    <div>
      <dt>Lúc</dt>
      <dd>{formatMoment(at)}</dd>
    </div>
    <div>
      <dt>Số phiếu</dt>
      <dd>
        {countOf(count)}, {restored ? 'từ để riêng sang được tính' : 'từ được tính sang để riêng'}
      </dd>
    </div>
    <div>
      <dt>Lý do</dt>
      <dd>{why}</dd>
    </div>
  </dl>
)

const UndoForm = ({ decision, effects, again }: ReviewDecisionPageProps) => (
  <section class="card padded" aria-labelledby="hoan-lai">
    <h2 id="hoan-lai">Hoàn lại</h2>
    <p class="aside-note">Mọi phiếu trở về đúng chỗ trước quyết định này. Điểm sẽ như sau:</p>
    <Effects effects={effects} before="Hiện nay" after="Sau khi hoàn lại" />
    <form method="post" action={links.undoReview(decision)} class="review-form">
      <WhyField value={again.why ?? ''} problem={again.problem} />
      <button type="submit" class="button quiet">
        Hoàn lại quyết định này
      </button>
    </form>
  </section>
)
