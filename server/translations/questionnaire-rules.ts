import type { Questionnaire, Text } from '../catalogue/contract.ts'
import { textLimits } from '../questionnaires/draft/contract.ts'

export type QuestionnaireText = { key: string; group: string; text: Text; most: number }

/** Every text of a questionnaire that citizens read, under keys that moving and adding leave alone. */
export function textsOfQuestionnaire({ title, factors, extra }: Questionnaire): QuestionnaireText[] {
  const { title: ofTitle, criterion, question, choice } = textLimits
  const inFactors = factors.flatMap((factor, index) => {
    const group = `Nhóm ${index + 1}`
    return [
      { key: keyOf.factor(factor.code), group, text: factor.title, most: ofTitle },
      ...factor.criteria.map(({ code, text }) => ({ key: keyOf.criterion(code), group, text, most: criterion })),
    ]
  })
  const inExtra = extra.flatMap(({ code, text, choices = [] }) => [
    { key: keyOf.extra(code), text, most: question },
    ...choices.map((one) => ({ key: keyOf.choice(code, one.code), text: one.text, most: choice })),
  ])
  return [
    { key: 'title', group: 'Nhóm 1', text: title, most: ofTitle },
    ...inFactors,
    ...inExtra.map((one) => ({ group: 'Câu hỏi thêm', ...one })),
  ]
}

/** The same questionnaire with other Khmer texts. */
export function withKhmer(questionnaire: Questionnaire, khmer: Map<string, string>): Questionnaire {
  const put = (key: string, text: Text): Text => ({ ...text, km: khmer.get(key) ?? text.km })
  return {
    ...questionnaire,
    title: put('title', questionnaire.title),
    factors: questionnaire.factors.map((factor) => ({
      ...factor,
      title: put(keyOf.factor(factor.code), factor.title),
      criteria: factor.criteria.map((one) => ({ ...one, text: put(keyOf.criterion(one.code), one.text) })),
    })),
    extra: questionnaire.extra.map(({ choices, ...one }) => ({
      ...one,
      text: put(keyOf.extra(one.code), one.text),
      ...(choices && {
        choices: choices.map((choice) => ({ ...choice, text: put(keyOf.choice(one.code, choice.code), choice.text) })),
      }),
    })),
  }
}

const keyOf = {
  factor: (code: string) => `factor/${code}`,
  criterion: (code: string) => `criterion/${code}`,
  extra: (code: string) => `extra/${code}`,
  choice: (extra: string, code: string) => `extra/${extra}/${code}`,
}
