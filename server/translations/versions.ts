import type { CatalogueState, Version } from '../catalogue/catalogue.ts'
import type { Questionnaire } from '../catalogue/contract.ts'
import { numberOf, versionsOf } from '../questionnaires/versions-view.ts'
import type { TranslationState } from './book.ts'
import type { DraftEdit, ReviewEdit, TextPlace, TranslationChange } from './change-contract.ts'
import type { Judgement } from './contract.ts'
import {
  entriesOfVersion,
  listQuestionnaires,
  partOfQuestionnaire,
  type QuestionnaireVersions,
  wholeReviewer,
} from './parts.ts'
import { textsOfQuestionnaire, withKhmer } from './questionnaire-rules.ts'
import { pairOf } from './text-rules.ts'

export type VersionChange = Pick<TranslationChange, 'drafts' | 'marks'> & {
  /** Texts of a version reviewed as a whole, before it is one no longer: each keeps its review. */
  kept: ReviewEdit[]
}

type Given = {
  state: CatalogueState
  translations: TranslationState
  judgement: Judgement
  reviewed: ReviewEdit[]
}

/** What edits mean for questionnaires: new drafts, and which versions are reviewed from the first text to the last. */
export function changeVersions(given: Given): VersionChange {
  const changes = listQuestionnaires(given.state).map((versions) => changeOne(given, versions))
  return {
    drafts: changes.flatMap(({ drafts }) => drafts),
    marks: changes.flatMap(({ marks }) => marks),
    kept: changes.flatMap(({ kept }) => kept),
  }
}

function changeOne(given: Given, versions: QuestionnaireVersions): VersionChange {
  const { judgement, translations } = given
  const part = partOfQuestionnaire(versions.code)
  const isOwn = (place: TextPlace) => place.part === part
  const changed = judgement.changed.filter(({ entry }) => isOwn(entry))
  const withdrawn = judgement.withdrawn.filter(isOwn)
  if (changed.length + withdrawn.length === 0 && !given.reviewed.some(isOwn)) return { drafts: [], marks: [], kept: [] }
  const base = versions.draft ?? versions.published
  const gone = new Set([...withdrawn, ...changed.map(({ entry }) => entry)].map(({ pair }) => pair))
  const kept = base.reviewed.km
    ? entriesOfVersion(base, translations)
        .filter(({ pair }) => !gone.has(pair))
        .map(({ key, pair }) => ({ part, key, pair, by: wholeReviewer }))
    : []
  const known = new Set([...given.reviewed, ...kept].map(({ pair }) => pair))
  const isReviewed = (definition: Questionnaire) =>
    textsOfQuestionnaire(definition).every(({ key, text }) => {
      const pair = pairOf({ part, key }, text.vi, text.km)
      return known.has(pair) || (!gone.has(pair) && translations.findReview({ part, key }, pair) !== null)
    })
  const drafts = changed.length > 0 ? [draftWith(given.state, base, { changed, isReviewed })] : []
  const standing = [versions.published, ...(versions.draft && drafts.length === 0 ? [versions.draft] : [])]
  const lost = new Set(withdrawn.map(({ pair }) => pair))
  return { drafts, kept, marks: standing.flatMap((version) => markOf(version, { isReviewed, lost, part })) }
}

type DraftParts = { changed: Judgement['changed']; isReviewed: (definition: Questionnaire) => boolean }

function draftWith(state: CatalogueState, base: Version, { changed, isReviewed }: DraftParts): DraftEdit {
  const khmer = new Map(changed.map(({ entry, text }) => [entry.key, text]))
  const version = numberOf(versionsOf(state, base.code))
  const definition = withKhmer({ ...base.definition, version }, khmer)
  return { base: { id: base.id, isDraft: base.status === 'draft' }, definition, isReviewed: isReviewed(definition) }
}

type Marking = { isReviewed: DraftParts['isReviewed']; lost: Set<string>; part: string }

/** A version is marked when its last text is reviewed, and no longer when one of its texts loses its review. */
function markOf({ id, reviewed, definition }: Version, { isReviewed, lost, part }: Marking): VersionChange['marks'] {
  if (!reviewed.km) return isReviewed(definition) ? [{ id, reviewed: true }] : []
  const loses = textsOfQuestionnaire(definition).some(({ key, text }) =>
    lost.has(pairOf({ part, key }, text.vi, text.km)),
  )
  return loses ? [{ id, reviewed: false }] : []
}
