import { LedgerConcerns, LedgerNotice } from '../../web/ledger/run-card.tsx'
import type { Ledger } from './ledger.ts'

/** For pages of other rooms: what a leader must know, nothing where all is well. */
export const tellConcerns = async (ledger: Ledger) => LedgerConcerns({ status: await ledger.status() })

/** The same, and how far the ledger is, for the auditor. */
export const tellStatus = async (ledger: Ledger) => LedgerNotice({ status: await ledger.status() })
