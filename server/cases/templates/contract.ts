import { z } from 'zod'
import { toKeptText } from '../../typed/text.ts'

/** What a template is for: any case, praise, or a theme by its code. */
export type TemplateKey = string
export const generalKey = 'chung'
export const praiseKey = 'khen'

/** `isOwn`: written by the agency; otherwise our suggestion. */
export type ReplyTemplate = { key: TemplateKey; label: string; body: string; isOwn: boolean }

const tooLong = 'Mẫu dài tối đa 2.000 ký tự.'

/** Left empty, the suggestion comes back. */
export const TemplateForm = z.object({
  agency: z.string().max(100),
  template: z.string().max(40),
  body: z
    .string({ error: tooLong })
    .transform((text) => toKeptText(text).trim())
    .pipe(z.string().max(2000, { error: tooLong })),
})
