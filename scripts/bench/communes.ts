import { type Connection, openDatabase, prepareDatabase } from '../../db/client.ts'
import { loadReference } from '../../db/reference/load.ts'
import { readReference } from '../../db/reference/reference.ts'
import { loadResponses } from '../soak/million.ts'
import { recount } from './database.ts'

const nameOf = (number: number) => `xa_${String(number).padStart(3, '0')}`

/** The same database, the tables of one commune: by its schema (DATABASE_SCHEMA). */
const communeOf = (connection: Connection & object, number: number) =>
  ({ ...connection, schema: nameOf(number) }) as Connection & object

/**
 * So many communes in one database, the first with sample answers, the others with the same ones in their own schema.
 * Returns the last commune and its responses; null, said, where this version knows no schemas.
 */
export async function fillCommunes(
  connection: Connection & object,
  count: number,
  each: number,
): Promise<{ connection: Connection; responses: number } | null> {
  const first = communeOf(connection, 1)
  await prepareDatabase(first, (query) => loadReference(query, readReference()))
  if (!(await hasTable(connection, `${nameOf(1)}.responses`))) {
    console.log('  chưa đo: phiên bản này chưa có DATABASE_SCHEMA')
    return null
  }
  const responses = await loadResponses(first, each)
  await recount(first)
  for (let number = 2; number <= count; number += 1) {
    const commune = communeOf(connection, number)
    await prepareDatabase(commune, (query) => loadReference(query, readReference()))
    await copyResponses(commune)
    await recount(commune)
    if (number % 10 === 0) console.log(`  ${number} xã`)
  }
  return { connection: communeOf(connection, count), responses }
}

async function hasTable(connection: Connection, name: string): Promise<boolean> {
  const { sql, close } = openDatabase(connection)
  try {
    const [row] = await sql<{ found: string | null }[]>`select to_regclass(${name})::text as found`
    return row?.found != null
  } finally {
    await close()
  }
}

/** The reference data is the same everywhere, and so are the numbers of places and versions; types are each schema's own. */
async function copyResponses(commune: Connection): Promise<void> {
  const { sql, close } = openDatabase(commune)
  try {
    const columns = await sql<{ name: string; own: string | null }[]>`
      select column_name as name, case data_type when 'USER-DEFINED' then udt_name end as own
      from information_schema.columns where table_schema = current_schema() and table_name = 'responses'`
    const names = columns.map(({ name }) => name)
    const values = columns.map(({ name, own }) => (own ? `${name}::text::${own}` : name))
    await sql.begin(async (transaction) => {
      await transaction`set local statement_timeout = 0`
      await transaction.unsafe(`insert into responses (${names}) select ${values} from ${nameOf(1)}.responses`)
    })
    await sql`vacuum analyze responses`
  } finally {
    await close()
  }
}
