// One side of the bench: a server process, told by SIDE what it does with an answer.
import { randomBytes } from 'node:crypto'
import fastify, { type FastifyInstance } from 'fastify'
import postgres from 'postgres'
import { openDatabase } from '../../db/client.ts'
import { loadSecrets } from '../../db/secrets.ts'
import { createApp } from '../../server/app.ts'
import { createCatalogue } from '../../server/catalogue/catalogue.ts'
import { readConfig } from '../../server/config.ts'
import { loadAssets } from '../../server/http/assets.ts'
import { createServer, portOf } from '../../server/http/server.ts'
import { openPassingVault } from '../../server/ledger/vault.ts'
import type { ArrivedResponse, Recorder } from '../../server/respond/record.ts'
import { serveRespond } from '../../server/respond/routes.ts'
import { createSealing } from '../../server/staff/sealing.ts'
import { links } from '../../web/links.ts'

/** stores: the application. unlogged: the same without the ledger and what it needs of a response. parses: its route, storing nothing. rows: its route, one insert per answer. bare: Fastify alone. */
export type Side = 'stores' | 'unlogged' | 'parses' | 'rows' | 'bare'

const config = readConfig({ HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'error', PLACE_BUDGET_PER_HOUR: '100000000' })
const connection = JSON.parse(process.env.DATABASE ?? '{}')

const makers: Record<Side, () => Promise<FastifyInstance>> = {
  stores: () => createStoring(true),
  unlogged: () => createStoring(false),
  parses: () =>
    createRoute({
      record: async () => ({ kind: 'stored', reason: null }),
      isStoring: () => true,
      drain: async () => {},
    }),
  rows: () => createRoute(createRowInserter()),
  bare: async () => {
    const app = fastify()
    app.post(links.api.responses, (_request, reply) => reply.code(201).send({ receipt: 'AAAAA-00000' }))
    return app
  },
}

async function createStoring(sequences: boolean): Promise<FastifyInstance> {
  const database = openDatabase(connection)
  return createApp({
    config,
    database,
    sequences,
    now: Date.now,
    secrets: await loadSecrets(database),
    sealing: createSealing(randomBytes(32)),
    vault: openPassingVault(),
  })
}

/** The application's route with everything that runs before the recorder, set up as server/app.ts does. */
async function createRoute(recorder: Recorder): Promise<FastifyInstance> {
  const assets = loadAssets()
  const around = { style: assets.text('survey.css'), script: assets.text('outbox.js') }
  const staff = { styleHref: assets.href('staff.css'), scriptHref: (island: string) => assets.href(`${island}.js`) }
  const app = await createServer({ ...config, publicUrl: null }, { around, staff, demo: false })
  const database = openDatabase(connection)
  serveRespond(app, {
    recorder,
    recordings: { soundsOf: () => null },
    openings: { note: () => {}, drain: async () => {} },
    survey: around,
    kiosk: { ...around, worker: '' },
    secrets: await loadSecrets(database),
    database,
    now: Date.now,
    catalogue: createCatalogue(database, Date.now),
    budgetPerHour: config.placeBudgetPerHour,
    demo: false,
    publicUrl: null,
    readProof: async () => null,
    readSource: async () => ({ carried: null, isKiosk: false }),
    carryAgain: () => null,
  })
  return app
}

/** What one would write first: the response's row alone, one prepared statement per answer, ten connections. */
function createRowInserter(): Recorder {
  const sql = postgres({ ...connection, max: 10, connection: { TimeZone: 'UTC' } })
  let text: string | undefined
  return {
    record: async (response: ArrivedResponse) => {
      const {
        comment: _c,
        deviceHash: _d,
        honeypotFilled: _h,
        ageMs: _a,
        budgetPerHour: _b,
        outsideHours: _o,
        mostPerHalfHour: _m,
        proof: _p,
        sender: _s,
        urgent: _u,
        ...arrived
      } = response
      const row = { ...arrived, standing: 'counted', reason: null }
      text ??= insertText(Object.keys(row))
      const stored = await sql.unsafe(text, Object.values(row) as postgres.ParameterOrJSON<never>[], { prepare: true })
      return { kind: stored.count === 1 ? 'stored' : 'replayed', reason: null }
    },
    isStoring: () => true,
    drain: () => sql.end({ timeout: 5 }),
  }
}

function insertText(names: string[]): string {
  const columns = names.map((name) => name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`))
  const values = names.map((_, index) => `$${index + 1}`)
  return `insert into responses (${columns}) values (${values}) on conflict (place_id, id) do nothing`
}

const app = await makers[process.env.SIDE as Side]()
await app.listen({ host: config.host, port: 0 })
process.on('message', () => process.send?.({ rss: process.memoryUsage.rss(), cpu: process.cpuUsage() }))
process.on('disconnect', () => process.exit(0))
process.send?.({ port: portOf(app) })
