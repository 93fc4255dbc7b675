import { createHash } from 'node:crypto'
import { messagesIn } from '../../web/messages/messages.ts'
import { wordPressure } from '../../web/messages/pressure.ts'
import type { ExtraQuestion, Language, Questionnaire } from '../catalogue/contract.ts'
import { commonPart, type SpokenText, spokenKeys } from './contract.ts'

type Entry = Pick<SpokenText, 'key' | 'text' | 'fileNames'>

/** Every sentence of a questionnaire's page that can be recorded: those all pages share, then its own. */
export function listSpoken(definition: Questionnaire, language: Language): SpokenText[] {
  const common = withOriginals(commonPart, (one) => commonTexts(one), language)
  return [...common, ...withOriginals(definition.code, (one) => ownTexts(definition, one), language)]
}

function withOriginals(part: string, textsIn: (language: Language) => Entry[], language: Language): SpokenText[] {
  const originals = textsIn('vi')
  return textsIn(language).map((entry, index) => ({ ...entry, part, vi: originals[index]?.text ?? '' }))
}

/** Names a wording; a space more or less is the same one. */
export const wordingOf = (text: string): string =>
  createHash('sha256').update(text.replace(/\s+/g, ' ').trim()).digest('base64url').slice(0, 22)

function commonTexts(language: Language): Entry[] {
  const words = messagesIn(language).survey
  const one = (key: string, text: string, name: string): Entry => ({ key, text, fileNames: [name] })
  const answer = (field: string, value: string, text: string, name: string) =>
    one(spokenKeys.answer(field, value), text, name)
  return [
    one(spokenKeys.intro, words.intro, 'loi-chao'),
    one(spokenKeys.privacy, words.privacy, 'rieng-tu'),
    ...words.faces.map((text, index) => one(spokenKeys.face(index + 1), text, `muc-${index + 1}`)),
    one(spokenKeys.noOpinion, words.noOpinion, 'khong-y-kien'),
    ...words.percents.map((text, index) => one(spokenKeys.percent(20 * (index + 1)), text, `mong-doi-${index + 1}`)),
    one('field', words.field, 'viec-gi'),
    one('serviceMode', words.serviceMode, 'cach-nop'),
    answer('serviceMode', 'direct', words.direct, 'cach-nop-1'),
    answer('serviceMode', 'online', words.online, 'cach-nop-2'),
    one('respondent', words.respondent, 'lam-cho'),
    answer('respondent', 'citizen', words.citizen, 'lam-cho-1'),
    answer('respondent', 'enterprise', words.enterprise, 'lam-cho-2'),
    ...extraTexts(wordPressure(), language, 'tac-dong'),
    one('assisted', words.assisted, 'giup'),
    answer('assisted', 'no', words.self, 'giup-1'),
    answer('assisted', 'yes', words.helped, 'giup-2'),
    one('comment', words.comment, 'y-kien'),
  ]
}

function ownTexts({ factors, extra }: Questionnaire, language: Language): Entry[] {
  const { stem } = messagesIn(language).survey
  const criteria = factors.flatMap((factor) => factor.criteria)
  return [
    ...criteria.map(({ code, official, text }) => {
      return { key: `a-${code}`, text: `${stem} ${text[language]}`, fileNames: [code, official] }
    }),
    ...extra.flatMap((question) => extraTexts(question, language, question.code)),
  ]
}

/** A question outside the index, and its choices where it has some of its own. */
function extraTexts({ code, text, choices = [] }: ExtraQuestion, language: Language, name: string): Entry[] {
  const answers = choices.map((choice, index) => ({
    key: spokenKeys.answer(`x-${code}`, choice.code),
    text: choice.text[language],
    fileNames: [`${name}-${index + 1}`],
  }))
  return [{ key: `x-${code}`, text: text[language], fileNames: [name] }, ...answers]
}
