import type { Database, Sql } from '../client.ts'

/** What is added up, and where the oldest cell lies. `made` differs each time a month is added up anew. */
type Rolls = { first: string | null; months: { month: string; through: string; made: string }[] }

type Held = { stamp: string; rows: Promise<readonly object[]>; size: number }

/** Rows in all, of every question together: some megabytes. */
const mostRows = 60_000

const heldOf = new WeakMap<Sql, Map<string, Held>>()

/**
 * Rows made of the cells of closed days, read once as long as none of these days changes: a decision about a response or
 * a recount forgets the month's sums, and they are added up anew under another stamp. Days that are not added up yet are
 * read every time. The rows are shared by everybody who asks: nobody changes them.
 */
export async function holdClosed<T extends object>(
  database: Database,
  { question, from, to }: { question: string; from: string; to: string },
  read: () => Promise<T[]>,
): Promise<T[]> {
  const stamp = stampOf(await askRolls(database.sql), from, to)
  return stamp === null ? read() : hold(database, { key: `${question} ${from} ${to}`, stamp }, read)
}

/** Rows as they were read under a stamp, until it is another: whoever asks knows what the stamp must say. */
export async function hold<T extends object>(
  database: Database,
  { key, stamp }: { key: string; stamp: string },
  read: () => Promise<T[]>,
): Promise<T[]> {
  const held = heldOf.get(database.sql) ?? new Map<string, Held>()
  heldOf.set(database.sql, held)
  const known = held.get(key)
  held.delete(key)
  const kept = known?.stamp === stamp ? known : begin(held, key, stamp, read)
  held.set(key, kept)
  return kept.rows as Promise<T[]>
}

function begin(held: Map<string, Held>, key: string, stamp: string, read: () => Promise<object[]>): Held {
  const kept: Held = { stamp, size: 0, rows: read().then((rows) => Object.freeze([...rows])) }
  kept.rows.then(
    (rows) => {
      kept.size = 1 + rows.length
      dropOldest(held)
    },
    // Its readers get the failure; the next one reads anew.
    () => held.get(key) === kept && held.delete(key),
  )
  return kept
}

/** Those asked for longest ago go first. */
function dropOldest(held: Map<string, Held>): void {
  let rows = [...held.values()].reduce((sum, { size }) => sum + size, 0)
  for (const [key, { size }] of held) {
    if (rows <= mostRows) return
    held.delete(key)
    rows -= size
  }
}

/** The last day of a range whose days up to it are all added up; null where its first is not. */
export async function findClosedTo(database: Database, from: string, to: string): Promise<string | null> {
  const rolls = await askRolls(database.sql)
  const last = rolls.months.at(-1)?.through
  if (!last || last < from) return null
  const closedTo = [to, last].sort()[0] as string
  return stampOf(rolls, from, closedTo) === null ? null : closedTo
}

/** Names the sums that the days of a range stand in; null where one of its days is in none. */
export function stampOf({ first, months }: Rolls, from: string, to: string): string | null {
  if (first === null || from > to || to < first) return null
  const byMonth = new Map(months.map((one) => [one.month, one]))
  const start = monthOf(from < first ? first : from)
  const made = []
  for (let month = start; month <= monthOf(to); month = nextMonth(month)) {
    const known = byMonth.get(month)
    const end = [to, lastDayOf(month)].sort()[0] as string
    if (!known || known.through < end) return null
    made.push(known.made)
  }
  return made.join(' ')
}

const monthOf = (day: string): string => `${day.slice(0, 7)}-01`
export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)
const nextMonth = (month: string): string => monthOf(addDays(month, 31))
const lastDayOf = (month: string): string => addDays(nextMonth(month), -1)

const asking = new WeakMap<Sql, Promise<Rolls>>()

/** Asked once for all questions of the same turn; nobody gets an answer to a question put before the own one. */
function askRolls(sql: Sql): Promise<Rolls> {
  const known = asking.get(sql)
  if (known) return known
  const asked = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
    asking.delete(sql)
    return readRolls(sql)
  })
  asking.set(sql, asked)
  return asked
}

async function readRolls(sql: Sql): Promise<Rolls> {
  const [row] = await sql<Rolls[]>`
    select (select min(day)::text from cells) as first, (select coalesce(json_agg(json_build_object('month', month::text,
      'through', through::text, 'made', made::text) order by month), '[]') from rolled_months) as months`
  return row ?? { first: null, months: [] }
}
