import { z } from 'zod'
import type { PageWeight } from '../versions-contract.ts'

/** How long the parts of a draft may be, in characters: what a phone of 360 px shows without filling its screen. */
export const textLimits = { criterion: 160, question: 200, choice: 80, title: 120, source: 1000 } as const

/** A draft as it stands in the editor's fields: anything that was typed, right or not. */
export type TextInput = { vi: string; en: string; km: string }
export type CriterionInput = { code: string; official: string; core: boolean; noOpinion: boolean; text: TextInput }
export type FactorInput = { code: string; title: TextInput; draw: string; criteria: CriterionInput[] }
export type ChoiceInput = { code: string; text: TextInput }
export type ExtraInput = { code: string; kind: string; text: TextInput; choices: ChoiceInput[] }
export type DraftInput = {
  title: TextInput
  source: string
  translations: { en: string; km: string }
  factors: FactorInput[]
  extra: ExtraInput[]
}

/** What is wrong with a draft: the path of the part, its name for a reader, and the sentence about it. */
export type DraftProblem = { path: string; place: string; message: string }

/** A change of one list of the draft; `list` is its path, such as `factors.1.criteria`. */
export type DraftCommand = { verb: 'add' | 'remove' | 'up' | 'down'; list: string; index: number }

/** How many differences of each kind there are between two versions. */
export type ChangeCounts = Record<
  'reworded' | 'added' | 'removed' | 'moved' | 'renumbered' | 'asking' | 'factors' | 'extra' | 'names',
  number
>

/** What follows from the fields when nothing is wrong in them. */
export type DraftEffect = { weight: PageWeight; changes: ChangeCounts }

/** The definition typed as JSON, or the end of the draft. The revision is the one that the typing began with. */
export const DraftForm = z.union([
  z.strictObject({ action: z.literal('discard') }),
  z.strictObject({ action: z.literal('save'), definition: z.string(), revision: z.string().max(40).optional() }),
])

/** The editor's buttons; its other fields are named by their path in the definition. */
export const EditorForm = z.object({ do: z.string().max(60), revision: z.string().max(40) })

export type EditorForm = z.infer<typeof EditorForm>

/** What the editor says above its fields. */
export type DraftNotice = 'saved' | 'unchanged' | 'unsaved' | 'conflict'

export const PreviewQuery = z.object({
  lang: z.enum(['vi', 'en', 'km']).catch('vi'),
  id: z.uuid().optional().catch(undefined),
})
