import { describe, expect, test } from 'vitest'
import { createRandom } from '../../scripts/study/population.ts'
import { dayAt, eventAt, honestEvents, isWorkday } from '../../scripts/study/stuffing/town.ts'
import type { ClosedSign, Finding, Seen, Watch } from '../../server/signs/contract.ts'
import { findAnsweringTimes } from '../../server/signs/finders/answering-times.ts'
import { findBurst } from '../../server/signs/finders/burst.ts'
import { findEqualRun } from '../../server/signs/finders/equal-run.ts'
import { largestChance } from '../../server/signs/finders/limits.ts'
import { findMoreThanVisits } from '../../server/signs/finders/more-than-visits.ts'
import { findNearComments } from '../../server/signs/finders/near-comments.ts'
import { describePast } from '../../server/signs/finders/past.ts'
import { findRegularArrivals } from '../../server/signs/finders/regular-arrivals.ts'
import { findSameVector } from '../../server/signs/finders/same-vector.ts'
import { findUnlikeProven } from '../../server/signs/finders/unlike-proven.ts'
import { findUnusualHours } from '../../server/signs/finders/unusual-hours.ts'

const finders: Record<ClosedSign, (watch: Watch) => Finding | null> = {
  equal_run: findEqualRun,
  burst: findBurst,
  regular_arrivals: findRegularArrivals,
  unusual_hours: findUnusualHours,
  answering_times: findAnsweringTimes,
  same_vector: findSameVector,
  near_comments: findNearComments,
  more_than_visits: findMoreThanVisits,
  unlike_proven: findUnlikeProven,
}
const signs = Object.keys(finders) as ClosedSign[]

/** A place of 100 answers a week with market days, four in ten all on one level, a third with proof. */
const town = { perWeek: 100, straight: 0.4, satisfied: 0.9, proven: 0.33, market: 2 }
const pastLength = 91

/** One working day after a quarter, and everything before it. */
function readTown(seed: number, days: number) {
  const all = honestEvents(town, pastLength + days, seed)
  return {
    open: all.filter(({ provenance }) => provenance === 'open'),
    proven: all.filter(({ provenance }) => provenance !== 'open'),
  }
}

function watchDay({ open, proven }: ReturnType<typeof readTown>, day: number, more: Seen[] = []): Watch {
  const [to, from, month] = [dayAt(day), dayAt(day - pastLength), dayAt(day - 28)]
  const judged = [...open.filter((seen) => seen.day === to), ...more]
  return {
    from: to,
    to,
    judged,
    past: describePast(open.filter((seen) => seen.day >= from && seen.day < to)),
    proven: proven.filter((seen) => seen.day >= month && seen.day <= to),
    // Everyone who came to the place that day, half of whom answered.
    visits: new Map([[to, 2 * open.filter((seen) => seen.day === to).length]]),
  }
}

describe('honest days', () => {
  test.each(signs)('show no %s: a hundred working days of two towns', (sign) => {
    const found = [11, 12].flatMap((seed) => {
      const events = readTown(seed, 70)
      return Array.from({ length: 70 }, (_, at) => pastLength + at)
        .filter(isWorkday)
        .map((day) => finders[sign](watchDay(events, day)))
    })
    expect(found).toHaveLength(100)
    expect(found.filter((one) => one !== null && one.chance <= largestChance)).toEqual([])
  })
})

/** A Monday. */
const attacked = pastLength
type Make = (at: number, random: () => number) => Partial<Seen> & { minute: number }
const usual = { seconds: 30, levels: '55455545' }

/** What somebody adds to one day, and how many of it the sign must hold. */
const attacks: Record<ClosedSign, { count: number; make: Make }> = {
  equal_run: { count: 24, make: (at) => ({ minute: 700 + at, levels: '55555555' }) },
  burst: { count: 40, make: (at) => ({ minute: 600 + (at % 5) }) },
  regular_arrivals: { count: 60, make: (at) => ({ minute: 460 + at * 9 }) },
  unusual_hours: { count: 10, make: (at) => ({ minute: 1260 + at * 5 }) },
  answering_times: { count: 16, make: (at) => ({ minute: 480 + at * 30, seconds: 4 + (at % 3) }) },
  same_vector: { count: 14, make: (at) => ({ minute: 480 + at * 30, levels: '53525455' }) },
  near_comments: {
    count: 9,
    make: (at) => ({ minute: 490 + at * 45, comment: `Cán bộ hướng dẫn rất tận tình, đúng hẹn, ${at} điểm cộng` }),
  },
  more_than_visits: { count: 60, make: (at) => ({ minute: 480 + at * 8 }) },
  unlike_proven: { count: 60, make: (at) => ({ minute: 480 + at * 8, levels: at % 2 ? '55545555' : '44555555' }) },
}

describe('a stuffed day', () => {
  test.each(signs)('shows %s, with at least three of four false answers in it, in nine of ten towns', (sign) => {
    const { count, make } = attacks[sign]
    const caught = Array.from({ length: 10 }, (_, seed) => {
      const random = createRandom(100 + seed)
      const fakes = Array.from({ length: count }, (_, at): Seen => {
        const { minute, ...about } = make(at, random)
        return { ...eventAt(attacked, minute, { ...usual, ...about }), id: `fake-${at}` }
      })
      const found = finders[sign](watchDay(readTown(seed + 21, 1), attacked, fakes))
      if (!found || found.chance > largestChance) return false
      return found.members.filter((id) => id.startsWith('fake')).length >= 0.75 * count
    })
    expect(caught.filter(Boolean).length).toBeGreaterThanOrEqual(9)
  })
})

describe('the chance a sign gives is no smaller than it is', () => {
  const seen = (id: number, about: Partial<Seen>): Seen => ({
    ...{ id: String(id), day: dayAt(attacked), minute: 480 + (id % 480), provenance: 'open' as const },
    ...{ levels: '55555555', seconds: 30, comment: null },
    ...about,
  })
  const pastOf = (random: () => number, share: number) =>
    Array.from({ length: 200 }, (_, at) => seen(at, { levels: random() < share ? '55555555' : `4${at % 5}345455` }))

  test('runs of equal answers: of 400 days drawn from the habit itself at most 5 % are below 5 %', () => {
    const random = createRandom(5)
    const below = Array.from({ length: 400 }, () => {
      const past = describePast(pastOf(random, 0.4))
      const judged = Array.from({ length: 30 }, (_, at) =>
        seen(at, { minute: at, levels: random() < 0.4 ? '55555555' : `4${at % 5}345455` }),
      )
      const watch = { from: '', to: '', judged, past, proven: [], visits: new Map() }
      return (findEqualRun(watch)?.chance ?? 1) <= 0.05
    })
    expect(below.filter(Boolean).length).toBeLessThanOrEqual(20)
  })

  test('open against proven: of 400 pairs of the same people at most 5 % are below 5 %', () => {
    const random = createRandom(6)
    const people = (count: number, provenance: Seen['provenance']) =>
      Array.from({ length: count }, (_, at) =>
        seen(at, { provenance, minute: 480, levels: random() < 0.8 ? '55554555' : '55535555' }),
      )
    const below = Array.from({ length: 400 }, () => {
      const watch = { from: '', to: '', judged: people(40, 'open'), proven: people(60, 'ticket'), visits: new Map() }
      return (findUnlikeProven({ ...watch, past: describePast([]) })?.chance ?? 1) <= 0.05
    })
    expect(below.filter(Boolean).length).toBeLessThanOrEqual(20)
  })
})
