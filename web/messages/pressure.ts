import type { ExtraQuestion } from '../../server/catalogue/contract.ts'
import { pressureQuestion } from '../../server/catalogue/pressure-contract.ts'
import { createWording } from './wording.ts'

const choices = pressureQuestion.choices ?? []

const wordsIn = (language: 'vi' | 'en' | 'km') => ({
  question: pressureQuestion.text[language],
  choices: choices.map(({ text }) => text[language]),
})

export const pressureWording = createWording({ vi: wordsIn('vi'), en: wordsIn('en'), km: wordsIn('km') })

/** The question about pressure as the commune words it now. */
export function wordPressure(): ExtraQuestion {
  const { vi, en, km } = pressureWording.words
  const texts = (of: (words: typeof vi) => string) => ({ vi: of(vi), en: of(en), km: of(km) })
  return {
    ...pressureQuestion,
    text: texts(({ question }) => question),
    choices: choices.map(({ code }, index) => ({ code, text: texts((words) => words.choices[index] as string) })),
  }
}
