import { z } from 'zod'
import { id, Reply } from '../contract.ts'

/** Thanks for many at once. */
export const ThanksForm = z.object({
  case: z
    .union([id, z.array(id)], { error: 'Xin chọn ít nhất một lời khen.' })
    .transform((ids) => [...new Set([ids].flat())])
    .refine((ids) => ids.length <= 100, { error: 'Xin chọn không quá 100 lời khen một lần.' }),
  reply: Reply,
})
