import type { Questionnaire } from '../../catalogue/contract.ts'
import { toPlainDigits } from '../../typed/digits.ts'
import { toOneLine } from '../../typed/text.ts'
import type { ChoiceInput, CriterionInput, DraftInput, ExtraInput, FactorInput, TextInput } from './contract.ts'

type Sent = Record<string, unknown>

/** A definition as the editor's fields show it. */
export function inputOf({ title, source, translations, factors, extra }: Questionnaire): DraftInput {
  return {
    title,
    source,
    translations,
    factors: factors.map((factor) => ({ ...factor, draw: String(factor.draw) })),
    extra: extra.map((question) => ({ ...question, choices: question.choices ?? [] })),
  }
}

/** The fields as they were sent, each named by its path in the definition; a list goes on while codes are there. */
export function readInput(sent: Sent): DraftInput {
  return {
    title: readText(sent, 'title'),
    source: clean(sent.source),
    translations: { en: clean(sent['translations.en']), km: clean(sent['translations.km']) },
    factors: readList(sent, 'factors', readFactor),
    extra: readList(sent, 'extra', readExtra),
  }
}

/** What the fields say, for the schema to judge. */
export function definitionIn({ factors, extra, ...rest }: DraftInput): Record<string, unknown> {
  return {
    ...rest,
    factors: factors.map((factor) => ({ ...factor, draw: numberIn(factor.draw) })),
    extra: extra.map(({ choices, ...question }) => (question.kind === 'choice' ? { ...question, choices } : question)),
  }
}

const readFactor = (sent: Sent, path: string): FactorInput => ({
  code: clean(sent[`${path}.code`]),
  title: readText(sent, `${path}.title`),
  draw: clean(sent[`${path}.draw`]),
  criteria: readList(sent, `${path}.criteria`, readCriterion),
})

const readCriterion = (sent: Sent, path: string): CriterionInput => ({
  code: clean(sent[`${path}.code`]),
  official: clean(sent[`${path}.official`]),
  core: sent[`${path}.core`] === 'yes',
  noOpinion: sent[`${path}.noOpinion`] === 'yes',
  text: readText(sent, `${path}.text`),
})

const readExtra = (sent: Sent, path: string): ExtraInput => ({
  code: clean(sent[`${path}.code`]),
  kind: clean(sent[`${path}.kind`]),
  text: readText(sent, `${path}.text`),
  choices: readList(sent, `${path}.choices`, readChoice),
})

const readChoice = (sent: Sent, path: string): ChoiceInput => ({
  code: clean(sent[`${path}.code`]),
  text: readText(sent, `${path}.text`),
})

const readText = (sent: Sent, path: string): TextInput => ({
  vi: clean(sent[`${path}.vi`]),
  en: clean(sent[`${path}.en`]),
  km: clean(sent[`${path}.km`]),
})

function readList<T>(sent: Sent, path: string, read: (sent: Sent, path: string) => T): T[] {
  const items: T[] = []
  while (`${path}.${items.length}.code` in sent) items.push(read(sent, `${path}.${items.length}`))
  return items
}

/** A field wraps long words over lines; what is asked stands on one. */
const clean = (value: unknown): string => (typeof value === 'string' ? toOneLine(value) : '')

const numberIn = (text: string): number | string => {
  const plain = toPlainDigits(text)
  return /^\d{1,3}$/.test(plain) ? Number(plain) : text
}
