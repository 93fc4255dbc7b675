import { z } from 'zod'
import { sectors } from './contract.ts'

/** Where the rules stand among the settings, as JSON. */
export const caseRulesKey = 'case_rules'

/** From which answers on a response counts as dissatisfied: any 1 or 2, any 1, or never. */
export const dissatisfiedFrom = ['none', 'any_at_most_1', 'any_at_most_2'] as const

/** What becomes a case, by when it is answered, and what goes past the agency. A response with a comment always does. */
export const CaseRules = z.strictObject({
  dissatisfied: z.enum(dissatisfiedFrom).default('any_at_most_2'),
  /** Deadline, in working days after the day the response came. */
  workingDays: z.int().min(1).max(30).default(5),
  /** A comment beside a 1 or 2 on officials' conduct goes to the commune's leaders. */
  conductRoute: z.boolean().default(true),
  /**
   * Questionnaire → its factors about the conduct of officials: factor III of QĐ 1001/QĐ-BNV, group D of QĐ 56/QĐ-BYT.
   * QĐ 2034/QĐ-BGDĐT has none.
   */
  conductFactors: z.record(z.string(), z.array(z.string())).default({
    administrative: ['cong-chuc'],
    household: ['cong-chuc'],
    outpatient: ['thai-do'],
    vaccination: ['thai-do'],
  }),
})
export type CaseRules = z.infer<typeof CaseRules>

export const defaultCaseRules: CaseRules = CaseRules.parse({})

/** The rules as stored; the defaults where nothing, or nothing readable, is: no citizen is refused for a setting. */
export function readCaseRules(stored: string | undefined): CaseRules {
  return z.preprocess(parseOrNull, CaseRules).safeParse(stored).data ?? defaultCaseRules
}

function parseOrNull(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return null
  }
}

export const HolidayReference = z.strictObject({
  day: z.iso.date(),
  name: z.string().min(1),
  /** A Saturday or Sunday worked instead of another day. */
  works: z.boolean().default(false),
})
export type HolidayReference = z.infer<typeof HolidayReference>

export const ThemeReference = z.strictObject({
  code: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  name: z.string().min(1),
  sector: z.enum(sectors),
  position: z.int(),
})
export type ThemeReference = z.infer<typeof ThemeReference>
