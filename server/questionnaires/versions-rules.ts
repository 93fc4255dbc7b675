import {
  type Criterion,
  type ExtraQuestion,
  type Factor,
  languages,
  type Questionnaire,
  type Text,
} from '../catalogue/contract.ts'
import { planVersion } from '../catalogue/draw-rules.ts'
import type { ChangeCounts } from './draft/contract.ts'
import type { Asking, ExtraChange, FactorChange, NamedCriterion, TextChange, VersionDiff } from './versions-contract.ts'
import { compareWords, longestCommon } from './words-rules.ts'

/** What changed from an earlier version to a later one. Factors, criteria, questions and choices are matched by code. */
export function compareVersions(before: Questionnaire, after: Questionnaire): VersionDiff {
  const old = indexCriteria(before)
  const now = indexCriteria(after)
  const kept = [...now.values()].flatMap((entry) => {
    const earlier = old.get(entry.criterion.code)
    return earlier ? [{ earlier, later: entry }] : []
  })
  const settled = new Set(
    before.factors.flatMap((factor) => keptInOrder(factor, findByCode(after.factors, factor.code))),
  )
  return {
    title: compareTexts(before.title, after.title),
    source: before.source === after.source ? null : compareWords(before.source, after.source, 'vi'),
    factors: compareFactors(before.factors, after.factors),
    added: [...now.values()].filter(({ criterion }) => !old.has(criterion.code)).map(nameCriterion),
    removed: [...old.values()].filter(({ criterion }) => !now.has(criterion.code)).map(nameCriterion),
    moved: kept
      .filter(({ later }) => !settled.has(later.criterion.code))
      .map(({ earlier, later }) => ({
        ...nameCriterion(later),
        from: earlier.factor.code === later.factor.code ? null : earlier.factor.title.vi,
      })),
    reworded: kept
      .map(({ earlier, later }) => ({
        ...nameCriterion(later),
        changes: compareTexts(earlier.criterion.text, later.criterion.text),
      }))
      .filter(({ changes }) => changes.length > 0),
    renumbered: kept
      .filter(({ earlier, later }) => earlier.criterion.official !== later.criterion.official)
      .map(({ earlier, later }) => ({ ...nameCriterion(later), before: earlier.criterion.official })),
    asking: kept
      .map(({ earlier, later }) => ({ ...nameCriterion(later), before: earlier.asking, after: later.asking }))
      .filter(({ before, after }) => !isSameAsking(before, after)),
    extra: compareExtra(before.extra, after.extra),
  }
}

/** Whether a reader would find nothing to read. */
export function isEmptyDiff({ source, ...lists }: VersionDiff): boolean {
  return source === null && Object.values(lists).every((list) => list.length === 0)
}

/** How much there is to read, for whoever is about to publish. */
export const countChanges = (diff: VersionDiff): ChangeCounts => ({
  reworded: diff.reworded.length,
  added: diff.added.length,
  removed: diff.removed.length,
  moved: diff.moved.length,
  renumbered: diff.renumbered.length,
  asking: diff.asking.length,
  factors: diff.factors.length,
  extra: diff.extra.length,
  names: diff.title.length + (diff.source === null ? 0 : 1),
})

type Entry = { criterion: Criterion; factor: Factor; asking: Asking }

function indexCriteria(definition: Questionnaire): Map<string, Entry> {
  const { criteria, factorOf, probability } = planVersion(definition)
  return new Map(
    criteria.map((criterion, position) => [
      criterion.code,
      {
        criterion,
        factor: definition.factors[factorOf[position] as number] as Factor,
        asking: { probability: probability[position] as number, noOpinion: criterion.noOpinion },
      },
    ]),
  )
}

const nameCriterion = ({ criterion, factor }: Entry): NamedCriterion => ({
  code: criterion.code,
  official: criterion.official,
  text: criterion.text,
  factor: factor.title.vi,
})

const isSameAsking = (a: Asking, b: Asking): boolean =>
  a.noOpinion === b.noOpinion && Math.abs(a.probability - b.probability) < 1e-9

/** Codes of criteria that stand in the same factor in the same order relative to each other. */
function keptInOrder(before: Factor, after: Factor | undefined): string[] {
  const codes = (after?.criteria ?? []).map(({ code }) => code)
  return longestCommon(
    before.criteria.map(({ code }) => code),
    codes,
  ).map(([, position]) => codes[position] as string)
}

function compareFactors(before: Factor[], after: Factor[]): FactorChange[] {
  const codes = after.map(({ code }) => code)
  const settled = new Set(
    longestCommon(
      before.map(({ code }) => code),
      codes,
    ).map(([, position]) => codes[position]),
  )
  const later = after.flatMap((factor): FactorChange[] => {
    const earlier = findByCode(before, factor.code)
    const { code, draw: drawAfter } = factor
    const title = factor.title.vi
    if (!earlier) return [{ code, title, kind: 'added', changes: [], drawBefore: null, drawAfter }]
    const changes = compareTexts(earlier.title, factor.title)
    const kind = settled.has(code) ? 'changed' : 'moved'
    if (kind === 'changed' && changes.length === 0 && earlier.draw === factor.draw) return []
    return [{ code, title, kind, changes, drawBefore: earlier.draw, drawAfter }]
  })
  const gone = before
    .filter(({ code }) => !codes.includes(code))
    .map(({ code, title, draw }): FactorChange => {
      return { code, title: title.vi, kind: 'removed', changes: [], drawBefore: draw, drawAfter: null }
    })
  return [...later, ...gone]
}

function compareExtra(before: ExtraQuestion[], after: ExtraQuestion[]): ExtraChange[] {
  const plain = { changes: [], kinds: null, choices: [] }
  const later = after.flatMap((question): ExtraChange[] => {
    const { code, text } = question
    const earlier = findByCode(before, code)
    if (!earlier) return [{ ...plain, code, text: text.vi, kind: 'added' }]
    const changes = compareTexts(earlier.text, text)
    const kinds = earlier.kind === question.kind ? null : { before: earlier.kind, after: question.kind }
    const choices = compareChoices(earlier.choices ?? [], question.choices ?? [])
    if (changes.length === 0 && !kinds && choices.length === 0) return []
    return [{ code, text: text.vi, kind: 'changed', changes, kinds, choices }]
  })
  const gone = before
    .filter(({ code }) => !findByCode(after, code))
    .map(({ code, text }): ExtraChange => ({ ...plain, code, text: text.vi, kind: 'removed' }))
  return [...later, ...gone]
}

type Choice = { code: string; text: Text }

function compareChoices(before: Choice[], after: Choice[]): ExtraChange['choices'] {
  const later = after.flatMap(({ code, text }): ExtraChange['choices'] => {
    const earlier = findByCode(before, code)
    if (!earlier) return [{ text: text.vi, kind: 'added', changes: [] }]
    const changes = compareTexts(earlier.text, text)
    return changes.length > 0 ? [{ text: text.vi, kind: 'changed', changes }] : []
  })
  const gone = before
    .filter(({ code }) => !findByCode(after, code))
    .map(({ text }) => ({ text: text.vi, kind: 'removed' as const, changes: [] }))
  return [...later, ...gone]
}

function compareTexts(before: Text, after: Text): TextChange[] {
  return languages
    .filter((language) => before[language] !== after[language])
    .map((language) => ({ language, pieces: compareWords(before[language], after[language], language) }))
}

const findByCode = <T extends { code: string }>(list: T[], code: string): T | undefined =>
  list.find((item) => item.code === code)
