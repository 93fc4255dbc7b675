import type { CatalogueState, Place, Version } from '../../server/catalogue/catalogue.ts'
import { arriveResponse, readResponse } from '../../server/respond/arrive.ts'
import type { StoredResponse } from '../../server/respond/contract.ts'
import { drawnBytesOfPage, sealPageId } from '../../server/respond/page-rules.ts'
import type { Proof } from '../../server/respond/proof-contract.ts'
import { decideStanding } from '../../server/respond/rules.ts'
import { busynessOn, minuteOfVisit, momentOf } from './calendar.ts'
import { isHoneypotDay, stuffingAt, troubleAt } from './events.ts'
import { answerAllFives, answerSurvey, meetPerson } from './people.ts'
import { profileOf } from './places.ts'
import { type Chance, createChance, seedOf } from './random.ts'

export type DayParts = {
  state: CatalogueState
  rotationKey: string
  pageKey: string
  budgetPerHour: number
  seed: number
}

/** Somebody sending a form: when, how long after opening it, and what gives a stuffer away. */
type Visit = { atMs: number; ageMs: number; device: string | null; honeypotFilled: boolean; stuffs: boolean }

const channels = ['qr', 'web', 'kiosk'] as const

/** Everything one place received on one day, in the order it came: read, arrived and judged by the server's own rules. */
export function makeDay(parts: DayParts, place: Place, version: Version, day: string): StoredResponse[] {
  const { state, seed, rotationKey } = parts
  const trouble = troubleAt(place, day, seed)
  const judge = createJudge()
  return planVisits(state.places, place, day, seed).map((visit, index) => {
    const chance = createChance(seedOf(seed, 'person', place.code, day, index))
    const pageMadeMs = visit.atMs - visit.ageMs
    // The same id every time: filling a day twice stores it once.
    const random = Buffer.from(Array.from({ length: drawnBytesOfPage }, () => chance.whole(0, 255)))
    const id = sealPageId(parts.pageKey, place.id, pageMadeMs, random)
    const asked = { place, version, id, rotationKey }
    const raw = visit.stuffs
      ? answerAllFives(asked)
      : answerSurvey(asked, meetPerson(place, trouble, chance), trouble, chance)
    const answered = readResponse(state, place, raw, { allowed: channels, rotationKey, nowMs: visit.atMs })
    const proof = 'channel' in raw ? proofOf(raw.channel, place, chance) : null
    const how = {
      nowMs: visit.atMs,
      channel: 'qr',
      pageMadeMs,
      proof,
      honeypotFilled: visit.honeypotFilled,
      saysHousehold: false,
      deviceHash: null,
    } as const
    const arrived = arriveResponse(state, place, answered, { ...how, budgetPerHour: parts.budgetPerHour })
    return judge(arrived, visit)
  })
}

/** Every tablet is enrolled; of the others a fifth scans the screen at the place. */
function proofOf(channel: unknown, place: Place, chance: Chance): Proof | null {
  if (channel === 'kiosk') return { kind: 'kiosk', deviceId: place.id }
  return chance.isTrue(0.2) ? { kind: 'presence', obtainedAt: '' } : null
}

function planVisits(places: Place[], place: Place, day: string, seed: number): Visit[] {
  const { rhythm, perDay } = profileOf(place)
  const chance = createChance(seedOf(seed, 'day', place.code, day))
  const usual = Array.from({ length: chance.count(perDay * busynessOn(rhythm, day)) }, () =>
    visitAt(momentOf(day, minuteOfVisit(rhythm, chance)), chance),
  )
  const stuffing = stuffingAt(places, place, day, seed)
  const stuffed = (stuffing?.minutes ?? []).map((minute) => ({
    ...visitAt(momentOf(day, minute), chance),
    ageMs: stuffing?.kind === 'too_fast' ? chance.whole(400, 2400) : chance.whole(4000, 14_000),
    device: stuffing?.kind === 'same_device' ? 'stuffer' : null,
    stuffs: true,
  }))
  const [first, ...rest] = usual
  if (first && isHoneypotDay(place, day, seed))
    usual.splice(0, usual.length, { ...first, honeypotFilled: true }, ...rest)
  return [...usual, ...stuffed].sort((a, b) => a.atMs - b.atMs)
}

function visitAt(atMs: number, chance: Chance): Visit {
  const secondsToAnswer = Math.min(900, Math.max(6, 34 * Math.exp(0.55 * chance.normal())))
  return { atMs, ageMs: Math.round(secondsToAnswer * 1000), device: null, honeypotFilled: false, stuffs: false }
}

/** Counted or set aside, by the server's rule, from what the place counted in the hour before. */
function createJudge() {
  const counted: number[] = []
  const open: number[] = []
  const lastOfDevice = new Map<string, number>()
  return ({ proof: _, sender: _s, ...arrived }: ReturnType<typeof arriveResponse>, visit: Visit): StoredResponse => {
    const { honeypotFilled, ageMs, budgetPerHour, outsideHours, mostPerHalfHour, ...kept } = arrived
    const hourAgo = visit.atMs - 3_600_000
    const sameDevice = visit.device !== null && (lastOfDevice.get(visit.device) ?? 0) > hourAgo
    if (visit.device) lastOfDevice.set(visit.device, visit.atMs)
    while ((counted[0] ?? visit.atMs) < hourAgo) counted.shift()
    while ((open[0] ?? visit.atMs) < hourAgo) open.shift()
    const decided = decideStanding({
      honeypotFilled,
      ageMs,
      sameDevice,
      outOfPace: false,
      keptByTablet: false,
      budgetPerHour,
      provenance: kept.provenance,
      countedThisHour: counted.length,
      openThisHour: open.length,
      outsideHours,
      mostPerHalfHour,
      countedThisHalfHour: counted.filter((ms) => ms > visit.atMs - 1_800_000).length,
    })
    if (decided.standing === 'counted') counted.push(visit.atMs)
    if (decided.standing === 'counted' && kept.provenance === 'open') open.push(visit.atMs)
    return { ...kept, ...decided, household: false, openedCase: null }
  }
}
