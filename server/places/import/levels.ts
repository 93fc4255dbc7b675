import { fold } from '../../spreadsheets/values.ts'

/** Upper secondary schools answer to the province: no questionnaire here is theirs, but their names say it. */
const upperSecondary = 'education-upper-secondary'

/** Words by which people call a level of school, the youngest pupils first; abbreviations stand between other words. */
const levelWords: [words: RegExp, code: string, name: string][] = [
  [/\b(mam non|mau giao|nha tre|mn|mg)\b/, 'education-preschool', 'Mầm non'],
  [/\b(tieu hoc|th|cap 1|cap i)\b/, 'education-primary', 'Tiểu học'],
  [/\b(trung hoc co so|thcs|cap 2|cap ii)\b|\bcap (1|i) (va )?(2|ii)\b/, 'education-lower-secondary', 'THCS'],
  [/\b(trung hoc pho thong|thpt|cap 3|cap iii)\b|\bcap (2|ii) (va )?(3|iii)\b/, upperSecondary, 'THPT'],
]

export const levelCodes = levelWords.map(([, code]) => code)

export const levelName = (code: string): string => levelWords.find(([, one]) => one === code)?.[2] ?? code

/** "TH" and "MN" are levels only where a school is spoken of: elsewhere they cut short other words. */
const schoolWords = /\b(truong|ptdt\w*|thcs|thpt|mam non|tieu hoc|cap)\b|^(th|mn|mg)\b/

/** "Trường TH&THCS", "MN-TH", "PTDTBT TH-THCS": the codes of all levels in a text. */
export function findLevels(text: string): string[] {
  const words = fold(text)
  const read = schoolWords.test(words) ? words : words.replace(/\b(th|mn|mg)\b/g, '')
  return levelWords.filter(([pattern]) => pattern.test(read)).map(([, code]) => code)
}

/** "Trường liên cấp", "nhiều cấp học": several levels without saying which; so does a level without a questionnaire. */
export const isSeveralLevels = (text: string): boolean =>
  /\b(lien cap|nhieu cap|nhieu cap hoc|pho thong dan toc (ban|noi) tru|ptdt(bt|nt))\b/.test(fold(text)) &&
  findLevels(text).length !== 1

/** What people call the other questionnaires. */
const otherWords: [words: RegExp, code: string][] = [
  [/\btiem\b/, 'vaccination'],
  [/\b(kham|ngoai tru|phong kham)\b/, 'outpatient'],
  [/\b(hanh chinh|mot cua|quay)\b/, 'administrative'],
]

/** The one questionnaire that a text names; undefined where it names none or several levels. */
export function codeOfWords(text: string): string | undefined {
  const levels = findLevels(text)
  if (levels.length > 0) return levels.length === 1 ? levels[0] : undefined
  return otherWords.find(([pattern]) => pattern.test(fold(text)))?.[1]
}
