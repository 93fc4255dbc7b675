import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PublishingRun } from '../../db/publication/publications.ts'
import type { AgencyId, PlaceId } from '../../server/catalogue/contract.ts'
import type { ClosedTally, Group, Membership, StandingHistory } from '../../server/publication/contract.ts'
import { decide } from '../../server/publication/publications.ts'
import {
  cellNamesOf,
  findMoved,
  formGroups,
  gatherCells,
  membersOf,
  nameOfCell,
  readMemberships,
} from '../../server/publication/rules.ts'
import { slicesOf } from '../../server/publication/slices-rules.ts'
import { isTooFew, leastPublished, mayRelease } from '../../server/publication/suppression-rules.ts'
import { findSmallLeak } from '../fixtures/linear-attack.ts'

const memberships: Membership[] = [
  { key: 'all', code: 'all', sector: 'administrative' },
  { key: 'land', code: 'land', sector: 'administrative', fields: ['dat-dai'] },
  { key: 'online', code: 'online', sector: 'administrative', serviceModes: ['online'] },
]

type Person = StandingHistory & { id: number; agencyId: AgencyId }

const days = ['2026-09-29', '2026-09-30', '2026-10-01', '2026-10-02']
/** When the two downloads are made: the end of September has closed by the second. */
const closings = ['2026-09-29', '2026-10-02'] as const

const traits = fc.record({
  placeId: fc.integer({ min: 1, max: 4 }),
  day: fc.constantFrom(...days),
  channel: fc.constantFrom('qr', 'qr', 'qr', 'web'),
  serviceMode: fc.constantFrom('direct', 'direct', 'online'),
  field: fc.constantFrom('dat-dai', 'ho-tich', null),
} as const)
/** Cells of all sizes: crowds that are alike beside single people who are not. */
const crowd = fc.tuple(traits, fc.constantFrom(1, 1, 2, 3, 4, 5, 6, 9))
const town = fc.array(crowd, { minLength: 4, maxLength: 22 })
/** What happens between the downloads: some come late, some are set aside, some are taken back. */
const changes = fc.record({
  late: fc.array(crowd, { maxLength: 6 }),
  flips: fc.array(fc.record({ from: fc.nat(), count: fc.integer({ min: 1, max: 12 }) }), { maxLength: 4 }),
})

function makePeople(crowds: [Record<string, unknown>, number][], firstId: number, at: number): Person[] {
  const all = crowds.flatMap(([one, count]) => Array.from({ length: count }, () => one))
  return all.map((one, index) => ({
    ...(one as Pick<Person, 'day' | 'channel' | 'serviceMode' | 'field'>),
    sector: 'administrative',
    questionnaire: 'administrative',
    counted: true,
    changes: [],
    at,
    id: firstId + index,
    placeId: one.placeId as PlaceId,
    // Places 1 and 2 are one agency's, 3 and 4 another's.
    agencyId: ((one.placeId as number) <= 2 ? 1 : 2) as AgencyId,
  }))
}

const tally = (person: Person): ClosedTally => ({ ...person, sums: [1, 0, 1, 1, 1, 1, 1], until: person.at })
const nameOf = (person: Person) => nameOfCell({ ...person, members: membersOf(memberships, person) })
const isIn = (group: Group, person: Person) => new Set(cellNamesOf(group)).has(nameOf(person))
const keyOf = ({ scope, day }: Group) => `${scope} ${day}`

/** One run over people in memory, by the rules of the product or by one that lacks something. */
type Publish = (run: PublishingRun, closed: string) => Promise<Group[]>

const guarded: Publish = async (run, closed) => (await decide(run, memberships, closed)).groups

/** Every cell is published as it is; only the figure made of it is hidden where it is under five. */
const withoutComplement: Publish = async (run, closed) =>
  gatherCells(run.tallies, () => memberships)
    .filter(({ day }) => day <= closed)
    .map((cell) => ({
      ...{ scope: `place/${cell.placeId}|${nameOfCell(cell)}`, period: 'day' as const, day: cell.day },
      placeId: cell.placeId,
      agencyId: cell.agencyId,
      channel: cell.channel,
      members: cell.members,
      ...{ cells: [[cell.placeId, cell.day]], releases: [{ at: run.at, until: cell.until, sums: cell.sums }] },
    }))

/** Groups as they should be, but each change is published at once, however few it is about. */
const withoutWaiting: Publish = async (run, closed) => {
  const cells = gatherCells(run.tallies, () => memberships)
  const moved = findMoved(cells, run.groups).map(({ group, sums, until }) => ({
    ...group,
    releases: [...group.releases, { at: run.at, until, sums }],
  }))
  return [...moved, ...formGroups(cells, run.groups, closed, run.at)]
}

type Download = { groups: Map<string, Group>; held: Map<string, Set<number>> }

async function download(publish: Publish, people: Person[], before: Download, at: number, closed: string) {
  const run: PublishingRun = {
    at,
    groups: [...before.groups.values()],
    definitions: new Map(),
    tallies: people.filter(({ counted, day }) => counted && day <= closed).map(tally),
    readHistories: async ({ cells }) =>
      people.filter((person) => cells.some(([placeId, day]) => person.placeId === placeId && person.day === day)),
  }
  const next: Download = { groups: new Map(before.groups), held: new Map(before.held) }
  for (const group of await publish(run, closed)) {
    next.groups.set(keyOf(group), group)
    const own = people.filter((person) => person.counted && isIn(group, person))
    next.held.set(keyOf(group), new Set(own.map(({ id }) => id)))
  }
  return next
}

/** Each published figure as the set of responses it adds up, over all tables. */
function readFigures({ groups, held }: Download): Set<number>[] {
  const figures = new Map<string, Set<number>>()
  for (const [key, group] of groups) {
    for (const slice of slicesOf(group)) {
      const name = JSON.stringify(slice)
      figures.set(name, new Set([...(figures.get(name) ?? []), ...(held.get(key) ?? [])]))
    }
  }
  return [...figures.values()].filter(({ size }) => size > 0 && !isTooFew(size))
}

async function attack(publish: Publish, [crowds, { late, flips }]: [Crowds, Changes]): Promise<number[] | null> {
  const people = makePeople(crowds, 0, 100)
  const nothing: Download = { groups: new Map(), held: new Map() }
  const first = await download(publish, people, nothing, 1000, closings[0])
  for (const { from, count } of flips) flip(people, from, count, 1500)
  people.push(...makePeople(late, people.length, 1500))
  const second = await download(publish, people, first, 2000, closings[1])
  for (const { from, count } of flips.slice(1)) flip(people, from, count, 2500)
  const third = await download(publish, people, second, 3000, closings[1])
  return findSmallLeak([first, second, third].flatMap(readFigures), leastPublished)
}

type Crowds = [Record<string, unknown>, number][]
type Changes = { late: Crowds; flips: { from: number; count: number }[] }

/** Sets neighbours aside, or takes them back: the same people may be decided about again. */
function flip(people: Person[], from: number, count: number, at: number): void {
  for (const person of people.slice(from % people.length, (from % people.length) + count)) {
    person.changes = [...person.changes, { at, countedBefore: person.counted }]
    person.counted = !person.counted
  }
}

const instances = (count: number) => fc.sample(fc.tuple(town, changes), { numRuns: count, seed: 20261123 })

async function countLeaks(publish: Publish, count: number): Promise<number> {
  let leaks = 0
  for (const instance of instances(count)) if (await attack(publish, instance as [Crowds, Changes])) leaks += 1
  return leaks
}

describe('what can be worked out from everything published, over three downloads', () => {
  test('is never about one to four responses, in 400 random communes', async () => {
    expect(await countLeaks(guarded, 400)).toBe(0)
  })

  test('something is published, and published figures do move', async () => {
    let moves = 0
    let published = 0
    for (const [crowds, { late, flips }] of instances(400) as [Crowds, Changes][]) {
      const people = makePeople(crowds, 0, 100)
      const first = await download(guarded, people, { groups: new Map(), held: new Map() }, 1000, closings[1])
      for (const { from, count } of flips) flip(people, from, count, 1500)
      people.push(...makePeople(late, people.length, 1500))
      const second = await download(guarded, people, first, 2000, closings[1])
      published += first.groups.size
      moves += [...second.groups.values()].filter(({ releases }) => releases.length > 1).length
    }
    expect(published).toBeGreaterThan(400)
    expect(moves).toBeGreaterThan(20)
  })

  test('would be, if only cells under five were hidden and nothing for their sake', async () => {
    expect(await countLeaks(withoutComplement, 60)).toBeGreaterThan(30)
  })

  test('would be, if changes were published however few they are about', async () => {
    expect(await countLeaks(withoutWaiting, 200)).toBeGreaterThan(20)
  })
})

describe('the attack itself', () => {
  const set = (...ids: number[]) => new Set(ids)
  const range = (from: number, to: number) => new Set(Array.from({ length: to - from }, (_, index) => from + index))

  test('finds what a total less its parts gives away', () => {
    expect(findSmallLeak([range(0, 20), range(0, 17)], 5)).toEqual([17, 18, 19])
    expect(findSmallLeak([range(0, 20), range(0, 15)], 5)).toBeNull()
  })

  test('finds what takes several figures to work out', () => {
    // Rows and columns of a table whose one small cell is hidden.
    const [a, b, c, d] = [range(0, 8), range(8, 16), range(16, 24), set(24, 25)]
    const all = new Set([...a, ...b, ...c, ...d])
    expect(findSmallLeak([all, a, b, c], 5)).toEqual([24, 25])
    expect(findSmallLeak([all, new Set([...a, ...b]), new Set([...a, ...c])], 5)).toBeNull()
  })
})

test('an indicator that selects otherwise from now on does not divide anew what was published', async () => {
  const crowds: Crowds = [
    [{ placeId: 1, day: days[1], channel: 'qr', serviceMode: 'direct', field: 'dat-dai' }, 6],
    [{ placeId: 1, day: days[1], channel: 'qr', serviceMode: 'direct', field: 'ho-tich' }, 7],
  ]
  const tallies = makePeople(crowds, 0, 100).map(tally)
  const run = { at: 1000, groups: [], definitions: new Map(), tallies, readHistories: async () => [] }
  const first = await decide(run, memberships.slice(0, 1), days[1] as string)
  expect(first.groups.map(({ releases }) => releases[0]?.sums[0])).toEqual([13])
  const second = await decide({ ...run, ...first, at: 2000 }, memberships, days[1] as string)
  expect(second.groups).toEqual([])
  expect((await decide(run, memberships, days[1] as string)).groups).toHaveLength(2)
})

describe('a further release', () => {
  const rows = (count: number, ...held: number[]) => Array.from({ length: count }, () => held.map(Boolean))

  test.each([
    ['five came', [...rows(5, 1, 1), ...rows(5, 0, 1)], true],
    ['four came', [...rows(5, 1, 1), ...rows(4, 0, 1)], false],
    ['five were set aside', [...rows(5, 1, 1), ...rows(5, 1, 0)], true],
    ['four were set aside', [...rows(9, 1, 1), ...rows(4, 1, 0)], false],
    ['five were set aside, and two came', [...rows(9, 1, 1), ...rows(5, 1, 0), ...rows(2, 0, 1)], false],
    ['all were set aside', rows(6, 1, 0), true],
    ['nobody ever counted', rows(3, 0, 0), true],
    ['four of five set aside come back', [...rows(9, 1, 1, 1), ...rows(4, 1, 0, 1), ...rows(1, 1, 0, 0)], false],
  ])('%s', (_, histories, may) => {
    expect(mayRelease(histories)).toBe(may)
  })

  test('does not happen where the past does not add up to what was published', () => {
    const people = makePeople(
      [[{ placeId: 1, day: '2026-09-30', channel: 'qr', serviceMode: 'direct', field: null }, 6]],
      0,
      100,
    )
    const [group] = formGroups(
      gatherCells(people.map(tally), () => memberships),
      [],
      '2026-09-30',
      1000,
    )
    const next = [6, 0, 6, 6, 6, 6, 6] as const
    expect(readMemberships(group as Group, people, next)).toHaveLength(6)
    expect(readMemberships(group as Group, people.slice(1), next)).toBeNull()
  })
})
