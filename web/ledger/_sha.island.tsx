/**
 * SHA-256 and SHA-512 (FIPS 180-4) in plain script: the browser's own are missing on http:// addresses, where a commune
 * without a certificate lives, and in a page opened from a file by some browsers.
 */
export function sha256(bytes: Uint8Array): Uint8Array {
  const state = Uint32Array.from(initial256)
  const data = pad(bytes, 64)
  const view = new DataView(data.buffer)
  const w = new Uint32Array(64)
  for (let at = 0; at < data.length; at += 64) {
    for (let t = 0; t < 64; t += 1) {
      if (t < 16) w[t] = view.getUint32(at + 4 * t)
      else {
        const a = w[t - 15] as number
        const b = w[t - 2] as number
        const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)
        const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10)
        w[t] = (w[t - 16] as number) + s0 + (w[t - 7] as number) + s1
      }
    }
    mix256(state, w)
  }
  const out = new DataView(new ArrayBuffer(32))
  for (let index = 0; index < 8; index += 1) out.setUint32(4 * index, state[index] as number)
  return new Uint8Array(out.buffer)
}

const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

function mix256(state: Uint32Array, w: Uint32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as number[] as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  for (let t = 0; t < 64; t += 1) {
    const sum = (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g))
    const first = (h + sum + (rounds256[t] as number) + (w[t] as number)) | 0
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0]
  }
  ;[a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] = (state[index] as number) + word
  })
}

export function sha512(bytes: Uint8Array): Uint8Array {
  const state = [...initial512]
  const data = pad(bytes, 128)
  const view = new DataView(data.buffer)
  for (let at = 0; at < data.length; at += 128) {
    const w: bigint[] = []
    for (let t = 0; t < 80; t += 1) {
      if (t < 16) w[t] = view.getBigUint64(at + 8 * t)
      else {
        const a = w[t - 15] as bigint
        const b = w[t - 2] as bigint
        const s0 = turnBig(a, 1) ^ turnBig(a, 8) ^ (a >> 7n)
        const s1 = turnBig(b, 19) ^ turnBig(b, 61) ^ (b >> 6n)
        w[t] = ((w[t - 16] as bigint) + s0 + (w[t - 7] as bigint) + s1) & mask
      }
    }
    mix512(state, w)
  }
  const out = new DataView(new ArrayBuffer(64))
  for (let index = 0; index < 8; index += 1) out.setBigUint64(8 * index, state[index] as bigint)
  return new Uint8Array(out.buffer)
}

const mask = (1n << 64n) - 1n
const turnBig = (word: bigint, by: number): bigint => ((word >> BigInt(by)) | (word << BigInt(64 - by))) & mask

function mix512(state: bigint[], w: bigint[]): void {
  let [a, b, c, d, e, f, g, h] = state as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint]
  for (let t = 0; t < 80; t += 1) {
    const sum = (turnBig(e, 14) ^ turnBig(e, 18) ^ turnBig(e, 41)) + ((e & f) ^ (~e & mask & g))
    const first = h + sum + (rounds512[t] as bigint) + (w[t] as bigint)
    const second = (turnBig(a, 28) ^ turnBig(a, 34) ^ turnBig(a, 39)) + ((a & b) ^ (a & c) ^ (b & c))
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) & mask, c, b, a, (first + second) & mask]
  }
  ;[a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] = ((state[index] as bigint) + word) & mask
  })
}

/** 1, zeros, and the length in bits, to whole blocks. */
function pad(bytes: Uint8Array, block: number): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(Math.ceil((bytes.length + 1 + block / 8) / block) * block)
  data.set(bytes)
  data[bytes.length] = 128
  new DataView(data.buffer).setUint32(data.length - 4, bytes.length * 8)
  return data
}

/** The constants are the first 64 bits of fractional parts of roots of the first primes: computed, not copied. */
const primes: bigint[] = []
for (let n = 2n; primes.length < 80; n += 1n) if (primes.every((prime) => n % prime !== 0n)) primes.push(n)

/** The fractional part of the square (2) or cube (3) root, in 64 bits. */
function rootBits(prime: bigint, degree: 2 | 3): bigint {
  const goal = prime << BigInt(64 * degree)
  let low = 0n
  let high = 1n << 72n
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (middle * middle * (degree === 3 ? middle : 1n) <= goal) low = middle
    else high = middle
  }
  return low & mask
}

const initial512 = primes.slice(0, 8).map((prime) => rootBits(prime, 2))
const rounds512 = primes.map((prime) => rootBits(prime, 3))
const initial256 = initial512.map((word) => Number(word >> 32n))
const rounds256 = rounds512.slice(0, 64).map((word) => Number(word >> 32n))
