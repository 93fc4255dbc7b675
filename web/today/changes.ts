import type { TodayView } from '../../server/today/contract.ts'

/** How often each agency (by code) and place (by code) has changed since the page was opened. */
export type Pulses = Record<string, number>

/** Counts up what received an answer between two views, so that the page can show where something moved. */
export function countPulses(before: TodayView, after: TodayView, pulses: Pulses): Pulses {
  const received = receivedByCode(before)
  const counted = { ...pulses }
  for (const [code, count] of Object.entries(receivedByCode(after))) {
    if (received[code] !== count) counted[code] = (counted[code] ?? -1) + 1
  }
  return counted
}

/** Two names for one animation, so that a second change in a row starts it again. */
export function pulseClass(pulse: number | undefined): string {
  return pulse === undefined ? '' : `pulse-${pulse % 2}`
}

function receivedByCode({ agencies }: TodayView): Record<string, number> {
  const all = agencies.flatMap((agency) => [agency, ...agency.places])
  return Object.fromEntries(all.map(({ code, received }) => [code, received]))
}
