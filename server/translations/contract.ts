import { z } from 'zod'
import { toOneLine } from '../typed/text.ts'
import type { TextPlace } from './change-contract.ts'

/** Who has read a text beside its original, and on which day (YYYY-MM-DD). */
export type Review = { by: string; on: string }

/** One text a citizen reads, in three languages; `km` is empty only for a name nobody has translated. */
export type TextEntry = TextPlace & {
  /** Texts that belong together, in a word or two. */
  group: string
  vi: string
  en: string
  km: string
  /** Most letters the Khmer may have. */
  most: number
  /** A name may go without: citizens then read the Vietnamese one. */
  mayBeEmpty: boolean
  /** Names the original and its translation, as they are now. */
  pair: string
  review: Review | null
}

export type PartKind = 'words' | 'questionnaire' | 'names'

export type Part = {
  code: string
  kind: PartKind
  title: string
  texts: TextEntry[]
  /** Where new wording of a questionnaire waits to be put in force. */
  draft: { code: string; version: number } | null
}

/** What somebody wants of one text, having seen it as the pair names it. */
export type TextEdit = TextPlace & {
  seen: string
  text: string
  /** `keep` says nothing about the review. */
  reviewed: 'yes' | 'no' | 'keep'
}

export type TextProblem = { at: number; message: string; isConflict: boolean }

/** What follows from edits: either problems, or what is to be done. */
export type Judgement = {
  problems: TextProblem[]
  changed: { entry: TextEntry; text: string }[]
  reviewed: { entry: TextEntry; text: string }[]
  withdrawn: TextEntry[]
}

/** A text as the form shows it: as stored, or as it was typed. */
export type ShownText = { entry: TextEntry; typed: string; isTicked: boolean; problem: string | undefined }

export type PartProgress = Pick<Part, 'code' | 'kind' | 'title' | 'draft'> & { reviewed: number; total: number }

export const textsPerSection = 10

export const PartQuery = z.object({
  phan: z.string().max(20).optional().catch(undefined),
  loc: z.literal('chua-duyet').optional().catch(undefined),
  luu: z.literal('roi').optional().catch(undefined),
})
export type PartQuery = z.infer<typeof PartQuery>

/** Numbered fields: k the key, s what was seen, t the text, w whether it was reviewed when drawn, r the tick. */
export const PartForm = z.record(z.string().max(10), z.string().max(4000))

export const Reviewer = z
  .string()
  .optional()
  .default('')
  .transform(toOneLine)
  .refine((text) => text.length <= 80, { error: 'Tên người duyệt dài tối đa 80 ký tự.' })
