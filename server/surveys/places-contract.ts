import { z } from 'zod'
import { type Channel, code, type PlaceId, type Sector, sectors, sentence } from './contract.ts'

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
})

export const placeCodePattern = /^[A-HJ-NP-Z2-9]{4,10}$/

/** Left empty, a code is made. */
const typedCode = z
  .string()
  .default('')
  .transform((text) => text.trim().toUpperCase())
  .refine((text) => text === '' || placeCodePattern.test(text), {
    error: 'Mã gồm 4 đến 10 chữ cái không dấu và chữ số, không dùng I, O, 0, 1 vì dễ đọc nhầm.',
  })

const optionalName = z
  .string()
  .default('')
  .transform((text) => text.trim())
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
    .trim()
    .regex(/^(|[1-9]\d{0,6})$/, { error: 'Xin ghi một số nguyên từ 1 trở lên, hoặc để trống.' })
    .transform((text) => (text ? Number(text) : null))
    .default(null),
})
export type NewPlaceForm = z.infer<typeof NewPlaceForm>

export const OrderForm = z.strictObject({ direction: z.enum(['up', 'down']) })

export const CodeForm = z.strictObject({
  kind: z.enum(['replaced', 'revoked'], { error: 'Xin chọn mã cũ còn dẫn tới điểm này hay thu hồi hẳn.' }),
  code: typedCode,
  reason: z
    .string({ error: 'Xin ghi lý do đổi mã.' })
    .transform((text) => text.normalize('NFC').trim())
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
