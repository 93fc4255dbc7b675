import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../server/canonical-json.ts'
import { halfOf } from '../../server/days.ts'
import type { Edge } from '../../server/ledger/contract.ts'
import { composeResponse, hashLeaf, isHalfClosed, noncesOf } from '../../server/ledger/entry-rules.ts'
import {
  coverRange,
  growTiles,
  hashNode,
  hashSubtree,
  inclusionPath,
  joinHashes,
  locateSubtree,
  readTilePath,
  rootOf,
  tilePath,
} from '../../server/ledger/merkle-rules.ts'
import {
  checkpointText,
  isSignedBy,
  readCheckpoint,
  readSigner,
  readVerifier,
  signNote,
  writeSigner,
  writeVerifier,
} from '../../server/ledger/note-rules.ts'
import { reasons } from '../../server/tallies/contract.ts'
import { verifyEd25519 } from '../../web/ledger/_ed25519.island.tsx'
import { sha256, sha512 } from '../../web/ledger/_sha.island.tsx'

test('the program for outsiders knows every reason that a response may be set aside for', () => {
  const program = readFileSync(join(import.meta.dirname, '../../scripts/verify-ledger.js'), 'utf8')
  const known = program.slice(program.indexOf('const reasons = ['), program.indexOf('const standingWords'))
  expect(known.match(/'\w+'/g)?.map((quoted) => quoted.slice(1, -1))).toEqual([...reasons])
})

const leafOf = (at: number) => createHash('sha256').update(`leaf ${at}`).digest()
const leaves = Array.from({ length: 70_000 }, (_, at) => leafOf(at))

/** RFC 6962, section 2.1, word for word. */
function plainRoot(from: number, to: number): Buffer {
  if (to - from === 0) return createHash('sha256').digest()
  if (to - from === 1) return leaves[from] as Buffer
  let split = 1
  while (split * 2 < to - from) split *= 2
  return hashNode(plainRoot(from, from + split), plainRoot(from + split, to))
}

/** A tree grown in parts, with every tile as the database keeps it. */
function grow(size: number, parts: number) {
  const edge: Edge = []
  const tiles = new Map<string, Buffer>()
  for (let from = 0; from < size; from += parts)
    for (const { level, number, hashes } of growTiles(edge, from, leaves.slice(from, Math.min(size, from + parts))))
      tiles.set(`${level}/${number}`, hashes)
  return { edge, tiles }
}

const sizes = [1, 2, 3, 5, 8, 255, 256, 257, 511, 512, 513, 1000, 65_535, 65_536, 65_537, 70_000]

describe('the tree', () => {
  test.each(sizes)('of %i leaves has the root of RFC 6962, in however many parts it grew', (size) => {
    for (const parts of [7, 256, 1000]) expect(rootOf(grow(size, parts).edge)).toEqual(plainRoot(0, size))
  })

  test.each(sizes)('of %i leaves proves every tried leaf from its tiles', (size) => {
    const { tiles, edge } = grow(size, 999)
    const hashIn = (subtree: { height: number; index: number }) => {
      const { level, number, from, to } = locateSubtree(subtree)
      const bytes = tiles.get(`${level}/${number}`) as Buffer
      return hashSubtree(
        Array.from({ length: to - from }, (_, at) => bytes.subarray((from + at) * 32, (from + at) * 32 + 32)),
      )
    }
    for (const position of [0, 1, size >> 1, size - 2, size - 1].filter((at) => at >= 0 && at < size)) {
      let hash = leaves[position] as Buffer
      let [from, to] = [position, position + 1]
      for (const step of inclusionPath(position, size)) {
        const [first] = step
        const begins = (first?.index ?? 0) * 2 ** (first?.height ?? 0)
        const other = joinHashes(step.map(hashIn))
        hash = begins >= to ? hashNode(hash, other) : hashNode(other, hash)
        const width = step.reduce((sum, { height }) => sum + 2 ** height, 0)
        ;[from, to] = begins >= to ? [from, to + width] : [from - width, to]
      }
      expect([from, to]).toEqual([0, size])
      expect(hash).toEqual(rootOf(edge))
    }
  })

  test('full tiles never change, partial ones only grow', () => {
    const before = grow(700, 50).tiles
    const after = grow(1500, 50).tiles
    for (const [name, hashes] of before) expect(after.get(name)?.subarray(0, hashes.length)).toEqual(hashes)
    expect(before.get('1/0')?.length).toBe(2 * 32)
  })

  test('a range is covered by whole subtrees', () => {
    fc.assert(
      fc.property(fc.nat(5000), (to) => {
        expect(coverRange(0, to).reduce((sum, { height }) => sum + 2 ** height, 0)).toBe(to)
      }),
    )
  })
})

test.each([
  [0, '000'],
  [67, '067'],
  [1234067, 'x001/x234/067'],
])('tile %i is at %s', (number, path) => {
  expect(tilePath(number)).toBe(path)
  expect(readTilePath(`0/${path}`)).toEqual({ level: 0, number, width: 256 })
  expect(readTilePath(`1/${path}.p/3`)).toEqual({ level: 1, number, width: 3 })
})

test.each(['entries/000', '0/0', '0/x000/001', '00/000', '0/000.p/0', '0/000.p/256', '0/000.p/03', '../000', '0/1000'])(
  '%s is no tile',
  (path) => expect(readTilePath(path)).toBeNull(),
)

describe('notes', () => {
  const signer = readSigner(writeSigner('xa.example.vn/so-cai', Buffer.alloc(32, 3)))
  const note = signer && signNote(checkpointText(signer.name, 12, leafOf(1)), [signer])

  test('a checkpoint is read back as it was signed', () => {
    expect(readCheckpoint(note ?? '')).toMatchObject({ origin: 'xa.example.vn/so-cai', size: 12 })
    expect(signer && note && isSignedBy(note, signer)).toBe(true)
    expect(signer && readVerifier(writeVerifier(signer))).toMatchObject({ name: signer?.name })
  })

  test('any changed letter is refused', () => {
    if (!signer || !note) throw new Error('no key')
    for (let at = 0; at < note.length; at += 1) {
      const changed = note.slice(0, at) + (note[at] === 'x' ? 'y' : 'x') + note.slice(at + 1)
      expect(isSignedBy(changed, signer), String(at)).toBe(false)
    }
  })

  test('a key whose id does not fit is none', () => {
    expect(readSigner(writeSigner('a', Buffer.alloc(32)).replace('+a+', '+b+'))).toBeNull()
    expect(readVerifier('a+00000000+AQ==')).toBeNull()
  })
})

describe('a line', () => {
  const response = {
    placeId: 3,
    id: '01890000-0000-7000-8000-000000000000',
    versionId: 2,
    day: '2026-11-18',
    receivedAt: '2026-11-18T04:59:59.999Z',
    fieldId: 0,
    serviceMode: 'direct',
    channel: 'qr',
    respondent: 'citizen',
    language: 'vi',
    standing: 'counted' as const,
    reason: null,
    answers: '5.4-',
    extras: null,
    waveId: 0,
    stratumId: 0,
    seconds: 30,
    comment: null,
  }

  test('changes with everything that is in it, and with its place', () => {
    const leaf = (changed: Partial<typeof response> = {}, at = 7) =>
      composeResponse({ ...response, ...changed } as never, noncesOf('key', at)).leaf.toString('hex')
    const others = [
      { placeId: 4 },
      { day: '2026-11-17' },
      { answers: '5.5-' },
      { receivedAt: '2026-11-18T04:58:59.999Z' },
      { standing: 'set_aside', reason: 'reviewed' },
      { comment: '' },
      { channel: 'web' },
      { seconds: 31 },
    ]
    const all = [leaf(), leaf({}, 8), ...others.map((one) => leaf(one as never))]
    expect(new Set(all).size).toBe(all.length)
    // The second is forgotten once the day is over: the line never knew it.
    expect(leaf({ receivedAt: '2026-11-18T04:59:00.000Z' })).toBe(leaf())
  })

  test('says nothing to whoever does not know its nonce', () => {
    const { leaf } = noncesOf('key', 7)
    expect(hashLeaf(leaf, '{}')).not.toEqual(hashLeaf(Buffer.alloc(16), '{}'))
    expect(noncesOf('key', 7)).toEqual(noncesOf('key', 7))
    expect(noncesOf('other', 7).leaf).not.toEqual(leaf)
  })

  test.each([
    ['2026-11-18T04:59:59.999Z', 'morning'],
    ['2026-11-18T05:00:00.000Z', 'afternoon'],
    ['2026-11-17T17:00:00.000Z', 'morning'],
  ])('that came at %s is of the %s', (at, half) => expect(halfOf(at)).toBe(half))

  test('shows its number from noon, or from midnight', () => {
    expect(isHalfClosed('2026-11-18', 'morning', Date.UTC(2026, 10, 18, 4, 59))).toBe(false)
    expect(isHalfClosed('2026-11-18', 'morning', Date.UTC(2026, 10, 18, 5))).toBe(true)
    expect(isHalfClosed('2026-11-18', 'afternoon', Date.UTC(2026, 10, 18, 16, 59))).toBe(false)
    expect(isHalfClosed('2026-11-18', 'afternoon', Date.UTC(2026, 10, 18, 17))).toBe(true)
  })
})

test('canonical JSON sorts names by code unit and writes numbers as ECMAScript does', () => {
  expect(canonicalJson({ '\u20ac': 1, a: [1e21, 0.1, null, undefined], '': { y: undefined, x: 'Ý\n"' } })).toBe(
    '{"":{"x":"Ý\\n\\""},"a":[1e+21,0.1,null,null],"€":1}',
  )
})

describe('what the browser brings along', () => {
  test('hashes as node:crypto does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(Buffer.from(sha256(bytes))).toEqual(createHash('sha256').update(bytes).digest())
        expect(Buffer.from(sha512(bytes))).toEqual(createHash('sha512').update(bytes).digest())
      }),
    )
  })

  test('takes good signatures and no others', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(63), fc.nat(7), (message, at, bit) => {
        const { publicKey, privateKey } = generateKeyPairSync('ed25519')
        const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
        const signature = sign(null, message, privateKey)
        expect(verifyEd25519(raw, message, signature)).toBe(true)
        const broken = Uint8Array.from(signature)
        broken[at] = (broken[at] as number) ^ (1 << bit)
        expect(verifyEd25519(raw, message, broken)).toBe(false)
        expect(verifyEd25519(raw, Uint8Array.of(...message, 1), signature)).toBe(false)
      }),
      { numRuns: 25 },
    )
  })
})
