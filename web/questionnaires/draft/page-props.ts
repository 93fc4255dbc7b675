import type { Sector } from '../../../server/catalogue/contract.ts'
import type {
  DraftEffect,
  DraftInput,
  DraftNotice,
  DraftProblem,
} from '../../../server/questionnaires/draft/contract.ts'
import type { Shell } from '../../ui/shell.tsx'

export type DraftPageProps = {
  code: string
  title: string
  sector: Sector
  /** The number the draft has or will have; the version in use, which it begins from. */
  version: number
  published: number
  hasDraft: boolean
  /** What was stored when the typing began: saving over anything else is noticed. */
  revision: string
  input: DraftInput
  problems: DraftProblem[]
  notice: DraftNotice | null
  json: { text: string; problems: string[] }
  effect: DraftEffect | null
  /** The response id whose questions the preview shows. */
  previewId: string
  shell: Shell
}
