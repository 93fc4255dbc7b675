import { randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { toPlainDigits } from '../../typed/digits.ts'
import { easyLetters } from './passwords.ts'

/** RFC 6238 as every authenticator app knows it: SHA-1, 6 digits, 30 seconds. */
const stepSeconds = 30
const settings = { issuer: 'Ý Dân', algorithm: 'SHA1', digits: 6, period: stepSeconds }

/** 160 random bits in base 32, as RFC 4226 wants them. */
export const makeTotpSecret = (): string => new Secret({ size: 20 }).base32

/** What the QR code holds for the app. */
export const addressOfSecret = (secret: string, username: string): string =>
  new TOTP({ ...settings, label: username, secret: Secret.fromBase32(secret) }).toString()

/** The time step a code belongs to, one step before or after now included; null for a wrong code. */
export function findTotpStep(secret: string, code: string, nowMs: number): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const totp = new TOTP({ ...settings, secret: Secret.fromBase32(secret) })
  const delta = totp.validate({ token: code, timestamp: nowMs, window: 1 })
  return delta === null ? null : Math.floor(nowMs / 1000 / stepSeconds) + delta
}

export const recoveryCodeCount = 8
const codeLetters = 12

/** Codes for the day the telephone is lost: 12 characters that nobody confuses, 59 bits. */
export const makeRecoveryCodes = (): string[] =>
  Array.from({ length: recoveryCodeCount }, () =>
    Array.from({ length: codeLetters }, () => easyLetters[randomInt(easyLetters.length)]).join(''),
  )

/** A code as typed, in what case and groups soever. */
export const readCode = (typed: string): string =>
  toPlainDigits(typed)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')

/** A sealed secret moved to another member's row opens nothing. */
export const purposeOfSecret = (staffId: number): string => `totp ${staffId}`
