import { z } from 'zod'
import type { ExtraQuestion, Language, Text } from '../catalogue/contract.ts'
import { toOneLine } from '../typed/text.ts'

/** A run of words of a text that stands in both versions, only in the later one, or only in the earlier one. */
export type Piece = { kind: 'same' | 'added' | 'removed'; text: string }
export type TextChange = { language: Language; pieces: Piece[] }

/** A criterion named for a reader: its code, its number in the ministry's list, its words and its factor's title. */
export type NamedCriterion = { code: string; official: string; text: Text; factor: string }

/** How a criterion is asked: its known probability, and whether "no opinion" is offered. */
export type Asking = { probability: number; noOpinion: boolean }

export type FactorChange = {
  code: string
  title: string
  kind: 'added' | 'removed' | 'moved' | 'changed'
  changes: TextChange[]
  /** How many of its rotating criteria each response is asked; null on the side where the factor does not stand. */
  drawBefore: number | null
  drawAfter: number | null
}

export type ExtraChange = {
  code: string
  text: string
  kind: 'added' | 'removed' | 'changed'
  changes: TextChange[]
  kinds: { before: ExtraQuestion['kind']; after: ExtraQuestion['kind'] } | null
  choices: { text: string; kind: 'added' | 'removed' | 'changed'; changes: TextChange[] }[]
}

/** What a later version of a questionnaire has that an earlier one has not. Criteria are matched by code. */
export type VersionDiff = {
  title: TextChange[]
  source: Piece[] | null
  factors: FactorChange[]
  added: NamedCriterion[]
  removed: NamedCriterion[]
  /** `from` is the title of the factor it stood in, null where only its place within the factor changed. */
  moved: (NamedCriterion & { from: string | null })[]
  reworded: (NamedCriterion & { changes: TextChange[] })[]
  /** Same code under another official number: its series would go on with another meaning. */
  renumbered: (NamedCriterion & { before: string })[]
  asking: (NamedCriterion & { before: Asking; after: Asking })[]
  extra: ExtraChange[]
}

/** How long the form of a version is: questions of one response, and bytes on the wire with the longest draw. */
export type PageWeight = { criteria: number; extra: number; bytes: Record<Language, number>; budgetBytes: number }

/** Why a version replaces the one before; printed in its history. */
export const PublishForm = z.strictObject({
  reason: z
    .string({ error: 'Xin ghi lý do ban hành.' })
    .transform(toOneLine)
    .refine((text) => text.length >= 10, { error: 'Xin ghi lý do ban hành, ít nhất 10 ký tự.' })
    .refine((text) => text.length <= 500, { error: 'Lý do dài tối đa 500 ký tự.' }),
})
