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
