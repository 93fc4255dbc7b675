import type { z } from 'zod'
import { type ExtraQuestion, type Factor, Questionnaire } from './contract.ts'
import { parseJson } from './json-rules.ts'

export type DraftReading = { definition: Questionnaire; problems: [] } | { definition: null; problems: string[] }

/** A response is asked at most this many criteria of the index (public contract); the household form asks all. */
export const mostCriteriaAsked = 8
const asksAll = 'household'

const longest = { criterion: 160, question: 200, choice: 80, title: 120, source: 1000 }
const shownProblems = 20

/**
 * The text of a draft as somebody typed it → a definition, or sentences that name the place of each error. Code,
 * version and sector are the questionnaire's own: they are filled in, and another one in the text is refused.
 */
export function readDraft(text: string, own: Pick<Questionnaire, 'code' | 'version' | 'sector'>): DraftReading {
  const parsed = parseJson(text.normalize('NFC'))
  if ('problem' in parsed) return refuse([parsed.problem])
  const { value } = parsed
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse(['Bản thảo phải bắt đầu bằng dấu { và kết thúc bằng dấu }.'])
  }
  const given = value as Record<string, unknown>
  const foreign = (['code', 'sector'] as const).filter((key) => given[key] !== undefined && given[key] !== own[key])
  if (foreign.length > 0) return refuse(foreign.map((key) => `Mục "${key}" phải giữ là "${own[key]}", hoặc bỏ đi.`))
  const shaped = Questionnaire.safeParse({ ...given, ...own })
  if (!shaped.success) return refuse(shaped.error.issues.map((issue) => explainIssue(issue, given)))
  const problems = [...problemsOfFactors(shaped.data), ...problemsOfExtra(shaped.data.extra), ...problemsOfTexts(given)]
  return problems.length > 0 ? refuse(problems) : { definition: shaped.data, problems: [] }
}

/** What the typing field shows: everything that may be changed. */
export function writeDraft({ code: _, version: _version, sector: _sector, ...rest }: Questionnaire): string {
  return JSON.stringify(rest, null, 2)
}

const refuse = (problems: string[]): DraftReading => ({
  definition: null,
  problems: [...new Set(problems)].slice(0, shownProblems),
})

type Issue = z.core.$ZodIssue

function explainIssue(issue: Issue, given: unknown): string {
  const place = describePlace(issue.path, given)
  return place ? `${place}: ${explainWhat(issue)}` : startSentence(explainWhat(issue))
}

function explainWhat(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') return `không có mục tên "${issue.keys.slice(0, 3).join('", "')}"; xin bỏ đi.`
  if (issue.code === 'invalid_type')
    return `còn thiếu hoặc sai kiểu; cần ${typeNames[issue.expected] ?? issue.expected}.`
  if (issue.code === 'too_small') return tooSmall[issue.origin] ?? 'để trống.'
  if (issue.code === 'invalid_format') return 'mã chỉ gồm chữ thường không dấu, số và gạch nối ở giữa.'
  if (issue.code === 'invalid_value') return `phải là một trong: ${issue.values.join(', ')}.`
  if (issue.code === 'custom' && /draws more/.test(issue.message)) {
    return 'có nhóm rút nhiều câu hơn số câu luân phiên của nhóm đó.'
  }
  if (issue.code === 'custom' && /stands twice/.test(issue.message)) return 'có mã tiêu chí dùng hai lần.'
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
function describePlace(path: PropertyKey[], given: unknown): string {
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

function problemsOfFactors({ code, factors }: Questionnaire): string[] {
  const asked = factors.reduce(
    (sum, factor) => sum + factor.draw + factor.criteria.filter(({ core }) => core).length,
    0,
  )
  const never = factors.filter((factor) => factor.draw === 0 && factor.criteria.some(({ core }) => !core))
  return [
    ...repeated(factors).map((twice) => `Mã nhóm "${twice}" dùng hai lần.`),
    ...never.map(
      (factor) => `${nameOf(factor, factors)}: có câu luân phiên nhưng draw là 0, nên không bao giờ được hỏi.`,
    ),
    ...(code !== asksAll && asked > mostCriteriaAsked
      ? [
          `Mỗi phiếu hỏi ${asked} tiêu chí; nhiều nhất là ${mostCriteriaAsked}. Xin giảm số câu hỏi mọi phiếu hoặc số câu rút.`,
        ]
      : []),
  ]
}

const nameOf = (factor: Factor, factors: Factor[]): string => `Nhóm ${factors.indexOf(factor) + 1} (${factor.code})`

function problemsOfExtra(extra: ExtraQuestion[]): string[] {
  const inside = extra.flatMap(({ code, kind, choices }) => {
    const name = `Câu hỏi thêm (${code})`
    if (kind !== 'choice') return choices ? [`${name}: chỉ kiểu choice mới có mục chọn (choices).`] : []
    if (!choices || choices.length < 2) return [`${name}: kiểu choice cần ít nhất hai mục chọn (choices).`]
    return [
      ...repeated(choices).map((twice) => `${name}: mã mục chọn "${twice}" dùng hai lần.`),
      // A form's value made of digits is read as a number.
      ...choices
        .filter((choice) => /^\d+$/.test(choice.code))
        .map((choice) => `${name}: mã mục chọn "${choice.code}" phải có ít nhất một chữ cái hoặc gạch nối.`),
    ]
  })
  return [...repeated(extra).map((twice) => `Mã câu hỏi thêm "${twice}" dùng hai lần.`), ...inside]
}

const repeated = (list: { code: string }[]): string[] => [
  ...new Set(list.map(({ code }) => code).filter((code, index, codes) => codes.indexOf(code) !== index)),
]

/** Every string of the draft: blank, too long for a phone, or with characters that cannot be stored. */
function problemsOfTexts(value: unknown, given: unknown = value, path: PropertyKey[] = []): string[] {
  if (typeof value !== 'string') {
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([key, inner]) =>
      problemsOfTexts(inner, given, [...path, Array.isArray(value) ? Number(key) : key]),
    )
  }
  const most = mostLetters(path)
  const problems = [
    value.trim() === '' && 'để trống.',
    value.length > most && `dài ${value.length} ký tự; nhiều nhất là ${most}.`,
    // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
    (/[\u0000-\u001f\u007f-\u009f]/.test(value) || !value.isWellFormed()) && 'có ký tự không đọc được.',
  ]
  return problems.flatMap((problem) => (problem ? [`${describePlace(path, given)}: ${problem}`] : []))
}

function mostLetters(path: PropertyKey[]): number {
  if (path.includes('choices')) return longest.choice
  if (path.includes('criteria')) return longest.criterion
  if (path.includes('extra')) return longest.question
  return path.includes('title') ? longest.title : longest.source
}

const startSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
