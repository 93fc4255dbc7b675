import type { OwnDay, Sector } from '../../catalogue/contract.ts'
import { fold } from '../../spreadsheets/values.ts'
import type { Week } from '../../typed/week.ts'
import type { Texts } from './contract.ts'
import { codeOfWords, findLevels, isSeveralLevels, levelCodes } from './levels.ts'

export type Named = { code: string; name: string }
export type KnownQuestionnaire = Named & { sector: Sector }
/** When a place works: its week, null where none is declared, and its own days in order. */
export type Times = { week: Week | null; ownDays: OwnDay[] }
/** A place as it is stored; agency, questionnaire and fields by their codes. */
export type KnownPlace = Named &
  Times & { nameEn: string; nameKm: string; agency: string; questionnaire: string; fields: string[] }

/** What the surveys have already. */
export type ImportKnown = {
  agencies: (Named & { shortName: string; sectors: Sector[] })[]
  questionnaires: KnownQuestionnaire[]
  fields: Named[]
  places: KnownPlace[]
  usedCodes: ReadonlySet<string>
}

export const isNamed = ({ code, name }: Named, text: string): boolean =>
  fold(text) !== '' && (fold(name) === fold(text) || fold(code) === fold(text))

/** By code or title, by what people call it, or, without such a column, by the place's own name or its heading. */
export function findQuestionnaire({ questionnaire, name, section }: Texts, { questionnaires }: ImportKnown) {
  const exact = questionnaires.find((one) => isNamed(one, questionnaire))
  if (exact) return exact
  const code = codeOfWords(questionnaire || name) ?? (questionnaire ? undefined : codeOfWords(section))
  return questionnaires.find((one) => one.code === code)
}

/** Levels that the row names together, where they are several or one of them has no questionnaire; none otherwise. */
export function levelsIn({ questionnaire, name, section }: Texts, { questionnaires }: ImportKnown) {
  const words = [questionnaire, name, section].find((text) => findLevels(text).length > 0) ?? ''
  const found = findLevels(words)
  if (found.length < 2 && !isSeveralLevels(name)) return []
  const levels = levelCodes.flatMap((code) => questionnaires.filter((one) => one.code === code))
  const named = levels.filter(({ code }) => found.includes(code))
  return named.length > 0 ? named : levels
}

/** By name, short name or code; left empty, the one agency that serves the sector, where there is only one. */
export function findAgency(text: string, sector: Sector | undefined, { agencies }: ImportKnown) {
  if (text) return agencies.find((one) => isNamed(one, text) || fold(one.shortName) === fold(text))
  const serving = agencies.filter(({ sectors }) => sector !== undefined && sectors.includes(sector))
  return serving.length === 1 ? serving[0] : undefined
}

/** Parted by semicolons; by commas where no name has one. */
export function findFields(text: string, { fields }: ImportKnown, problems: string[]): Named[] {
  const parts = text.split(';').flatMap((part) => (fields.some((one) => isNamed(one, part)) ? [part] : part.split(',')))
  return parts
    .filter((part) => part.trim())
    .flatMap((part) => {
      const field = fields.find((one) => isNamed(one, part))
      if (!field) problems.push(`không có lĩnh vực “${part.trim()}”; các lĩnh vực cách nhau bằng dấu chấm phẩy.`)
      return field ? [field] : []
    })
}
