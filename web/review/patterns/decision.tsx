import { links } from '../../links.ts'
import { formatMoment } from '../../ui/moment.ts'
import { whoDecides } from '../decider-words.ts'
import { WhyField } from '../why.tsx'
import { countOf } from '../words.ts'
import type { SignPatternPageProps } from './page-props.ts'

/** What was decided, or the one decision for the whole pattern. */
export function PatternDecision(props: SignPatternPageProps) {
  const { pattern, mayDecide } = props
  if (pattern.state === 'pending') return mayDecide ? <DecisionForm {...props} /> : <WhoDecides {...props} />
  return (
    <>
      <Decided {...props} />
      {pattern.state === 'kept' && mayDecide && <ReopenForm {...props} />}
    </>
  )
}

const choices = ({ counted, count }: SignPatternPageProps) => [
  {
    value: 'set_aside',
    label: `Để riêng cả nhóm (${countOf(counted)})`,
    hint: 'Không tính vào điểm. Không phiếu nào bị xóa; hoàn lại được.',
    offered: counted > 0,
  },
  {
    value: 'keep',
    label: `Giữ cả nhóm (${countOf(count)})`,
    hint: 'Mọi phiếu ở nguyên chỗ cũ, nhóm không còn chờ xem xét.',
    offered: true,
  },
]

function DecisionForm(props: SignPatternPageProps) {
  const { pattern, signature, counted, again } = props
  return (
    <form method="post" action={links.signPattern(pattern.id)} class="card padded review-form">
      <h2>Quyết định cho cả nhóm</h2>
      {counted === 0 && <p class="aside-note">Mọi phiếu của nhóm này đã được để riêng bằng quyết định khác.</p>}
      <input type="hidden" name="signature" value={signature} />
      <fieldset class={again.unchosen ? 'field has-problem' : 'field'} id="choice">
        <legend>Để riêng hay giữ</legend>
        {again.unchosen && <p class="field-problem">{again.unchosen}</p>}
        {choices(props)
          .filter(({ offered }) => offered)
          .map(({ value, label, hint }) => (
            <label class="choice" key={value}>
              <input type="radio" name="choice" value={value} required checked={again.choice === value} />
              <span>
                {label}
                <small>{hint}</small>
              </span>
            </label>
          ))}
      </fieldset>
      <WhyField value={again.why ?? ''} problem={again.problem} />
      <button type="submit" class="button">
        Ghi quyết định
      </button>
      <p class="aside-note">Quyết định được ghi vào nhật ký và sổ cái, với tên người quyết định và lý do.</p>
    </form>
  )
}

const Decided = ({ pattern, count }: SignPatternPageProps) => (
  <section class="card padded" aria-labelledby="da-quyet-dinh">
    <h2 id="da-quyet-dinh">{pattern.state === 'kept' ? 'Đã giữ cả nhóm trong điểm' : 'Đã để riêng cả nhóm'}</h2>
    <dl class="review-facts">
      <div>
        <dt>Người quyết định</dt>
        <dd>{pattern.decidedBy}</dd>
      </div>
      <div>
        <dt>Lúc</dt>
        <dd>{pattern.decidedAt && formatMoment(pattern.decidedAt)}</dd>
      </div>
      <div>
        <dt>Số phiếu</dt>
        <dd>{countOf(count)}</dd>
      </div>
      <div>
        <dt>Lý do</dt>
        <dd>{pattern.why}</dd>
      </div>
    </dl>
    {pattern.decision && (
      <p class="aside-note">
        <a href={links.reviewDecision(pattern.decision)}>Xem quyết định này và hoàn lại nếu cần</a>. Hoàn lại thì nhóm
        trở về chờ xem xét.
      </p>
    )}
  </section>
)

const ReopenForm = ({ pattern, again }: SignPatternPageProps) => (
  <section class="card padded" aria-labelledby="xet-lai">
    <h2 id="xet-lai">Xét lại</h2>
    <p class="aside-note">Nhóm trở về chờ xem xét; chưa phiếu nào đổi chỗ.</p>
    <form method="post" action={links.reopenPattern(pattern.id)} class="review-form">
      <WhyField value={again.why ?? ''} problem={again.problem} />
      <button type="submit" class="button quiet">
        Xét lại nhóm này
      </button>
    </form>
  </section>
)

const WhoDecides = ({ sector }: SignPatternPageProps) => (
  <p class="aside-note">Nhóm này đang chờ quyết định. {whoDecides(sector === 'education')}</p>
)
