import { z } from 'zod'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import { channels, type Definition } from '../catalogue/contract.ts'
import { toPlainDigits } from '../typed/digits.ts'
import { toOneLine } from '../typed/text.ts'
import { leastSpread } from './belief/rules.ts'
import { hasVisits } from './denominator.ts'

/** What an owner may set of an indicator; which responses it is about (sector, questionnaire, mode) stays. */
export type IndicatorSettings = { title: string; target: number; period: string; definition: Definition }

const list = z.preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(z.string()))

const line = (least: number, most: number, name: string) =>
  z
    .string({ error: `Xin ghi ${name}.` })
    .transform(toOneLine)
    .refine((text) => text.length >= least, { error: `Xin ghi ${name}, ít nhất ${least} ký tự.` })
    .refine((text) => text.length <= most, { error: `Phần ${name} dài tối đa ${most} ký tự.` })

/** A whole number within bounds; an absent or empty field is the first bound that every verdict has anyway. */
const wholeNumber = (error: string, least: number, most: number) =>
  z
    .string({ error })
    .trim()
    .default('')
    .refine((text) => text === '' || (/^\d{1,3}$/.test(text) && Number(text) >= least && Number(text) <= most), {
      error,
    })
    .transform((text) => (text === '' ? null : Number(text)))

const strange = 'Biểu mẫu có mục lạ; xin mở lại trang này rồi sửa.'

/** The form of a change. `basedOn` is the version that was on the screen. */
export const IndicatorForm = z.strictObject(
  {
    basedOn: z.coerce.number({ error: strange }).int({ error: strange }).min(1, { error: strange }),
    title: line(10, 200, 'tên chỉ tiêu'),
    target: z
      .string({ error: 'Xin ghi chỉ tiêu.' })
      .transform((text) => toPlainDigits(text).trim())
      .refine((text) => /^\d{1,3}([.,]\d{1,2})?$/.test(text), {
        error: 'Xin ghi chỉ tiêu bằng số phần trăm, ví dụ 95 hoặc 92,5.',
      })
      .transform((text) => Number(text.replace(',', '.')))
      .refine((target) => target > 0 && target <= 100, { error: 'Chỉ tiêu phải lớn hơn 0 và không quá 100 %.' }),
    period: line(4, 60, 'kỳ').refine((text) => /20\d\d/.test(text), {
      error: 'Kỳ phải nêu năm, ví dụ 2028-2030 hoặc đến 2030.',
    }),
    formula: z.enum(['pooled', 'stratified'], { error: 'Xin chọn một công thức.' }),
    allChannels: z.enum(['yes', 'no'], { error: 'Xin chọn mọi cách trả lời hoặc chỉ một số cách.' }),
    channels: list.pipe(z.array(z.enum(channels, { error: 'Không có cách trả lời này.' }))),
    fields: list,
    spreadDays: wholeNumber(
      'Số ngày phải là số nguyên từ 10 đến 366: có thể đòi nhiều ngày hơn, không ít hơn.',
      10,
      366,
    ),
    largestShare: wholeNumber(
      'Phần của một ngày phải là số nguyên từ 1 đến 20: có thể đòi chặt hơn, không lỏng hơn.',
      1,
      20,
    ),
    reason: line(10, 500, 'lý do'),
  },
  { error: strange },
)
export type IndicatorForm = z.infer<typeof IndicatorForm>

export type Problem = { path: string; message: string }

/** The settings after the form, or what is wrong with it given what they were. */
export function applyForm(
  form: IndicatorForm,
  current: IndicatorSettings,
  state: Pick<CatalogueState, 'fieldByCode'>,
): { settings: IndicatorSettings } | { problems: Problem[] } {
  const definition = defineBy(form, current.definition)
  const settings = { title: form.title, target: form.target, period: form.period, definition }
  const problems = problemsOf(form, settings, current, state)
  return problems.length > 0 ? { problems } : { settings }
}

function defineBy(form: IndicatorForm, { channels: _, fields, spread: _before, ...kept }: Definition): Definition {
  const spread = spreadBy(form)
  const everyChannel = form.allChannels === 'yes' || form.channels.length === channels.length
  return {
    ...kept,
    formula: form.formula,
    ...(spread && { spread }),
    ...(fields && { fields: [...new Set(form.fields)].sort() }),
    ...(!everyChannel && { channels: channels.filter((channel) => form.channels.includes(channel)) }),
  }
}

/** Only what goes beyond the demand on every verdict is part of a definition. */
function spreadBy({ spreadDays, largestShare }: IndicatorForm): Definition['spread'] {
  const days = spreadDays ?? leastSpread.days
  const share = largestShare === null ? leastSpread.largestShare : largestShare / 100
  if (days === leastSpread.days && share === leastSpread.largestShare) return undefined
  return { days, largestShare: share }
}

function problemsOf(
  form: IndicatorForm,
  settings: IndicatorSettings,
  current: IndicatorSettings,
  { fieldByCode }: Pick<CatalogueState, 'fieldByCode'>,
): Problem[] {
  const { definition } = settings
  const checks: [boolean, string, string][] = [
    [form.allChannels === 'no' && form.channels.length === 0, 'channels', 'Xin chọn ít nhất một cách trả lời.'],
    [definition.fields?.length === 0, 'fields', 'Xin chọn ít nhất một lĩnh vực.'],
    [
      definition.fields?.some((code) => !fieldByCode.has(code)) ?? false,
      'fields',
      'Có lĩnh vực không còn trong danh mục.',
    ],
    [
      definition.formula === 'stratified' && !hasVisits(definition),
      'formula',
      'Số lượt phục vụ không đếm riêng cho dịch vụ trực tuyến hay từng cách trả lời, nên chỉ tiêu này chỉ tính gộp được.',
    ],
    [isSame(settings, current), 'reason', 'Chưa có gì khác với phiên bản đang dùng nên không có gì để lưu.'],
  ]
  return checks.filter(([wrong]) => wrong).map(([, path, message]) => ({ path, message }))
}

function isSame(a: IndicatorSettings, b: IndicatorSettings): boolean {
  const text = ({ title, target, period, definition }: IndicatorSettings) => {
    const { fields, ...rest } = definition
    const members = Object.entries({ ...rest, fields: fields && [...fields].sort() })
    return JSON.stringify([title, target, period, members.filter(([, value]) => value !== undefined).sort()])
  }
  return text(a) === text(b)
}
