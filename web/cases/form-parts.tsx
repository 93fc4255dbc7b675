import type { ComponentChildren } from 'preact'
import type { CaseAction } from '../../server/cases/contract.ts'
import type { CaseView } from '../../server/cases/view-contract.ts'
import { links } from '../links.ts'

type FrameProps = { view: Pick<CaseView, 'id' | 'seen'>; action: CaseAction; children: ComponentChildren }

/** A form that does one thing to a case, as the course stood when the page was made. */
export const CaseFormFrame = ({ view, action, children }: FrameProps) => (
  <form class="case-form" method="post" action={links.case(view.id)}>
    <input type="hidden" name="action" value={action} />
    <input type="hidden" name="seen" value={view.seen} />
    {children}
  </form>
)

type TextBoxProps = {
  name: string
  /** Where two boxes of one page share a name. */
  id?: string
  label: string
  hint?: string
  problem?: string | undefined
  value: string
  rows: number
}

/** Several lines of text with their hint and, after a refusal, what to correct. */
export function TextBox({ name, id = name, label, hint, problem, value, rows }: TextBoxProps) {
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ') || undefined
  return (
    <div class={problem ? 'field has-problem' : 'field'}>
      <label for={id}>{label}</label>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {problem && (
        <p class="field-problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
      <textarea id={id} name={name} rows={rows} aria-describedby={described}>
        {value}
      </textarea>
    </div>
  )
}
