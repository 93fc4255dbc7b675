import { z } from 'zod'
import { type KeyScope, keyScopes } from '../staff/contract.ts'
import { toOneLine } from '../typed/text.ts'

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
