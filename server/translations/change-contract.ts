import type { Questionnaire, VersionId } from '../catalogue/contract.ts'
import type { AuditEntry } from '../staff/contract.ts'

/** Where one text stands: its part, and its path within. */
export type TextPlace = { part: string; key: string }

/** Another wording of an interface text; null where the built-in one holds. */
export type WordingEdit = TextPlace & { was: string | null; body: string | null }

export type NameKind = 'agency' | 'place' | 'field'

/** The Khmer name of an agency, place or field; empty where there is none. */
export type NameEdit = { kind: NameKind; code: string; was: string; body: string }

/** A questionnaire's draft with other Khmer texts, over the very row that was read. */
export type DraftEdit = {
  base: { id: VersionId; isDraft: boolean }
  definition: Questionnaire
  /** Whether every Khmer text of it was read by somebody who speaks the language. */
  isReviewed: boolean
}

/** `by`: who reviewed it, where that is not the author of the change. */
export type ReviewEdit = TextPlace & { pair: string; by?: string }

/** Everything one saving does, whole or not at all. */
export type TranslationChange = {
  wordings: WordingEdit[]
  names: NameEdit[]
  drafts: DraftEdit[]
  reviewed: ReviewEdit[]
  withdrawn: ReviewEdit[]
  /** Versions whose mark changes because all their texts are reviewed now, or one no longer is. */
  marks: { id: VersionId; reviewed: boolean }[]
  audit: AuditEntry[]
}

export type ChangeAuthor = { username: string; reviewer: string }
