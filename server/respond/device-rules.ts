import type { SurveyForm } from './contract.ts'
import { kioskPaceMs } from './rules.ts'

/** What a device sent to this place within the hour; undefined where nothing. */
export type Mark = { atMs: number; household: boolean } | undefined

export type Sender = {
  isKiosk: boolean
  /** Whoever answers says to be somebody else of the household. */
  saysHousehold: boolean
  questions: number
  nowMs: number
}

export type DeviceSigns = { sameDevice: boolean; household: boolean; outOfPace: boolean }

/**
 * A telephone is one person's, and once in a visit a second person of the household may answer on it. An enrolled tablet
 * is nobody's: it is only asked whether anybody could have read and answered since the answer before.
 */
export function readDeviceSigns(mark: Mark, { isKiosk, saysHousehold, questions, nowMs }: Sender): DeviceSigns {
  if (isKiosk) {
    const since = mark ? nowMs - mark.atMs : Number.POSITIVE_INFINITY
    return { sameDevice: false, household: false, outOfPace: since >= 0 && since < kioskPaceMs(questions) }
  }
  const household = mark !== undefined && saysHousehold && !mark.household
  return { sameDevice: mark !== undefined && !household, household, outOfPace: false }
}

/** Whose turn the page says it is, before anybody answers. */
export const turnOf = (mark: Mark): SurveyForm['turn'] => (!mark ? 'first' : mark.household ? 'further' : 'second')
