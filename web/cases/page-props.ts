import type { CaseDoors, CaseView } from '../../server/cases/view-contract.ts'
import type { Problem } from '../../server/problems.ts'
import type { Shell } from '../ui/shell.tsx'

export type CasePageProps = {
  view: CaseView
  doors: CaseDoors
  /** What was typed before a refusal or for a preview, by field name. */
  values: Record<string, string>
  problems: Problem[]
  /** The reply as the citizen would read it, before it is sent. */
  preview: string | null
  /** What the owner asked to see; never kept by the browser. */
  revealed: { what: 'comment' | 'number'; text: string } | null
  done: boolean
  /** After an answer: the next case to answer, or that there is none. */
  next: number | 'none' | null
  shell: Shell
}
