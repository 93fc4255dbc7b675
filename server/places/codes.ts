import { randomInt } from 'node:crypto'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import { staysText } from '../typed/code.ts'
import { codeAlphabet, madeCodeLength } from './rules.ts'

/** A code that no place has or ever had, that is not among these, and that no spreadsheet takes for a number. */
export function makePlaceCode(state: CatalogueState, also: ReadonlySet<string> = new Set()): string {
  for (;;) {
    const letters = Array.from({ length: madeCodeLength }, () => codeAlphabet.charAt(randomInt(codeAlphabet.length)))
    const code = letters.join('')
    if (staysText(code) && !state.placeByCode.has(code) && !state.retiredByCode.has(code) && !also.has(code))
      return code
  }
}
