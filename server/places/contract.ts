import { z } from 'zod'
import { type Channel, code, type PlaceId, type Sector, sectors, sentence } from '../catalogue/contract.ts'
import { readTypedCode, staysText } from '../typed/code.ts'
import { toPlainDigits } from '../typed/digits.ts'
import { toOneLine } from '../typed/text.ts'

/** Pages opened or forms that came, of a place through a channel. */
export type FunnelCount = { placeId: PlaceId; channel: Channel; count: number; kind: 'opened' | 'sent' }

/** From the opened page to the form that came; the share is null where nothing was opened. */
export type FunnelLine = { channel: Channel; opened: number; sent: number; share: number | null }
export type Funnel = { lines: FunnelLine[]; opened: number; sent: number; share: number | null }

export const funnelPeriods = ['1', '7', '30'] as const
export type FunnelPeriod = (typeof funnelPeriods)[number]

export const PlacesQuery = z.object({
  ky: z.enum(funnelPeriods).catch('7'),
  // A name given twice is a list, and chooses nothing.
  saved: z.string().optional().catch(undefined),
  'co-quan': z.string().max(80).optional().catch(undefined),
  'dich-vu': z.enum(sectors).optional().catch(undefined),
})

const placeCodeLetters = /^[A-HJ-NP-Z2-9]{4,10}$/

/** What is wrong with a place code that somebody typed in capitals, as one sentence; null where nothing is. */
export function problemOfPlaceCode(code: string): string | null {
  if (!placeCodeLetters.test(code))
    return 'Mã gồm 4 đến 10 chữ cái không dấu và chữ số, không dùng I, O, 0, 1 vì dễ đọc nhầm.'
  return staysText(code) ? null : `Bảng tính sẽ đổi mã ${code} thành số hoặc ngày; xin chọn mã khác, ví dụ QUAY2.`
}

/** Whether a place may get a code. */
export const placeCodePattern = { test: (code: string): boolean => problemOfPlaceCode(code) === null }

/** Left empty, a code is made. */
const typedCode = z
  .string()
  .default('')
  .transform(readTypedCode)
  .superRefine((code, context) => {
    const problem = code === '' ? null : problemOfPlaceCode(code)
    if (problem) context.addIssue({ code: 'custom', message: problem })
  })

const optionalName = z
  .string()
  .default('')
  .transform(toOneLine)
  .pipe(z.union([z.literal(''), sentence(120)]))

const setup = {
  agency: code,
  sector: z.enum(sectors, { error: 'Xin chọn loại dịch vụ.' }),
  questionnaire: code,
  fields: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((given) => [given].flat().filter(Boolean)),
  serviceMode: z.enum(['ask', 'direct', 'online'], { error: 'Xin chọn cách nộp hồ sơ.' }),
  asksRespondent: z
    .literal('yes')
    .optional()
    .transform((given) => given === 'yes'),
}

/** What a place asks, and whose it is. */
export const SetupForm = z.strictObject(setup)
export type SetupForm = z.infer<typeof SetupForm>

export const NewPlaceForm = z.strictObject({
  ...setup,
  code: typedCode,
  nameVi: sentence(120),
  nameEn: optionalName,
  nameKm: optionalName,
  budgetPerHour: z
    .string()
    .transform((text) => toPlainDigits(text).trim())
    .pipe(z.string().regex(/^(|[1-9]\d{0,6})$/, { error: 'Xin ghi một số nguyên từ 1 trở lên, hoặc để trống.' }))
    .transform((text) => (text ? Number(text) : null))
    .default(null),
})
export type NewPlaceForm = z.infer<typeof NewPlaceForm>

export const OrderForm = z.strictObject({ direction: z.enum(['up', 'down']) })

export const CodeForm = z.strictObject({
  kind: z.enum(['replaced', 'revoked'], { error: 'Xin chọn mã cũ còn dẫn tới nơi này hay thu hồi hẳn.' }),
  code: typedCode,
  reason: z
    .string({ error: 'Xin ghi lý do đổi mã.' })
    .transform(toOneLine)
    .refine((text) => text.length > 0, { error: 'Xin ghi lý do đổi mã.' })
    .refine((text) => text.length <= 300, { error: 'Lý do dài tối đa 300 ký tự.' }),
})

const agencyNames = { nameVi: sentence(120), nameEn: optionalName, nameKm: optionalName, shortName: sentence(40) }

export const NewAgencyForm = z.strictObject(agencyNames)
export const AgencyForm = z.strictObject({
  ...agencyNames,
  status: z.enum(['open', 'closed'], { error: 'Xin chọn đang hoạt động hoặc đã đóng.' }),
})
export const CoordinatorForm = z.strictObject({ agency: code })

type Named = { code: string; name: string }
/** What a place may be set up with. */
export type SetupChoices = { agencies: Named[]; questionnaires: (Named & { sector: Sector })[]; fields: Named[] }

export type Problem = { path: string; message: string }

/** A refused form as its page shows it again: what is wrong, and what was typed. */
export type Refused = { problems: Problem[]; values: Record<string, string | string[]> }

/** GET /api/places */
export const PublicPlace = z.strictObject({
  code: z.string(),
  name: z.string(),
  agency: z.string(),
  sector: z.enum(sectors),
  questionnaire: z.strictObject({ code: z.string(), version: z.int() }),
})

/** GET /api/places/{code}/questionnaire: what is asked of one response id. */
export const PublicQuestionnaire = z.strictObject({
  code: z.string(),
  version: z.int(),
  /** The response id these criteria were drawn for: the one asked with, or a fresh one. */
  id: z.string(),
  ask: z.array(
    z.strictObject({
      criterion: z.string(),
      factor: z.string(),
      official: z.string(),
      probability: z.number(),
      noOpinion: z.boolean(),
      text: z.string(),
    }),
  ),
  extra: z.array(z.strictObject({ question: z.string(), kind: z.string(), text: z.string() })),
  /** Choices for `field`; empty where the place asks for none. */
  fields: z.array(z.strictObject({ code: z.string(), name: z.string() })),
})

/** What an administrator may change of a place. */
export const PlaceForm = z.strictObject({
  nameVi: sentence(120),
  nameEn: optionalName,
  nameKm: optionalName,
  status: z.enum(['open', 'closed'], { error: 'Xin chọn đang nhận hoặc ngừng nhận đánh giá.' }),
  budgetPerHour: z
    .string()
    .transform((text) => toPlainDigits(text).trim())
    .pipe(z.string().regex(/^(|[1-9]\d{0,6})$/, { error: 'Xin ghi một số nguyên từ 1 trở lên, hoặc để trống.' }))
    .transform((text) => (text ? Number(text) : null))
    .default(null),
})
