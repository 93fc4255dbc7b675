import { handBackStrayCases } from '../db/cases/held.ts'
import type { Database } from '../db/client.ts'
import { forgetPassing } from '../db/respond/responses.ts'
import { forgetOldSessions } from '../db/staff/sessions.ts'
import { rollMonths } from '../db/tallies/slices.ts'
import { hideOrderOfUse } from '../db/tickets/tickets.ts'
import type { Background } from './background.ts'
import { handBackWords } from './cases/hand-back.ts'
import { type Catalogue, shapeOfVersion } from './catalogue/catalogue.ts'
import { dayOf } from './days.ts'
import { keepMinutes } from './ledger/minutes.ts'
import type { Publications } from './publication/publications.ts'
import { knownBrowserDays, sessionLongestHours } from './staff/rules.ts'

type ChoreParts = {
  database: Database
  catalogue: Catalogue
  publications: Publications
  background: Background
  /** The key of the ledger's nonces. */
  nonceKey: string
  now: () => number
}

/** At the start and hourly: adds up the months that are over, hands back what nobody can handle, forgets what is kept for a while only. A missed hour is made good by the next. */
export async function doChores(parts: ChoreParts): Promise<void> {
  const { database, catalogue, publications, background } = parts
  const nowMs = parts.now()
  // A month is left alone for an hour, until its last answers are surely committed.
  const month = `${dayOf(nowMs - 3_600_000).slice(0, 7)}-01`
  const shapes = async () => (await catalogue.read()).versions.map(shapeOfVersion)
  await background.run('months', async () => rollMonths(database, await shapes(), month))
  await background.run('publications', () => publications.read())
  await background.run('passing', () => forgetPassing(database, new Date(nowMs)))
  await background.run('tickets', () => hideOrderOfUse(database, dayOf(nowMs - 3 * 86_400_000)))
  await background.run('minutes', () => keepMinutes(database, parts.nonceKey, dayOf(nowMs)))
  await background.run('cases', () => handBackStrayCases(database, handBackWords))
  await background.run('sessions', () => forgetOldSessions(database, sessionLongestHours, knownBrowserDays))
}
