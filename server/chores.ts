import type { FastifyInstance } from 'fastify'
import { handBackStrayCases } from '../db/cases/held.ts'
import { forgetPassing } from '../db/respond/responses.ts'
import { forgetOldSessions } from '../db/staff/sessions.ts'
import { rollMonths } from '../db/tallies/months.ts'
import { handBackWords } from './cases/hand-back.ts'
import { shapeOfVersion } from './catalogue/catalogue.ts'
import { dayOf, daysBefore } from './days.ts'
import type { House } from './house.ts'
import { keepMinutes } from './ledger/minutes.ts'
import type { Publications } from './publication/publications.ts'
import { knownBrowserDays, sessionLongestHours } from './staff/rules.ts'

const hourMs = 3_600_000

type ChoreHouse = Pick<House, 'database' | 'catalogue' | 'background' | 'secrets' | 'now' | 'closeDays'>
type Chores = { publications: Publications; lookForSigns: () => void }

/** Does the chores, and again every hour until the server closes. Nobody waits for the look for signs, which begins by itself. */
export async function startChores(app: FastifyInstance, house: ChoreHouse, chores: Chores): Promise<void> {
  const timer = setInterval(() => {
    chores.lookForSigns()
    return doChores(house, chores)
  }, hourMs)
  app.addHook('onClose', async () => clearInterval(timer))
  await doChores(house, chores)
}

/** Adds up the days that are over by month, hands back what nobody can handle, forgets what is kept for a while only. A missed hour is made good by the next. */
async function doChores(house: ChoreHouse, { publications }: Chores): Promise<void> {
  const { database, catalogue, background, secrets, now, closeDays } = house
  const nowMs = now()
  // A day is left alone for an hour, until its last answers are surely committed.
  const closedTo = daysBefore(dayOf(nowMs - hourMs), 1)
  const shapes = async () => (await catalogue.read()).versions.map(shapeOfVersion)
  await background.run('months', async () => rollMonths(database, await shapes(), closedTo))
  await background.run('rests', closeDays)
  await background.run('publications', () => publications.read())
  await background.run('passing', () => forgetPassing(database, new Date(nowMs)))
  await background.run('minutes', () => keepMinutes(database, secrets.ledger, dayOf(nowMs)))
  await background.run('cases', () => handBackStrayCases(database, handBackWords))
  await background.run('sessions', () => forgetOldSessions(database, sessionLongestHours, knownBrowserDays))
}
