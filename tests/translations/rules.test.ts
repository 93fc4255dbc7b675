import { describe, expect, test } from 'vitest'
import { readReference } from '../../db/reference/reference.ts'
import type { TextEdit, TextEntry } from '../../server/translations/contract.ts'
import { judgeEdits } from '../../server/translations/judge-rules.ts'
import { textsOfQuestionnaire, withKhmer } from '../../server/translations/questionnaire-rules.ts'
import { findTextProblem, mostLetters, pairOf, placeholdersOf, tidyText } from '../../server/translations/text-rules.ts'
import { wordParts } from '../../server/translations/wordings.ts'

const built = wordParts.flatMap(({ code, wording }) =>
  Object.entries(wording.built.km).map(([key, km]) => ({
    name: `${code} ${key}`,
    vi: wording.built.vi[key] ?? '',
    en: wording.built.en[key] ?? '',
    km,
  })),
)

describe('the built-in words', () => {
  test('are found whole, sentences with their values too', () => {
    expect(built.length).toBeGreaterThan(280)
    expect(built.filter(({ vi, en, km }) => /NaN|undefined|function/.test(vi + en + km))).toEqual([])
    expect(built.find(({ name }) => name === 'survey survey/question')).toMatchObject({ vi: 'Câu {1} trên {2}' })
  })

  test('keep in every language the values of the Vietnamese, and are as short as is asked of a translator', () => {
    for (const { name, vi, en, km } of built) {
      if (!vi || !km) continue
      expect([name, placeholdersOf(en), placeholdersOf(km)]).toEqual([name, placeholdersOf(vi), placeholdersOf(vi)])
      expect([name, findTextProblem({ vi, en, km, most: mostLetters(vi, km), mayBeEmpty: false }, km)]).toEqual([
        name,
        null,
      ])
    }
  })

  test('are laid over one by one, and put back', () => {
    const { wording } = wordParts[0] as (typeof wordParts)[number]
    const words = () => wording.words.km as { survey: { question: (n: number, of: number) => string; faces: string[] } }
    const [, ...others] = words().survey.faces
    const before = words().survey.question(2, 8)
    wording.lay('km', { 'survey/question': 'ទី {1} / {2}', 'survey/faces/0': 'ថ្មី' })
    expect([words().survey.question(2, 8), words().survey.faces]).toEqual(['ទី 2 / 8', ['ថ្មី', ...others]])
    expect(wording.trying('km', {}, () => words().survey.question(2, 8))).toBe(before)
    expect(words().survey.question(2, 8)).toBe('ទី 2 / 8')
    wording.lay('km', {})
    expect([words().survey.question(2, 8), words().survey.faces]).toEqual([before, expect.arrayContaining(others)])
  })
})

describe('a Khmer text', () => {
  const judged = { vi: 'Xã trả lời ngày {1}.', en: '', km: 'ឃុំឆ្លើយថ្ងៃ {1}។', most: 40, mayBeEmpty: false }
  test.each([
    ['ឃុំឆ្លើយ {1}', null],
    ['ឃុំឆ្លើយ', /phải giữ đủ \{1\}/],
    ['ឃុំឆ្លើយ {1} {1}', /đang có \{1\} \{1\}/],
    ['ឃុំឆ្លើយ {2}', /phải giữ đủ \{1\}/],
    ['ឃុំឆ្លើយ {1} {x}', /đứng lẻ/],
    [`${'ឃុំ'.repeat(20)} {1}`, /nhiều nhất là 40/],
    ['Xã trả lời {1}', /chưa có chữ Khmer/],
    ['', /không để trống/],
  ])('%s', (text, problem) => {
    const found = findTextProblem(judged, text)
    if (problem === null) expect(found).toBeNull()
    else expect(found).toMatch(problem)
  })

  test('keeps where words may break, and a figure with its percent sign', () => {
    expect(tidyText(' ពេញ\u200bចិត្ត \r\n 20 % ')).toBe('ពេញ\u200bចិត្ត 20\u00a0%')
  })
})

describe('edits', () => {
  const place = { part: 'survey', key: 'a' }
  const entry = (km: string, review = false): TextEntry => ({
    ...place,
    km,
    vi: 'Gửi',
    en: 'Send',
    group: '',
    most: 40,
    mayBeEmpty: false,
    pair: pairOf(place, 'Gửi', km),
    review: review ? { by: 'lan', on: '2026-11-01' } : null,
  })
  const edit = (seen: TextEntry, text: string, reviewed: TextEdit['reviewed'] = 'keep'): TextEdit => ({
    ...place,
    seen: seen.pair,
    text,
    reviewed,
  })
  const judge = (now: TextEntry, one: TextEdit) => judgeEdits([one], () => now)

  test('of a text nobody else touched are taken, with its review', () => {
    const now = entry('ផ្ញើ')
    const judgement = judge(now, edit(now, 'ផ្ញើទៅ', 'yes'))
    expect(judgement).toMatchObject({ problems: [], changed: [{ text: 'ផ្ញើទៅ' }], reviewed: [{ text: 'ផ្ញើទៅ' }] })
  })

  test('that leave a text as it was seen never undo what somebody else wrote, nor review it unseen', () => {
    const judgement = judge(entry('ថ្មី'), edit(entry('ផ្ញើ'), 'ផ្ញើ', 'yes'))
    expect(judgement).toEqual({ problems: [], changed: [], reviewed: [], withdrawn: [] })
  })

  test('of two people who word one text differently are a conflict', () => {
    const { problems, changed } = judge(entry('ថ្មី'), edit(entry('ផ្ញើ'), 'ផ្សេង'))
    expect([problems, changed]).toMatchObject([[{ at: 0, isConflict: true }], []])
  })

  test('take a review back only where the box was seen ticked', () => {
    const now = entry('ផ្ញើ', true)
    expect(judge(now, edit(now, 'ផ្ញើ', 'keep')).withdrawn).toEqual([])
    expect(judge(now, edit(now, 'ផ្ញើ', 'no')).withdrawn).toEqual([now])
  })
})

test('every text of a questionnaire is found once, and put back where it was', () => {
  for (const questionnaire of readReference().questionnaires) {
    const texts = textsOfQuestionnaire(questionnaire)
    expect(new Set(texts.map(({ key }) => key)).size).toBe(texts.length)
    const other = withKhmer(questionnaire, new Map(texts.map(({ key }) => [key, `ខ្មែរ ${key}`])))
    expect(textsOfQuestionnaire(other).map(({ text }) => text.km)).toEqual(texts.map(({ key }) => `ខ្មែរ ${key}`))
    expect(withKhmer(other, new Map(texts.map(({ key, text }) => [key, text.km])))).toEqual(questionnaire)
  }
})
