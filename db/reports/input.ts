import { and, asc, between, count, desc, eq, inArray, isNull, min } from 'drizzle-orm'
import type { AgencyId, PlaceId } from '../../server/catalogue/contract.ts'
import type { CaseFigures } from '../../server/reports/input/contract.ts'
import { cases, improvements, themes } from '../cases/tables.ts'
import type { Database } from '../client.ts'
import { dayOfInstant } from '../day-of-instant.ts'
import { withinScope } from '../staff/scope.ts'
import { cells } from '../tallies/tables.ts'

/** Cases of the range at these places, how far they are, and what staff say they are about; both days included. */
export async function readCaseFigures(
  database: Database,
  placeIds: PlaceId[],
  from: string,
  to: string,
): Promise<CaseFigures> {
  const own = and(inArray(cases.placeId, placeIds), between(cases.day, from, to))
  return withinScope(database, 'all', async (transaction) => {
    const states = await transaction
      .select({ state: cases.state, cases: count() })
      .from(cases)
      .where(own)
      .groupBy(cases.state)
    const about = await transaction
      .select({ name: themes.name, cases: count() })
      .from(cases)
      .innerJoin(themes, eq(themes.id, cases.themeId))
      .where(own)
      .groupBy(themes.id, themes.name)
      .orderBy(desc(count()), asc(themes.name))
    const inState = (state: string) => states.find((row) => row.state === state)?.cases ?? 0
    return {
      received: states.reduce((sum, row) => sum + row.cases, 0),
      answered: inState('answered'),
      closed: inState('closed'),
      themes: about,
    }
  })
}

/** What these agencies published as done in the range of days of the commune, the newest first. */
export async function readPublishedImprovements(database: Database, agencyIds: AgencyId[], from: string, to: string) {
  const publishedOn = dayOfInstant<string>(improvements.publishedAt)
  return database.query
    .select({ said: improvements.said, did: improvements.did, publishedOn })
    .from(improvements)
    .where(
      and(inArray(improvements.agencyId, agencyIds), isNull(improvements.withdrawnAt), between(publishedOn, from, to)),
    )
    .orderBy(desc(improvements.publishedAt), desc(improvements.id))
}

/** The first day with a counted answer to each questionnaire version, by its id. */
export async function readFirstDays(database: Database): Promise<Map<number, string>> {
  const rows = await database.query
    .select({ versionId: cells.versionId, first: min(cells.day) })
    .from(cells)
    .where(eq(cells.standing, 'counted'))
    .groupBy(cells.versionId)
  return new Map(rows.flatMap(({ versionId, first }) => (first === null ? [] : [[versionId, first] as const])))
}
