import { z } from 'zod'
import { optionalTypedDay } from '../typed/day.ts'
import { toOneLine } from '../typed/text.ts'

const refused = 'Điều kiện lọc không đọc được; xin chọn lại.'

const text = z
  .string()
  .transform(toOneLine)
  .refine((given) => given.length <= 100, { error: refused })
  .transform((given) => given || undefined)
  .optional()

/** The address of the log: who, which part, of what, from and to which day; older than which line. */
export const AuditQuery = z
  .object({
    nguoi: text,
    nhom: text,
    tim: text,
    tu: optionalTypedDay('Từ ngày'),
    den: optionalTypedDay('Đến ngày'),
    truoc: z
      .string()
      .regex(/^[1-9]\d{0,14}$/, { error: refused })
      .transform(Number)
      .optional(),
  })
  .transform(({ nguoi: actor, nhom: group, tim: subject, tu: from, den: to, truoc: olderThan }) => ({
    filter: { actor, group, subject, from, to },
    olderThan,
  }))
