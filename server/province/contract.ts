import { z } from 'zod'
import { IndicatorResult } from '../indicators/contract.ts'
import { isCalendarYear } from '../typed/day-contract.ts'

const period = /^\d{4}(-(Q[1-4]|0[1-9]|1[0-2]))?$/

export const ProvinceQuery = z.strictObject({
  period: z
    .string()
    .regex(period, { error: 'Kỳ phải viết dạng 2026, 2026-Q3 hoặc 2026-10.' })
    .refine((text) => isCalendarYear(text.slice(0, 4)), { error: 'Năm phải từ 1900 đến 2199.' })
    .describe('Năm (2026), quý (2026-Q3) hoặc tháng (2026-10); không ghi là năm nay.')
    .optional(),
})

export const ProvinceIndicator = IndicatorResult.omit({ period: true, owner: true }).extend({
  /** Responses by visits of the same days, 0-1; null where no visits are known. */
  responseRate: z.number().nullable(),
  formula: z.enum(['pooled', 'stratified']),
  definitionVersion: z.int(),
  questionnaireVersions: z.array(z.strictObject({ code: z.string(), version: z.int() })),
  /** SHA-256 of the approved report that covers the period; null without one. */
  approvedReport: z.string().nullable(),
})

export const ProvinceResult = z.strictObject({
  schemaVersion: z.literal('1'),
  commune: z.strictObject({ code: z.string(), name: z.string(), province: z.string() }),
  period: z.string(),
  /** The closed days the figures are made of, both included; null where none of the period has closed. */
  generatedFrom: z.strictObject({ from: z.iso.date(), to: z.iso.date() }).nullable(),
  indicators: z.array(ProvinceIndicator),
  /** The ledger's signed checkpoint (C2SP tlog-checkpoint) the figures rest on; null before the first. */
  ledger: z.string().nullable(),
  /** SHA-256 of the canonical JSON (sorted keys, no spaces) of everything else. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})
export type ProvinceResult = z.infer<typeof ProvinceResult>
