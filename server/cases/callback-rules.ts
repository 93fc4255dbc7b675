import { toPlainDigits } from '../typed/digits.ts'
import type { CallbackForm, CallbackOutcome, CallbackProblem } from './citizen-contract.ts'

/** A Vietnamese number in its plain spelling, 0912345678, from whatever was typed; null where it cannot be one. */
export function readNumber(typed: string): string | null {
  const plain = toPlainDigits(typed).replace(/[\s.\-()[\]/,_·•]/g, '')
  const national = plain.replace(/^(?:\+|00)84/, '').replace(/^84(?=\d{9,10}$)/, '')
  const number = national.startsWith('0') ? national : `0${national}`
  return /^0[1-9]\d{7,9}$/.test(number) ? number : null
}

/** What is wrong with a call-back form, or what it asks for. A number is kept with its consent only. */
export function readCallback({
  number,
  consent,
  conduct,
  urgent,
}: CallbackForm): { problem: CallbackProblem } | { number: string | null; outcome: CallbackOutcome } {
  const typed = number.trim()
  const withNow = (outcome: 'number' | 'leaders' | 'both') => (urgent ? (`${outcome}-now` as const) : outcome)
  if (!typed) {
    if (conduct) return { number: null, outcome: withNow('leaders') }
    return urgent ? { number: null, outcome: 'now' } : { problem: 'nothing' }
  }
  const read = readNumber(typed)
  if (!read) return { problem: 'number' }
  if (!consent) return { problem: 'consent' }
  return { number: read, outcome: withNow(conduct ? 'both' : 'number') }
}
