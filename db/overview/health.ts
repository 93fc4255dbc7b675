import { and, between, eq, inArray, sql } from 'drizzle-orm'
import type { PlaceId, Scope } from '../../server/catalogue/contract.ts'
import { cases, themes } from '../cases/tables.ts'
import type { Database } from '../client.ts'
import { withinScope } from '../staff/scope.ts'

export type ThemeTally = { name: string | null; count: number }

/** Cases of some places by the theme that staff set, of closed days; what is restricted to the leaders is left out. */
export async function countThemes(
  database: Database,
  scope: Scope,
  { placeIds, from, to }: { placeIds: PlaceId[]; from: string; to: string },
): Promise<ThemeTally[]> {
  if (placeIds.length === 0 || from > to) return []
  return withinScope(database, scope, (transaction) =>
    transaction
      .select({ name: themes.name, count: sql<number>`count(*)::int` })
      .from(cases)
      .leftJoin(themes, eq(themes.id, cases.themeId))
      .where(and(inArray(cases.placeId, placeIds), between(cases.day, from, to), eq(cases.restricted, false)))
      .groupBy(themes.name)
      .orderBy(sql`2 desc, 1`),
  )
}
