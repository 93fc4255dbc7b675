import { z } from 'zod'
import {
  type CaseKind,
  type Criterion,
  type ExtraQuestion,
  type Half,
  type Language,
  languages,
  type PlaceNames,
  type Provenance,
  type ResponseId,
  type Text,
} from '../catalogue/contract.ts'
import type { Plan } from '../catalogue/draw-rules.ts'
import type { Problem } from '../problems.ts'
import type { Sounds } from '../recordings/contract.ts'
import type { CountableResponse, Reason } from '../tallies/contract.ts'
import type { CarriedProof } from './proof-contract.ts'

/** What the citizen's page shows: everything asked of this one response, nothing more. */
export type SurveyForm = {
  place: PlaceNames
  language: Language
  /** Languages whose wording no native speaker has reviewed yet. */
  unreviewed: Language[]
  demo: boolean
  id: ResponseId
  version: number
  channel: (typeof formChannels)[number]
  /** Of a kiosk's page: whether it stands on a tablet that an administrator enrolled. */
  enrolled?: boolean
  criteria: Criterion[]
  extra: ExtraQuestion[]
  /** Choices of administrative field; empty where the place has none or only one. */
  fields: { code: string; name: Text }[]
  asksServiceMode: boolean
  asksRespondent: boolean
  /** What the page proves of where it was opened; null for an open one. */
  carried?: CarriedProof | null
  /** The field that a ticket is for, which is then not asked. */
  field?: string
  /** Values typed before a refusal, by form field name. */
  values: Record<string, string>
  problems: Problem[]
  /** Where the sentences of the page are recorded. */
  sounds: Sounds | null
  /** Letters are large already. */
  large?: boolean
  /** Whose turn it is on this telephone, at this place and within the hour: the third is told that it will not count. */
  turn: 'first' | 'second' | 'further'
}

/** Channels that a citizen's page may say of itself. */
export const formChannels = ['qr', 'web', 'kiosk', 'ticket'] as const

/** Names of the form's fields, shared by the page, the parser and the tests. */
export const fieldNames = {
  id: 'id',
  version: 'version',
  language: 'language',
  channel: 'channel',
  field: 'field',
  serviceMode: 'serviceMode',
  respondent: 'respondent',
  /** Whether somebody helps with pressing or reading; of no weight in anything decided about the response. */
  assisted: 'assisted',
  comment: 'comment',
  /** Ticked: the case that it opens shows at once, not with its half-day. */
  urgent: 'urgent',
  /** Ticked by somebody else of the household of whoever answered on this telephone before. */
  household: 'household',
  /** A one-time code, or what proves that the place's screen was scanned: no part of the answers. */
  ticket: 'ticket',
  presence: 'presence',
  /** Pressed to go on in another language; the step that a script stood at. */
  switchTo: 'lang',
  /** Pressed to make letters large, or usual again. */
  textSize: 'chu',
  step: 'step',
  /**
   * Told by a device (s): how long the form waited on it from when it was given, and by an enrolled tablet how long
   * answering took.
   */
  waited: 'waited',
  took: 'took',
  /** Hidden from people; a program that fills every field gives itself away. */
  honeypot: 'website',
  answer: (criterion: string) => `a-${criterion}`,
  extra: (question: string) => `x-${question}`,
} as const

export const commentLimit = 1000

/** The browser that answered keeps its response's id: only it opens the answers, not everyone who sees the receipt. */
export const ownIdCookie = 'yd_phieu'
export const ownIdSeconds = 30 * 24 * 3600

/** What is known about how a response came, to decide its standing. */
export type Signals = {
  honeypotFilled: boolean
  /** Since the page was made; null where that is not known (JSON interface). */
  ageMs: number | null
  /** One person's telephone answered for the same place within the hour, and this is not the household's second person. */
  sameDevice: boolean
  /** An enrolled tablet's answers follow each other sooner than anybody can read and answer. */
  outOfPace: boolean
  /** An enrolled tablet kept it through an outage: it was given in an earlier half hour than the one it arrives in. */
  keptByTablet: boolean
  countedThisHour: number
  budgetPerHour: number
  provenance: Provenance
  /** Of those counted this hour, the open ones. */
  openThisHour: number
  /** Neither its page nor itself came within an hour of the place's opening hours; false where these do not bind. */
  outsideHours: boolean
  countedThisHalfHour: number
  /** What the place can serve in half an hour, learned from its own past; null where that is not known. */
  mostPerHalfHour: number | null
}

/** A response ready to be stored. */
export type StoredResponse = CountableResponse & {
  id: ResponseId
  reason: Reason | null
  language: Language
  assisted: boolean | null
  comment: string | null
  urgent: boolean
  /** Salted hash of the sending browser's mark and the place, null without one. */
  deviceHash: string | null
  /** When it was given, where an enrolled tablet kept it since (ISO); the tablet's pace and the signs go by it. */
  givenAt?: string
  /** Counted as the second person on this telephone. */
  household: boolean
  /** The case to be followed to an answer, where it opens one. */
  openedCase: OpenedCase | null
}

/** POST /api/responses, as the documentation shows it; the strict schema comes from the questionnaire's version. */
export const ResponseRequest = z.object({
  id: z.guid(),
  place: z.string(),
  version: z.int().optional(),
  channel: z.enum(['qr', 'web', 'kiosk', 'ticket']).optional(),
  field: z.string().optional(),
  serviceMode: z.enum(['direct', 'online']).optional(),
  respondent: z.enum(['citizen', 'enterprise']).optional(),
  answers: z.record(z.string(), z.int().min(0).max(5)),
  extras: z.record(z.string(), z.union([z.number(), z.string()])).optional(),
  comment: z.string().max(commentLimit).optional(),
  /** The citizen wants to be heard at once, knowing that the counter may then guess who wrote. */
  urgent: z.boolean().optional(),
  language: z.enum(languages).optional(),
  /** Whether somebody helped with pressing or reading; left out where that is not known. */
  assisted: z.boolean().optional(),
  /** What the survey page carried of where it was opened, with that page's id. */
  ticket: z.string().optional(),
  presence: z.string().optional(),
})

export const ResponseReceipt = z.strictObject({ receipt: z.string() })

/** The case that a response opens when it is stored. */
export type OpenedCase = {
  kind: CaseKind
  half: Half
  urgent: boolean
  restricted: boolean
  /** Null for praise, which waits for nothing but thanks. */
  dueOn: string | null
  receipt: string
}

/** Decides about one judged response; read anew for each batch, so that a changed setting holds for the next one. */
export type CaseOpener = (response: Omit<StoredResponse, 'openedCase'>, plan: Plan) => OpenedCase | null
