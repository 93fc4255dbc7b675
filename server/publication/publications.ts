import { readIndicators } from '../../db/catalogue/indicators.ts'
import type { Database } from '../../db/client.ts'
import {
  type Decided,
  findLastRun,
  type PublishingRun,
  publishOnce,
  readAllGroups,
} from '../../db/publication/publications.ts'
import { daysBefore } from '../days.ts'
import type { Group, Membership } from './contract.ts'
import {
  cellNamesOf,
  findMoved,
  formGroups,
  gatherCells,
  membershipOf,
  membersOf,
  nameOfCell,
  readMemberships,
} from './rules.ts'
import { mayRelease } from './suppression-rules.ts'

/** Everything the public may know, and nothing else: the last closed day, and the groups published so far. */
export type Published = { closed: string; at: string; groups: Group[] }

export type Publications = {
  /** What is published; publishes the days that have closed since the last time. */
  read(): Promise<Published>
}

/** The newest day the public may know of: a day is published on the second day after it. */
export const lastPublishedDay = (today: string): string => daysBefore(today, 2)

/** What is older than this no longer moves. */
const movingDays = 400

export function createPublications(database: Database, today: () => string): Publications {
  let last: Published | undefined
  return {
    read: async () => {
      const closed = lastPublishedDay(today())
      if (!last || last.closed < closed) await publishDays(database, closed)
      const run = await findLastRun(database)
      if (!run) throw new Error('nothing was published')
      if (last?.closed !== run.closed || last.at !== run.at) last = { ...run, groups: await readAllGroups(database) }
      return last
    },
  }
}

async function publishDays(database: Database, closed: string): Promise<void> {
  const indicators = await readIndicators(database)
  const current = indicators.map(({ code, definition }) => membershipOf(code, definition))
  const from = `${daysBefore(closed, movingDays).slice(0, 7)}-01`
  await publishOnce(database, from, closed, (run) => decide(run, current, closed))
}

/** New groups, further releases of groups that moved by enough, and the definitions of days seen for the first time. */
export async function decide(run: PublishingRun, current: Membership[], closed: string): Promise<Decided> {
  const fresh = new Map(
    run.tallies.filter(({ day }) => !run.definitions.has(day)).map(({ day }) => [day, current] as const),
  )
  const definitionsOf = (day: string) => run.definitions.get(day) ?? current
  const cells = gatherCells(run.tallies, definitionsOf)
  const moved: Group[] = []
  for (const { group, sums, until } of findMoved(cells, run.groups)) {
    const names = new Set(cellNamesOf(group))
    const histories = (await run.readHistories(group)).filter((one) =>
      names.has(nameOfCell({ ...one, members: membersOf(definitionsOf(one.day), one) })),
    )
    const memberships = readMemberships(group, histories, sums)
    if (!memberships || !mayRelease(memberships)) continue
    moved.push({ ...group, releases: [...group.releases, { at: run.at, until, sums }] })
  }
  return { groups: [...moved, ...formGroups(cells, run.groups, closed, run.at)], definitions: fresh }
}
