import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { Checkpoint } from './contract.ts'

/** A key that signs the ledger: its name is the origin of every checkpoint. */
export type Signer = { name: string; id: Buffer; publicKey: Buffer; key: KeyObject }
export type Verifier = { name: string; id: Buffer; publicKey: Buffer }

/** Of C2SP signed-note: Ed25519. */
const algorithm = 1
/** DER around 32 raw bytes (RFC 8410). */
const privateDer = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicDer = Buffer.from('302a300506032b6570032100', 'hex')

/** A signing key as text: PRIVATE+KEY+name+id+base64(1 ‖ seed), the form Go's note package reads. */
export function writeSigner(name: string, seed: Buffer): string {
  const { id } = signerOf(name, seed)
  return `PRIVATE+KEY+${name}+${id.toString('hex')}+${Buffer.concat([Buffer.of(algorithm), seed]).toString('base64')}`
}

/** Null where the text is no such key, or its id does not fit. */
export function readSigner(text: string): Signer | null {
  const found = /^PRIVATE\+KEY\+([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim())
  if (!found) return null
  const bytes = Buffer.from(found[3] as string, 'base64')
  if (bytes.length !== 33 || bytes[0] !== algorithm) return null
  const signer = signerOf(found[1] as string, bytes.subarray(1))
  return signer.id.toString('hex') === found[2] ? signer : null
}

function signerOf(name: string, seed: Buffer): Signer {
  const key = createPrivateKey({ key: Buffer.concat([privateDer, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)
  return { name, id: keyId(name, publicKey), publicKey, key }
}

/** First four bytes of SHA-256(name ‖ newline ‖ 1 ‖ key). */
const keyId = (name: string, publicKey: Buffer): Buffer =>
  createHash('sha256').update(`${name}\n`).update(Buffer.of(algorithm)).update(publicKey).digest().subarray(0, 4)

/** The public key as text, for everybody: name+id+base64(1 ‖ key). */
export const writeVerifier = ({ name, id, publicKey }: Verifier): string =>
  `${name}+${id.toString('hex')}+${Buffer.concat([Buffer.of(algorithm), publicKey]).toString('base64')}`

export function readVerifier(text: string): Verifier | null {
  const found = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim())
  if (!found) return null
  const bytes = Buffer.from(found[3] as string, 'base64')
  if (bytes.length !== 33 || bytes[0] !== algorithm) return null
  const publicKey = bytes.subarray(1)
  const id = keyId(found[1] as string, publicKey)
  return id.toString('hex') === found[2] ? { name: found[1] as string, id, publicKey } : null
}

/** A signed note: the text, an empty line, one line per signature. `text` ends with a line break. */
export function signNote(text: string, signers: Signer[]): string {
  const lines = signers.map(({ name, id, key }) => {
    const signature = sign(null, Buffer.from(text), key)
    return `— ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`
  })
  return `${text}\n${lines.join('')}`
}

/** Whether a note carries a good signature of this key. */
export function isSignedBy(note: string, { name, id, publicKey }: Verifier): boolean {
  const end = note.lastIndexOf('\n\n')
  if (end < 0) return false
  const text = Buffer.from(note.slice(0, end + 1))
  const key = createPublicKey({ key: Buffer.concat([publicDer, publicKey]), format: 'der', type: 'spki' })
  return note
    .slice(end + 2)
    .split('\n')
    .some((line) => {
      const found = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line)
      const bytes = Buffer.from(found?.[2] ?? '', 'base64')
      const isWhole = bytes.length === 68 && bytes.toString('base64') === found?.[2]
      if (found?.[1] !== name || !isWhole || !bytes.subarray(0, 4).equals(id)) return false
      return verify(null, text, key, bytes.subarray(4))
    })
}

/** Origin, size, root: what C2SP tlog-checkpoint signs. */
export const checkpointText = (origin: string, size: number, root: Buffer): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`

/** Null where the text is no checkpoint; says nothing about its signatures. */
export function readCheckpoint(note: string): Checkpoint | null {
  const found = /^([^\n]+)\n(0|[1-9]\d*)\n([A-Za-z0-9+/]{43}=)\n/.exec(note)
  return found && { origin: found[1] as string, size: Number(found[2]), root: found[3] as string, note }
}

/** What the old key and the new one sign when one takes over from the other. */
export const handoverText = (from: string, to: string, after: string): string =>
  `Ý Dân: bàn giao khóa sổ cái\n${from}\n${to}\n${after}\n`
