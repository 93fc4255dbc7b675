import type { z } from 'zod'
import type { DraftProblem } from './contract.ts'

export type Issue = z.core.$ZodIssue

export const problem = (path: string, place: string, message: string): DraftProblem => ({ path, place, message })

/** One sentence with its place. */
export const sayProblem = ({ place, message }: DraftProblem): string =>
  place ? `${place}: ${message}` : startSentence(message)

export const blank = 'để trống; xin ghi vào.'

/** What the schema has against a part, in one sentence. */
export function explainWhat(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') return `không có mục tên "${issue.keys.slice(0, 3).join('", "')}"; xin bỏ đi.`
  if (issue.code === 'invalid_type')
    return `còn thiếu hoặc sai kiểu; cần ${typeNames[issue.expected] ?? issue.expected}.`
  if (issue.code === 'too_small') return tooSmall[issue.origin] ?? blank
  if (issue.code === 'invalid_format') return 'mã chỉ gồm chữ thường không dấu, số và gạch nối ở giữa.'
  if (issue.code === 'invalid_value') return `phải là một trong: ${issue.values.join(', ')}.`
  if (issue.code === 'custom' && /draws more/.test(issue.message)) {
    return 'rút nhiều câu hơn số câu luân phiên của nhóm.'
  }
  if (issue.code === 'custom' && /stands twice/.test(issue.message)) return 'mã tiêu chí dùng hai lần.'
  return 'chưa đúng.'
}

const tooSmall: Record<string, string> = { array: 'cần ít nhất một mục.', number: 'số quá nhỏ.', int: 'số quá nhỏ.' }

const typeNames: Record<string, string> = {
  string: 'chữ trong dấu nháy kép',
  number: 'một số',
  int: 'một số nguyên',
  boolean: 'true hoặc false',
  array: 'danh sách trong ngoặc vuông',
  object: 'một khối trong ngoặc nhọn',
}

const partNames: Record<string, string> = {
  factors: 'nhóm',
  criteria: 'tiêu chí',
  extra: 'câu hỏi thêm',
  choices: 'mục chọn',
  vi: 'tiếng Việt',
  en: 'tiếng Anh',
  km: 'tiếng Khmer',
  text: 'lời',
  title: 'tên',
  source: 'căn cứ (source)',
  translations: 'ghi chú bản dịch (translations)',
  official: 'số tiêu chí (official)',
  code: 'mã (code)',
  core: 'hỏi mọi phiếu (core)',
  noOpinion: 'có “không ý kiến” (noOpinion)',
  draw: 'số câu rút (draw)',
  kind: 'kiểu câu hỏi (kind)',
}

/** ["factors", 1, "criteria", 0, "text", "km"] → "Nhóm 2 (thu-tuc), tiêu chí 1 (sipas-19), lời tiếng Khmer". */
export function describePlace(path: PropertyKey[], given: unknown): string {
  let at = given
  const words = path.flatMap((key, index) => {
    at = (at as Record<PropertyKey, unknown> | undefined)?.[key]
    if (typeof key === 'number') return []
    const name = partNames[String(key)] ?? String(key)
    const number = path[index + 1]
    if (typeof number !== 'number') return [name]
    const code = (at as { code?: unknown }[] | undefined)?.[number]?.code
    return [`${name} ${number + 1}${typeof code === 'string' ? ` (${code})` : ''},`]
  })
  return startSentence(words.join(' ').replace(/,$/, ''))
}

/** Names without the keys of the JSON text, for people who see fields only. */
export const withoutKeys = (place: string): string =>
  Object.values(partNames).reduce((text, name) => text.replace(name, name.replace(/ \(\w+\)$/, '')), place)

const startSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
