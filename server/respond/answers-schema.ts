import { z } from 'zod'
import {
  type Criterion,
  channels,
  type ExtraQuestion,
  languages,
  type Questionnaire,
  respondents,
  serviceModes,
} from '../catalogue/contract.ts'
import { pressureQuestion } from '../catalogue/pressure-contract.ts'
import { toPlainDigits } from '../typed/digits.ts'
import { toKeptText, toOneLine } from '../typed/text.ts'
import { commentLimit, fieldNames } from './contract.ts'

/** What is known before the version: which place is meant, and by which id. */
export const Envelope = z.looseObject({
  place: z.string({ error: 'Thiếu mã nơi phục vụ (place).' }),
  version: z.int({ error: 'Phiên bản bộ câu hỏi phải là số nguyên.' }).optional(),
})

/**
 * The strict schema of a response to one questionnaire version: the same for a form and for JSON, and the source of
 * the form's attributes. An asked criterion may be missing; at least one must be answered.
 */
export function answersSchema(definition: Questionnaire) {
  const criteria = definition.factors.flatMap((factor) => factor.criteria)
  const asked = [...definition.extra, pressureQuestion]
  return z.strictObject(
    {
      id: z.guid({ error: 'Mã phiếu (id) phải là UUID.' }).transform((id) => id.toLowerCase()),
      place: z.string(),
      version: z.int().optional(),
      channel: z.enum(channels, { error: 'Cách trả lời không đúng.' }).optional(),
      field: z.string({ error: 'Lĩnh vực không đúng.' }).optional(),
      serviceMode: choice(serviceModes.slice(1), 'Xin chọn trực tiếp hoặc trực tuyến.'),
      respondent: choice(respondents.slice(1), 'Xin chọn người dân hoặc doanh nghiệp.'),
      answers: answersOf(criteria),
      extras: z
        .strictObject(Object.fromEntries(asked.map((question) => [question.code, extraValue(question)])), {
          error: explainMember('Câu hỏi thêm không đúng.'),
        })
        .optional(),
      comment: Comment.optional(),
      urgent: z.boolean({ error: 'Báo ngay (urgent) phải là true hoặc false.' }).optional(),
      language: z.enum(languages, { error: 'Ngôn ngữ phải là vi, en hoặc km.' }).optional(),
      assisted: z.boolean({ error: 'Xin chọn tự trả lời hoặc có người giúp.' }).optional(),
    },
    { error: explainMember('Phiếu phải là một đối tượng JSON.') },
  )
}

/** Looks at what was given instead of at every criterion: 0.5 µs against 7 for a list of 33. */
function answersOf(criteria: Criterion[]) {
  const lowest = new Map(criteria.map(({ code, noOpinion }) => [code, noOpinion ? 0 : 1]))
  return z.custom<Record<string, number>>().superRefine((given: unknown, context) => {
    const complain = (message: string, path: string[] = []) => context.addIssue({ code: 'custom', message, path })
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return complain('Câu trả lời không đúng.')
    const entries = Object.entries(given)
    const unknown = entries.filter(([code]) => !lowest.has(code)).map(([code]) => shorten(code))
    if (unknown.length > 0) complain(`Không có mục này: ${unknown.slice(0, 3).join(', ')}.`)
    for (const [code, value] of entries) {
      const least = lowest.get(code)
      if (least === undefined || value === undefined) continue
      if (!Number.isInteger(value) || value < least || value > 5)
        complain(`Xin chọn một mức từ ${least} đến 5.`, [code])
    }
    if (entries.every(([, value]) => value === undefined)) complain('Xin trả lời ít nhất một câu.')
  })
}

export type ResponseBody = z.infer<ReturnType<typeof answersSchema>>

const level = (lowest: number, highest: number) =>
  z
    .int({ error: `Xin chọn một mức từ ${lowest} đến ${highest}.` })
    .min(lowest)
    .max(highest)

const choice = (values: readonly string[], error: string) =>
  z.enum(values as [string, ...string[]], { error }).optional()

const Comment = z
  .string({ error: 'Ý kiến phải là chữ.' })
  .transform((text) => toKeptText(text).trim())
  .refine((text) => text.length <= commentLimit, { error: `Ý kiến dài quá ${commentLimit} ký tự; xin rút ngắn.` })

/** Percent of expectation met may exceed 100; what nobody means is refused. */
export const highestPercent = 1000

function extraValue(question: ExtraQuestion) {
  if (question.kind === 'scale') return level(1, 5).optional()
  if (question.kind === 'percent') {
    return z
      .int({ error: `Xin ghi một số từ 0 đến ${highestPercent}.` })
      .min(0)
      .max(highestPercent)
      .optional()
  }
  const codes = (question.choices ?? []).map((option) => option.code)
  return choice(codes.length ? codes : ['-'], 'Xin chọn một trong các mục.')
}

/** Sentences for people instead of zod's own, naming what is not known. */
function explainMember(sentence: string) {
  return (issue: { code?: string; keys?: unknown }) =>
    issue.code === 'unrecognized_keys'
      ? `Không có mục này: ${(issue.keys as string[]).slice(0, 3).map(shorten).join(', ')}.`
      : sentence
}

const shorten = (key: string): string => toOneLine(key).slice(0, 40)

const besideAnswers = new Set<string>([
  ...[fieldNames.honeypot, fieldNames.household, fieldNames.ticket, fieldNames.presence],
  ...[fieldNames.waited, fieldNames.took, fieldNames.switchTo, fieldNames.textSize, fieldNames.step],
])

/** A form as sent by a browser → the JSON body; an empty field equals one that was not sent. */
export function bodyFromForm(form: Record<string, unknown>, place: string): Record<string, unknown> {
  const body: Record<string, unknown> = { place }
  const answers: Record<string, unknown> = {}
  const extras: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(form)) {
    if (value === '' || besideAnswers.has(name)) continue
    if (name.startsWith('a-')) answers[name.slice(2)] = numberIn(value)
    else if (name.startsWith('x-')) extras[name.slice(2)] = numberIn(value)
    else if (name === fieldNames.urgent) body[name] = true
    else if (name === fieldNames.assisted) body[name] = assistedOf(value)
    else body[name] = name === fieldNames.version ? numberIn(value) : value
  }
  return { ...body, answers, ...(Object.keys(extras).length > 0 && { extras }) }
}

/** What is neither stays as it came, to be refused. */
const assistedOf = (value: unknown): unknown => (value === 'yes' ? true : value === 'no' ? false : value)

/** JSON path of a problem → the name of the form's field that caused it. */
export function fieldOfPath(path: string): string {
  return path.replace(/^answers\./, 'a-').replace(/^extras\./, 'x-')
}

function numberIn(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const plain = toPlainDigits(value).trim()
  return /^\d{1,6}$/.test(plain) ? Number(plain) : value
}
