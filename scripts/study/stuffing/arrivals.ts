import { weekOf } from '../../../server/catalogue/week-rules.ts'
import { type Mark, readDeviceSigns } from '../../../server/respond/device-rules.ts'
import { isOutsideHours } from '../../../server/respond/hours-rules.ts'
import { decideStanding } from '../../../server/respond/rules.ts'
import type { Seen } from '../../../server/signs/contract.ts'

export type Event = Seen & {
  atMs: number
  /** A telephone's mark; null where it is wiped after each answer. */
  device: string | null
  saysHousehold: boolean
  /** Made by an attacker. */
  fake: boolean
  /** Would have been there without the attack but stayed away, as who is not invited does. */
  absent?: boolean
}

export type Arrived = Event & { counted: boolean }

const hours = weekOf({ opensAt: 450, closesAt: 1020, openDays: '12345', week: null })
const budgetPerHour = 120
const hourMs = 3_600_000

/** One place's door: the server's own rules of arrival over the last hour. The capacity is learned between days. */
export function createDoor() {
  const marks = new Map<string, NonNullable<Mark>>()
  let recent: Arrived[] = []
  return (event: Event, mostPerHalfHour: number | null): Arrived => {
    recent = recent.filter(({ atMs }) => atMs > event.atMs - hourMs)
    const mark = markOf(marks, event)
    const sender = { isKiosk: false, saysHousehold: event.saysHousehold, questions: 8, nowMs: event.atMs, keptMs: 0 }
    const signs = readDeviceSigns(mark, sender)
    if (event.device)
      marks.set(event.device, { atMs: event.atMs, household: signs.household || (mark?.household ?? false) })
    const ageMs = event.seconds === null ? null : event.seconds * 1000
    const pageMadeMs = ageMs === null ? null : event.atMs - ageMs
    const visit = { provenance: event.provenance, serviceMode: 'direct', pageMadeMs, nowMs: event.atMs } as const
    const { standing } = decideStanding({
      honeypotFilled: false,
      ageMs,
      provenance: event.provenance,
      budgetPerHour,
      mostPerHalfHour,
      sameDevice: signs.sameDevice,
      outOfPace: signs.outOfPace,
      keptByTablet: false,
      outsideHours: isOutsideHours(hours, [], visit),
      countedThisHour: recent.length,
      openThisHour: recent.filter(({ provenance }) => provenance === 'open').length,
      countedThisHalfHour: recent.filter(({ atMs }) => atMs > event.atMs - hourMs / 2).length,
    })
    const arrived = { ...event, counted: standing === 'counted' }
    if (arrived.counted) recent.push(arrived)
    return arrived
  }
}

function markOf(marks: Map<string, NonNullable<Mark>>, { device, atMs }: Event): Mark {
  const mark = device ? marks.get(device) : undefined
  return mark && atMs - mark.atMs < hourMs ? mark : undefined
}
