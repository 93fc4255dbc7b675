import { isSameWeek } from '../../catalogue/week-rules.ts'
import { fold } from '../../spreadsheets/values.ts'
import { writeWeek } from '../../typed/week.ts'
import { compareOwnDays } from '../own-days-rules.ts'
import type { PlaceChange, Texts } from './contract.ts'
import { findAgency, findFields, findQuestionnaire, type ImportKnown, type KnownPlace, type Times } from './known.ts'
import { findFormulas } from './row.ts'

/** By the code alone: an old code leads to its place on a poster, not in a file. */
export const findExisting = (code: string, { places }: ImportKnown): KnownPlace | undefined =>
  places.find((one) => one.code === code)

/** What the row says otherwise than it is stored: of a place that is there a file changes hours and own days only. */
export function problemsOfExisting(place: KnownPlace, texts: Texts, known: ImportKnown): string[] {
  const problems = findFormulas(texts)
  const fields = findFields(texts.fields, known, problems).map(({ code }) => code)
  const isOther = (text: string, stored: string, found: string | undefined) => text !== '' && found !== stored
  const other = [
    isOther(texts.name, fold(place.name), fold(texts.name)) && 'tên',
    isOther(texts.nameEn, place.nameEn, texts.nameEn) && 'tên tiếng Anh',
    isOther(texts.nameKm, place.nameKm, texts.nameKm) && 'tên tiếng Khmer',
    isOther(texts.agency, place.agency, findAgency(texts.agency, undefined, known)?.code) && 'đơn vị',
    isOther(texts.questionnaire, place.questionnaire, findQuestionnaire(texts, known)?.code) && 'bộ câu hỏi',
    isOther(texts.fields, place.fields.toSorted().join(), fields.toSorted().join()) && 'lĩnh vực',
  ].filter((one) => one !== false)
  const sentence = `${other.join(', ')} khác với “${place.name}” đang giữ mã ${place.code}; với nơi đã có, tệp chỉ đổi giờ làm việc và ngày riêng.`
  return other.length > 0 ? [...problems, sentence] : problems
}

/** Null where the row says what is stored. */
export function changeOf(row: number, place: KnownPlace, { week, ownDays }: Times): PlaceChange | null {
  const inWords = (one: Times['week']) => (one ? writeWeek(one) : '')
  const hours = isSameWeek(place.week, week) ? null : { before: inWords(place.week), after: inWords(week) }
  const { added, removed } = compareOwnDays(place.ownDays, ownDays)
  if (!hours && added.length === 0 && removed.length === 0) return null
  return { row, code: place.code, name: place.name, week, ownDays, hours, added, removed }
}
