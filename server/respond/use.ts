import type { FastifyInstance } from 'fastify'
import type { House } from '../house.ts'
import type { RecordingBook } from '../recordings/book.ts'
import type { CaseOpener } from './contract.ts'
import { kioskAssets } from './kiosk/assets.ts'
import { createOpenings } from './openings.ts'
import type { ProofReader } from './proof-contract.ts'
import { createRecorder, type Recorder } from './record.ts'
import { serveRespond } from './routes.ts'
import type { PageProofs, SurveyParts } from './survey-pages.ts'
import { type FindFollowUp, type LedgerNote, serveThanks, type ThanksParts } from './thanks-routes.ts'

export type RespondHouse = Pick<
  House,
  'config' | 'database' | 'secrets' | 'catalogue' | 'background' | 'files' | 'demo' | 'origin' | 'publicUrl' | 'now'
>

/** What later rooms know about an answer. */
export type RespondNeeds = {
  proofs: PageProofs & { readProof: ProofReader }
  cases: { readOpener: () => Promise<CaseOpener>; findFollowUp: FindFollowUp }
  ledger: { describeReceipt: LedgerNote }
  recordings: Pick<RecordingBook, 'soundsOf'>
}

/** What later rooms build on: the one way into the tables, and the pages a citizen sees before and after. */
export type RespondRoom = { recorder: Recorder; survey: SurveyParts; thanks: ThanksParts }

/** Scan, answer, thank. At the end everything that waits is stored. */
export function useRespond(app: FastifyInstance, house: RespondHouse, needs: RespondNeeds): RespondRoom {
  const { config, database, secrets, background, files, now } = house
  const recorder = createRecorder(database, now, background, needs.cases.readOpener)
  const openings = createOpenings(database, now, background)
  const { readProof, ...proofs } = needs.proofs
  const page = { style: files.text('survey.css'), script: files.text('survey.js') }
  const kiosk = kioskAssets(files.text)
  const { recordings } = needs
  const survey = { ...house, ...proofs, openings, recordings, survey: page, kiosk }
  serveRespond(app, { ...survey, recorder, readProof, budgetPerHour: config.placeBudgetPerHour })
  const assets = { style: files.text('receipt.css'), script: files.text('outbox.js') }
  const thanks = { ...house, kiosk, receiptKey: secrets.receipt, assets, ledgerNote: needs.ledger.describeReceipt }
  serveThanks(app, thanks, needs.cases.findFollowUp)
  app.addHook('onClose', async () => {
    await openings.drain()
    await recorder.drain()
  })
  return { recorder, survey, thanks }
}
