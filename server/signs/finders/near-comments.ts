import type { Finding, Seen, Watch } from '../contract.ts'
import { poissonTail } from './tails.ts'

/** Shorter ones ("rất tốt", "cảm ơn cán bộ") are equal among honest people. */
const leastLetters = 25

/** Share of common three-letter pieces from which two comments are called nearly the same (Broder 1997, resemblance). */
const alike = 0.7

type Pieces = ReadonlySet<string>
type Read = { id: string; provenance: Seen['provenance']; pieces: Pieces }

/**
 * Comments that are nearly copies. Null: two comments of different people are as seldom alike as two of the place's past;
 * the links that tie a group of copies together are then Poisson with the expected number of alike pairs.
 */
export function findNearComments({ from, to, judged, past }: Watch): Finding | null {
  const now = readPieces(judged)
  const groups = groupAlike(now).filter((group) => group.length > 2)
  const largest = groups.sort((a, b) => b.length - a.length)[0]
  const first = largest?.[0]
  if (!largest || !first) return null
  const before = past.comments.flatMap(piecesOf)
  const share = (countAlike(before) + 0.5) / ((before.length * (before.length - 1)) / 2 + 100)
  const expected = ((now.length * (now.length - 1)) / 2) * share
  const about = { from, to, provenance: first.provenance, members: largest.map(({ id }) => id) }
  return {
    sign: 'near_comments' as const,
    chance: poissonTail(expected, largest.length - 1),
    observed: largest.length,
    expected: expected + 1,
    ...about,
  }
}

const readPieces = (seen: readonly Seen[]): Read[] =>
  seen.flatMap(({ id, provenance, comment }) => piecesOf(comment ?? '').map((pieces) => ({ id, provenance, pieces })))

/** Without accents, case and marks: a copy changed by a comma is a copy. */
const plainText = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

/** One set, or none for a short comment. */
function piecesOf(comment: string): Pieces[] {
  const plain = plainText(comment)
  if (plain.length < leastLetters) return []
  return [new Set(Array.from({ length: plain.length - 2 }, (_, at) => plain.slice(at, at + 3)))]
}

function isAlike(a: Pieces, b: Pieces): boolean {
  let common = 0
  for (const piece of a) if (b.has(piece)) common += 1
  return common / (a.size + b.size - common) >= alike
}

/** Each comment joins the first group whose first comment it resembles. */
function groupAlike(read: Read[]): Read[][] {
  const groups: Read[][] = []
  for (const one of read) {
    const group = groups.find(([first]) => isAlike((first as Read).pieces, one.pieces))
    if (group) group.push(one)
    else groups.push([one])
  }
  return groups
}

const countAlike = (all: Pieces[]): number =>
  all.reduce((sum, one, at) => sum + all.slice(at + 1).filter((other) => isAlike(one, other)).length, 0)
