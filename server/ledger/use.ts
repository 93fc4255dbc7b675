import type { FastifyInstance, FastifyRequest } from 'fastify'
import { findCheckpointThrough } from '../../db/ledger/read.ts'
import type { Place } from '../catalogue/catalogue.ts'
import type { Receipt } from '../catalogue/contract.ts'
import type { House } from '../house.ts'
import { openLedger } from './ledger.ts'
import { tellConcerns, tellStatus } from './notices.ts'
import { describeReceipt, serveReceiptLines } from './receipt-routes.ts'
import { serveLedger } from './routes.ts'
import type { Vault } from './vault.ts'

export type LedgerHouse = Pick<House, 'database' | 'secrets' | 'catalogue' | 'demo' | 'files' | 'now'>

/** `sequences`: whether this process adds to the ledger; each does, in turns, but for trials of the rest. */
export type LedgerSettings = { vault: Vault; sequences: boolean }

/** The ledger, and what the pages of other rooms say about it. It stops after everything that closes before it. */
export function useLedger(app: FastifyInstance, house: LedgerHouse, { vault, sequences }: LedgerSettings) {
  const { database, secrets, files, now } = house
  const lines = { database, vault, now, nonceKey: secrets.ledger, receiptKey: secrets.receipt }
  const ledger = openLedger(lines, sequences, (problem) => app.log.error({ problem }, 'the ledger is not signed'))
  const assets = { style: files.text('receipt.css'), script: files.text('ledger-check.js') }
  serveReceiptLines(app, { ...house, ...lines, assets })
  serveLedger(app, { ...house, ledger, vault })
  app.addHook('onClose', () => ledger.stop())
  return {
    ledger,
    describeReceipt: (request: FastifyRequest, place: Place, receipt: Receipt) =>
      describeReceipt(lines, request, place, receipt),
    tellConcerns: () => tellConcerns(ledger),
    tellStatus: () => tellStatus(ledger),
    findCheckpoint: (day: string) => findCheckpointThrough(database, day),
  }
}
