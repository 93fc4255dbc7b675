import { z } from 'zod'

export const firstSteps = ['agencies', 'places', 'address', 'posters', 'colleagues', 'trial', 'method'] as const
export type FirstStepName = (typeof firstSteps)[number]

/** `done` and `todo` are read from the data; `look` is what only a person can tell, who then says so. */
export type FirstStepState = 'done' | 'todo' | 'look' | 'skipped'

/** What the data says about a new commune's setup. */
export type FirstRunFacts = {
  openAgencies: number
  coordinator: string | null
  agenciesChanged: boolean
  openPlaces: number
  placesChanged: boolean
  qrOpenings: number
  colleagues: number
  publicUrl: string | null
  responses: number
  /** A place to try a form at. */
  trialPlace: string | null
  skipped: FirstStepName[]
  /** What somebody looked at and found right. */
  checked: FirstStepName[]
  dismissed: boolean
}

export type FirstRunView = { facts: FirstRunFacts; steps: { name: FirstStepName; state: FirstStepState }[] }

export const FirstRunForm = z.union([
  z.strictObject({ skip: z.enum(firstSteps) }),
  z.strictObject({ unskip: z.enum(firstSteps) }),
  z.strictObject({ check: z.enum(firstSteps) }),
  z.strictObject({ show: z.enum(['no', 'yes']) }),
])
export type FirstRunForm = z.infer<typeof FirstRunForm>

/** What is kept of it: what was put aside or found right by a person, never what the data tells. */
export const FirstRunSetting = z.strictObject({
  skipped: z.array(z.enum(firstSteps)),
  checked: z.array(z.enum(firstSteps)).default([]),
  dismissed: z.boolean(),
})
export type FirstRunSetting = z.infer<typeof FirstRunSetting>
