import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Database } from '../db/client.ts'
import type { Secrets } from '../db/secrets.ts'
import type { StaffAssets } from '../web/ui/shell.tsx'
import { type Background, createBackground } from './background.ts'
import { type Catalogue, createCatalogue } from './catalogue/catalogue.ts'
import type { Config } from './config.ts'
import { dayOf } from './days.ts'
import { type Assets, loadAssets } from './http/assets.ts'
import { serveOpenApi } from './http/openapi.ts'
import { createServer, portOf } from './http/server.ts'
import { findLanOrigin } from './qr.ts'
import { type Access, access } from './staff/access.ts'
import { shellOf } from './staff/permission-rules.ts'
import type { Sealing } from './staff/sealing.ts'
import { createGuard, type Guard } from './staff/session.ts'
import { useAccess } from './staff/use-access.ts'
import { cellsBySlot, createRunningDay, type RunningDay } from './tallies/running-day.ts'
import { createDayCloser, type DayCloser } from './tallies/short-rests.ts'

/** What all rooms share, made once. The door of a room names what it takes of it; what one room makes is not in here. */
export type House = {
  config: Config
  demo: boolean
  /** The origin that codes carry; null where only this machine's own is known. */
  publicUrl: string | null
  publicUrlMissing: boolean
  /** Where printed codes and links in mails begin. */
  origin: () => string
  database: Database
  secrets: Secrets
  sealing: Sealing
  catalogue: Catalogue
  guard: Guard
  background: Background
  /** What the build made for the browser; what pages of staff carry of it. */
  files: Assets
  assets: StaffAssets
  now: () => number
  today: () => string
  /** What may be seen of the running day: one reading for all rooms that show it. */
  running: RunningDay
  closeDays: DayCloser
}

export type Foundations = Pick<House, 'config' | 'database' | 'secrets' | 'sealing' | 'now'>

/** What a house is for: which addresses it may have, and whose staff come in. */
export type Purpose = { access: Record<string, Access>; ofProvince: boolean }

/** The server with nothing in it yet, and what its rooms will share. */
export async function openHouse(
  given: Foundations,
  purpose: Purpose = { access, ofProvince: false },
): Promise<{ app: FastifyInstance; house: House }> {
  const { config, database, now } = given
  const { demo, publicUrl } = config
  const files = loadAssets()
  const assets = { styleHref: files.href('staff.css'), scriptHref: (island: string) => files.href(`${island}.js`) }
  const guard = createGuard(database, { ...config, ofProvince: purpose.ofProvince })
  const findShell = async (request: FastifyRequest) => {
    const member = await guard.findStaff(request)
    return member && shellOf(member, null, demo)
  }
  const around = { style: files.text('receipt.css'), script: files.text('outbox.js') }
  const app = await createServer(config, { around, staff: assets, demo, findShell })
  useAccess(app, guard, purpose.access)
  serveOpenApi(app, purpose.access)
  await files.serve(app)
  const background = createBackground(now, (failure) => app.log.error(failure, 'background'))
  const catalogue = createCatalogue(database, now, background)
  await catalogue.read()
  const closeDays = createDayCloser({ database, readState: catalogue.read, now, toCells: cellsBySlot })
  const running = createRunningDay({ database, readState: catalogue.read, now, closeDays })
  const today = () => dayOf(now())
  const origin = () => publicUrl ?? findLanOrigin(portOf(app) ?? config.port)
  const own = { demo, publicUrl, publicUrlMissing: publicUrl === null, origin, today, running, closeDays }
  return { app, house: { ...given, ...own, catalogue, guard, background, files, assets } }
}
