import type { CaseRules } from '../catalogue/case-rules-contract.ts'
import type { Plan } from '../catalogue/draw-rules.ts'
import { halfOf } from '../days.ts'
import type { OpenedCase, StoredResponse } from '../respond/contract.ts'
import { asksEverything } from '../tallies/rules.ts'
import { addWorkingDays, type Holidays } from './calendar-rules.ts'

type Arrived = Pick<StoredResponse, 'answers' | 'comment' | 'urgent' | 'channel' | 'standing' | 'receivedAt'>

/**
 * The case a response opens, or null. A comment always does, since a real person may have written it even on a form
 * that is set aside; dissatisfaction alone does only where it counts and the citizen answered without an interviewer.
 */
export function caseOf(
  response: Arrived,
  plan: Plan,
  { rules, today, holidays }: { rules: CaseRules; today: string; holidays: Holidays },
): Omit<OpenedCase, 'receipt'> | null {
  const hasComment = response.comment !== null
  if (!hasComment && !isUnhappyCitizen(response, rules)) return null
  // Whoever asks to be read at once asks for something, however content the answers are.
  const isContent = isPraise(response.answers) && !response.urgent
  const kind = !hasComment ? 'dissatisfied' : isContent ? 'praise' : 'comment'
  return {
    kind,
    half: halfOf(response.receivedAt),
    urgent: response.urgent,
    restricted: hasComment && rules.conductRoute && findsFaultWithConduct(response.answers, plan, rules),
    dueOn: kind === 'praise' ? null : addWorkingDays(today, rules.workingDays, holidays),
  }
}

/**
 * Whether the answers say nothing but praise: at least one is at the best level and none is below it. Already a 4 leaves
 * something to be wished for. What the comment says is never guessed at: who reads it may still take it up as a case.
 */
export const isPraise = (answers: string): boolean => answers.includes('5') && !/[1-4]/.test(answers)

const unhappyAnswers = { none: null, any_at_most_1: /1/, any_at_most_2: /[12]/ }

function isUnhappyCitizen({ answers, channel, standing }: Arrived, { dissatisfied }: CaseRules): boolean {
  if (standing !== 'counted' || asksEverything(channel)) return false
  return unhappyAnswers[dissatisfied]?.test(answers) ?? false
}

/** By the structure of the questionnaire; what a comment says is never guessed at. */
function findsFaultWithConduct(
  answers: string,
  { definition, factorOf }: Plan,
  { conductFactors }: CaseRules,
): boolean {
  const codes = conductFactors[definition.code] ?? []
  return [...answers].some((mark, position) => {
    const factor = definition.factors[factorOf[position] as number]
    return (mark === '1' || mark === '2') && factor !== undefined && codes.includes(factor.code)
  })
}
