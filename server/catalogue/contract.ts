import { z } from 'zod'
import { toOneLine } from '../typed/text.ts'

/** Languages a citizen can answer in; Vietnamese is the default and always complete. */
export const languages = ['vi', 'en', 'km'] as const
export type Language = (typeof languages)[number]

export const Text = z.strictObject({ vi: z.string().min(1), en: z.string().min(1), km: z.string().min(1) })
export type Text = z.infer<typeof Text>

export const sectors = ['administrative', 'health', 'education'] as const
export type Sector = (typeof sectors)[number]

export const channels = ['qr', 'kiosk', 'web', 'ticket', 'paper', 'interview'] as const
export type Channel = (typeof channels)[number]

/**
 * Where a response comes from, decided by the server at its arrival, never claimed: a one-time ticket, a code on a screen
 * at the place, an enrolled tablet, a page of ours without further proof, an id that no page of ours carried (a program;
 * told to the outside as open and not minted), a form typed in by staff.
 */
export const provenances = ['ticket', 'presence', 'kiosk', 'open', 'unminted', 'entered'] as const
export type Provenance = (typeof provenances)[number]

export const serviceModes = ['unstated', 'direct', 'online'] as const
export type ServiceMode = (typeof serviceModes)[number]

export const respondents = ['unstated', 'citizen', 'enterprise'] as const
export type Respondent = (typeof respondents)[number]

/** What a citizen's page calls a place by. */
export type PlaceNames = { code: string; name: Text; agency: Text }

export type PlaceId = number & { readonly brand: 'PlaceId' }
export type AgencyId = number & { readonly brand: 'AgencyId' }
export type VersionId = number & { readonly brand: 'VersionId' }
export type FieldId = number & { readonly brand: 'FieldId' }
export type WaveId = number & { readonly brand: 'WaveId' }
export type StratumId = number & { readonly brand: 'StratumId' }

export const code = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)

/** One thing a citizen is asked to rate from 1 to 5; `official` is its number in the ministry's list. */
export const Criterion = z.strictObject({
  code,
  official: z.string().min(1),
  /** Core criteria are asked of everyone; the others are drawn at random, `draw` per factor. */
  core: z.boolean(),
  /** Whether 0, "no opinion / did not use", is offered (health: QĐ 56/QĐ-BYT; SIPAS has none). */
  noOpinion: z.boolean(),
  text: Text,
})
export type Criterion = z.infer<typeof Criterion>

export const Factor = z.strictObject({
  code,
  title: Text,
  /** How many of the factor's non-core criteria each response is asked. */
  draw: z.int().min(0),
  criteria: z.array(Criterion).min(1),
})
export type Factor = z.infer<typeof Factor>

/** A question outside the index: always optional, never in a score. */
export const ExtraQuestion = z.strictObject({
  code,
  kind: z.enum(['scale', 'percent', 'choice']),
  text: Text,
  choices: z.array(z.strictObject({ code, text: Text })).optional(),
})
export type ExtraQuestion = z.infer<typeof ExtraQuestion>

export const Questionnaire = z
  .strictObject({
    code,
    version: z.int().min(1),
    sector: z.enum(sectors),
    title: Text,
    source: z.string(),
    translations: z.strictObject({ en: z.string(), km: z.string() }),
    factors: z.array(Factor).min(1),
    extra: z.array(ExtraQuestion),
  })
  .refine((q) => q.factors.every((f) => f.draw <= f.criteria.filter((c) => !c.core).length), {
    error: 'a factor draws more criteria than it has to draw from',
  })
  .refine(
    (q) =>
      new Set(q.factors.flatMap((f) => f.criteria.map((c) => c.code))).size ===
      q.factors.flatMap((f) => f.criteria).length,
    {
      error: 'a criterion code stands twice',
    },
  )
export type Questionnaire = z.infer<typeof Questionnaire>

export const AgencyReference = z.strictObject({
  code,
  name: Text,
  shortName: z.string(),
  /** Follows the indicators of the whole commune. */
  coordinates: z.boolean(),
  position: z.int(),
})
export const FieldReference = z.strictObject({
  code,
  name: Text,
  landConstructionInvestment: z.boolean(),
  position: z.int(),
})
export const PlaceReference = z.strictObject({
  code: z.string().regex(/^[A-HJ-NP-Z2-9]{4,10}$/),
  agency: code,
  name: Text,
  sector: z.enum(sectors),
  questionnaire: code,
  /** Fields offered at this place; empty = not asked. One = not asked, recorded as that field. */
  fields: z.array(code),
  serviceMode: z.enum(['ask', 'direct', 'online']),
  asksRespondent: z.boolean(),
  position: z.int(),
})
export const IndicatorReference = z.strictObject({
  code: z.string(),
  version: z.int().min(1),
  title: z.string(),
  target: z.number(),
  period: z.string(),
  owner: code,
  position: z.int(),
  definition: z.strictObject({
    sector: z.enum(sectors).optional(),
    questionnaire: code.optional(),
    fields: z.array(code).optional(),
    serviceModes: z.array(z.enum(serviceModes)).optional(),
    channels: z.array(z.enum(channels)).optional(),
    formula: z.enum(['pooled', 'stratified']),
    /** What its owner demands of the days beyond what every verdict needs; never less (leastSpread). */
    spread: z.strictObject({ days: z.int().min(10).max(366), largestShare: z.number().positive().max(0.2) }).optional(),
  }),
})
export type AgencyReference = z.infer<typeof AgencyReference>
export type FieldReference = z.infer<typeof FieldReference>
export type PlaceReference = z.infer<typeof PlaceReference>
export type IndicatorReference = z.infer<typeof IndicatorReference>

export const sentence = (longest: number) =>
  z
    .string({ error: 'Xin ghi tên.' })
    .transform(toOneLine)
    .refine((text) => text.length > 0, { error: 'Xin ghi tên, không để trống.' })
    .refine((text) => text.length <= longest, { error: `Tên dài tối đa ${longest} ký tự.` })

/** A day on which a place differs from its week and from the commune's calendar. */
export type OwnDay = { day: string; works: boolean; note: string }

/** Whose rows a question may see: row-level security enforces it inside the question's transaction. */
export type Scope = AgencyId[] | 'all'

export type Half = 'morning' | 'afternoon'

export type ResponseId = string & { readonly brand: 'ResponseId' }

export type Receipt = string & { readonly brand: 'Receipt' }

/** Why a response became a case: it holds a comment, beside nothing but praise or not, or is dissatisfied without one. */
export const caseKinds = ['comment', 'praise', 'dissatisfied'] as const

export type CaseKind = (typeof caseKinds)[number]

export type Definition = IndicatorReference['definition']

export type Formula = Definition['formula']
