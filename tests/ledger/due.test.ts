import { expect, test } from 'vitest'
import { isDue } from '../../server/ledger/ledger.ts'

test.each([
  [9_999, 0, false],
  [10_000, 0.5, true],
  [10_000, 0.51, false],
  [29_999, 1, false],
  [30_000, 1, true],
])('%i ms after the last lines, busy for %f of a second: %s', (sinceMs, share, due) => {
  expect(isDue(sinceMs, share)).toBe(due)
})
