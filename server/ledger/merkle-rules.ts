import { createHash } from 'node:crypto'
import type { Edge, GrownTile } from './contract.ts'

/** Hashes in a full tile: subtrees of height 8, as C2SP tlog-tiles names them. */
export const tileWidth = 256

const nodePrefix = Buffer.of(1)

/** SHA-256(0x01 ‖ left ‖ right): RFC 6962, section 2.1. */
export const hashNode = (left: Buffer, right: Buffer): Buffer =>
  createHash('sha256').update(nodePrefix).update(left).update(right).digest()

/** Appends leaf hashes to a tree of `size` whose growing tiles are `edge`; returns the tiles that changed. Changes `edge`. */
export function growTiles(edge: Edge, size: number, leaves: Buffer[]): GrownTile[] {
  const grown = new Map<string, GrownTile>()
  const counts: number[] = []
  const push = (level: number, hash: Buffer): void => {
    const tile = edge[level] ?? []
    edge[level] = tile
    const before = counts[level] ?? Math.floor(size / tileWidth ** level)
    counts[level] = before + 1
    tile.push(hash)
    const number = Math.floor(before / tileWidth)
    grown.set(`${level}/${number}`, { level, number, hashes: Buffer.alloc(0) })
    const isFull = tile.length === tileWidth
    if (isFull || level > 0) (grown.get(`${level}/${number}`) as GrownTile).hashes = Buffer.concat(tile)
    if (!isFull) return
    edge[level] = []
    push(level + 1, hashSubtree(tile))
  }
  for (const leaf of leaves) push(0, leaf)
  const last = [...grown.values()].findLast(({ level }) => level === 0)
  if (last && (edge[0] as Buffer[]).length > 0) last.hashes = Buffer.concat(edge[0] as Buffer[])
  return [...grown.values()]
}

/** The hash over 1, 2, 4 … 256 hashes of neighbouring subtrees. */
export function hashSubtree(hashes: Buffer[]): Buffer {
  let row = hashes
  while (row.length > 1) {
    const next: Buffer[] = []
    for (let at = 0; at < row.length; at += 2) next.push(hashNode(row[at] as Buffer, row[at + 1] as Buffer))
    row = next
  }
  return row[0] as Buffer
}

/** The root of RFC 6962 over everything, from the growing tiles alone. */
export function rootOf(edge: Edge): Buffer {
  let root: Buffer | null = null
  for (const tile of edge) {
    let to = tile.length
    for (let width = 1; width <= tile.length; width *= 2) {
      if ((tile.length & width) === 0) continue
      const subtree = hashSubtree(tile.slice(to - width, to))
      root = root ? hashNode(subtree, root) : subtree
      to -= width
    }
  }
  return root ?? createHash('sha256').digest()
}

/** A whole subtree: 2^height leaves, the `index`-th of its height. */
export type Subtree = { height: number; index: number }

/** The subtrees whose hashes prove a leaf, from its sibling up; those of one step stand together, the lowest last (RFC 6962, 2.1.1). */
export function inclusionPath(position: number, size: number): Subtree[][] {
  const path: Subtree[][] = []
  let from = 0
  let to = size
  while (to - from > 1) {
    const split = from + largestPowerBelow(to - from)
    if (position < split) {
      path.unshift(coverRange(split, to))
      to = split
    } else {
      path.unshift(coverRange(from, split))
      from = split
    }
  }
  return path
}

/** Whole subtrees side by side that make up a range beginning where a subtree of its size may begin. */
export function coverRange(from: number, to: number): Subtree[] {
  const found: Subtree[] = []
  for (let at = from; at < to; ) {
    let height = 0
    while (at % 2 ** (height + 1) === 0 && at + 2 ** (height + 1) <= to) height += 1
    found.push({ height, index: at / 2 ** height })
    at += 2 ** height
  }
  return found
}

/** One hash of neighbouring subtrees, the smaller ones on the right. */
export const joinHashes = (hashes: Buffer[]): Buffer => hashes.reduceRight((right, left) => hashNode(left, right))

const largestPowerBelow = (size: number): number => 2 ** Math.ceil(Math.log2(size) - 1)

/** Where a subtree's hash is found: the tile, and which of its hashes to join. */
export function locateSubtree({ height, index }: Subtree): { level: number; number: number; from: number; to: number } {
  const level = Math.floor(height / 8)
  const first = index * 2 ** (height - 8 * level)
  const from = first % tileWidth
  return { level, number: Math.floor(first / tileWidth), from, to: from + 2 ** (height - 8 * level) }
}

/** "x001/x234/067", as tlog-tiles writes a tile's number. */
export function tilePath(number: number): string {
  const groups: string[] = []
  for (let rest = number; ; rest = Math.floor(rest / 1000)) {
    groups.unshift(String(rest % 1000).padStart(3, '0'))
    if (rest < 1000) break
  }
  return groups.map((group, index) => (index < groups.length - 1 ? `x${group}` : group)).join('/')
}

/** The tile an address names, null where it names none: "0/x001/067" or "1/000.p/3". */
export function readTilePath(path: string): { level: number; number: number; width: number } | null {
  const found = /^([0-9]|[1-5][0-9])\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path)
  if (!found) return null
  const [, level, groups = '', width] = found
  const number = Number(groups.replace(/[x/]/g, ''))
  if (tilePath(number) !== groups || Number(width ?? 0) > 255) return null
  return { level: Number(level), number, width: width ? Number(width) : tileWidth }
}
