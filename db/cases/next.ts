import { and, asc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import type { DueCounts } from '../../server/cases/contract.ts'
import type { Database } from '../client.ts'
import { withinScope } from '../staff/scope.ts'
import { type CaseReader, isReadable } from './cases.ts'
import { cases } from './tables.ts'

/** The waiting case with the earliest deadline that nobody else holds, beside `except`; praise does not press. */
export async function findNextCase(
  database: Database,
  reader: CaseReader,
  { memberId, except }: { memberId: number; except: number },
): Promise<number | null> {
  return withinScope(database, reader.scope, async (transaction) => {
    const [row] = await transaction
      .select({ id: cases.id })
      .from(cases)
      .where(
        and(
          isReadable(reader),
          inArray(cases.state, ['new', 'assigned']),
          ne(cases.kind, 'praise'),
          ne(cases.id, except),
          or(isNull(cases.ownerId), eq(cases.ownerId, memberId)),
        ),
      )
      .orderBy(asc(cases.dueOn), asc(cases.id))
      .limit(1)
    return row?.id ?? null
  })
}

/** Waiting cases by how they press: past their deadline, due today, arrived on `day`; and praise that waits for thanks. */
export async function countDue(database: Database, reader: CaseReader, day: string): Promise<DueCounts> {
  const isWaiting = sql`${cases.state} in ('new', 'assigned')`
  const follows = sql`${isWaiting} and ${cases.kind} <> 'praise'`
  const count = (condition: ReturnType<typeof sql>) => sql<number>`(count(*) filter (where ${condition}))::int`
  return withinScope(database, reader.scope, async (transaction) => {
    const [row] = await transaction
      .select({
        late: count(sql`${follows} and ${cases.dueOn} < ${reader.today}`),
        today: count(sql`${follows} and ${cases.dueOn} = ${reader.today}`),
        fresh: count(sql`${cases.day} = ${day} and ${cases.kind} <> 'praise'`),
        praise: count(sql`${cases.state} = 'new' and ${cases.kind} = 'praise'`),
      })
      .from(cases)
      // What is neither waiting nor of the day is counted nowhere; without saying so, every case ever is read.
      .where(and(isReadable(reader), or(isWaiting, eq(cases.day, day))))
    return row as DueCounts
  })
}
