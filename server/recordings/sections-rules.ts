import type { Language } from '../catalogue/contract.ts'
import { commonPart, type Progress, type TextState } from './contract.ts'

export type TextSection = { key: string; label: string; texts: TextState[] }

/** What is recorded in one sitting, and seen on a few screens of a telephone. */
const textsPerSection = 8

/** The sentences that all pages share, then the questionnaire's own, a few at a time. */
export function sectionsOf(texts: TextState[]): TextSection[] {
  const common = texts.filter(({ part }) => part === commonPart)
  const own = texts.filter(({ part }) => part !== commonPart)
  return [...cut(own, 'Câu hỏi'), ...cut(common, 'Câu chung')].map((section, index) => {
    return { key: String(index + 1), ...section }
  })
}

function cut(texts: TextState[], label: string): Omit<TextSection, 'key'>[] {
  const count = Math.ceil(texts.length / textsPerSection)
  return Array.from({ length: count }, (_, index) => {
    const from = index * textsPerSection
    const held = texts.slice(from, from + textsPerSection)
    return { label: `${label} ${from + 1}-${from + held.length}`, texts: held }
  })
}

/** What an address shows; undefined where there is no such section. */
export function chooseTexts(sections: TextSection[], asked: string | undefined, whole: string) {
  if (asked === whole) return sections.flatMap(({ texts }) => texts)
  return (asked === undefined ? sections[0] : sections.find(({ key }) => key === asked))?.texts
}

export const progressOf = (language: Language, texts: TextState[]): Progress => ({
  language,
  current: texts.filter(({ isCurrent }) => isCurrent).length,
  outdated: texts.filter(({ recorded, isCurrent }) => recorded && !isCurrent).length,
  total: texts.length,
})
