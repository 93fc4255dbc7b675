import { type FoundLine, findArrival, findLines, readLedgerState } from '../../db/ledger/read.ts'
import { canonicalJson } from '../canonical-json.ts'
import type { PlaceId, Receipt } from '../catalogue/contract.ts'
import { dayOf, halfOf } from '../days.ts'
import type { House } from '../house.ts'
import { makeReceipt } from '../receipt.ts'
import type { LedgerLine, LoggedResponse, ProofExtra } from './contract.ts'
import { contentOf, isHalfClosed, noncesOf, responseRecord } from './entry-rules.ts'
import { readInclusionPath, writeProof } from './proofs.ts'

export type LineParts = Pick<House, 'database' | 'now'> & { receiptKey: string; nonceKey: string }

/**
 * Where a receipt stands in the ledger. The number shows only when the half-day is over: before, it would tell the
 * counter between which other citizens the answer came. Null where two responses of a place share a receipt.
 */
export async function findLine(parts: LineParts, placeId: PlaceId, receipt: Receipt, ownId: string | null) {
  const found = await findLines(parts.database, placeId, receipt)
  if (found.length > 1) return null
  const [line] = found
  if (line) return { line: describeLine(line, parts.now()), found: line }
  const arrival = ownId && (await findArrival(parts.database, placeId, ownId))
  return { line: waiting(arrival || null), found: null }
}

function waiting(receivedAt: string | null): LedgerLine {
  if (!receivedAt) return { state: 'waiting', day: null, half: null }
  return { state: 'waiting', day: dayOf(Date.parse(receivedAt)), half: halfOf(receivedAt) }
}

function describeLine({ position, response }: FoundLine, nowMs: number): LedgerLine {
  const { day } = response
  const half = halfOf(response.receivedAt)
  return isHalfClosed(day, half, nowMs) ? { state: 'in', line: position + 1, day, half } : { state: 'held', day, half }
}

/** The id that the answering browser kept, where it belongs to this receipt. */
export function ownIdOf(parts: Pick<LineParts, 'receiptKey'>, placeId: number, receipt: Receipt, kept?: string) {
  return kept && makeReceipt(parts.receiptKey, placeId, kept) === receipt ? kept : null
}

/** The proof of a line as of the newest checkpoint; the answers are opened where `opens`. */
export async function proveLine({ database, nonceKey }: LineParts, found: FoundLine, opens: boolean): Promise<string> {
  const state = await readLedgerState(database)
  if (!state) throw new Error('a ledger with lines has a state')
  const nonces = noncesOf(nonceKey, found.position)
  const response = asLogged(found)
  const hash = (index: number) => found.parts.subarray(index * 32, index * 32 + 32)
  const extra: ProofExtra = {
    nonce: nonces.leaf.toString('base64'),
    record: responseRecord(response, { content: hash(0), arrival: hash(1), comment: hash(2) }),
    ...(opens && {
      content: { nonce: nonces.content.toString('base64'), json: canonicalJson(contentOf(response)) },
    }),
  }
  const path = await readInclusionPath(database, found.position, state.size)
  return writeProof(found.position, path, state.checkpoint, extra)
}

/** The row as it was logged, as far as a proof opens it. */
const asLogged = ({ response }: FoundLine): LoggedResponse => ({
  ...response,
  receivedAt: new Date(response.receivedAt).toISOString(),
  comment: null,
})
