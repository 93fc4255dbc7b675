import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import type { Database } from '../db/client.ts'
import { findCheckpointThrough } from '../db/ledger/read.ts'
import { forgetPassing } from '../db/respond.ts'
import { rollMonths } from '../db/results-slices.ts'
import { handBackStrayCases } from '../db/staff-held.ts'
import { forgetOldSessions } from '../db/staff-sessions.ts'
import type { Secrets } from '../db/surveys.ts'
import { hideOrderOfUse } from '../db/tickets/tickets.ts'
import { links } from '../web/links.ts'
import { type Background, createBackground } from './background.ts'
import { readCaseOpener } from './cases/arrival.ts'
import { serveReceipts } from './cases/citizen-routes.ts'
import { serveCases } from './cases/routes.ts'
import type { Config } from './config.ts'
import { loadAssets } from './http/assets.ts'
import { createErrorDoor } from './http/error-door.ts'
import { useHeaders } from './http/headers.ts'
import { serveOpenApi } from './http/openapi.ts'
import { useTypedTexts } from './http/typed.ts'
import { useZod } from './http/zod.ts'
import { openLedger } from './ledger/ledger.ts'
import { tellConcerns, tellStatus } from './ledger/notices.ts'
import { describeReceipt, serveReceiptLines } from './ledger/receipt-routes.ts'
import { serveLedger } from './ledger/routes.ts'
import type { Vault } from './ledger/vault.ts'
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
import { daysBefore } from './results/rules.ts'
import { readBoard } from './results/today-board.ts'
import { serveWall } from './results/wall-routes.ts'
import { createWarnings } from './results/warnings.ts'
import { createNightlyLook } from './review/nightly-look.ts'
import { useAccess } from './staff/access.ts'
import { serveAudit } from './staff/audit-routes.ts'
import { serveFirstRun } from './staff/first-run-routes.ts'
import { handBackWords } from './staff/hand-back.ts'
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
import { createDevices } from './tickets/devices.ts'
import { createProofs } from './tickets/proofs.ts'
import { serveTickets } from './tickets/routes.ts'

export type AppParts = {
  config: Config
  database: Database
  secrets: Secrets
  sealing: Sealing
  vault: Vault
  /** Whether this process adds to the ledger; each does, in turns, but for trials of the rest. */
  sequences: boolean
  now: () => number
}

/** The whole application, ready to listen. Closing it ends the live streams, waits for requests, stores what waits. */
export async function createApp({ config, database, secrets, sealing, vault, sequences, now }: AppParts) {
  const assets = loadAssets()
  const around = { style: assets.text('survey.css'), script: assets.text('outbox.js') }
  const staffAssets = {
    styleHref: assets.href('staff.css'),
    scriptHref: (island: string) => assets.href(`${island}.js`),
  }
  const findShell = async (request: FastifyRequest) => {
    const member = await guard.findStaff(request)
    return member && shellOf(member, null, config.demo)
  }
  const door = createErrorDoor({ around, staff: staffAssets, demo: config.demo, findShell })
  const app = fastify({
    logger: config.logLevel === 'silent' ? false : { level: config.logLevel, base: null },
    // Nobody's address or browser goes into a log: requests are not logged at all, failures without them.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy,
    bodyLimit: 32 * 1024,
    ...door.options,
  })
  useZod(app)
  useTypedTexts(app)
  door.use(app)
  await useHeaders(app, config.publicUrl)
  await app.register(cookie)
  await app.register(formbody, { bodyLimit: 32 * 1024 })
  const guard = createGuard(database, { apiKey: config.apiKey, publicUrl: config.publicUrl })
  useAccess(app, guard)
  serveOpenApi(app)
  await assets.serve(app)

  const background = createBackground(now, (failure) => app.log.error(failure, 'background'))
  const catalogue = createCatalogue(database, now, background)
  await catalogue.read()
  const recorder = createRecorder(database, now, background, () => readCaseOpener(catalogue, secrets.receipt))
  const openings = createOpenings(database, now, background)
  const today = () => dayOf(now())
  const lines = { database, vault, now, nonceKey: secrets.ledger, receiptKey: secrets.receipt }
  const ledger = openLedger(lines, sequences, (problem) => app.log.error({ problem }, 'the ledger is not signed'))
  const warnings = createWarnings(database)
  const boards = { database, warnings, today, now }
  const live = await openLiveBoards(database, background, async (viewer) =>
    readBoard(boards, await catalogue.read(), viewer),
  )
  const shared = { database, catalogue, guard, assets: staffAssets, demo: config.demo, now }

  serveHealth(app, database, recorder)
  const devices = createDevices(database, now)
  const { readProof, ...sources } = createProofs({ database, secrets, devices, now })
  const citizens = {
    ...{ database, catalogue, openings, secrets, now, demo: config.demo, ...sources },
    publicUrl: config.publicUrl,
    survey: { style: around.style, script: assets.text('survey.js') },
  }
  serveRespond(app, { ...citizens, recorder, readProof, budgetPerHour: config.placeBudgetPerHour })
  const receipts = {
    ...{ database, catalogue, sealing, now, receiptKey: secrets.receipt, demo: config.demo },
    assets: { style: assets.text('receipt.css'), script: around.script },
  }
  serveThanks(app, { ...receipts, ledgerNote: (...asked) => describeReceipt(lines, ...asked) })
  const check = { style: assets.text('receipt.css'), script: assets.text('ledger-check.js') }
  serveReceiptLines(app, { ...lines, catalogue, demo: config.demo, assets: check })
  serveReceipts(app, receipts)
  const results = { ...shared, live, warnings, today, publicUrl: config.publicUrl }
  serveResults(app, results)
  serveIndicator(app, results)
  serveHealthResults(app, results)
  serveCommune(app, { ...results, ledgerNotice: () => tellConcerns(ledger) })
  serveReview(app, { ...shared, today })
  serveMethod(app, { ...shared, methodStyleHref: assets.href('method.css') })
  serveLedger(app, { ...shared, ...{ ledger, vault }, publicStyleHref: assets.href('public.css') })
  const publications = createPublications(database, today)
  const open = { ...shared, publications, today, publicStyleHref: assets.href('public.css') }
  servePublicResults(app, open)
  serveProvince(app, { ...shared, today })
  serveKeys(app, shared)
  const codes = {
    origin: () => config.publicUrl ?? findLanOrigin(portOf(app) ?? config.port),
    publicUrlMissing: config.publicUrl === null,
  }
  serveTickets(app, {
    staff: { ...shared, ...codes, publicUrl: config.publicUrl },
    screens: {
      ...{
        catalogue,
        devices,
        presenceKey: secrets.presence,
        demo: config.demo,
        publicUrl: config.publicUrl,
        now,
        ...codes,
      },
      screen: { style: assets.text('screen.css'), script: assets.text('screen.js') },
    },
    citizens: { ...citizens, around },
  })
  serveOpenData(app, {
    ...{ ...open, origin: codes.origin },
    readCheckpoint: (day) => findCheckpointThrough(database, day),
  })
  const wallAssets = { styleHref: assets.href('wall.css'), scriptHref: assets.href('wall.js') }
  await serveWall(app, { ...shared, ...codes, wallAssets, today, background })
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
  serveReports(app, { ...shared, today, readCheckpoint: () => findCheckpointThrough(database, daysBefore(today(), 1)) })
  serveWaves(app, { ...shared, sampleKey: secrets.rotation })
  serveEntries(app, { ...shared, recorder, sampleKey: secrets.rotation })
  serveExports(app, { ...shared, orderSecret: secrets.rotation })
  serveAudit(app, { ...shared, ledgerNotice: () => tellStatus(ledger) })
  serveFirstRun(app, { ...shared, publicUrl: config.publicUrl })
  serveSystem(app, { ...shared, config, background, ledger, isStoring: () => recorder.isStoring() })
  serveStaff(app, { ...shared, sealing, origin: codes.origin })

  const choreParts = { database, catalogue, publications, background, now }
  const nightly = createNightlyLook({ database, catalogue, background, now })
  const chores = setInterval(() => {
    nightly.look()
    return doChores(choreParts)
  }, 3_600_000)
  await doChores(choreParts)
  app.addHook('onListen', async () => nightly.look())
  app.addHook('preClose', async () => live.close())
  app.addHook('onClose', async () => {
    clearInterval(chores)
    const looked = nightly.stop()
    await openings.drain()
    await recorder.drain()
    await ledger.stop()
    await looked
  })
  return app
}

type ChoreParts = {
  database: Database
  catalogue: Catalogue
  publications: Publications
  background: Background
  now: () => number
}

/** At the start and hourly: adds up the months that are over, hands back what nobody can handle, forgets what is kept for a while only. A missed hour is made good by the next. */
async function doChores({ database, catalogue, publications, background, now }: ChoreParts): Promise<void> {
  const nowMs = now()
  // A month is left alone for an hour, until its last answers are surely committed.
  const month = `${dayOf(nowMs - 3_600_000).slice(0, 7)}-01`
  const shapes = async () => (await catalogue.read()).versions.map(shapeOfVersion)
  await background.run('months', async () => rollMonths(database, await shapes(), month))
  await background.run('publications', () => publications.read())
  await background.run('passing', () => forgetPassing(database, new Date(nowMs)))
  await background.run('tickets', () => hideOrderOfUse(database, dayOf(nowMs - 3 * 86_400_000)))
  await background.run('cases', () => handBackStrayCases(database, handBackWords))
  await background.run('sessions', () => forgetOldSessions(database, sessionLongestHours, knownBrowserDays))
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
