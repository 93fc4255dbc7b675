import { z } from 'zod'
import { typedDay } from '../typed/day.ts'
import { calendarDay } from '../typed/day-contract.ts'
import { toPlainDigits } from '../typed/digits.ts'
import { toOneLine } from '../typed/text.ts'

/** "7h30", "07:30", "7.30", "0730" and "7" → minutes of the day; null for anything else. 24:00 is the day's end. */
export function readTypedClock(typed: string): number | null {
  const text = toPlainDigits(typed).trim().toLowerCase()
  const found = /^(\d{1,2})\s*(?:[:.hg]\s*(\d{2})?)?$/.exec(text) ?? /^(\d{2})(\d{2})$/.exec(text)
  if (!found) return null
  const minutes = Number(found[1]) * 60 + Number(found[2] ?? 0)
  return minutes <= 1440 && Number(found[2] ?? 0) < 60 ? minutes : null
}

const clock = (label: string) =>
  z
    .string()
    .default('')
    .transform((text, context) => {
      if (text.trim() === '') return null
      const minutes = readTypedClock(text)
      if (minutes !== null) return minutes
      context.addIssue({ code: 'custom', message: `${label}: xin ghi giờ và phút, ví dụ 7:30.` })
      return z.NEVER
    })

/** Both hours or none: without them the place has no hours, and no answer is outside of them. */
export const HoursForm = z
  .strictObject({
    opensAt: clock('Giờ mở cửa'),
    closesAt: clock('Giờ đóng cửa'),
    openDays: z
      .union([z.string(), z.array(z.string())])
      .default([])
      .transform((given) => [...new Set([given].flat())].sort().join(''))
      .pipe(z.string().regex(/^[1-7]{0,7}$/, { error: 'Xin chọn các ngày làm việc trong tuần.' })),
    scope: z.enum(['place', 'agency'], { error: 'Xin chọn áp dụng cho nơi này hay cho mọi nơi của đơn vị.' }),
  })
  .superRefine(({ opensAt, closesAt, openDays }, context) => {
    const complain = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if ((opensAt === null) !== (closesAt === null))
      complain('closesAt', 'Xin ghi cả giờ mở cửa và giờ đóng cửa, hoặc để trống cả hai.')
    else if (opensAt !== null && closesAt !== null && closesAt <= opensAt)
      complain('closesAt', 'Giờ đóng cửa phải sau giờ mở cửa trong cùng một ngày.')
    if (opensAt !== null && openDays === '') complain('openDays', 'Xin chọn ít nhất một ngày làm việc trong tuần.')
  })
export type HoursForm = z.infer<typeof HoursForm>

const noteError = 'Xin ghi lý do, từ 2 đến 100 ký tự.'

/** One day on which the place differs from its week and from the commune's calendar. */
export const OwnDayForm = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('add'),
    day: typedDay('Ngày'),
    works: z
      .enum(['yes', 'no'], { error: 'Xin chọn ngày ấy làm việc hay nghỉ.' })
      .transform((given) => given === 'yes'),
    note: z
      .string({ error: noteError })
      .transform(toOneLine)
      .refine((text) => text.length >= 2 && text.length <= 100, { error: noteError }),
  }),
  z.object({ action: z.literal('remove'), day: calendarDay() }),
])
