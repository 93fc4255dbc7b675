import { z } from 'zod'
import { sentence, type Text } from '../catalogue/contract.ts'
import type { TicketUse } from '../score/contract.ts'

/** Sheets of slips, one at a time from a clerk's screen, links for text messages, made by a program. */
export const batchKinds = ['sheet', 'single', 'message', 'program'] as const
export type BatchKind = (typeof batchKinds)[number]

/** A tablet to answer on, a screen with the place's changing code, the screen on the wall of the place's agency. */
export const deviceKinds = ['kiosk', 'screen', 'wall'] as const
export type DeviceKind = (typeof deviceKinds)[number]

export const paperSizes = ['a4', '80', '58'] as const
/** A4 to be cut, or a roll of receipt paper that many millimetres wide. */
export type PaperSize = (typeof paperSizes)[number]

/** A ticket as it is handed over: only now is its code known. */
export type MadeTicket = { code: string; link: string; serial: string }

export type TicketSlip = { agency: Text; place: Text; field: string | null; expiresOn: string } & MadeTicket

export type BatchRow = {
  id: number
  kind: BatchKind
  day: string
  field: string | null
  count: number
  /** Used until yesterday: the running day tells nothing. */
  used: number
  expiresOn: string
  madeBy: string
  revokedOn: string | null
}

/** Tickets of closed days: given out, and used of those. `rate` from 0 to 1; null below twenty. */
export type TicketRate = TicketUse & { rate: number | null }

/** Fewer say nothing about a place, and something about single people. */
export const leastForRate = 20

export type DeviceRow = {
  id: number
  name: string
  kind: DeviceKind
  madeBy: string
  enrolledAt: string | null
  seenOn: string | null
  revokedAt: string | null
  linkExpiresAt: string | null
}

/** The most slips of one sheet or file. */
export const mostAtOnce = 500

const wholeNumber = (most: number, error: string) =>
  z
    .string({ error })
    .trim()
    .regex(/^[1-9]\d{0,4}$/, { error })
    .transform(Number)
    .refine((count) => count <= most, { error })

/** Sheets of slips, or links as a file for text messages. */
export const BatchForm = z.strictObject({
  count: wholeNumber(mostAtOnce, `Xin ghi số phiếu từ 1 đến ${mostAtOnce}.`),
  field: z.string().max(60).default(''),
  format: z.enum([...paperSizes, 'csv'], { error: 'Xin chọn khổ giấy hoặc tệp liên kết.' }),
})

/** A refused one as it was typed, to be shown again. */
export const TypedBatch = z.object({
  count: z.string().max(20).catch(''),
  field: z.string().max(60).catch(''),
  format: z.string().max(10).catch(''),
})
export type TypedBatch = z.infer<typeof TypedBatch>

export const GiveForm = z.object({ field: z.string().max(60).default('') })

export const PrintForm = z.object({
  ticket: z.string({ error: 'Thiếu mã phiếu.' }).max(40),
  serial: z.string().max(20).default(''),
  paper: z.enum(['58', '80'], { error: 'Khổ giấy phải là 58 hoặc 80.' }),
})

export const DaysForm = z.strictObject({ days: wholeNumber(366, 'Xin ghi số ngày từ 1 đến 366.') })

export const DeviceForm = z.strictObject({
  name: sentence(60),
  kind: z.enum(deviceKinds, { error: 'Xin chọn máy dùng làm gì.' }),
})

/** POST /api/tickets: for one-stop software and queue machines. */
export const TicketRequest = z.strictObject({
  place: z.string({ error: 'Thiếu mã nơi phục vụ (place).' }).max(20),
  field: z.string().max(60).optional(),
  count: z
    .int({ error: 'count phải là số nguyên.' })
    .min(1)
    .max(100, { error: 'Mỗi lần nhiều nhất 100 phiếu.' })
    .default(1),
})
export type TicketRequest = z.infer<typeof TicketRequest>

export const TicketReply = z.strictObject({
  tickets: z.array(z.strictObject({ link: z.string(), qr: z.string() })),
  expires: z.iso.date(),
})
