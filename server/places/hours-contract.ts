import { z } from 'zod'
import { readTypedSpans, type Span } from '../typed/clock.ts'
import { typedDay } from '../typed/day.ts'
import { calendarDay } from '../typed/day-contract.ts'
import { toOneLine } from '../typed/text.ts'
import { isClosedWord, type Week, weekdayNames } from '../typed/week.ts'

/** Monday to Sunday, as the form names them. */
export const dayFields = ['day1', 'day2', 'day3', 'day4', 'day5', 'day6', 'day7'] as const

/** A day's hours; left empty or "nghỉ" it is off. */
const spans = (at: number) =>
  z
    .string()
    .max(200, { error: 'Giờ làm việc dài quá 200 ký tự.' })
    .default('')
    .transform((text, context): Span[] => {
      const read = text.trim() === '' || isClosedWord(text) ? [] : readTypedSpans(text)
      if (typeof read !== 'string') return read
      context.addIssue({ code: 'custom', message: `${weekdayNames[at]}: ${read}` })
      return z.NEVER
    })

/** All days empty: the place has no hours, and no answer is outside of them. */
export const HoursForm = z
  .strictObject({
    day1: spans(0),
    day2: spans(1),
    day3: spans(2),
    day4: spans(3),
    day5: spans(4),
    day6: spans(5),
    day7: spans(6),
    scope: z.enum(['place', 'agency'], { error: 'Xin chọn áp dụng cho nơi này hay cho mọi nơi của đơn vị.' }),
  })
  .transform(({ scope, ...days }) => {
    const week: Week = dayFields.map((name) => days[name])
    return { scope, week: week.some((own) => own.length > 0) ? week : null }
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
