import type { Database } from '../../db/client.ts'
import { type OpenLedger, withLedger } from '../../db/ledger/append.ts'
import { canonicalJson } from '../canonical-json.ts'
import { dayOf } from '../days.ts'
import { makeReceipt } from '../receipt.ts'
import type { EventBody } from '../staff/contract.ts'
import type { GrownTile, LedgerProblem, LoggedResponse, NewEntry, Notice } from './contract.ts'
import { composeResponse, hashLeaf, hashNotice, noncesOf } from './entry-rules.ts'
import { growTiles, rootOf } from './merkle-rules.ts'
import { checkpointText, isSignedBy, readCheckpoint, type Signer, signNote, writeVerifier } from './note-rules.ts'
import type { Vault } from './vault.ts'

export type SequencerParts = {
  database: Database
  vault: Vault
  now: () => number
  /** Keys kept in the database: nonces of the lines, receipts of the citizens. */
  nonceKey: string
  receiptKey: string
}

/** What one round did: lines added, whether more wait, or why nothing may be signed. */
export type Round = { added: number; more: boolean } | { problem: LedgerProblem }

/** Lines of one transaction: a few seconds of work, so that a year taken over from before the ledger is ten of them. */
const linesAtOnce = 100_000
/** A day's totals are written once its last answers are surely committed. */
const dayEndsAfterMs = 3_600_000

/**
 * Adds everything that waits to the ledger and signs the new root, in one transaction: a kill at any point leaves
 * either the old ledger or the new one. Null while another process does it.
 */
export async function runRound(parts: SequencerParts): Promise<Round | null> {
  const signer = parts.vault.signer()
  const found = await withLedger(parts.database, async (ledger) => {
    const problem = findProblem(ledger, parts.vault.remembered(), signer)
    if (problem) return { problem }
    return addLines(ledger, parts, [signer])
  })
  if (found && 'checkpoint' in found) parts.vault.remember(found.checkpoint)
  return found
}

/** Adds the line about a new key; the first checkpoint afterwards carries the signatures of all `signers`, the new one first. */
export async function runHandover(parts: SequencerParts, event: EventBody, signers: Signer[]): Promise<boolean> {
  const found = await withLedger(parts.database, (ledger) => addLines(ledger, parts, signers, event))
  if (found) parts.vault.remember(found.checkpoint)
  return found !== null
}

/** Why this process must not sign: what is stored is not the ledger that was shown, or not its key's. */
export function findProblem(
  { state, edge, restored }: OpenLedger,
  shown: string,
  signer: Signer,
): LedgerProblem | null {
  if (state.size === 0 && !state.checkpoint) return shown ? 'rolled_back' : null
  const stored = readCheckpoint(state.checkpoint)
  const remembered = readCheckpoint(shown)
  if (!stored || stored.size !== state.size || rootOf(edge).toString('base64') !== stored.root) return 'damaged'
  if (!isSignedBy(state.checkpoint, signer)) return 'other_key'
  if (remembered && remembered.size > state.size) return 'rolled_back'
  if (remembered && remembered.size === state.size && remembered.root !== stored.root) return 'rolled_back'
  // A restored copy goes on only where nothing can be missing after it.
  return restored && remembered?.size !== state.size ? 'rolled_back' : null
}

async function addLines(ledger: OpenLedger, parts: SequencerParts, signers: Signer[], event?: EventBody) {
  const first = ledger.state.size
  const writer = createWriter(ledger, parts, first)
  const [signer] = signers as [Signer]
  const at = new Date(parts.now()).toISOString()
  if (first === 0)
    writer.addNotice(keyNotice('key:first', { type: 'key', key: writeVerifier(signer), handover: null, at }))
  if (event) writer.addNotice(keyNotice(`key:${first}`, event))
  for await (const responses of ledger.readResponses(linesAtOnce)) {
    for (const response of responses) writer.addResponse(response)
    await writer.flush()
    // Citizens' requests come in between.
    await new Promise((resolve) => setImmediate(resolve))
  }
  const more = writer.responses() === linesAtOnce
  const day = dayOf(parts.now() - 86_400_000 - dayEndsAfterMs)
  const closed = more || (await ledger.isClosed(day)) ? null : day
  if (!more) await addNotices(ledger, writer, closed)
  const size = await writer.finish()
  // Nothing new: the row stays as it is, so that an idle night writes nothing.
  if (size === first && closed === null && !ledger.restored)
    return { added: 0, more, checkpoint: ledger.state.checkpoint }
  const text = checkpointText(signer.name, size, rootOf(ledger.edge))
  const checkpoint = size === first ? ledger.state.checkpoint : signNote(text, signers)
  const watermark = more ? Math.max(0, ledger.state.watermark) : ledger.mark
  await ledger.save(writer.tiles(), { size, watermark, checkpoint, at }, closed)
  return { added: size - first, more, checkpoint }
}

const keyNotice = (source: string, event: EventBody): Notice => ({ kind: event.type, source, body: event })

async function addNotices(ledger: OpenLedger, writer: Writer, closed: string | null): Promise<void> {
  for (const notice of await ledger.readNotices()) writer.addNotice(hashNotice(notice))
  // What a day counts is read after the changes of standing that it counts.
  await writer.flush()
  for (const notice of closed ? await ledger.readDays(closed) : []) writer.addNotice(notice)
}

type Writer = ReturnType<typeof createWriter>

function createWriter(ledger: OpenLedger, { nonceKey, receiptKey }: SequencerParts, first: number) {
  let size = first
  let responses = 0
  let entries: NewEntry[] = []
  let leaves: Buffer[] = []
  const grown = new Map<string, GrownTile>()
  const flush = async () => {
    if (entries.length === 0) return
    for (const tile of growTiles(ledger.edge, size - leaves.length, leaves))
      grown.set(`${tile.level}/${tile.number}`, tile)
    await ledger.write(entries)
    entries = []
    leaves = []
  }
  return {
    flush,
    addResponse: (response: LoggedResponse) => {
      const { leaf, parts } = composeResponse(response, noncesOf(nonceKey, size))
      const receipt = makeReceipt(receiptKey, response.placeId, response.id)
      const { placeId, id: responseId } = response
      entries.push({ position: size, kind: 'response', placeId, responseId, receipt, parts, body: null, source: null })
      leaves.push(leaf)
      size += 1
      responses += 1
    },
    addNotice: ({ kind, source, body: value }: Notice) => {
      const body = canonicalJson(value)
      const none = { placeId: null, responseId: null, receipt: null, parts: null }
      entries.push({ position: size, kind, source, body, ...none })
      leaves.push(hashLeaf(noncesOf(nonceKey, size).leaf, body))
      size += 1
    },
    finish: async () => {
      await flush()
      return size
    },
    responses: () => responses,
    tiles: () => [...grown.values()],
  }
}
