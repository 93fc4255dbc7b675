import type { Database, Queries } from '../client.ts'

/** How long the arrays of a version's cells are. */
export type VersionShape = { versionId: number; factors: number; criteria: number; extras: number }

/** Days of a month that are added up in `months`: from its first to `through`, both included. */
export type RolledMonth = { month: string; through: string }

/** What is added up and lies whole within the range. */
export const findRolledMonths = (sql: Queries, from: string, to: string) => sql<RolledMonth[]>`
  select month::text as month, through::text as through from rolled_months
  where month >= ${from} and through between month and ${to} order by month`

/**
 * Adds up the cells of every month up to a closed day, the running month's too: a year's questions then read the cells of
 * a day or two, not of a month. Off the hot path, hourly; each month once, the running one once a day. The last answers of
 * the closed day have long been committed by then. Returns the months that were added up.
 */
export async function rollMonths(database: Database, shapes: VersionShape[], closedTo: string): Promise<string[]> {
  const due = await database.sql<RolledMonth[]>`
    select month::text as month, through::text as through
    from (select first::date as month, least(${closedTo}::date, (first + interval '1 month' - interval '1 day')::date) as through
      from generate_series((select date_trunc('month', min(day)::timestamp) from cells), ${closedTo}::timestamp,
        interval '1 month') as first) as over
    where not exists (
      select from rolled_months where rolled_months.month = over.month and rolled_months.through >= over.through)
    order by month`
  const done = []
  for (const month of due) if (await rollMonth(database, shapes, month)) done.push(month.month)
  return done
}

/** False where another process has done it meanwhile. */
async function rollMonth(database: Database, shapes: VersionShape[], { month, through }: RolledMonth) {
  return database.sql.begin(async (transaction) => {
    // Who moves a response of this month waits for the lock this takes, and we for theirs (db/review/move.ts).
    const [isOurs] = await transaction`
      insert into rolled_months (month, through) values (${month}, ${through})
      on conflict (month) do update set through = excluded.through, made = excluded.made
      where rolled_months.through < excluded.through returning month`
    if (!isOurs) return false
    await transaction`delete from months where month = ${month}`
    for (const shape of shapes) await rollVersion(transaction, shape, { month, through })
    return true
  })
}

async function rollVersion(
  transaction: Queries,
  { versionId, factors, criteria, extras }: VersionShape,
  { month, through }: RolledMonth,
): Promise<void> {
  const key = transaction`place_id, version_id, field_id, service_mode, channel, provenance, respondent, standing, wave_id,
    stratum_id`
  const sums = transaction`received, last_received_at, moments, counts, extra_sums, durations`
  await transaction`
    with whole as materialized (
      select ${key}, sum(received)::int4 as received, max(last_received_at) as last_received_at,
        ${addUp(transaction, 'moments', 7 * (factors + 1))} as moments, ${addUp(transaction, 'counts', 6 * criteria)}::int4[] as counts,
        ${addUp(transaction, 'extra_sums', 2 * extras)} as extra_sums, ${addUp(transaction, 'durations', 8)}::int4[] as durations
      from cells where version_id = ${versionId} and day between ${month} and ${through}
      group by ${key})
    insert into months (month, ${key}, ${sums}) select ${month}::date, ${key}, ${sums} from whole`
}

/** Explicit sums per element: unnest costs several times as much (measured). Never used for user input. */
export function addUp(sql: Queries, column: string, length: number) {
  const sums = Array.from({ length }, (_, index) => `sum(${column}[${index + 1}])`)
  return sql.unsafe(`array[${sums}]::float8[]`)
}

/** Forgets the added-up months, so that the next rollMonths makes them from the cells again. */
export async function forgetRolledMonths(queries: Queries): Promise<void> {
  await queries`delete from months`
  await queries`delete from rolled_months`
}
