import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { type Connection, openDatabase, prepareDatabase } from '../../db/client.ts'
import { launchDatabase } from '../../db/embedded/launch.ts'
import { readSecrets } from '../../db/embedded/secrets.ts'
import { loadReference } from '../../db/reference/load.ts'
import { readReference } from '../../db/reference/reference.ts'
import { rebuildTallies } from '../../db/respond/rebuild.ts'
import { loadSecrets } from '../../db/secrets.ts'
import { planVersion } from '../../server/catalogue/draw-rules.ts'
import { catchUp } from '../../server/ledger/ledger.ts'
import { openPassingVault } from '../../server/ledger/vault.ts'
import { addToCells, keyOfCell } from '../../server/tallies/rules.ts'

export type BenchDatabase = {
  /** The application's database, and a copy of it for the side that inserts single rows. */
  application: Connection
  rows: Connection
  /** A copy as it would be without a ledger. */
  unlogged: Connection
  /** The process of PostgreSQL that the others are children of. */
  postmaster: number
  stop(): Promise<void>
}

const places = 60

/** A real PostgreSQL in a new temporary folder, with sixty places over all questionnaires. */
export async function launchBenchDatabase(): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'ydan-bench-'))
  const launched = await launchDatabase(folder, () => {})
  const { connection } = launched
  await prepareDatabase(connection, async (database) => {
    await loadReference(database, readReference())
    await database.execute(addPlaces)
  })
  // Keys made before the copy: both databases draw the same criteria for an id.
  await readRotationKey(connection)
  const password = readSecrets(folder)?.superuser ?? ''
  const superuser = postgres({ ...connection, database: 'postgres', username: 'ydan', password, max: 1 })
  await superuser`create database bench_rows template ydan owner ydan_app`
  await superuser`create database bench_unlogged template ydan owner ydan_app`
  await superuser.end()
  const unlogged = { ...connection, database: 'bench_unlogged' }
  await forgetLedger(unlogged)
  return {
    application: connection,
    unlogged,
    rows: { ...connection, database: 'bench_rows' },
    postmaster: Number(readFileSync(join(folder, 'pg/postmaster.pid'), 'utf8').split('\n')[0]),
    stop: async () => {
      await launched.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Takes away what the ledger asks of the storing statement: the number of its transaction, and the index on it. */
async function forgetLedger(connection: Connection): Promise<void> {
  const { sql, close } = openDatabase(connection)
  await sql`drop index responses_taken_in`
  await sql`alter table responses alter taken_in set default 0`
  await close()
}

export type Logged = { lines: number; perSecond: number }

/** How fast the sequencer works off everything that this database took in, and whether each response got its line. */
export async function logAll(connection: Connection): Promise<Logged> {
  const database = openDatabase(connection)
  const { ledger: nonceKey, receipt: receiptKey } = await loadSecrets(database)
  const startedAt = performance.now()
  await catchUp({ database, nonceKey, receiptKey, vault: openPassingVault(), now: Date.now })
  const seconds = (performance.now() - startedAt) / 1000
  const [row] = await database.sql<{ lines: number }[]>`
    select count(*)::int as lines from ledger_entries where kind = 'response'`
  await database.close()
  return { lines: row?.lines ?? 0, perSecond: (row?.lines ?? 0) / seconds }
}

/** Waits, helping, until everything that this database took in has its line. */
export async function settleLedger(connection: Connection): Promise<void> {
  const database = openDatabase(connection)
  const { ledger: nonceKey, receipt: receiptKey } = await loadSecrets(database)
  for (let waiting = true; waiting; ) {
    await catchUp({ database, nonceKey, receiptKey, vault: openPassingVault(), now: Date.now })
    const [row] = await database.sql<{ waiting: boolean }[]>`
      select (select count(*) from responses) > (select count(*) from ledger_entries where kind = 'response') as waiting`
    waiting = row?.waiting ?? false
    if (waiting) await pause(200)
  }
  await database.close()
}

/** Copies of the places to begin with, in turn, under codes of their own. */
const addPlaces = `
  insert into places (code, agency_id, name, sector, questionnaire, field_codes, service_mode, asks_respondent, position)
  select 'BENCH' || n, agency_id, name, sector, questionnaire, field_codes, service_mode, asks_respondent, 100 + n
  from generate_series((select count(*)::int from places), ${places - 1}) as n
  join (select *, row_number() over (order by position) - 1 as turn from places) as first
    on first.turn = n % (select count(*) from places)`

export type Stored = { responses: number; differing: number }

/** How many responses are stored, and how many tally cells differ from a recount. */
export async function recount(connection: Connection): Promise<Stored> {
  const database = openDatabase(connection)
  try {
    const { responses, differing } = await rebuildTallies(database, { planVersion, addToCells, keyOfCell })
    return { responses, differing }
  } finally {
    await database.close()
  }
}

/** The key by which criteria are drawn: without it nobody can answer what an id is asked. */
export async function readRotationKey(connection: Connection): Promise<string> {
  const database = openDatabase(connection)
  try {
    return (await loadSecrets(database)).rotation
  } finally {
    await database.close()
  }
}
