import type { AudioType } from './contract.ts'

/**
 * What a file is by its bytes, whatever it calls itself; null for what is no sound that browsers play. Signatures: ID3v2 and
 * ISO 11172-3 §2.4.1.3 (MP3), ISO 13818-7 §6.2 (ADTS), ISO 14496-12 §4.3 (MP4), RFC 3533 and 7845 (Ogg Opus), RFC 9559
 * (Matroska, WebM).
 */
export function sniffAudio(bytes: Buffer): AudioType | null {
  if (isMp3(bytes)) return 'audio/mpeg'
  if (isAdts(bytes)) return 'audio/aac'
  if (isMp4Sound(bytes)) return 'audio/mp4'
  if (has(bytes, 0, 'OggS') && bytes.subarray(0, 512).includes('OpusHead')) return 'audio/ogg'
  return isWebmSound(bytes) ? 'audio/webm' : null
}

const has = (bytes: Buffer, at: number, text: string): boolean =>
  bytes.toString('latin1', at, at + text.length) === text

function isMp3(bytes: Buffer): boolean {
  const at = has(bytes, 0, 'ID3') ? 10 + synchsafe(bytes) : 0
  // A tag may be followed by a little padding.
  const frame = bytes.subarray(at, at + 4096).findIndex((_, index, part) => isMp3Frame(part, index))
  return at > 0 ? frame >= 0 : frame === 0
}

/** Seven bits in each of four bytes. */
const synchsafe = (bytes: Buffer): number =>
  [6, 7, 8, 9].reduce((size, at) => size * 128 + ((bytes[at] ?? 0) & 0x7f), 0)

/** Eleven bits of synchronisation, a known version, layer III, a known bitrate and sampling rate. */
function isMp3Frame(bytes: Buffer | Uint8Array, at: number): boolean {
  const [first = 0, second = 0, third = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]]
  const isSync = first === 0xff && (second & 0xe0) === 0xe0
  const isLayer3 = (second & 0x18) !== 0x08 && (second & 0x06) === 0x02
  return isSync && isLayer3 && third >> 4 !== 0x0f && third >> 4 !== 0 && (third & 0x0c) !== 0x0c
}

/** Twelve bits of synchronisation and layer 0, then a known sampling rate. */
const isAdts = (bytes: Buffer): boolean =>
  bytes.length > 7 && bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xf6) === 0xf0 && ((bytes[2] ?? 0) & 0x3c) >> 2 < 13

/** A sound track and none of pictures. */
const isMp4Sound = (bytes: Buffer): boolean =>
  has(bytes, 4, 'ftyp') && bytes.includes('soun') && !bytes.includes('vide', 0, 'latin1')

const ebml = Buffer.from('1a45dfa3', 'hex')
/** Tracks come before what they hold. */
const tracksWithin = 4096

function isWebmSound(bytes: Buffer): boolean {
  const head = bytes.subarray(0, tracksWithin)
  const isWebm = head.subarray(0, 4).equals(ebml) && head.subarray(0, 64).includes('webm')
  return isWebm && /A_(OPUS|VORBIS)/.test(head.toString('latin1')) && !/V_(VP|AV1|MPEG)/.test(head.toString('latin1'))
}
