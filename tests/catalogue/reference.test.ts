import { describe, expect, test } from 'vitest'
import { readReference } from '../../db/reference/reference.ts'
import { languages, type Questionnaire, type Text } from '../../server/catalogue/contract.ts'
import { drawCriteria, planVersion } from '../../server/catalogue/draw-rules.ts'
import { readDraft, writeDraft } from '../../server/questionnaires/draft/rules.ts'

const { questionnaires, agencies, fields, places, indicators } = readReference()
const byCode = (code: string) => questionnaires.find((one) => one.code === code) as Questionnaire
const criteriaOf = ({ factors }: Questionnaire) => factors.flatMap(({ criteria }) => criteria)
const schools = ['education-preschool', 'education-primary', 'education-lower-secondary']

/** Every text of a questionnaire with the most letters it may have. */
const textsOf = ({ title, factors, extra }: Questionnaire): [Text, number][] => [
  [title, 60],
  ...factors.map(({ title }): [Text, number] => [title, 50]),
  ...factors.flatMap(({ criteria }) => criteria.map(({ text }): [Text, number] => [text, 70])),
  ...extra.map(({ text }): [Text, number] => [text, 110]),
  ...extra.flatMap(({ choices = [] }) => choices.map(({ text }): [Text, number] => [text, 45])),
]

describe('every official criterion is there', () => {
  test.each([
    ['administrative', [4, 4, 5, 3, 3]],
    ['outpatient', [5, 10, 8, 4, 4]],
    ['vaccination', [5, 8, 12, 5, 3]],
    ['household', [2, 2, 8, 2, 4, 4, 5, 3, 3]],
  ])('%s has the ministry’s number of criteria in each factor', (code, counts) => {
    expect(byCode(code).factors.map(({ criteria }) => criteria.length)).toEqual(counts)
  })

  test.each(schools)('%s has five areas of four or five criteria', (code) => {
    const counts = byCode(code).factors.map(({ criteria }) => criteria.length)
    expect(counts).toHaveLength(5)
    expect(counts.every((count) => count === 4 || count === 5)).toBe(true)
  })

  test('official numbers run on without a gap or a repetition', () => {
    const numbers = (code: string) => criteriaOf(byCode(code)).map(({ official }) => official)
    expect(numbers('administrative')).toEqual(Array.from({ length: 19 }, (_, index) => String(15 + index)))
    expect(numbers('household')).toEqual(Array.from({ length: 33 }, (_, index) => String(1 + index)))
    for (const code of ['outpatient', 'vaccination', ...schools]) {
      const expected = byCode(code).factors.flatMap(({ criteria }, factor) =>
        criteria.map((_, index) =>
          code.startsWith('education') ? `${factor + 1}.${index + 1}` : `${'ABCDE'[factor]}${index + 1}`,
        ),
      )
      expect(numbers(code)).toEqual(expected)
    }
  })

  test('health alone offers "no opinion"', () => {
    for (const questionnaire of questionnaires) {
      for (const { noOpinion } of criteriaOf(questionnaire)) expect(noOpinion).toBe(questionnaire.sector === 'health')
    }
  })
})

describe('codes', () => {
  test('the same code asks the same thing in every questionnaire of its family', () => {
    const household = new Map(criteriaOf(byCode('household')).map((criterion) => [criterion.code, criterion]))
    for (const { code, official, text } of criteriaOf(byCode('administrative'))) {
      expect(household.get(code)).toMatchObject({ official, text })
    }
  })

  test('the three school levels use the same codes in the same areas', () => {
    const codes = schools.map((code) =>
      byCode(code).factors.map(({ code, criteria }) => [code, criteria.map((c) => c.code)]),
    )
    expect(codes[1]).toEqual(codes[0])
    expect(codes[2]).toEqual(codes[0])
  })

  test('families do not share a code', () => {
    const families = ['administrative', 'outpatient', 'vaccination', 'education-primary'].map((code) =>
      criteriaOf(byCode(code)).map(({ code }) => code),
    )
    expect(new Set(families.flat()).size).toBe(families.flat().length)
  })

  test('the same extra question offers the same choices wherever it stands', () => {
    const choices = new Map<string, unknown>()
    for (const { code, kind, choices: offered } of questionnaires.flatMap(({ extra }) => extra)) {
      const known = choices.get(code)
      if (known) expect({ kind, offered }, code).toEqual(known)
      else choices.set(code, { kind, offered })
    }
  })
})

describe.each(questionnaires.map((one) => [one.code, one] as const))('%s', (_, questionnaire) => {
  test('is NFC, trimmed and short enough for a small screen in every language', () => {
    for (const [text, most] of textsOf(questionnaire)) {
      for (const language of languages) {
        expect(text[language]).toBe(text[language].normalize('NFC').trim())
        expect(text[language]).not.toMatch(/ {2}|[\p{C}]/u)
        expect(text[language].length, text[language]).toBeLessThanOrEqual(most)
      }
    }
  })

  test('has Khmer without Latin letters, and the others without Khmer ones', () => {
    for (const [text] of textsOf(questionnaire)) {
      expect(text.km).not.toMatch(/\p{Script=Latin}/u)
      expect(text.vi + text.en).not.toMatch(/\p{Script=Khmer}/u)
    }
  })

  test('asks at most eight criteria and three extra questions of one citizen, the household form everything', () => {
    const asked = drawCriteria(planVersion(questionnaire), 'an id', 'a key').length
    if (questionnaire.code === 'household') expect(asked).toBe(33)
    else {
      expect(asked).toBeGreaterThanOrEqual(5)
      expect(asked).toBeLessThanOrEqual(8)
      expect(questionnaire.extra.length).toBeLessThanOrEqual(3)
    }
  })

  test('is a draft that could be published', () => {
    const { code, version, sector } = questionnaire
    expect(readDraft(writeDraft(questionnaire), { code, version, sector })).toEqual({
      definition: questionnaire,
      problems: [],
    })
  })
})

describe('what is asked about people', () => {
  const aboutPeople = ['gender', 'age', 'schooling', 'occupation', 'residence']

  test('stands in the household form only', () => {
    for (const { code, extra } of questionnaires) {
      const asked = extra.map((question) => question.code).filter((one) => aboutPeople.includes(one))
      expect(asked, code).toEqual(code === 'household' ? aboutPeople : [])
    }
  })

  test('is never ethnicity, religion or health', () => {
    for (const { text } of questionnaires.flatMap(({ extra }) => extra)) {
      expect(text.vi.toLowerCase()).not.toMatch(/dân tộc|tôn giáo|bệnh gì|sức khỏe|lý do khám/)
    }
  })

  test('leaves a way not to answer about bribes and harassment', () => {
    for (const code of ['extra-payment', 'harassment']) {
      const question = byCode('household').extra.find((one) => one.code === code)
      expect(question?.choices?.map((choice) => choice.code)).toEqual(['no', 'yes', 'not-say'])
    }
  })
})

test('education and health ask for the expectation met, which they must report', () => {
  for (const code of ['outpatient', 'vaccination', ...schools]) {
    expect(byCode(code).extra.find((question) => question.code === 'expectation')?.kind).toBe('percent')
  }
})

test('everything named is there', () => {
  const known = new Set(agencies.map(({ code }) => code))
  for (const { agency, questionnaire, fields: fieldCodes } of places) {
    expect(known).toContain(agency)
    expect(byCode(questionnaire)).toBeDefined()
    for (const code of fieldCodes) expect(fields.map((field) => field.code)).toContain(code)
  }
  for (const { owner } of indicators) expect(known).toContain(owner)
  expect(places.map(({ questionnaire }) => questionnaire)).not.toContain('household')
})
