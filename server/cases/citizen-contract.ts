import { z } from 'zod'
import type { AgencyId } from '../catalogue/contract.ts'
import type { CaseState } from './contract.ts'

/** A case as the holder of its receipt sees it: nothing of the comment or the answers. */
export type CitizenCase = {
  state: CaseState
  day: string
  /** Null for praise: no answer was promised. */
  dueOn: string | null
  agencyId: AgencyId
  /** Null while there is none, also after the case was taken up again. */
  reply: string | null
  answeredOn: string | null
  closedOn: string | null
  /** Requests about the own data, newest first. */
  requests: { kind: DataRequestKind; askedOn: string; dueOn: string; doneOn: string | null }[]
}

/** What a telephone number is sealed for. */
export const callbackPurpose = 'callback'

export const CallbackForm = z.object({
  number: z.string().max(100).default(''),
  consent: z.string().optional(),
  /** Ticked: the comment is about an official's conduct and goes straight to the commune's leaders. */
  conduct: z.string().optional(),
  /** Ticked: shown to the agency at once, not with its half-day. */
  urgent: z.string().optional(),
  /** The language of the page, whose words were agreed to. */
  language: z.string().optional(),
})
export type CallbackForm = z.infer<typeof CallbackForm>

export type CallbackProblem = 'number' | 'consent' | 'nothing' | 'closed'

/** What a form on the thank-you page achieved, as said by the page after it. */
export const callbackOutcomes = [
  ...(['number', 'leaders', 'both', 'now'] as const),
  ...(['number-now', 'leaders-now', 'both-now'] as const),
]
/** What an outcome is made of, a sentence each. */
export type CallbackStep = 'number' | 'leaders' | 'both' | 'now'
export type CallbackOutcome = (typeof callbackOutcomes)[number]

/** Rights of Luật 91/2025/QH15 that a receipt is enough for. */
export const dataRequestKinds = ['access', 'withdraw', 'delete'] as const
export type DataRequestKind = (typeof dataRequestKinds)[number] | 'correct'

export const DataRequestForm = z.object({ kind: z.enum(dataRequestKinds) })

/** Calendar days within which a request is carried out (NĐ 356/2025/NĐ-CP); acknowledged within two working days. */
export const dataRequestDays: Record<DataRequestKind, number> = { access: 10, correct: 10, withdraw: 15, delete: 20 }
