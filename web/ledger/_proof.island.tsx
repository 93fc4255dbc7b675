import { verifyEd25519 } from './_ed25519.island.tsx'
import { sha256 } from './_sha.island.tsx'

/** What a check of a proof found; `problem` names the first thing that does not fit. */
export type Checked = {
  line: number
  size: number
  root: string
  origin: string
  /** The answers were opened and are the ones in the line. */
  opened: boolean
  problem: 'unreadable' | 'content' | 'path' | 'signature' | null
}

/** Checks a proof of C2SP tlog-proof against a public key of C2SP signed-note, with nothing from a server. */
export function checkProof(proof: string, key: string): Checked {
  const nothing = { line: 0, size: 0, root: '', origin: '', opened: false }
  const cut = proof.indexOf('\n\n')
  const lines = proof.slice(0, cut).split('\n')
  const note = proof.slice(cut + 2)
  const [origin = '', size = '', root = ''] = note.split('\n')
  if (lines[0] !== 'c2sp.org/tlog-proof@v1' || !lines[2]?.startsWith('index '))
    return { ...nothing, problem: 'unreadable' }
  const extra = JSON.parse(fromUtf8(fromBase64((lines[1] as string).slice(6)))) as Extra
  const index = Number(lines[2].slice(6))
  const found = { line: index + 1, size: Number(size), root, origin, opened: extra.content !== undefined }
  const record = JSON.parse(extra.record) as { content?: string }
  if (extra.content && toBase64(commit(2, extra.content.nonce, extra.content.json)) !== record.content)
    return { ...found, problem: 'content' }
  const leaf = commit(0, extra.nonce, extra.record)
  const climbed = climb(leaf, index, Number(size), lines.slice(3).map(fromBase64))
  if (!climbed || toBase64(climbed) !== root) return { ...found, problem: 'path' }
  return { ...found, problem: isSigned(note, key) ? null : 'signature' }
}

type Extra = { nonce: string; record: string; content?: { nonce: string; json: string } }

/** From the leaf to the root (RFC 9162, section 2.1.3.2); null where the path is too short or too long. */
function climb(leaf: Uint8Array, index: number, size: number, path: Uint8Array[]): Uint8Array | null {
  let [at, last, hash] = [index, size - 1, leaf]
  if (index > last) return null
  for (const other of path) {
    if (last === 0) return null
    if (at % 2 === 1 || at === last) {
      hash = join(1, other, hash)
      while (at % 2 === 0 && at > 0) {
        at /= 2
        last = Math.floor(last / 2)
      }
    } else hash = join(1, hash, other)
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? hash : null
}

function isSigned(note: string, key: string): boolean {
  const end = note.lastIndexOf('\n\n')
  const [name, , bytes] = key.trim().split('+', 2).concat(key.trim().split('+').slice(2).join('+'))
  const publicKey = fromBase64(bytes as string)
  return note
    .slice(end + 2)
    .split('\n')
    .some((line) => {
      const [dash, signer, signature] = line.split(' ')
      if (dash !== '—' || signer !== name) return false
      return verifyEd25519(
        publicKey.subarray(1),
        toUtf8(note.slice(0, end + 1)),
        fromBase64(signature as string).subarray(4),
      )
    })
}

const commit = (prefix: number, nonce: string, text: string) => join(prefix, fromBase64(nonce), toUtf8(text))

function join(prefix: number, left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + left.length + right.length)
  bytes[0] = prefix
  bytes.set(left, 1)
  bytes.set(right, 1 + left.length)
  return sha256(bytes)
}

const toUtf8 = (text: string) => new TextEncoder().encode(text)
const fromUtf8 = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))
