import { createHash } from 'node:crypto'
import type { Checkpoint } from '../ledger/contract.ts'
import {
  coverRange,
  hashNode,
  hashSubtree,
  joinHashes,
  locateSubtree,
  tilePath,
  tileWidth,
} from '../ledger/merkle-rules.ts'
import { isSignedBy, readVerifier } from '../ledger/note-rules.ts'
import type { FindingKind } from './contract.ts'

/** A run of leaves: from the first, up to and without the last. */
export type LeafRange = { from: number; to: number }

/** Which ranges prove that a tree of `old` leaves is the beginning of one of `size` (RFC 6962, section 2.1.2). */
export function consistencyRanges(old: number, size: number): LeafRange[] {
  const list = (from: number, known: number, all: number, isWhole: boolean): LeafRange[] => {
    if (known === all) return isWhole ? [] : [{ from, to: from + all }]
    const split = splitOf(all)
    if (known <= split) return [...list(from, known, split, isWhole), { from: from + split, to: from + all }]
    return [...list(from + split, known - split, all - split, false), { from, to: from + split }]
  }
  return list(0, old, size, true)
}

/** Both roots that such a proof leads to. */
export function climbBoth(
  old: number,
  size: number,
  oldRoot: Buffer,
  proof: Buffer[],
): [before: Buffer, after: Buffer] {
  const climb = (known: number, all: number, rest: Buffer[], isWhole: boolean): [Buffer, Buffer] => {
    if (known === all) return isWhole ? [oldRoot, oldRoot] : [rest[0] as Buffer, rest[0] as Buffer]
    const split = splitOf(all)
    const last = rest.at(-1) as Buffer
    if (known <= split) {
      const [before, after] = climb(known, split, rest.slice(0, -1), isWhole)
      return [before, hashNode(after, last)]
    }
    const [before, after] = climb(known - split, all - split, rest.slice(0, -1), false)
    return [hashNode(last, before), hashNode(last, after)]
  }
  return climb(old, size, proof, true)
}

const splitOf = (size: number): number => 2 ** Math.ceil(Math.log2(size) - 1)

/** A tile that the hash over a range is joined from, and which of its hashes. */
export type TilePiece = { path: string; bytes: number; from: number; to: number }

/** Where the hash over leaves of a tree of `size` is found, by C2SP tlog-tiles; pieces from left to right. */
export function locateRange({ from, to }: LeafRange, size: number): TilePiece[] {
  return coverRange(from, to).map((subtree) => {
    const { level, number, from: first, to: end } = locateSubtree(subtree)
    const width = Math.min(tileWidth, Math.floor(size / tileWidth ** level) - number * tileWidth)
    const part = width < tileWidth ? `.p/${width}` : ''
    return { path: `${level}/${tilePath(number)}${part}`, bytes: width * 32, from: first, to: end }
  })
}

/** The hash over such a range from its tiles; null where one has the wrong length. */
export function hashPieces(pieces: TilePiece[], tiles: (Buffer | null)[]): Buffer | null {
  if (pieces.length === 0) return createHash('sha256').digest()
  const hashes: Buffer[] = []
  for (const [index, { bytes, from, to }] of pieces.entries()) {
    const tile = tiles[index]
    if (!tile || tile.length !== bytes) return null
    const row = Array.from({ length: to - from }, (_, at) => tile.subarray((from + at) * 32, (from + at + 1) * 32))
    hashes.push(hashSubtree(row))
  }
  return joinHashes(hashes)
}

export type Seen = { kind: FindingKind; sentence: string }

/** What the file of keys says: the key in force, and each hand-over as the note that both keys signed, the newest first. */
export function readKeys(text: string): { key: string; handovers: string[] } | null {
  const [first = '', ...handovers] = text.split(/\n\n(?=Ý Dân: )/)
  const key = first.split('\n')[0]?.trim() ?? ''
  return readVerifier(key) ? { key, handovers } : null
}

/** From the key that is known to the one in force: each step signed by both; what a restored copy lost is said. */
export function followKeys(known: string | null, { key, handovers }: { key: string; handovers: string[] }): Seen[] {
  const found: Seen[] = []
  let current = key
  for (const note of handovers) {
    if (!known || current === known) break
    const [, from = '', to = '', after = ''] = note.split('\n')
    const [older, newer] = [readVerifier(from), readVerifier(to)]
    if (to !== current || !newer || !isSignedBy(note, newer)) continue
    if (!older || !isSignedBy(note, older)) found.push(otherKey('khóa cũ không ký bàn giao'))
    if (after.startsWith('khôi phục')) found.push({ kind: 'restored', sentence: restoredWords(after) })
    current = from
  }
  if (known && current !== known)
    found.push(otherKey('không có bàn giao nào từ khóa đã nhớ: có thể đây là một sổ khác'))
  return found
}

const otherKey = (why: string): Seen => ({ kind: 'other_key', sentence: `Khóa ký sổ cái đã đổi mà ${why}.` })
const restoredWords = (after: string) =>
  `Sổ cái đã được khôi phục từ bản sao lưu (${after.slice(0, 120)}): các dòng đã công bố sau đó đang thiếu.`

/** A checkpoint by itself: its signature and its name. */
export function judgeCheckpoint(now: Checkpoint, key: string): Seen[] {
  const verifier = readVerifier(key)
  if (!verifier || !isSignedBy(now.note, verifier))
    return [{ kind: 'unsigned', sentence: 'Lần ký mới nhất của sổ cái không mang chữ ký của khóa đang công bố.' }]
  if (now.origin !== verifier.name)
    return [{ kind: 'unsigned', sentence: `Lần ký mới nhất mang tên ${now.origin}, khóa mang tên ${verifier.name}.` }]
  return []
}

/** A checkpoint that was seen before, and when in words: "ngày 20/10/2026", "khi gửi số liệu". */
export type Memory = { checkpoint: Checkpoint; when: string }

/** What was seen before against what is shown now, where the new one has fewer lines or as many; null: a proof decides. */
export function judgeSizes({ checkpoint: seen, when }: Memory, now: Checkpoint): Seen[] | null {
  if (seen.origin !== now.origin || seen.size === 0) return []
  if (seen.size > now.size) {
    const [before, after] = [formatCount(seen.size), formatCount(now.size)]
    return [{ kind: 'rolled_back', sentence: `Sổ cái bị lùi: ${when} đã ký ${before} dòng, nay chỉ còn ${after}.` }]
  }
  if (seen.size === now.size) return seen.root === now.root ? [] : [forked(seen.size, when)]
  return null
}

/** Whether the proof shows the older tree at the beginning of the newer. */
export function judgeProof({ checkpoint: seen, when }: Memory, now: Checkpoint, proof: Buffer[]): Seen[] {
  const [before, after] = climbBoth(seen.size, now.size, Buffer.from(seen.root, 'base64'), proof)
  const isPrefix = before.toString('base64') === seen.root && after.toString('base64') === now.root
  return isPrefix ? [] : [forked(seen.size, when)]
}

const forked = (size: number, when: string): Seen => ({
  kind: 'forked',
  sentence: `Sổ cái có hai bản: ${formatCount(size)} dòng đầu đã ký ${when} không còn là phần đầu của sổ bây giờ.`,
})

export const brokenTree: Seen = {
  kind: 'broken',
  sentence: 'Các mã đã công bố của sổ cái không ghép thành mã gốc đã ký.',
}

const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+(?!\d))/g, '.')
