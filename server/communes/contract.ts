import { z } from 'zod'
import { toOneLine } from '../typed/text.ts'

export type CommuneId = number & { readonly commune: unique symbol }

const Address = z
  .string()
  .transform((text) => text.trim().replace(/\/+$/, ''))
  .refine(isOrigin, { error: 'Địa chỉ phải dạng https://ydan.xa-vi-du.vn, không có đường dẫn.' })
  .transform((text) => new URL(text).origin)

const optionalText = (pattern: RegExp, error: string) =>
  z
    .string()
    .default('')
    .transform((text) => text.trim())
    .refine((text) => text === '' || pattern.test(text), { error })

/** A commune that the board follows. An empty key means: keep the one there is, or read the open data only. */
export const CommuneForm = z.strictObject({
  name: z
    .string({ error: 'Xin ghi tên xã, phường.' })
    .transform(toOneLine)
    .refine((text) => text.length >= 2 && text.length <= 80, { error: 'Tên xã, phường dài từ 2 đến 80 ký tự.' }),
  code: z
    .string()
    .transform((text) => text.trim().toLowerCase())
    .refine((text) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length >= 2 && text.length <= 60, {
      error: 'Mã gồm 2 đến 60 chữ thường không dấu, chữ số, gạch nối giữa các chữ; ví dụ vinh-thuan.',
    }),
  address: Address,
  apiKey: optionalText(/^[\x21-\x7e]{8,200}$/, 'Khóa API dài từ 8 ký tự, không có dấu cách; xin chép lại.'),
  ledgerKey: optionalText(/^[^+\s]+\+[0-9a-f]{8}\+\S{44}$/, 'Khóa sổ cái phải chép nguyên dòng đầu của /so-cai/khoa.'),
})
export type CommuneForm = z.infer<typeof CommuneForm>

/** The code stays: what was read, and the seal of the key, go by it. */
export const ChangeForm = CommuneForm.omit({ code: true })
export type ChangeForm = z.infer<typeof ChangeForm>

const named = (error: string) =>
  z
    .string({ error })
    .transform(toOneLine)
    .refine((text) => text.length >= 2 && text.length <= 80, { error })

/** Who signs the yearly synthesis. */
export const IssuerForm = z.strictObject({
  province: named('Xin ghi tên tỉnh, thành phố, ví dụ tỉnh An Giang.'),
  issuer: named('Xin ghi đơn vị lập báo cáo, ví dụ Sở Nội vụ.'),
})
export type Issuer = z.infer<typeof IssuerForm>

export const FollowForm = z.strictObject({ follow: z.enum(['yes', 'no']) })

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  return /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username
}

/** A commune as it is listed; of its API key only whether there is one. */
export type Commune = {
  id: CommuneId
  code: string
  name: string
  address: string
  hasKey: boolean
  /** What the administrator was given, and what the board has seen in force. */
  ledgerKey: string | null
  ledgerKeySeen: string | null
  addedAt: string
  leftAt: string | null
}

/** How the last tries of one thing went. */
export type Contact = {
  communeId: CommuneId
  what: string
  etag: string | null
  okAt: string | null
  triedAt: string
  /** Of the first failure since it last succeeded. */
  failingSince: string | null
  reason: string | null
}

export const findingKinds = ['rolled_back', 'forked', 'other_key', 'restored', 'unsigned', 'broken'] as const
export type FindingKind = (typeof findingKinds)[number]

/** Something wrong that the board saw in a commune's ledger, with both checkpoints as evidence. */
export type Finding = {
  communeId: CommuneId
  kind: FindingKind
  sentence: string
  evidence: { remembered: string | null; shown: string | null }
  firstAt: string
  lastAt: string
}
