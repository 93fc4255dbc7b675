import { type ExtraQuestion, type Factor, Questionnaire } from '../../catalogue/contract.ts'
import { mapTexts, toKeptText, toOneLine } from '../../typed/text.ts'
import { type DraftProblem, textLimits } from './contract.ts'
import { parseJson } from './json-rules.ts'
import { blank, describePlace, explainWhat, type Issue, problem, sayProblem, withoutKeys } from './problem-rules.ts'

export type DraftReading = { definition: Questionnaire; problems: [] } | { definition: null; problems: string[] }
export type DraftCheck = { definition: Questionnaire; problems: [] } | { definition: null; problems: DraftProblem[] }
export type OwnParts = Pick<Questionnaire, 'code' | 'version' | 'sector'>

/** A response is asked at most this many criteria of the index (public contract); the household form asks all. */
export const mostCriteriaAsked = 8
const asksAll = 'household'
const shownProblems = 20

/**
 * The text of a draft as somebody typed it → a definition, or sentences that name the place of each error. Code,
 * version and sector are the questionnaire's own: they are filled in, and another one in the text is refused.
 */
export function readDraft(text: string, own: OwnParts): DraftReading {
  // Inside quotation marks a line cannot break: what Word and web pages put there is a space.
  const parsed = parseJson(toKeptText(text.replace(/[\v\f\u0085\u2028\u2029]/g, ' ')))
  if ('problem' in parsed) return refuse([parsed.problem])
  const value = mapTexts(parsed.value, toOneLine)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse(['Bản thảo phải bắt đầu bằng dấu { và kết thúc bằng dấu }.'])
  }
  const given = value as Record<string, unknown>
  const foreign = (['code', 'sector'] as const).filter((key) => given[key] !== undefined && given[key] !== own[key])
  if (foreign.length > 0) return refuse(foreign.map((key) => `Mục "${key}" phải giữ là "${own[key]}", hoặc bỏ đi.`))
  const shape = checkShape(given, own)
  if (!shape.definition) return refuse(shape.problems.map(sayProblem))
  const problems = problemsWithin(shape.definition, given)
  return problems.length > 0 ? refuse(problems.map(sayProblem)) : shape
}

/** The same for a draft that was typed field by field: every problem at once, the first of each field. */
export function checkDraft(given: Record<string, unknown>, own: OwnParts): DraftCheck {
  const shape = checkShape(given, own)
  const problems = shape.definition
    ? problemsWithin(shape.definition, given)
    : [...shape.problems, ...problemsOfTexts(given)]
  if (shape.definition && problems.length === 0) return shape
  const paths = problems.map(({ path }) => path)
  const firsts = problems.filter(({ path }, index) => path === '' || paths.indexOf(path) === index)
  return { definition: null, problems: firsts.map((one) => ({ ...one, place: withoutKeys(one.place) })) }
}

/** What the typing field shows: everything that may be changed. */
export function writeDraft({ code: _, version: _version, sector: _sector, ...rest }: Questionnaire): string {
  return JSON.stringify(rest, null, 2)
}

const refuse = (problems: string[]): DraftReading => ({
  definition: null,
  problems: [...new Set(problems)].slice(0, shownProblems),
})

function checkShape(given: Record<string, unknown>, { code, version, sector }: OwnParts): DraftCheck {
  const shaped = Questionnaire.safeParse({ ...given, code, version, sector })
  if (shaped.success) return { definition: shaped.data, problems: [] }
  return { definition: null, problems: shaped.error.issues.map((issue) => explainIssue(issue, given)) }
}

const problemsWithin = (definition: Questionnaire, given: Record<string, unknown>): DraftProblem[] => [
  ...problemsOfFactors(definition),
  ...problemsOfExtra(definition.extra),
  ...problemsOfTexts(given),
]

function explainIssue(issue: Issue, given: Record<string, unknown>): DraftProblem {
  const path = issue.code === 'custom' ? locate(issue.message, given) : issue.path
  return { path: path.join('.'), place: describePlace(path, given), message: explainWhat(issue) }
}

/** The schema's rules about a whole questionnaire say only that they were broken, not where. */
function locate(message: string, given: Record<string, unknown>): PropertyKey[] {
  const factors = given.factors as Factor[]
  if (/draws more/.test(message)) {
    const factor = factors.findIndex(({ draw, criteria }) => draw > criteria.filter(({ core }) => !core).length)
    return ['factors', factor, 'draw']
  }
  const all = factors.flatMap(({ criteria }, factor) => criteria.map(({ code }, index) => ({ code, factor, index })))
  const second = all.find(({ code }, at) => all.findIndex((one) => one.code === code) < at)
  return second ? ['factors', second.factor, 'criteria', second.index, 'code'] : []
}

function problemsOfFactors({ code, factors }: Questionnaire): DraftProblem[] {
  const asked = factors.reduce(
    (sum, factor) => sum + factor.draw + factor.criteria.filter(({ core }) => core).length,
    0,
  )
  const never = factors.filter((factor) => factor.draw === 0 && factor.criteria.some(({ core }) => !core))
  return [
    ...repeated(factors).map(([twice, index]) =>
      problem(`factors.${index}.code`, '', `mã nhóm "${twice}" dùng hai lần.`),
    ),
    ...never.map((factor) =>
      problem(
        `factors.${factors.indexOf(factor)}.draw`,
        nameOf(factor, factors),
        'có câu luân phiên nhưng số câu rút là 0, nên không bao giờ được hỏi.',
      ),
    ),
    ...(code !== asksAll && asked > mostCriteriaAsked
      ? [
          problem(
            '',
            '',
            `mỗi phiếu hỏi ${asked} tiêu chí; nhiều nhất là ${mostCriteriaAsked}. Xin giảm số câu hỏi mọi phiếu hoặc số câu rút.`,
          ),
        ]
      : []),
  ]
}

const nameOf = (factor: Factor, factors: Factor[]): string => `Nhóm ${factors.indexOf(factor) + 1} (${factor.code})`

function problemsOfExtra(extra: ExtraQuestion[]): DraftProblem[] {
  const inside = extra.flatMap(({ code, kind, choices }, at) => {
    const name = `Câu hỏi thêm ${at + 1} (${code})`
    const path = `extra.${at}.kind`
    if (kind !== 'choice') return choices ? [problem(path, name, 'chỉ kiểu choice mới có mục chọn (choices).')] : []
    if (!choices || choices.length < 2) return [problem(path, name, 'kiểu chọn một cần ít nhất hai mục chọn.')]
    return problemsOfChoices(choices, name, `extra.${at}.choices`)
  })
  const twice = repeated(extra).map(([code, index]) =>
    problem(`extra.${index}.code`, '', `mã câu hỏi thêm "${code}" dùng hai lần.`),
  )
  return [...twice, ...inside]
}

const problemsOfChoices = (choices: { code: string }[], name: string, path: string): DraftProblem[] => [
  ...repeated(choices).map(([twice, index]) =>
    problem(`${path}.${index}.code`, name, `mã mục chọn "${twice}" dùng hai lần.`),
  ),
  // A form's value made of digits is read as a number.
  ...choices.flatMap(({ code }, index) =>
    /^\d+$/.test(code)
      ? [problem(`${path}.${index}.code`, name, `mã mục chọn "${code}" phải có ít nhất một chữ cái hoặc gạch nối.`)]
      : [],
  ),
]

/** Codes that stand before too, each with the position where it stands again. */
function repeated(list: { code: string }[]): [code: string, index: number][] {
  const codes = list.map(({ code }) => code)
  const again = codes.flatMap((code, index): [string, number][] => (codes.indexOf(code) < index ? [[code, index]] : []))
  return [...new Map(again)]
}

/** Every string of the draft: blank, too long for a phone, or with characters that cannot be stored. */
function problemsOfTexts(value: unknown, given: unknown = value, path: PropertyKey[] = []): DraftProblem[] {
  if (typeof value !== 'string') {
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([key, inner]) =>
      problemsOfTexts(inner, given, [...path, Array.isArray(value) ? Number(key) : key]),
    )
  }
  const most = mostLetters(path)
  const problems = [
    value.trim() === '' && blank,
    value.length > most && `dài ${value.length} ký tự; nhiều nhất là ${most}.`,
    // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
    (/[\u0000-\u001f\u007f-\u009f]/.test(value) || !value.isWellFormed()) && 'có ký tự không đọc được.',
  ]
  return problems.flatMap((message) => (message ? [problem(path.join('.'), describePlace(path, given), message)] : []))
}

function mostLetters(path: PropertyKey[]): number {
  if (path.includes('choices')) return textLimits.choice
  if (path.includes('criteria')) return textLimits.criterion
  if (path.includes('extra')) return textLimits.question
  return path.includes('title') ? textLimits.title : textLimits.source
}
