import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import type { Database } from '../db/client.ts'
import { forgetPassing } from '../db/respond.ts'
import { rollMonths } from '../db/results-slices.ts'
import { forgetOldSessions } from '../db/staff-sessions.ts'
import type { Secrets } from '../db/surveys.ts'
import { links } from '../web/links.ts'
import { readCaseOpener } from './cases/arrival.ts'
import { serveReceipts } from './cases/citizen-routes.ts'
import { serveCases } from './cases/routes.ts'
import type { Config } from './config.ts'
import { loadAssets } from './http/assets.ts'
import { useErrorDoor } from './http/error-door.ts'
import { serveOpenApi } from './http/openapi.ts'
import { useZod } from './http/zod.ts'
import { serveExports } from './reports/export-routes.ts'
import { serveKeys } from './reports/keys-routes.ts'
import { serveOpenData } from './reports/open-data-routes.ts'
import { serveProvince } from './reports/province-routes.ts'
import { servePublicResults } from './reports/public-routes.ts'
import { createPublications, type Publications } from './reports/publications.ts'
import { serveReports } from './reports/routes.ts'
import { dayOf, makeResponseId } from './respond/arrive.ts'
import { createOpenings } from './respond/openings.ts'
import { createRecorder, type Recorder } from './respond/record.ts'
import { serveRespond } from './respond/routes.ts'
import { serveThanks } from './respond/thanks-routes.ts'
import { serveCommune } from './results/commune-routes.ts'
import { serveHealthResults } from './results/health-routes.ts'
import { serveIndicator } from './results/indicator-routes.ts'
import { openLiveBoards } from './results/live.ts'
import { serveMethod } from './results/method-routes.ts'
import { serveReview } from './results/review-routes.ts'
import { serveResults } from './results/routes.ts'
import { readBoard } from './results/today-board.ts'
import { serveWall } from './results/wall-routes.ts'
import { createWarnings } from './results/warnings.ts'
import { lookForSigns } from './review/look-for-signs.ts'
import { useAccess } from './staff/access.ts'
import { serveAudit } from './staff/audit-routes.ts'
import { serveFirstRun } from './staff/first-run-routes.ts'
import { shellOf } from './staff/permission-rules.ts'
import { serveStaff } from './staff/routes.ts'
import { knownBrowserDays, sessionLongestHours } from './staff/rules.ts'
import type { Sealing } from './staff/sealing.ts'
import { createGuard } from './staff/session.ts'
import { serveSystem } from './staff/system-routes.ts'
import { type Catalogue, createCatalogue, shapeOfVersion } from './surveys/catalogue.ts'
import { serveEntries } from './surveys/entry-routes.ts'
import { findLanOrigin } from './surveys/qr.ts'
import { serveSurveys } from './surveys/routes.ts'
import { serveVersions } from './surveys/versions-routes.ts'
import { serveVisits } from './surveys/visits-routes.ts'
import { serveWaves } from './surveys/wave-routes.ts'

export type AppParts = { config: Config; database: Database; secrets: Secrets; sealing: Sealing; now: () => number }

/** The whole application, ready to listen. Closing it ends the live streams, waits for requests, stores what waits. */
export async function createApp({ config, database, secrets, sealing, now }: AppParts) {
  const app = fastify({
    logger: config.logLevel === 'silent' ? false : { level: config.logLevel, base: null },
    // Nobody's address or browser goes into a log: requests are not logged at all, failures without them.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy,
    bodyLimit: 32 * 1024,
    genReqId: () => Math.random().toString(36).slice(2, 10).toUpperCase(),
    routerOptions: { maxParamLength: 200 },
  })
  const assets = loadAssets()
  const around = { style: assets.text('survey.css'), script: assets.text('outbox.js') }
  const staffAssets = {
    styleHref: assets.href('staff.css'),
    scriptHref: (island: string) => assets.href(`${island}.js`),
  }
  useZod(app)
  const findShell = async (request: FastifyRequest) => {
    const member = await guard.findStaff(request)
    return member && shellOf(member, null, config.demo)
  }
  useErrorDoor(app, { around, staff: staffAssets, demo: config.demo, findShell })
  await app.register(cookie)
  await app.register(formbody, { bodyLimit: 32 * 1024 })
  const secureCookies = config.publicUrl?.startsWith('https://') ?? false
  const guard = createGuard(database, { apiKey: config.apiKey, publicUrl: config.publicUrl, secureCookies })
  useAccess(app, guard)
  serveOpenApi(app)
  assets.serve(app)

  const catalogue = createCatalogue(database, now)
  await catalogue.read()
  const recorder = createRecorder(database, now, () => readCaseOpener(catalogue, secrets.receipt))
  const openings = createOpenings(database, now)
  const today = () => dayOf(now())
  const warnings = createWarnings(database)
  const boards = { database, warnings, today, now }
  const live = await openLiveBoards(database, async (viewer) => readBoard(boards, await catalogue.read(), viewer))
  const shared = { database, catalogue, guard, assets: staffAssets, demo: config.demo, now }

  serveHealth(app, database, recorder)
  serveRespond(app, {
    ...{ database, catalogue, recorder, openings, secrets, secureCookies, now, demo: config.demo },
    budgetPerHour: config.placeBudgetPerHour,
    // Nothing gives out proofs yet: every page of ours is open.
    readProof: async () => null,
    survey: { style: around.style, script: assets.text('survey.js') },
  })
  const receipts = {
    ...{ database, catalogue, sealing, now, receiptKey: secrets.receipt, demo: config.demo },
    assets: { style: assets.text('receipt.css'), script: around.script },
  }
  serveThanks(app, receipts)
  serveReceipts(app, receipts)
  const results = { ...shared, live, warnings, today, publicUrl: config.publicUrl }
  serveResults(app, results)
  serveIndicator(app, results)
  serveHealthResults(app, results)
  serveCommune(app, results)
  serveReview(app, { ...shared, today })
  serveMethod(app, { ...shared, methodStyleHref: assets.href('method.css') })
  const publications = createPublications(database, today)
  const open = { ...shared, publications, today, publicStyleHref: assets.href('public.css') }
  servePublicResults(app, open)
  serveProvince(app, { ...shared, today })
  serveKeys(app, shared)
  const codes = {
    origin: () => config.publicUrl ?? findLanOrigin(portOf(app) ?? config.port),
    publicUrlMissing: config.publicUrl === null,
  }
  serveOpenData(app, { ...open, origin: codes.origin })
  const wallAssets = { styleHref: assets.href('wall.css'), scriptHref: assets.href('wall.js') }
  await serveWall(app, { ...shared, ...codes, wallAssets, today })
  serveSurveys(app, {
    ...shared,
    ...codes,
    defaultBudget: config.placeBudgetPerHour,
    rotationKey: secrets.rotation,
    makeId: () => makeResponseId(now()),
  })
  serveVersions(app, { ...shared, survey: { style: around.style, script: assets.text('survey.js') } })
  serveVisits(app, shared)
  serveCases(app, { ...shared, sealing })
  serveReports(app, { ...shared, today })
  serveWaves(app, { ...shared, sampleKey: secrets.rotation })
  serveEntries(app, { ...shared, recorder, sampleKey: secrets.rotation })
  serveExports(app, { ...shared, orderSecret: secrets.rotation })
  serveAudit(app, shared)
  serveFirstRun(app, { ...shared, publicUrl: config.publicUrl })
  serveSystem(app, { ...shared, config, isStoring: () => recorder.isStoring() })
  serveStaff(app, { ...shared, sealing, origin: codes.origin })

  const chores = setInterval(() => doChores(database, catalogue, publications, now()), 3_600_000)
  await doChores(database, catalogue, publications, now())
  app.addHook('preClose', async () => live.close())
  app.addHook('onClose', async () => {
    clearInterval(chores)
    await openings.drain()
    await recorder.drain()
  })
  return app
}

/** At the start and hourly: adds up the months that are over, forgets what is kept for a while only. A missed hour is made good by the next. */
async function doChores(
  database: Database,
  catalogue: Catalogue,
  publications: Publications,
  nowMs: number,
): Promise<void> {
  // A month is left alone for an hour, until its last answers are surely committed.
  const month = `${dayOf(nowMs - 3_600_000).slice(0, 7)}-01`
  const work = [
    async () => rollMonths(database, (await catalogue.read()).versions.map(shapeOfVersion), month),
    () => publications.read(),
    async () => lookForSigns(database, await catalogue.read(), dayOf(nowMs)),
    () => forgetPassing(database, new Date(nowMs)),
    () => forgetOldSessions(database, sessionLongestHours, knownBrowserDays),
  ]
  for (const one of work) await one().catch(() => {})
}

function serveHealth(app: FastifyInstance, database: Database, recorder: Recorder): void {
  app.get(links.health, async (_request, reply) => {
    const answers = await withinSeconds(3, database.sql`select 1`).then(
      () => true,
      () => false,
    )
    const isWell = answers && recorder.isStoring()
    reply.header('cache-control', 'no-store')
    return isWell ? { status: 'ok' } : reply.code(503).send({ status: 'unavailable' })
  })
}

function withinSeconds<T>(seconds: number, work: PromiseLike<T>): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error('overdue')), seconds * 1000).unref()),
  ])
}

/** The port really listened on, also where the setting says 0. */
export function portOf(app: FastifyInstance): number | undefined {
  const [address] = app.addresses()
  return typeof address === 'object' ? address.port : undefined
}
