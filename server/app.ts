import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import type { Database } from '../db/client.ts'
import { findCheckpointThrough } from '../db/ledger/read.ts'
import type { Secrets } from '../db/secrets.ts'
import { serveAudit } from './audit/routes.ts'
import { createBackground } from './background.ts'
import { readCaseOpener } from './cases/arrival.ts'
import { createFollowUp, serveCallback } from './cases/callback-routes.ts'
import { serveReceipts } from './cases/citizen-routes.ts'
import { createHoldings } from './cases/hand-back.ts'
import { serveCases } from './cases/routes.ts'
import { createCatalogue } from './catalogue/catalogue.ts'
import { doChores } from './chores.ts'
import type { Config } from './config.ts'
import { dayOf, daysBefore } from './days.ts'
import { serveExports } from './exports/routes.ts'
import { serveFirstRun } from './first-run/routes.ts'
import { serveHealth } from './health.ts'
import { loadAssets } from './http/assets.ts'
import { createErrorDoor } from './http/error-door.ts'
import { useHeaders } from './http/headers.ts'
import { serveOpenApi } from './http/openapi.ts'
import { useTypedTexts } from './http/typed.ts'
import { useZod } from './http/zod.ts'
import { serveMethod } from './indicators/method/routes.ts'
import { serveIndicator } from './indicators/page-routes.ts'
import { serveIndicators } from './indicators/routes.ts'
import { createWarnings } from './indicators/warnings.ts'
import { openLedger } from './ledger/ledger.ts'
import { tellConcerns, tellStatus } from './ledger/notices.ts'
import { describeReceipt, serveReceiptLines } from './ledger/receipt-routes.ts'
import { serveLedger } from './ledger/routes.ts'
import type { Vault } from './ledger/vault.ts'
import { serveCommune } from './overview/commune-routes.ts'
import { serveHealthResults } from './overview/health-routes.ts'
import { serveSurveys } from './places/routes.ts'
import { serveKeys } from './province/keys-routes.ts'
import { serveProvince } from './province/routes.ts'
import { serveOpenData } from './publication/open-data-routes.ts'
import { createPublications } from './publication/publications.ts'
import { servePublicResults } from './publication/routes.ts'
import { findLanOrigin } from './qr.ts'
import { serveQuestionnairePages } from './questionnaires/list-routes.ts'
import { serveVersions } from './questionnaires/routes.ts'
import { serveReports } from './reports/routes.ts'
import { makeResponseId } from './respond/arrive.ts'
import { createOpenings } from './respond/openings.ts'
import { createRecorder } from './respond/record.ts'
import { serveRespond } from './respond/routes.ts'
import { serveThanks, type ThanksParts } from './respond/thanks-routes.ts'
import { createNightlyLook } from './review/nightly-look.ts'
import { serveReview } from './review/routes.ts'
import { access, useAccess } from './staff/access.ts'
import { shellOf } from './staff/permission-rules.ts'
import { serveStaff } from './staff/routes.ts'
import type { Sealing } from './staff/sealing.ts'
import { createGuard } from './staff/session.ts'
import { serveSystem } from './system/routes.ts'
import { createRunningDay } from './tallies/running-day.ts'
import { createDevices } from './tickets/devices.ts'
import { createPlaceProofs } from './tickets/place-proofs.ts'
import { createProofs } from './tickets/proofs.ts'
import { serveTickets } from './tickets/routes.ts'
import { readBoard } from './today/board.ts'
import { openLiveBoards } from './today/live.ts'
import { serveToday } from './today/routes.ts'
import { serveVisits } from './visits/routes.ts'
import { serveWall } from './wall/routes.ts'
import { serveEntries } from './waves/entry-routes.ts'
import { serveWaves } from './waves/routes.ts'

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
  serveOpenApi(app, access)
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
  const running = createRunningDay({ database, readState: catalogue.read, now })
  const live = await openLiveBoards(database, background, async (viewer) =>
    readBoard({ database, warnings, running, now }, await catalogue.read(), viewer),
  )
  const shared = { database, catalogue, guard, assets: staffAssets, demo: config.demo, now }

  serveHealth(app, database, recorder)
  const devices = createDevices(database, now)
  const { readProof, ...sources } = createProofs({ database, secrets, devices, now })
  const citizens = {
    database,
    catalogue,
    openings,
    secrets,
    now,
    demo: config.demo,
    ...sources,
    publicUrl: config.publicUrl,
    survey: { style: around.style, script: assets.text('survey.js') },
  }
  serveRespond(app, { ...citizens, recorder, readProof, budgetPerHour: config.placeBudgetPerHour })
  const receipts = {
    database,
    catalogue,
    sealing,
    now,
    receiptKey: secrets.receipt,
    demo: config.demo,
    assets: { style: assets.text('receipt.css'), script: around.script },
  }
  const noted = {
    ...receipts,
    ledgerNote: (...asked: Parameters<ThanksParts['ledgerNote']>) => describeReceipt(lines, ...asked),
  }
  serveThanks(app, noted, createFollowUp(database))
  serveCallback(app, noted)
  const check = { style: assets.text('receipt.css'), script: assets.text('ledger-check.js') }
  serveReceiptLines(app, { ...lines, catalogue, demo: config.demo, assets: check })
  serveReceipts(app, receipts)
  const results = { ...shared, live, warnings, running, today, publicUrl: config.publicUrl }
  serveToday(app, results)
  serveIndicators(app, results)
  serveIndicator(app, results)
  serveHealthResults(app, results)
  serveCommune(app, { ...results, ledgerNotice: () => tellConcerns(ledger) })
  serveReview(app, { ...shared, today })
  serveMethod(app, { ...shared, methodStyleHref: assets.href('method.css') })
  serveLedger(app, { ...shared, ledger, vault, publicStyleHref: assets.href('public.css') })
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
      catalogue,
      devices,
      presenceKey: secrets.presence,
      demo: config.demo,
      publicUrl: config.publicUrl,
      now,
      ...codes,
      screen: { style: assets.text('screen.css'), script: assets.text('screen.js') },
    },
    citizens: { ...citizens, around },
  })
  serveOpenData(app, {
    ...open,
    origin: codes.origin,
    readCheckpoint: (day) => findCheckpointThrough(database, day),
  })
  const wallAssets = { styleHref: assets.href('wall.css'), scriptHref: assets.href('wall.js') }
  await serveWall(app, { ...shared, ...codes, wallAssets, running, background })
  const surveys = {
    ...shared,
    ...codes,
    defaultBudget: config.placeBudgetPerHour,
    rotationKey: secrets.rotation,
    drawProofs: createPlaceProofs(database, now),
    makeId: () => makeResponseId(now()),
  }
  serveSurveys(app, surveys)
  serveQuestionnairePages(app, shared)
  serveVersions(app, { ...shared, survey: { style: around.style, script: assets.text('survey.js') } })
  serveVisits(app, shared)
  serveCases(app, { ...shared, sealing, running })
  serveReports(app, { ...shared, today, readCheckpoint: () => findCheckpointThrough(database, daysBefore(today(), 1)) })
  serveWaves(app, { ...shared, sampleKey: secrets.rotation })
  serveEntries(app, { ...shared, recorder, sampleKey: secrets.rotation })
  serveExports(app, { ...shared, orderSecret: secrets.rotation })
  serveAudit(app, { ...shared, ledgerNotice: () => tellStatus(ledger) })
  serveFirstRun(app, { ...shared, publicUrl: config.publicUrl })
  serveSystem(app, { ...shared, config, background, ledger, isStoring: () => recorder.isStoring() })
  serveStaff(app, { ...shared, sealing, origin: codes.origin, holdings: createHoldings(database) })

  const choreParts = { database, catalogue, publications, background, nonceKey: secrets.ledger, now }
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

/** The port really listened on, also where the setting says 0. */
export function portOf(app: FastifyInstance): number | undefined {
  const [address] = app.addresses()
  return typeof address === 'object' ? address.port : undefined
}
