import { findFigureCheckpoint } from '../../../db/communes/readings.ts'
import { findRemembered, recordFinding, rememberCheckpoint } from '../../../db/communes/witness.ts'
import { links } from '../../../web/links.ts'
import { dayOf } from '../../days.ts'
import type { Checkpoint } from '../../ledger/contract.ts'
import { readCheckpoint } from '../../ledger/note-rules.ts'
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
  type Memory,
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
  const memories = await recall(parts, commune)
  const findings: Found[] = [
    ...followKeys(commune.ledgerKeySeen ?? commune.ledgerKey, keys).map((seen) => ({ ...seen, subject: keys.key })),
    ...judgeCheckpoint(now, keys.key).map((seen) => ({ ...seen, subject: now.origin })),
    ...(await compare(memories, now, fetchPart)),
  ]
  await keep(parts, commune, { findings, now, key: keys.key })
}

/** With what it is about, so that it is recorded once; the checkpoint it was compared with. */
type Found = Seen & { subject: string; remembered?: string }

/** The last checkpoint that was in order, and the one that the figures said to rest on. */
async function recall({ database }: PullParts, { id }: Followed): Promise<Memory[]> {
  const [remembered, figures] = await Promise.all([findRemembered(database, id), findFigureCheckpoint(database, id)])
  const said: [string | null | undefined, string][] = [
    [remembered?.checkpoint, `ngày ${dayWords(remembered?.day ?? '')}`],
    [figures, 'khi gửi số liệu'],
  ]
  return said.flatMap(([note, when]) => {
    const checkpoint = note ? readCheckpoint(note) : null
    return checkpoint ? [{ checkpoint, when }] : []
  })
}

type FetchPart = (path: string, mostBytes: number) => Promise<Buffer>

/** Whether the published hashes make the signed root, and whether what was seen before is still its beginning. */
async function compare(memories: Memory[], now: Checkpoint, fetchPart: FetchPart): Promise<Found[]> {
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
  if (root?.toString('base64') !== now.root) return [{ ...brokenTree, subject: now.origin }]
  const found: Found[] = []
  for (const memory of memories) {
    const about = { subject: memory.checkpoint.root, remembered: memory.checkpoint.note }
    const seen = judgeSizes(memory, now) ?? (await proveGrowth(memory, now, hashOf))
    found.push(...seen.map((one) => ({ ...one, ...about })))
  }
  return found
}

type HashOf = (range: LeafRange) => Promise<Buffer | null>

async function proveGrowth(memory: Memory, now: Checkpoint, hashOf: HashOf): Promise<Seen[]> {
  const proof: Buffer[] = []
  for (const range of consistencyRanges(memory.checkpoint.size, now.size))
    proof.push((await hashOf(range)) ?? Buffer.alloc(32))
  return judgeProof(memory, now, proof)
}

type Looked = { findings: Found[]; now: Checkpoint; key: string }

/** A checkpoint is remembered only where nothing is wrong with it: what was right before stays the measure. */
async function keep({ database, now: clock }: PullParts, { id }: Followed, { findings, now, key }: Looked) {
  const at = new Date(clock()).toISOString()
  for (const { kind, sentence, subject, remembered = null } of findings)
    await recordFinding(database, {
      communeId: id,
      kind,
      sentence,
      subject,
      evidence: { remembered, shown: now.note },
      at,
    })
  const isTold = findings.every(({ kind }) => kind === 'restored')
  if (isTold) await rememberCheckpoint(database, { of: id, key, day: dayOf(clock()), checkpoint: now.note, seenAt: at })
}

const dayWords = (day: string): string => day.split('-').reverse().join('/')
