import { join } from 'node:path'
import { type Connection, openDatabase, prepareDatabase } from '../../db/client.ts'
import { launchDatabase } from '../../db/embedded/launch.ts'
import { loadReference } from '../../db/reference/load.ts'
import { readReference } from '../../db/reference/reference.ts'
import { addDays, dayOf } from '../../server/days.ts'
import { links } from '../../web/links.ts'
import { recount } from '../bench/database.ts'
import { fillDemo } from '../demo/year.ts'
import type { Finding } from './finding.ts'
import { readThroughApi } from './plans.ts'

const million = 1_000_000
/** About so many the sample's commune answers on a day. */
const samplesPerDay = 130

/** A million responses over a year: recounted, and what the interface reads of them. */
export async function soakMillion(folder: string): Promise<Finding[]> {
  const launched = await launchDatabase(join(folder, 'data'), () => {})
  try {
    const stored = await loadMillion(launched.connection)
    const first = await timed('đếm lại từ phiếu', () => recount(launched.connection))
    const second = await timed('đếm lại lần nữa', () => recount(launched.connection))
    const today = dayOf(Date.now())
    const yearAgo = addDays(today, -365)
    const paths = [
      links.api.indicators(),
      links.api.indicators(yearAgo, today),
      links.api.daily(),
      links.api.daily(undefined, yearAgo, today),
    ]
    const readings = await readThroughApi(launched.connection, paths)
    return [
      [stored >= million && first.responses === stored, `${stored.toLocaleString('vi-VN')} phiếu được nạp và đếm`],
      [second.differing === 0, `${second.differing} ô số đếm khác với đếm lại (hứa 0)`],
      ...readings.map(
        ({ path, status, ms, relations }): Finding => [
          status === 200 && !relations.includes('responses') && !relations.includes('comments'),
          `${path} ${status}, ${ms.toFixed(0)} ms, đọc ${relations.join(', ')} (hứa không đọc phiếu)`,
        ],
      ),
    ]
  } finally {
    await launched.stop()
  }
}

/** A million of them. */
export const loadMillion = (connection: Connection): Promise<number> => loadResponses(connection, million)

/** Sample answers of up to a year, copied under new ids until there are as many, and the tallies as many times. */
export async function loadTallied(connection: Connection, wanted: number): Promise<number> {
  const { responses, copies } = await loadCopies(connection, wanted)
  const database = openDatabase(connection)
  try {
    await timed('nhân số đếm', () => multiplyCells(database.sql, copies + 1))
    return responses
  } finally {
    await database.close()
  }
}

/** Sums of equal answers: as many times each. No recount of millions, and no dead rows of one. */
async function multiplyCells(sql: ReturnType<typeof openDatabase>['sql'], times: number): Promise<void> {
  const columns = ['moments', 'counts', 'extra_sums', 'durations'].map(
    (name) =>
      `${name} = array(select value * ${times} from unnest(${name}) with ordinality as u(value, place) order by place)`,
  )
  await sql.begin(async (transaction) => {
    await transaction`set local statement_timeout = 0`
    await transaction.unsafe(`
      create temp table multiplied on commit drop as select * from cells;
      truncate cells;
      update multiplied set received = received * ${times}, ${columns.join(', ')};
      insert into cells select * from multiplied order by day, place_id`)
  })
  await sql`vacuum analyze cells`
}

/** Sample answers of up to a year, copied under new ids until there are as many. Returns how many there are. */
export const loadResponses = async (connection: Connection, wanted: number): Promise<number> =>
  (await loadCopies(connection, wanted)).responses

async function loadCopies(connection: Connection, wanted: number) {
  await prepareDatabase(connection, (query) => loadReference(query, readReference()))
  const database = openDatabase(connection)
  try {
    const days = Math.min(365, Math.ceil(wanted / samplesPerDay))
    const options = { seed: 1, days, nowMs: Date.now(), budgetPerHour: 120 }
    const { responses } = await timed(`dựng ${days} ngày mẫu`, () => fillDemo(database, options))
    const columns = await readColumns(database.sql)
    const copies = Math.max(0, Math.ceil(wanted / responses) - 1)
    await timed(`nhân lên ${copies + 1} lần`, () =>
      database.sql.begin(async (transaction) => {
        await transaction`set local statement_timeout = 0`
        await transaction.unsafe(`
          insert into responses (id, ${columns}) select gen_random_uuid(), ${columns}
          from responses, generate_series(1, ${copies})`)
      }),
    )
    await database.sql`vacuum analyze responses`
    return { responses: responses * (copies + 1), copies }
  } finally {
    await database.close()
  }
}

async function readColumns(sql: ReturnType<typeof openDatabase>['sql']): Promise<string> {
  const rows = await sql<{ name: string }[]>`
    select column_name as name from information_schema.columns 
    where table_schema = current_schema() and table_name = 'responses' and column_name <> 'id'`
  return rows.map((row) => row.name).join(', ')
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const result = await work()
  console.log(`  ${what}: ${((performance.now() - startedAt) / 1000).toFixed(1)} giây`)
  return result
}
