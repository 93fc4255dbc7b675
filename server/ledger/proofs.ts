import type { Database } from '../../db/client.ts'
import { readTiles } from '../../db/ledger/read.ts'
import { canonicalJson } from '../canonical-json.ts'
import type { ProofExtra } from './contract.ts'
import { hashSubtree, inclusionPath, joinHashes, locateSubtree, type Subtree } from './merkle-rules.ts'

/** Hashes from the leaf's sibling up to the root's child, in a tree of `size` leaves (RFC 6962, section 2.1.1). */
export async function readInclusionPath(database: Database, position: number, size: number): Promise<Buffer[]> {
  const path = inclusionPath(position, size)
  const names = new Set(path.flat().map((subtree) => nameOf(subtree)))
  const tiles = names.size > 0 ? await readTiles(database, [...names]) : new Map<string, Buffer>()
  return path.map((subtrees) => joinHashes(subtrees.map((subtree) => hashIn(tiles, subtree))))
}

const nameOf = (subtree: Subtree): string => {
  const { level, number } = locateSubtree(subtree)
  return `${level}/${number}`
}

function hashIn(tiles: Map<string, Buffer>, subtree: Subtree): Buffer {
  const { from, to } = locateSubtree(subtree)
  const bytes = tiles.get(nameOf(subtree))
  if (!bytes || bytes.length < to * 32) throw new Error(`ledger tile ${nameOf(subtree)} is missing`)
  return hashSubtree(
    Array.from({ length: to - from }, (_, at) => bytes.subarray((from + at) * 32, (from + at + 1) * 32)),
  )
}

/** A proof as C2SP tlog-proof writes it. */
export function writeProof(position: number, path: Buffer[], checkpoint: string, extra: ProofExtra): string {
  const said = Buffer.from(canonicalJson(extra)).toString('base64')
  const hashes = path.map((hash) => `${hash.toString('base64')}\n`).join('')
  return `c2sp.org/tlog-proof@v1\nextra ${said}\nindex ${position}\n${hashes}\n${checkpoint}`
}
