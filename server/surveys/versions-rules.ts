import {
  type Criterion,
  type ExtraQuestion,
  type Factor,
  type Language,
  languages,
  type Questionnaire,
  type Text,
} from './contract.ts'
import { planVersion } from './rules.ts'
import type {
  Asking,
  ExtraChange,
  FactorChange,
  NamedCriterion,
  Piece,
  TextChange,
  VersionDiff,
} from './versions-contract.ts'

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

/**
 * Two texts as runs of words. Words are found by Unicode's rules with ICU's dictionary, because Khmer is written
 * without spaces between words.
 */
export function compareWords(before: string, after: string, language: Language): Piece[] {
  const a = splitWords(before, language)
  const b = splitWords(after, language)
  const common = longestCommon(a, b)
  const pieces: Piece[] = []
  let [i, j] = [0, 0]
  for (const [atA, atB] of [...common, [a.length, b.length] as const]) {
    addPiece(pieces, 'removed', a.slice(i, atA))
    addPiece(pieces, 'added', b.slice(j, atB))
    if (atA < a.length) addPiece(pieces, 'same', [a[atA] as string])
    i = atA + 1
    j = atB + 1
  }
  return joinRuns(pieces)
}

/** Words that changed side by side become one run: the space between them would only break it up. */
function joinRuns(pieces: Piece[]): Piece[] {
  const joined: Piece[] = []
  const run = { removed: '', added: '' }
  const endRun = () => {
    // A space that ends both sides is where the text goes on.
    const space = run.removed.endsWith(' ') && run.added.endsWith(' ') ? ' ' : ''
    for (const kind of ['removed', 'added'] as const) {
      const text = run[kind].slice(0, run[kind].length - space.length)
      if (text) addPiece(joined, kind, [text])
      run[kind] = ''
    }
    if (space) addPiece(joined, 'same', [space])
  }
  pieces.forEach(({ kind, text }, index) => {
    if (kind !== 'same') run[kind] += text
    else if (text.trim() === '' && index > 0 && index < pieces.length - 1) {
      run.removed += text
      run.added += text
    } else {
      endRun()
      addPiece(joined, 'same', [text])
    }
  })
  endRun()
  return joined
}

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

const splitWords = (text: string, language: string): string[] =>
  [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)].map(({ segment }) => segment)

function addPiece(pieces: Piece[], kind: Piece['kind'], words: string[]): void {
  if (words.length === 0) return
  const last = pieces[pieces.length - 1]
  if (last?.kind === kind) last.text += words.join('')
  else pieces.push({ kind, text: words.join('') })
}

/** Pairs of positions of a longest common subsequence, ascending (dynamic programming; texts and lists here are short). */
function longestCommon(a: string[], b: string[]): [number, number][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = lengths[i] as number[]
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const pairs: [number, number][] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  return pairs
}

const findByCode = <T extends { code: string }>(list: T[], code: string): T | undefined =>
  list.find((item) => item.code === code)
