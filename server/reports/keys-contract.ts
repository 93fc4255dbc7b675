import { z } from 'zod'

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
    .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
    .refine((text) => text.length >= 3 && text.length <= 80, { error: 'Tên dài từ 3 đến 80 ký tự.' })
    .refine((text) => !/\p{Cc}|\p{Surrogate}/u.test(text), { error: 'Tên có ký tự không đọc được.' }),
  scope: z.enum(keyScopes, { error: 'Xin chọn khóa dùng được vào việc gì.' }),
})
export type KeyForm = z.infer<typeof KeyForm>
