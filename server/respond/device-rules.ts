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
  /** How long an enrolled tablet kept it for want of a network; 0 for what came at once. */
  keptMs: number
}

export type DeviceSigns = { sameDevice: boolean; household: boolean; outOfPace: boolean }

/**
 * A telephone is one person's, and once in a visit a second person of the household may answer on it. An enrolled tablet
 * is nobody's: it is only asked whether anybody could have read and answered between this answer and the newest one of
 * before. What it kept through an outage is measured by when it was given, so that an hour's answers may arrive at once.
 */
export function readDeviceSigns(mark: Mark, { isKiosk, saysHousehold, questions, nowMs, keptMs }: Sender): DeviceSigns {
  if (isKiosk) {
    const since = mark ? nowMs - keptMs - mark.atMs : Number.POSITIVE_INFINITY
    // What was kept may well be older than the newest; a newest one ahead of now is a clock that was set back.
    const apart = keptMs > 0 ? Math.abs(since) : since
    return { sameDevice: false, household: false, outOfPace: apart >= 0 && apart < kioskPaceMs(questions) }
  }
  const household = mark !== undefined && saysHousehold && !mark.household
  return { sameDevice: mark !== undefined && !household, household, outOfPace: false }
}

/** Whose turn the page says it is, before anybody answers. */
export const turnOf = (mark: Mark): SurveyForm['turn'] => (!mark ? 'first' : mark.household ? 'further' : 'second')
