import { z } from 'zod'
import { dissatisfiedFrom } from '../../catalogue/case-rules-contract.ts'
import { toPlainDigits } from '../../typed/digits.ts'

/** The part of the rules that the page changes; which factors are about conduct comes with the questionnaires. */
export const RulesForm = z.object({
  dissatisfied: z.enum(dissatisfiedFrom, { error: 'Xin chọn khi nào phiếu chưa hài lòng thành ý kiến cần xử lý.' }),
  workingDays: z
    .string({ error: 'Xin ghi số ngày làm việc từ 1 đến 30.' })
    .transform((text) => Number(toPlainDigits(text)))
    .pipe(
      z
        .int({ error: 'Xin ghi số ngày làm việc từ 1 đến 30.' })
        .min(1, { error: 'Xin ghi số ngày làm việc từ 1 đến 30.' })
        .max(30, { error: 'Xin ghi số ngày làm việc từ 1 đến 30.' }),
    ),
  conductRoute: z.enum(['on']).optional(),
})
