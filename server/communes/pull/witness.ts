import { findRemembered, recordFinding, rememberCheckpoint } from '../../../db/communes/witness.ts'
import { links } from '../../../web/links.ts'
import { dayOf } from '../../days.ts'
import type { Checkpoint } from '../../ledger/contract.ts'
import { readCheckpoint } from '../../ledger/note-rules.ts'
import type { Finding } from '../contract.ts'
import {
  brokenTree,
  consistencyRanges,
  followKeys,
  hashPieces,
  judgeCheckpoint,
  judgeProof,
  judgeSizes,
  type LeafRange,
  locateRange,
  readKeys,
  type Seen,
} from '../witness-rules.ts'
import { type Followed, note, type PullParts } from './note.ts'
import { type Reply, request } from './request.ts'

const ledger = 'ledger'
const mostKeyBytes = 64 * 1024
const mostCheckpointBytes = 4 * 1024

/** Thrown where something could not be fetched: then nothing is said about the ledger. */
class Missing extends Error {
  readonly reply: Reply
  constructor(reply: Reply) {
    super('missing')
    this.reply = reply
  }
}

/** Looks at a commune's ledger as any witness would: signed by the key in force, and still beginning as it was remembered. */
export async function witnessLedger(parts: PullParts, commune: Followed): Promise<Reply> {
  try {
    await look(parts, commune)
    return note(parts, commune, ledger, { kind: 'same' })
  } catch (error) {
    if (!(error instanceof Missing)) throw error
    return note(parts, commune, ledger, error.reply)
  }
}

async function look(parts: PullParts, commune: Followed): Promise<void> {
  const fetchPart = async (path: string, mostBytes: number): Promise<Buffer> => {
    const reply = await request({ origin: commune.address, path, mostBytes, signal: parts.signal })
    if (reply.kind !== 'new') throw new Missing(reply)
    return reply.body
  }
  const keys = readKeys((await fetchPart(links.ledgerKey, mostKeyBytes)).toString())
  const now = readCheckpoint((await fetchPart(links.ledgerCheckpoint, mostCheckpointBytes)).toString())
  if (!keys || !now) throw new Missing({ kind: 'none', reason: 'sổ cái không đọc được', isAway: false })
  const remembered = await findRemembered(parts.database, commune.id)
  const seen = remembered ? readCheckpoint(remembered.checkpoint) : null
  const findings = [
    ...followKeys(commune.ledgerKeySeen ?? commune.ledgerKey, keys),
    ...judgeCheckpoint(now, keys.key),
    ...(await compare({ seen, seenOn: dayWords(remembered?.day ?? ''), now, fetchPart })),
  ]
  await keep(parts, commune, { findings, seen, now, key: keys.key })
}

type FetchPart = (path: string, mostBytes: number) => Promise<Buffer>
type Comparing = { seen: Checkpoint | null; seenOn: string; now: Checkpoint; fetchPart: FetchPart }

/** Without a memory: whether the published hashes make the signed root. With one: whether the log only grew. */
async function compare({ seen, seenOn, now, fetchPart }: Comparing): Promise<Seen[]> {
  const tiles = new Map<string, Promise<Buffer>>()
  const hashOf = async (range: LeafRange): Promise<Buffer | null> => {
    const pieces = locateRange(range, now.size)
    const found: Buffer[] = []
    for (const { path, bytes } of pieces) {
      const tile = tiles.get(path) ?? fetchPart(links.ledgerTile(path), bytes)
      tiles.set(path, tile)
      found.push(await tile)
    }
    return hashPieces(pieces, found)
  }
  const root = await hashOf({ from: 0, to: now.size })
  if (root?.toString('base64') !== now.root) return [brokenTree]
  const decided = seen ? judgeSizes(seen, seenOn, now) : []
  if (decided || !seen) return decided ?? []
  const proof: Buffer[] = []
  for (const range of consistencyRanges(seen.size, now.size)) proof.push((await hashOf(range)) ?? Buffer.alloc(32))
  return judgeProof(seen, seenOn, now, proof)
}

type Looked = { findings: Seen[]; seen: Checkpoint | null; now: Checkpoint; key: string }

/** A checkpoint is remembered only where nothing is wrong with it: what was right before stays the measure. */
async function keep({ database, now: clock }: PullParts, { id }: Followed, { findings, seen, now, key }: Looked) {
  const at = new Date(clock()).toISOString()
  const evidence: Finding['evidence'] = { remembered: seen?.note ?? null, shown: now.note }
  for (const { kind, sentence } of findings) {
    const isAboutKey = kind === 'other_key' || kind === 'restored'
    const subject = isAboutKey ? key : (seen?.root ?? now.origin)
    await recordFinding(database, { communeId: id, kind, sentence, subject, evidence, at })
  }
  const isTold = findings.every(({ kind }) => kind === 'restored')
  if (isTold) await rememberCheckpoint(database, { of: id, key, day: dayOf(clock()), checkpoint: now.note, seenAt: at })
}

const dayWords = (day: string): string => day.split('-').reverse().join('/')
