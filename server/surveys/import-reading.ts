import type { Sector } from './contract.ts'
import {
  type ImportedPlace,
  type ImportReading,
  type ImportRole,
  importRoles,
  mostPlaces,
  type PlaceSheet,
} from './import-contract.ts'
import { placeCodePattern } from './places-contract.ts'
import { describeUnprintable } from './printable.ts'
import type { Cell } from './visits-contract.ts'
import { fold } from './visits-values.ts'

type Named = { code: string; name: string }
/** What the surveys have already. */
export type ImportKnown = {
  agencies: (Named & { shortName: string; sectors: Sector[] })[]
  questionnaires: (Named & { sector: Sector })[]
  fields: Named[]
  places: (Named & { agency: string })[]
  usedCodes: ReadonlySet<string>
}

/** Folded headers: with diacritics, without them, in capitals, all are the same. The first that fits wins. */
const headerWords: Record<ImportRole, RegExp> = {
  nameEn: /\b(tieng anh|english)\b/,
  nameKm: /\b(tieng khmer|khmer)\b/,
  code: /^ma\b/,
  agency: /\b(co quan|don vi)\b/,
  questionnaire: /\b(bo cau hoi|cap hoc|loai|loai hinh|mau phieu)\b/,
  fields: /\blinh vuc\b/,
  name: /\b(ten|diem phuc vu|truong|quay)\b/,
}
const headerOrder = ['nameEn', 'nameKm', 'code', 'agency', 'questionnaire', 'fields', 'name'] as const

/** Which column holds what; each role once, at the first column that says so. */
export function findColumns(header: string[]): Partial<Record<ImportRole, number>> {
  const columns: Partial<Record<ImportRole, number>> = {}
  for (const [index, text] of header.entries()) {
    const role = headerOrder.find((one) => headerWords[one].test(fold(text)))
    if (role && columns[role] === undefined) columns[role] = index
  }
  return columns
}

/** The header names most columns; rows of data name one by accident. */
export function findImportHeader(rows: Cell[][]): number {
  const found = rows.slice(0, 20).map((row) => {
    const short = row.map((cell) => (String(cell).length <= 60 ? String(cell) : ''))
    return Object.keys(findColumns(short)).length
  })
  const best = Math.max(...found, 0)
  return best > 0 ? found.indexOf(best) : 0
}

const mostProblems = 100

/** Reads every row; one problem anywhere is enough for nothing to be stored. */
export function readPlaces(sheet: PlaceSheet, known: ImportKnown): ImportReading {
  const columns = findColumns(sheet.header)
  if (columns.name === undefined)
    return { places: [], problems: ['Không thấy cột tên điểm phục vụ; xin dùng tệp mẫu hoặc đặt tên cột là “Tên”.'] }
  if (sheet.rows.length > mostPlaces)
    return { places: [], problems: [`Tệp có hơn ${mostPlaces} dòng; xin tách thành nhiều tệp.`] }
  const problems: string[] = []
  const places: ImportedPlace[] = []
  for (const [row, cells] of sheet.rows) {
    const texts = Object.fromEntries(
      importRoles.map((role) => [role, String(cells[columns[role] ?? -1] ?? '').trim()]),
    ) as Texts
    const read = readRow(row, texts, known)
    const found = 'problems' in read ? read.problems : problemsBeside(read, places, known)
    problems.push(...found.map((problem) => `Dòng ${row}: ${problem}`))
    if (!('problems' in read)) places.push(read)
    if (problems.length >= mostProblems) break
  }
  return { places, problems }
}

type Texts = Record<ImportRole, string>

function readRow(row: number, texts: Texts, known: ImportKnown): ImportedPlace | { problems: string[] } {
  const problems: string[] = []
  const name = nameIn(texts, problems)
  const code = texts.code.toUpperCase()
  if (code && !placeCodePattern.test(code))
    problems.push(`mã “${texts.code}” phải gồm 4 đến 10 chữ cái không dấu và chữ số, không dùng I, O, 0, 1.`)
  const questionnaire = findQuestionnaire(texts, known)
  if (!questionnaire) problems.push(describeUnknown('bộ câu hỏi', texts.questionnaire, 'Bộ câu hỏi'))
  const agency = findAgency(texts.agency, questionnaire?.sector, known)
  if (!agency) problems.push(describeUnknown('cơ quan', texts.agency, 'Cơ quan'))
  const fields = findFields(texts.fields, known, problems)
  if (questionnaire && questionnaire.sector !== 'administrative' && fields.length > 0)
    problems.push('chỉ điểm làm thủ tục hành chính mới có lĩnh vực; xin để trống ô lĩnh vực.')
  if (problems.length > 0 || !questionnaire || !agency) return { problems }
  const { sector, ...asked } = questionnaire
  return { row, code, name, agency: { code: agency.code, name: agency.name }, questionnaire: asked, sector, fields }
}

function nameIn({ name, nameEn, nameKm }: Texts, problems: string[]): ImportedPlace['name'] {
  if (!name) problems.push('thiếu tên điểm phục vụ.')
  if ([name, nameEn, nameKm].some((text) => text.length > 120)) problems.push('tên dài tối đa 120 ký tự.')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
  if (/[\u0000-\u001f\u007f-\u009f]|\p{Surrogate}/u.test(name + nameEn + nameKm))
    problems.push('tên có ký tự không đọc được.')
  const unprintable = describeUnprintable([name, nameEn, nameKm].join(' '))
  if (unprintable) problems.push(`tên: ${startSmall(unprintable)}`)
  return { vi: name, en: nameEn || name, km: nameKm || name }
}

const startSmall = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

const describeUnknown = (what: string, text: string, column: string): string =>
  text
    ? `không có ${what} “${text}”; xin ghi đúng tên trong trang Hướng dẫn của tệp mẫu.`
    : `chưa rõ ${what}; xin ghi vào cột “${column}”.`

/** Words by which people call what a questionnaire is for; the longer ones are tried first. */
const questionnaireWords: [words: RegExp, code: string][] = [
  [/\b(trung hoc co so|thcs|cap 2)\b/, 'education-lower-secondary'],
  [/\b(mam non|mau giao|nha tre)\b/, 'education-preschool'],
  [/\b(tieu hoc|cap 1)\b/, 'education-primary'],
  [/\btiem\b/, 'vaccination'],
  [/\b(kham|ngoai tru|phong kham)\b/, 'outpatient'],
  [/\b(hanh chinh|mot cua|quay)\b/, 'administrative'],
]

/** By code or title, by what people call it, or, without such a column, by the place's own name. */
function findQuestionnaire({ questionnaire, name }: Texts, { questionnaires }: ImportKnown) {
  const exact = questionnaires.find((one) => isNamed(one, questionnaire))
  if (exact) return exact
  const words = fold(questionnaire || name)
  const code = questionnaireWords.find(([pattern]) => pattern.test(words))?.[1]
  return questionnaires.find((one) => one.code === code)
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
  if (there) problems.push(`đã có điểm “${there.name}” (mã ${there.code}) ở cơ quan này; xin bỏ dòng này hoặc đổi tên.`)
  const twin = above.find((one) => one.agency.code === place.agency.code && fold(one.name.vi) === name)
  if (twin) problems.push(`trùng tên với dòng ${twin.row}; xin giữ một dòng.`)
  const sameCode = place.code && above.find(({ code }) => code === place.code)
  if (sameCode) problems.push(`trùng mã ${place.code} với dòng ${sameCode.row}; xin đổi hoặc để trống.`)
  else if (known.usedCodes.has(place.code))
    problems.push(`mã ${place.code} đang dùng hoặc đã từng dùng; xin đổi hoặc để trống.`)
  return problems
}
