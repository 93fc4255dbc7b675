import { sha512 } from './_sha.island.tsx'

/** Ed25519 (RFC 8032), verification only: nothing here is secret, so nothing has to take constant time. */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = readPoint(publicKey)
  const commitment = readPoint(signature.subarray(0, 32))
  const s = readNumber(signature.subarray(32))
  if (!key || !commitment || s >= order) return false
  const input = new Uint8Array(64 + message.length)
  input.set(signature.subarray(0, 32))
  input.set(publicKey, 32)
  input.set(message, 64)
  const challenge = readNumber(sha512(input)) % order
  return isSame(times(base, s), add(commitment, times(key, challenge)))
}

/** Extended coordinates: x = X/Z, y = Y/Z, T = XY/Z. */
type Point = [x: bigint, y: bigint, z: bigint, t: bigint]

const p = (1n << 255n) - 19n
const order = (1n << 252n) + 27742317777372353535851937790883648493n
const wrap = (value: bigint): bigint => ((value % p) + p) % p

function power(value: bigint, exponent: bigint): bigint {
  let result = 1n
  let square = wrap(value)
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % p
    square = (square * square) % p
  }
  return result
}

const invert = (value: bigint): bigint => power(value, p - 2n)
const d = wrap(-121665n * invert(121666n))
const rootOfMinusOne = power(2n, (p - 1n) / 4n)

function readNumber(bytes: Uint8Array): bigint {
  let value = 0n
  for (let at = bytes.length - 1; at >= 0; at -= 1) value = (value << 8n) | BigInt(bytes[at] as number)
  return value
}

/** RFC 8032, section 5.1.3; null where the bytes are no point. */
function readPoint(bytes: Uint8Array): Point | null {
  const whole = readNumber(bytes)
  const y = whole & ((1n << 255n) - 1n)
  if (y >= p) return null
  const u = wrap(y * y - 1n)
  const v = wrap(d * y * y + 1n)
  let x = wrap(u * v ** 3n * power(u * v ** 7n, (p - 5n) / 8n))
  if (wrap(v * x * x) !== u) x = wrap(x * rootOfMinusOne)
  if (wrap(v * x * x) !== u) return null
  const sign = whole >> 255n
  if (x === 0n && sign === 1n) return null
  if ((x & 1n) !== sign) x = p - x
  return [x, y, 1n, wrap(x * y)]
}

function add([x1, y1, z1, t1]: Point, [x2, y2, z2, t2]: Point): Point {
  const a = wrap((y1 - x1) * (y2 - x2))
  const b = wrap((y1 + x1) * (y2 + x2))
  const c = wrap(2n * d * t1 * t2)
  const e = wrap(2n * z1 * z2)
  const [f, g, h, i] = [b - a, e - c, e + c, b + a]
  return [wrap(f * g), wrap(h * i), wrap(g * h), wrap(f * i)]
}

function times(point: Point, factor: bigint): Point {
  let sum: Point = [0n, 1n, 1n, 0n]
  let double = point
  for (let rest = factor; rest > 0n; rest >>= 1n) {
    if (rest & 1n) sum = add(sum, double)
    double = add(double, double)
  }
  return sum
}

const isSame = ([x1, y1, z1]: Point, [x2, y2, z2]: Point): boolean =>
  wrap(x1 * z2) === wrap(x2 * z1) && wrap(y1 * z2) === wrap(y2 * z1)

/** y = 4/5, x even. */
const base = readPoint(
  Uint8Array.from({ length: 32 }, (_, index) => Number((wrap(4n * invert(5n)) >> BigInt(8 * index)) & 255n)),
) as Point
