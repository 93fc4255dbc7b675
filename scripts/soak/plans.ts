import { randomBytes } from 'node:crypto'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { type Connection, type Database, openDatabase } from '../../db/client.ts'
import { loadSecrets } from '../../db/secrets.ts'
import { createApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import { openPassingVault } from '../../server/ledger/vault.ts'
import { createSealing } from '../../server/staff/sealing.ts'
import { soakSettings } from './citizens.ts'

export type Reading = { path: string; status: number; ms: number; relations: string[] }

type Statement = { text: string; parameters: unknown[] }
type PlanNode = { 'Node Type': string; 'Relation Name'?: string; Plans?: PlanNode[] }
type Explained = [{ 'QUERY PLAN': [{ Plan: PlanNode; 'Execution Time': number }] }]

const times = 5

/** Reads each path with the API key, warm, best of five, and explains every statement the application put for it. */
export async function readThroughApi(connection: Connection, paths: string[]): Promise<Reading[]> {
  const heard: Statement[] = []
  const database = openOverheard(connection, (statement) => heard.push(statement))
  const { API_KEY: key } = soakSettings('')
  const config = { ...readConfig({ API_KEY: key, LOG_LEVEL: 'error' }), dataDir: '' }
  const app = await createApp({
    config,
    database,
    secrets: await loadSecrets(database),
    sealing: createSealing(randomBytes(32)),
    vault: openPassingVault(),
    sequences: false,
    now: Date.now,
  })
  try {
    const readings: Reading[] = []
    for (const path of paths) {
      const runs = []
      for (let run = 0; run < times; run += 1) {
        heard.length = 0
        const startedAt = performance.now()
        const { statusCode } = await app.inject({ url: path, headers: { authorization: `Bearer ${key}` } })
        runs.push({ status: statusCode, ms: performance.now() - startedAt })
      }
      console.log(`  ${path}`)
      const best = runs.reduce((one, other) => (other.ms < one.ms ? other : one))
      readings.push({ path, ...best, relations: await explainAll(database, [...heard]) })
    }
    return readings
  } finally {
    await app.close()
    await database.close()
  }
}

/** The application's database, telling every statement of its pool. */
function openOverheard(connection: Connection, tell: (statement: Statement) => void): Database {
  const database = openDatabase(connection)
  const debug = (_connection: number, text: string, parameters: unknown[]) => tell({ text, parameters })
  const options = { max: 8, debug, connection: { TimeZone: 'UTC' } }
  const sql = typeof connection === 'string' ? postgres(connection, options) : postgres({ ...connection, ...options })
  return {
    ...database,
    sql,
    query: drizzle(sql),
    close: async () => {
      await Promise.all([sql.end({ timeout: 5 }), database.close()])
    },
  }
}

/** Every table that the statements' plans read; prints the plans of those that take longest. */
async function explainAll(database: Database, statements: Statement[]): Promise<string[]> {
  const relations = new Set<string>()
  for (const { text, parameters } of statements.filter(({ text }) => /^\s*(select|with|insert)/i.test(text))) {
    const [row] = (await database.sql.unsafe(
      `explain (analyze, format json) ${text}`,
      parameters as postgres.ParameterOrJSON<never>[],
    )) as unknown as Explained
    const [{ Plan: plan, 'Execution Time': ms }] = row['QUERY PLAN']
    const nodes = listNodes(plan)
    for (const node of nodes) if (node['Relation Name']) relations.add(node['Relation Name'])
    if (ms >= 1) console.log(`  ${ms.toFixed(0).padStart(6)} ms  ${nodes.map(describe).join(' < ')}`)
  }
  return [...relations].sort()
}

const listNodes = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(listNodes)]

const describe = (node: PlanNode): string =>
  node['Relation Name'] ? `${node['Node Type']} on ${node['Relation Name']}` : node['Node Type']
