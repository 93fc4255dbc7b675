import { nameToStore } from '../../catalogue/name-rules.ts'
import { describeUnprintable } from '../../posters/printable.ts'
import { readTypedCode } from '../../typed/code.ts'
import { writeWeek } from '../../typed/week.ts'
import { problemOfPlaceCode } from '../contract.ts'
import { type ImportedPlace, importRoles, type LevelQuestion, type Texts } from './contract.ts'
import {
  findAgency,
  findFields,
  findQuestionnaire,
  type ImportKnown,
  isNamed,
  type KnownQuestionnaire,
  levelsIn,
  type Named,
  type Times,
} from './known.ts'
import { levelName } from './levels.ts'

/** A row of a place that is new: its number and texts, and when it works. */
export type NewRow = { number: number; texts: Texts; times: Times }
export type RowReading = { places: ImportedPlace[]; problems: string[]; question?: LevelQuestion }

/** One place, or one for each level of a school that has several. */
export function readNewRow(row: NewRow, answer: string, known: ImportKnown): RowReading {
  const { texts } = row
  const levels = known.questionnaires.some((one) => isNamed(one, texts.questionnaire)) ? [] : levelsIn(texts, known)
  if (levels.length === 0) return readRow(row, findQuestionnaire(texts, known), known)
  const question = {
    row: row.number,
    name: texts.name,
    levels: levels.map(({ code, name }) => ({ code, name })),
    answer,
  }
  const chosen = answer.split('+').flatMap((code) => levels.filter((level) => level.code === code))
  if (answer === 'none') return { places: [], problems: [], question }
  if (chosen.length === 0)
    return { places: [], problems: [`“${texts.name}” có nhiều cấp học; xin chọn bộ câu hỏi cho trường này.`], question }
  const read = chosen.map((level, index) =>
    readRow({ ...row, texts: forLevel(texts, level, index, chosen.length) }, level, known),
  )
  return { places: read.flatMap(({ places }) => places), problems: read.flatMap(({ problems }) => problems), question }
}

/** The places of one school are told apart by their level; a code can be had by one of them only. */
function forLevel(texts: Texts, level: Named, index: number, of: number): Texts {
  if (of === 1) return texts
  const named = `${texts.name} · ${levelName(level.code)}`
  return { ...texts, name: named, code: index === 0 ? texts.code : '' }
}

function readRow(
  { number: row, texts, times }: NewRow,
  questionnaire: KnownQuestionnaire | undefined,
  known: ImportKnown,
): RowReading {
  const problems = findFormulas(texts)
  const name = nameIn(texts, problems)
  const code = readTypedCode(texts.code)
  const codeProblem = code && problemOfPlaceCode(code)
  if (codeProblem) problems.push(`mã “${texts.code}”: ${codeProblem}`)
  if (!questionnaire) problems.push(describeUnknown('bộ câu hỏi', texts.questionnaire, 'Bộ câu hỏi'))
  const agency = findAgency(texts.agency, questionnaire?.sector, known)
  if (!agency) problems.push(describeUnknown('đơn vị', texts.agency, 'Đơn vị'))
  const fields = findFields(texts.fields, known, problems)
  if (questionnaire && questionnaire.sector !== 'administrative' && fields.length > 0)
    problems.push('chỉ nơi làm thủ tục hành chính mới có lĩnh vực; xin để trống ô lĩnh vực.')
  if (problems.length > 0 || !questionnaire || !agency) return { places: [], problems }
  const { sector, ...asked } = questionnaire
  const where = { agency: { code: agency.code, name: agency.name }, questionnaire: asked, sector, fields }
  const hours = times.week ? writeWeek(times.week) : ''
  return { places: [{ row, code, name, hours, ...where, ...times }], problems }
}

function nameIn({ name, nameEn, nameKm }: Texts, problems: string[]): ImportedPlace['name'] {
  if (!name) problems.push('thiếu tên nơi phục vụ.')
  if ([name, nameEn, nameKm].some((text) => text.length > 120)) problems.push('tên dài tối đa 120 ký tự.')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
  if (/[\u0000-\u001f\u007f-\u009f]|\p{Surrogate}/u.test(name + nameEn + nameKm))
    problems.push('tên có ký tự không đọc được.')
  const unprintable = describeUnprintable([name, nameEn, nameKm].join(' '))
  if (unprintable) problems.push(`tên: ${startSmall(unprintable)}`)
  return nameToStore({ vi: name, en: nameEn, km: nameKm })
}

const startSmall = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

const describeUnknown = (what: string, text: string, column: string): string =>
  text
    ? `không có ${what} “${text}”; xin ghi đúng tên trong trang Hướng dẫn của tệp mẫu.`
    : `chưa rõ ${what}; xin ghi vào cột “${column}”.`

export const findFormulas = (texts: Texts): string[] =>
  importRoles
    .filter((role) => texts[role].startsWith('='))
    .map((role) => `ô “${texts[role]}” có công thức chưa có kết quả; xin mở tệp bằng Excel, lưu lại rồi chọn lại.`)
