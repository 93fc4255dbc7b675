import type { Language } from '../../../server/catalogue/contract.ts'
import { createWording } from '../../messages/wording.ts'
import { formatInteger, formatInterval, formatPercent, formatTarget } from '../../ui/format.ts'
import { en } from './en.ts'
import { km } from './km.ts'
import { type PublicWords, vi } from './vi.ts'

export const publicWording = createWording<PublicWords>({ vi, en, km })

/** Everything the public pages say, in one of the commune's languages. */
export const publicWordsIn = (language: Language): PublicWords => publicWording.words[language]

/** The plan's title in a language; null where the owner named the indicator otherwise: then only the Vietnamese is known. */
export const titleIn = (language: Language, code: string, title: string): string | null =>
  language !== 'vi' && vi.indicatorTitles[code] === title
    ? (publicWordsIn(language).indicatorTitles[code] ?? null)
    : null

/** Numbers as the readers of a language write them: Vietnamese and Khmer with a decimal comma, English with a point. */
export function numbersIn(language: Language) {
  const swap = (text: string) =>
    language === 'en' ? text.replace(/[.,]/g, (mark) => (mark === '.' ? ',' : '.')) : text
  return {
    percent: (value: number, target?: number) => swap(formatPercent(value, target)),
    interval: (lower: number, upper: number, target?: number) => swap(formatInterval(lower, upper, target)),
    integer: (count: number) => swap(formatInteger(count)),
    target: (target: number) => swap(formatTarget(target)),
  }
}
