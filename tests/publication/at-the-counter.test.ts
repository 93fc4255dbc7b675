import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AgencyId, PlaceId } from '../../server/catalogue/contract.ts'
import type { ClosedTally, Membership } from '../../server/publication/contract.ts'
import { cellNamesOf, formGroups, gatherCells, membersOf, nameOfCell } from '../../server/publication/rules.ts'
import { slicesOf } from '../../server/publication/slices-rules.ts'
import { leastPublished } from '../../server/publication/suppression-rules.ts'
import type { Sums } from '../../server/score/contract.ts'
import { groupBy } from '../../server/tallies/group-rules.ts'
import { type DayOfPlace, withheldAtAgency, withheldAtPlaces } from '../../server/tallies/small-days-rules.ts'
import { findSmallLeak } from '../fixtures/linear-attack.ts'

const memberships: Membership[] = [
  { key: 'all', code: 'all', sector: 'administrative' },
  { key: 'land', code: 'land', sector: 'administrative', fields: ['dat-dai'] },
]
const agencyId = 1 as AgencyId
/** October whole, with a day before and two after it. */
const days = ['2026-09-30', '2026-10-01', '2026-10-02', '2026-10-31', '2026-11-01', '2026-11-02']

type Person = { id: number; placeId: PlaceId; day: string; channel: 'qr' | 'kiosk'; field: string | null }

const crowd = fc.tuple(
  fc.record({
    placeId: fc.constantFrom(1, 1, 2, 3),
    day: fc.constantFrom(...days),
    channel: fc.constantFrom('qr', 'qr', 'qr', 'kiosk'),
    field: fc.constantFrom(null, null, null, 'dat-dai'),
  } as const),
  fc.constantFrom(1, 1, 2, 3, 4, 5, 6, 9),
)
const towns = (count: number) =>
  fc.sample(fc.array(crowd, { minLength: 3, maxLength: 16 }), { numRuns: count, seed: 20261128 }).map(makePeople)

const makePeople = (crowds: [Omit<Person, 'id'> | object, number][]): Person[] =>
  crowds
    .flatMap(([one, count]) => Array.from({ length: count }, () => one))
    .map((one, id) => ({ ...(one as Person), id }))

const one: Sums = [1, 0, 1, 1, 1, 1, 1]

const rowsOf = (people: Person[]): (DayOfPlace & { ids: number[] })[] =>
  [...groupBy(people, ({ placeId, day }) => `${placeId} ${day}`).values()].map((own) => ({
    placeId: (own[0] as Person).placeId,
    day: (own[0] as Person).day,
    sums: one.map((value) => value * own.length) as unknown as Sums,
    ids: own.map(({ id }) => id),
  }))

const ranges = days.flatMap((from, index) => days.slice(index).map((to) => ({ from, to })))
const october = { from: '2026-10-01', to: '2026-10-31' }

type Rule = (people: Person[]) => Set<number>[]

/** Every place and the agency over every range of days, as somebody at a counter sees them. */
const boards: Rule = (people) => {
  const rows = rowsOf(people)
  return ranges.flatMap((period) => {
    const asked = rows.filter(({ day }) => day >= period.from && day <= period.to)
    const [atPlaces, atAgency] = [withheldAtPlaces(asked, period), withheldAtAgency(asked, period)]
    const shown = asked.filter((row) => !atPlaces.includes(row))
    return [
      ...[...groupBy(shown, ({ placeId }) => placeId).values()].map(idsOf),
      idsOf(asked.filter((row) => !atAgency.includes(row))),
    ]
  })
}

/** What was shown before: every range, hidden where it is under five itself. */
const ruleOfFive: Rule = (people) =>
  ranges.flatMap((period) => {
    const asked = rowsOf(people).filter(({ day }) => day >= period.from && day <= period.to)
    return [...[...groupBy(asked, ({ placeId }) => placeId).values()].map(idsOf), idsOf(asked)]
  })

/** What is published, as the people behind each figure, by its scope and period. */
function published(people: Person[]): Map<string, Set<number>> {
  const traitsOf = (person: Person) =>
    ({ ...person, agencyId, sector: 'administrative', questionnaire: 'administrative', serviceMode: 'direct' }) as const
  const nameOf = (person: Person) => nameOfCell({ ...person, members: membersOf(memberships, traitsOf(person)) })
  const tallies = people.map((person): ClosedTally => ({ ...traitsOf(person), sums: one, until: 0 }) as ClosedTally)
  const groups = formGroups(
    gatherCells(tallies, () => memberships),
    [],
    days.at(-1) as string,
    1,
  )
  const figures = new Map<string, Set<number>>()
  for (const group of groups) {
    const names = new Set(cellNamesOf(group))
    const own = people.filter((person) => names.has(nameOf(person))).map(({ id }) => id)
    for (const { scope, id, period } of slicesOf(group)) {
      const key = `${scope} ${id} ${period}`
      figures.set(key, new Set([...(figures.get(key) ?? []), ...own]))
    }
  }
  return figures
}

const idsOf = (rows: { ids: number[] }[]) => new Set(rows.flatMap(({ ids }) => ids))

const leakIn = (rule: Rule, people: Person[]) => {
  const figures = rule(people).filter(({ size }) => size >= leastPublished)
  return figures.length > 0 ? findSmallLeak(figures, leastPublished) : null
}

/** A single place over a period, as its board shows it. */
function boardOf(people: Person[], placeId: number, period: { from: string; to: string }): Set<number> {
  const asked = rowsOf(people).filter(({ day }) => day >= period.from && day <= period.to)
  const withheld = withheldAtPlaces(asked, period)
  return idsOf(asked.filter((row) => row.placeId === placeId && !withheld.includes(row)))
}

describe('what somebody at a counter can work out of closed days', () => {
  test('from every range of every board is never about one to four people of one place', () => {
    const leaks = towns(300).flatMap((people) => {
      const ids = leakIn(boards, people)
      return ids ? [new Set(people.filter(({ id }) => ids.includes(id)).map(({ placeId }) => placeId)).size] : []
    })
    // What is left: a few of one place less a few of another, whose two margins are five each. It tells nobody's answer.
    expect(leaks.filter((places) => places === 1)).toEqual([])
    expect(leaks.length).toBeLessThanOrEqual(3)
  })

  test('would be, if every range showed what has five answers', () => {
    expect(towns(60).filter((people) => leakIn(ruleOfFive, people)).length).toBeGreaterThan(30)
  })

  test('a board less what is published of the same place and time is nobody or five people', () => {
    let compared = 0
    for (const people of towns(300)) {
      const figures = published(people)
      const looks = [...days.map((day) => ({ from: day, to: day, name: day })), { ...october, name: '2026-10' }]
      for (const { name, ...period } of looks) {
        for (const placeId of [1, 2, 3]) {
          const [board, open] = [boardOf(people, placeId, period), figures.get(`place ${placeId} ${name}`)]
          if (!open || board.size < leastPublished) continue
          compared += 1
          const rest = [...board].filter((id) => !open.has(id)).length
          expect(rest === 0 || rest >= leastPublished, JSON.stringify({ name, placeId, rest, people })).toBe(true)
        }
      }
    }
    expect(compared).toBeGreaterThan(100)
  })
})
