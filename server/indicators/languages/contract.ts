import type { Language } from '../../catalogue/contract.ts'
import type { Score } from '../../score/contract.ts'

/** `rest`: Vietnamese, and whatever of the other languages may not stand apart. */
export type LanguagePart = { key: Exclude<Language, 'vi'> | 'rest'; score: Score; share: number; harm: number }

/** Scores by the language of the form; no parts where none may stand apart. */
export type LanguageView = { parts: LanguagePart[] }
