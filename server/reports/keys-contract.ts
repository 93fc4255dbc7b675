import { z } from 'zod'
import { toOneLine } from '../typed-text.ts'

/** What a key opens: the indicators, every aggregate result, or handing out one-time tickets and reading nothing. */
export const keyScopes = ['indicators', 'results', 'tickets'] as const
export type KeyScope = (typeof keyScopes)[number]

export type ApiKeyRow = {
  id: number
  name: string
  scope: KeyScope
  createdBy: string
  createdAt: string
  lastUsedAt: string | null
  revokedAt: string | null
}

export const KeyForm = z.strictObject({
  name: z
    .string({ error: 'Xin ghi tên.' })
    .transform(toOneLine)
    .refine((text) => text.length >= 3 && text.length <= 80, { error: 'Tên dài từ 3 đến 80 ký tự.' }),
  scope: z.enum(keyScopes, { error: 'Xin chọn khóa dùng được vào việc gì.' }),
})
export type KeyForm = z.infer<typeof KeyForm>
