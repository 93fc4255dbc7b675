import { z } from 'zod'
import { calendarDay } from '../http/day-contract.ts'
import { toPlainDigits } from '../typed-digits.ts'
import { toOneLine } from '../typed-text.ts'

const refused = 'Điều kiện lọc không đọc được; xin chọn lại.'

const text = z
  .string()
  .transform(toOneLine)
  .refine((given) => given.length <= 100, { error: refused })
  .transform((given) => given || undefined)
  .optional()

const day = z
  .string()
  .transform((given) =>
    toPlainDigits(given)
      .trim()
      .replace(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, writeDay),
  )
  .pipe(z.union([z.literal(''), calendarDay()], { error: refused }))
  .transform((given) => given || undefined)
  .optional()

function writeDay(_: string, date: string, month: string, year: string): string {
  return `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
}

/** The address of the log: who, which part, of what, from and to which day; older than which line. */
export const AuditQuery = z
  .object({
    nguoi: text,
    nhom: text,
    tim: text,
    tu: day,
    den: day,
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
