import type { FastifyInstance } from 'fastify'
import { useAudit } from './audit/use.ts'
import { openCases, useCases } from './cases/use.ts'
import { startChores } from './chores.ts'
import { useExports } from './exports/use.ts'
import { useFirstRun } from './first-run/use.ts'
import { type Foundations, openHouse } from './house.ts'
import { useIndicators } from './indicators/use.ts'
import { type LedgerSettings, useLedger } from './ledger/use.ts'
import { useMorning } from './morning/use.ts'
import { useOverview } from './overview/use.ts'
import { usePlaces } from './places/use.ts'
import { useProvince } from './province/use.ts'
import { usePublication } from './publication/use.ts'
import { useQuestionnaires } from './questionnaires/use.ts'
import { useRecordings } from './recordings/use.ts'
import { useReports } from './reports/use.ts'
import { useRespond } from './respond/use.ts'
import { useReview } from './review/use.ts'
import { useStaff } from './staff/use.ts'
import { useSystem } from './system/use.ts'
import { openTickets, useTickets } from './tickets/use.ts'
import { useToday } from './today/use.ts'
import { useTranslations } from './translations/use.ts'
import { useVisits } from './visits/use.ts'
import { useWall } from './wall/use.ts'
import { useWaves } from './waves/use.ts'

export type AppParts = Foundations & LedgerSettings

/** The whole application, ready to listen. Closing it ends the live streams, waits for requests, stores what waits. */
export async function createApp(given: AppParts): Promise<FastifyInstance> {
  const { app, house } = await openHouse(given)
  // What rooms ask of later ones: they know it as a function, by its type only. What closes first is used last.
  const ledger = useLedger(app, house, given)
  const { devices, proofs, drawProofs } = openTickets(house)
  const cases = openCases(house)

  useStaff(app, house, cases)
  usePlaces(app, house, { drawProofs })
  useVisits(app, house)
  const { recordings } = await useRecordings(app, house)
  const { recorder, survey, thanks } = useRespond(app, house, { proofs, cases, ledger, recordings })
  useTickets(app, house, { devices, survey })
  useQuestionnaires(app, house)
  useCases(app, house, { thanks })
  useWaves(app, house, { recorder })
  const { warnings } = useIndicators(app, house)
  useFirstRun(app, house)
  useMorning(app, house, { warnings })
  await useToday(app, house, { warnings })
  await useWall(app, house)
  useOverview(app, house, { ...ledger, warnings })
  const { lookForSigns } = useReview(app, house)
  useReports(app, house, ledger)
  useExports(app, house)
  const publications = usePublication(app, house, ledger)
  await useTranslations(app, house)
  useProvince(app, house)
  useAudit(app, house, ledger)
  useSystem(app, house, { ledger: ledger.ledger, recorder })

  await startChores(app, house, { publications, lookForSigns })
  return app
}
