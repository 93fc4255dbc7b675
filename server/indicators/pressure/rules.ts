import { wilsonInterval } from '../../score/rules.ts'
import type { PressureShare } from './contract.ts'

export const leastPressure = 5

/** Each person answers once, so the interval is plain Wilson's [9]. */
export function shareOfPressure(answered: number, yes: number): PressureShare {
  if (answered < leastPressure) return { answered, yes, share: null, lower: null, upper: null }
  const [lower, upper] = wilsonInterval(yes / answered, answered)
  return { answered, yes, share: (100 * yes) / answered, lower: 100 * lower, upper: 100 * upper }
}
