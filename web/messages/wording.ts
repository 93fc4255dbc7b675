import type { Language } from '../../server/catalogue/contract.ts'

/** Texts by their path, such as `survey/faces/0`; {1}, {2} … and {} stand where values go. */
export type Texts = Record<string, string>

/** A group of words in every language: as built, and as the commune words them now. */
export type Wording<W = unknown> = {
  /** What pages read. A process serves one commune, so there is one present wording in it. */
  words: Record<Language, W>
  built: Record<Language, Texts>
  /** Lays the commune's own texts over the built ones of a language, in the place of those laid before. */
  lay(language: Language, texts: Texts): void
  /** Does work as if these texts were laid, and puts back what was. */
  trying<T>(language: Language, texts: Texts, work: () => T): T
  /** Whether somebody who speaks the language has read every text of it. */
  isReviewed(language: Language): boolean
  setReviewed(language: Language, reviewed: boolean): void
}

export function createWording<W>(given: Record<Language, W>): Wording<W> {
  const words = { ...given }
  const reviewed = new Set<Language>()
  const lay = (language: Language, texts: Texts) => {
    words[language] = overlay(given[language], texts, '') as W
  }
  return {
    words,
    lay,
    built: { vi: textsOf(given.vi), en: textsOf(given.en), km: textsOf(given.km) },
    trying: (language, texts, work) => {
      const before = words[language]
      lay(language, texts)
      try {
        return work()
      } finally {
        words[language] = before
      }
    },
    isReviewed: (language) => reviewed.has(language),
    setReviewed: (language, isReviewed) => {
      if (isReviewed) reviewed.add(language)
      else reviewed.delete(language)
    },
  }
}

type Sentence = (...values: unknown[]) => string

/** Every text in its order; a sentence with values is asked what it says of their numbers. */
function textsOf(value: unknown, path = ''): Texts {
  if (typeof value === 'string') return { [path]: value }
  if (typeof value === 'function') return { [path]: (value as Sentence)(...markers(value.length)) }
  return Object.assign({}, ...Object.entries(value as object).map(([key, inner]) => textsOf(inner, join(path, key))))
}

const markers = (count: number): string[] => Array.from({ length: count }, (_, index) => `{${index + 1}}`)

function overlay(value: unknown, texts: Texts, path: string): unknown {
  if (typeof value === 'string') return texts[path] ?? value
  if (typeof value === 'function') return overlaySentence(value as Sentence, texts[path])
  if (Array.isArray(value)) return value.map((inner, index) => overlay(inner, texts, join(path, String(index))))
  const entries = Object.entries(value as object)
  return Object.fromEntries(entries.map(([key, inner]) => [key, overlay(inner, texts, join(path, key))]))
}

const overlaySentence = (built: Sentence, text: string | undefined): Sentence =>
  text === undefined
    ? built
    : (...values) => text.replace(/\{(\d+)\}/g, (_, number) => String(values[Number(number) - 1]))

const join = (path: string, key: string): string => (path ? `${path}/${key}` : key)
