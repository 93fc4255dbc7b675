import type { Sector } from '../catalogue/contract.ts'
import { nameToStore } from '../catalogue/name-rules.ts'
import { describeUnprintable } from '../posters/printable.ts'
import type { Role } from '../spreadsheets/contract.ts'
import type { DataRow } from '../spreadsheets/rows.ts'
import { fold } from '../spreadsheets/values.ts'
import { readTypedCode } from '../typed/code.ts'
import { problemOfPlaceCode } from './contract.ts'
import {
  type ImportedPlace,
  type ImportReading,
  type ImportRole,
  importRoles,
  type LevelQuestion,
  mostPlaces,
} from './import-contract.ts'
import { codeOfWords, findLevels, isSeveralLevels, levelCodes, levelName } from './import-levels.ts'

type Named = { code: string; name: string }
/** What the surveys have already. */
export type ImportKnown = {
  agencies: (Named & { shortName: string; sectors: Sector[] })[]
  questionnaires: (Named & { sector: Sector })[]
  fields: Named[]
  places: (Named & { agency: string })[]
  usedCodes: ReadonlySet<string>
}

const mostProblems = 100

/** What is read: the columns' roles, the rows of data, what was answered about levels, by row, and what is unclear. */
export type Given = {
  roles: Role<ImportRole>[]
  rows: DataRow[]
  answers: ReadonlyMap<number, string>
  problems: string[]
}

/** Reads every row; one problem anywhere is enough for nothing to be stored. */
export function readPlaces({ roles, rows, answers, problems: unclear }: Given, known: ImportKnown): ImportReading {
  const reading: ImportReading = { places: [], questions: [], problems: [...unclear, ...checkTable(roles, rows)] }
  if (reading.problems.length > 0) return reading
  for (const row of rows) {
    const found = readOne(row, textsOf(row, roles), answers.get(row.number) ?? '', known)
    if (found.question) reading.questions.push(found.question)
    reading.problems.push(...found.problems.map((problem) => `Dòng ${row.number}: ${problem}`))
    for (const place of found.places) {
      const beside = problemsBeside(place, reading.places, known)
      reading.problems.push(...beside.map((problem) => `Dòng ${row.number}: ${problem}`))
      reading.places.push(place)
    }
    if (reading.problems.length >= mostProblems) break
  }
  if (reading.places.length === 0 && reading.problems.length === 0)
    reading.problems.push('Không có nơi phục vụ nào để thêm.')
  return reading
}

function checkTable(roles: Role<ImportRole>[], rows: DataRow[]): string[] {
  if (!roles.includes('name')) return ['Không thấy cột tên nơi phục vụ; xin chọn cột đó ở bên dưới.']
  return rows.length > mostPlaces ? [`Tệp có hơn ${mostPlaces} dòng; xin tách thành nhiều tệp.`] : []
}

/** The texts of a row by role, and the heading it stands under. */
const textsOf = ({ cells, section }: DataRow, roles: Role<ImportRole>[]): Texts => {
  const of = (role: ImportRole) => String(cells[roles.indexOf(role)] ?? '').trim()
  return { ...(Object.fromEntries(importRoles.map((role) => [role, of(role)])) as Record<ImportRole, string>), section }
}

type Read = { places: ImportedPlace[]; problems: string[]; question?: LevelQuestion }

/** One place, or one for each level of a school that has several. */
function readOne(row: DataRow, texts: Texts, answer: string, known: ImportKnown): Read {
  const levels = known.questionnaires.some((one) => isNamed(one, texts.questionnaire)) ? [] : levelsIn(texts, known)
  if (levels.length === 0) return readRow(row.number, texts, findQuestionnaire(texts, known), known)
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
    readRow(row.number, forLevel(texts, level, index, chosen.length), level, known),
  )
  return { places: read.flatMap(({ places }) => places), problems: read.flatMap(({ problems }) => problems), question }
}

/** The places of one school are told apart by their level; a code can be had by one of them only. */
function forLevel(texts: Texts, level: Named, index: number, of: number): Texts {
  if (of === 1) return texts
  const named = `${texts.name} · ${levelName(level.code)}`
  return { ...texts, name: named, code: index === 0 ? texts.code : '' }
}

type Texts = Record<ImportRole, string> & { section: string }

function readRow(
  row: number,
  texts: Texts,
  questionnaire: ImportKnown['questionnaires'][number] | undefined,
  known: ImportKnown,
): Read {
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
  return { places: [{ row, code, name, ...where }], problems }
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

const findFormulas = (texts: Texts): string[] =>
  importRoles
    .filter((role) => texts[role].startsWith('='))
    .map((role) => `ô “${texts[role]}” có công thức chưa có kết quả; xin mở tệp bằng Excel, lưu lại rồi chọn lại.`)

/** By code or title, by what people call it, or, without such a column, by the place's own name or its heading. */
function findQuestionnaire({ questionnaire, name, section }: Texts, { questionnaires }: ImportKnown) {
  const exact = questionnaires.find((one) => isNamed(one, questionnaire))
  if (exact) return exact
  const code = codeOfWords(questionnaire || name) ?? (questionnaire ? undefined : codeOfWords(section))
  return questionnaires.find((one) => one.code === code)
}

/** Levels that the row names together, where they are several or one of them has no questionnaire; none otherwise. */
function levelsIn({ questionnaire, name, section }: Texts, { questionnaires }: ImportKnown) {
  const words = [questionnaire, name, section].find((text) => findLevels(text).length > 0) ?? ''
  const found = findLevels(words)
  if (found.length < 2 && !isSeveralLevels(name)) return []
  const levels = levelCodes.flatMap((code) => questionnaires.filter((one) => one.code === code))
  const named = levels.filter(({ code }) => found.includes(code))
  return named.length > 0 ? named : levels
}

/** By name, short name or code; left empty, the one agency that serves the sector, where there is only one. */
function findAgency(text: string, sector: Sector | undefined, { agencies }: ImportKnown) {
  if (text) return agencies.find((one) => isNamed(one, text) || fold(one.shortName) === fold(text))
  const serving = agencies.filter(({ sectors }) => sector !== undefined && sectors.includes(sector))
  return serving.length === 1 ? serving[0] : undefined
}

function findFields(text: string, { fields }: ImportKnown, problems: string[]): Named[] {
  const whole = fields.find((one) => isNamed(one, text))
  if (whole) return [whole]
  const names = text.split(/[;,]/).filter((part) => part.trim())
  return names.flatMap((part) => {
    const field = fields.find((one) => isNamed(one, part))
    if (!field) problems.push(`không có lĩnh vực “${part.trim()}”; các lĩnh vực cách nhau bằng dấu chấm phẩy.`)
    return field ? [field] : []
  })
}

const isNamed = ({ code, name }: Named, text: string): boolean =>
  fold(text) !== '' && (fold(name) === fold(text) || fold(code) === fold(text))

/** What the row has in common with places that exist and with rows above it. */
function problemsBeside(place: ImportedPlace, above: ImportedPlace[], known: ImportKnown): string[] {
  const problems: string[] = []
  const name = fold(place.name.vi)
  const there = known.places.find((one) => one.agency === place.agency.code && fold(one.name) === name)
  if (there) problems.push(`đã có “${there.name}” (mã ${there.code}) ở đơn vị này; xin bỏ dòng này hoặc đổi tên.`)
  const twin = above.find((one) => one.agency.code === place.agency.code && fold(one.name.vi) === name)
  if (twin) problems.push(`trùng tên với dòng ${twin.row}; xin giữ một dòng.`)
  const sameCode = place.code && above.find(({ code }) => code === place.code)
  if (sameCode) problems.push(`trùng mã ${place.code} với dòng ${sameCode.row}; xin đổi hoặc để trống.`)
  else if (known.usedCodes.has(place.code))
    problems.push(`mã ${place.code} đang dùng hoặc đã từng dùng; xin đổi hoặc để trống.`)
  return problems
}
