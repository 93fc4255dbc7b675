import type { ComponentChildren } from 'preact'
import { LinesField, problemAt } from '../ui/problem-fields.tsx'
import { CaseFormFrame } from './form-parts.tsx'
import type { CasePageProps } from './page-props.ts'

/** What this member may do to the case now; nothing where there is nothing. */
export function CaseWork(props: CasePageProps) {
  const { may } = props.doors
  if (!Object.values(may).some(Boolean)) return null
  return (
    <section class="card case-work">
      <h2>Xử lý</h2>
      {may.follow && <Follow {...props} />}
      {may.take && <Take {...props} />}
      {may.theme && <Theme {...props} />}
      {may.assign && props.doors.colleagues.length > 0 && <Assign {...props} />}
      {may.note && <Note {...props} />}
      {may.release && <Release {...props} />}
      {may.transfer && <Transfer {...props} />}
      {may.close && <Close {...props} />}
      {may.reopen && <Reopen {...props} />}
    </section>
  )
}

const Take = ({ view }: CasePageProps) => (
  <div class="case-step">
    <CaseFormFrame view={view} action="take">
      <button class="button wide" type="submit">
        Nhận xử lý
      </button>
    </CaseFormFrame>
  </div>
)

const Follow = ({ view }: CasePageProps) => (
  <div class="case-step">
    <CaseFormFrame view={view} action="follow">
      <p class="field-hint">
        Mọi câu được chấm ở mức cao nhất nên lời này được xếp là lời khen, không có hạn trả lời. Nếu người dân có điều
        cần giải quyết, xin đưa vào xử lý.
      </p>
      <button class="button quiet" type="submit">
        Đưa vào xử lý
      </button>
    </CaseFormFrame>
  </div>
)

const Theme = ({ view, doors }: CasePageProps) => (
  <div class="case-step">
    <CaseFormFrame view={view} action="theme">
      <label for="theme">Ý kiến này về việc gì</label>
      <div class="case-choose">
        <select id="theme" name="theme">
          <option value="">Chưa chọn</option>
          {doors.themes.map(({ value, label }) => (
            <option key={value} value={value} selected={value === String(view.themeId)}>
              {label}
            </option>
          ))}
        </select>
        <button class="button small" type="submit">
          Lưu
        </button>
      </div>
    </CaseFormFrame>
  </div>
)

const Assign = ({ view, doors }: CasePageProps) => (
  <div class="case-step">
    <CaseFormFrame view={view} action="assign">
      <label for="owner">Giao cho</label>
      <div class="case-choose">
        <select id="owner" name="owner">
          {doors.colleagues.map(({ id, name }) => (
            <option key={id} value={id} selected={id === view.ownerId}>
              {name}
            </option>
          ))}
        </select>
        <button class="button small" type="submit">
          Giao
        </button>
      </div>
    </CaseFormFrame>
  </div>
)

const Note = ({ view, values, problems }: CasePageProps) => (
  <Step title="Ghi chú nội bộ" open={Boolean(problemAt(problems, 'note'))}>
    <CaseFormFrame view={view} action="note">
      <LinesField
        name="note"
        label="Nội dung"
        hint="Chỉ cán bộ đọc được."
        problem={problemAt(problems, 'note')}
        value={values.note ?? ''}
        rows={3}
      />
      <button class="button small" type="submit">
        Lưu ghi chú
      </button>
    </CaseFormFrame>
  </Step>
)

const Release = ({ view }: CasePageProps) => (
  <Step title={`Chuyển về ${view.agency}`}>
    <CaseFormFrame view={view} action="release">
      <p class="field-hint">Đơn vị sẽ đọc được ý kiến này và xử lý như các ý kiến khác.</p>
      <button class="button small" type="submit">
        Chuyển về đơn vị
      </button>
    </CaseFormFrame>
  </Step>
)

const Transfer = ({ view, doors, values, problems }: CasePageProps) => (
  <Step title="Chuyển đơn vị khác" open={Boolean(problemAt(problems, 'reason') && values.action === 'transfer')}>
    <CaseFormFrame view={view} action="transfer">
      <div class="field">
        <label for="agency">Đơn vị nhận</label>
        <select id="agency" name="agency">
          {doors.agencies.map(({ value, label }) => (
            <option key={value} value={value} selected={value === values.agency}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <ReasonBox id="transfer-reason" action="transfer" label="Lý do chuyển" values={values} problems={problems} />
      <button class="button small" type="submit">
        Chuyển
      </button>
    </CaseFormFrame>
  </Step>
)

function Close({ view, values, problems }: CasePageProps) {
  const isAnswered = view.state === 'answered'
  return (
    <Step
      title={isAnswered ? 'Khép lại' : 'Khép mà không trả lời'}
      open={Boolean(problemAt(problems, 'reason') && values.action === 'close')}
    >
      <CaseFormFrame view={view} action="close">
        {!isAnswered && (
          <ReasonBox id="close-reason" action="close" label="Lý do" values={values} problems={problems} />
        )}
        {view.callback === 'kept' && <p class="field-hint">Số điện thoại người dân để lại sẽ bị xóa.</p>}
        <button class="button small" type="submit">
          Khép lại
        </button>
      </CaseFormFrame>
    </Step>
  )
}

const Reopen = ({ view, values, problems }: CasePageProps) => (
  <Step title="Mở lại" open={Boolean(problemAt(problems, 'reason') && values.action === 'reopen')}>
    <CaseFormFrame view={view} action="reopen">
      <ReasonBox id="reopen-reason" action="reopen" label="Lý do mở lại" values={values} problems={problems} />
      <button class="button small" type="submit">
        Mở lại
      </button>
    </CaseFormFrame>
  </Step>
)

type ReasonProps = Pick<CasePageProps, 'values' | 'problems'> & { id: string; action: string; label: string }

/** Several forms of the page ask a reason: what was typed goes back into the one it came from. */
function ReasonBox({ id, action, label, values, problems }: ReasonProps) {
  const isOwn = values.action === action
  const value = isOwn ? (values.reason ?? '') : ''
  const problem = isOwn ? problemAt(problems, 'reason') : undefined
  return (
    <LinesField
      name="reason"
      id={id}
      label={label}
      hint="Từ 10 đến 500 ký tự."
      problem={problem}
      value={value}
      rows={3}
    />
  )
}

type StepProps = { title: string; open?: boolean; children: ComponentChildren }

const Step = ({ title, open = false, children }: StepProps) => (
  <details class="case-step" open={open}>
    <summary>{title}</summary>
    {children}
  </details>
)
