import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../server/days.ts'
import {
  isScreenCode,
  makePresence,
  makeScreenCode,
  makeVisit,
  readPresence,
  readVisit,
  stepAt,
} from '../../server/tickets/presence-rules.ts'
import {
  bytesOfTicket,
  hashTicket,
  makeTicketCode,
  rateOf,
  readTicketCode,
  spellTicket,
} from '../../server/tickets/ticket-rules.ts'

const key = 'a'.repeat(64)
const [second, minute] = [1000, 60_000]
const start = Date.UTC(2026, 10, 23, 3)

describe('a ticket’s code', () => {
  const codes = fc.uint8Array({ minLength: bytesOfTicket, maxLength: bytesOfTicket }).map((b) => Buffer.from(b))

  test('has 90 random bits in letters that are read from paper as they are', () => {
    fc.assert(
      fc.property(codes, (random) => {
        const code = makeTicketCode(random)
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{18}$/)
        const typed = spellTicket(code).toLowerCase().replace(/0/g, 'o').replace(/1/g, 'l')
        expect([readTicketCode(code), readTicketCode(typed)]).toEqual([code, code])
        expect(hashTicket(code)).toMatch(/^[0-9a-f]{64}$/)
      }),
    )
    const every = new Set(Array.from({ length: 32 }, (_, one) => makeTicketCode(Buffer.alloc(18, one)).charAt(0)))
    expect(every.size).toBe(32)
  })

  test.each([
    [undefined],
    [5],
    [['x']],
    [''],
    ['U'.repeat(18)],
    ['0'.repeat(17)],
    ['0'.repeat(19)],
    ['0'.repeat(5000)],
  ])('%j is none', (given) => expect(readTicketCode(given)).toBeNull())

  test('the rate of answers is used of given out, unknown below twenty', () => {
    expect(rateOf({ given: 19, used: 19 }).rate).toBeNull()
    expect(rateOf({ given: 20, used: 5 }).rate).toBe(0.25)
    expect([addDays('2026-12-31', 1), addDays('2026-11-23', 30)]).toEqual(['2027-01-01', '2026-12-23'])
  })
})

describe('the code on a screen', () => {
  const shown = makeScreenCode(key, 'p7', stepAt(start))

  test('is of this half minute, five minutes more, and half a minute for clocks that differ', () => {
    const isGood = (ms: number) => isScreenCode(key, 'p7', shown, start + ms)
    expect([0, 29 * second, 5 * minute + 59 * second, -30 * second].map(isGood)).toEqual([true, true, true, true])
    expect([6 * minute + 1 * second, -31 * second, 86_400_000].map(isGood)).toEqual([false, false, false])
  })

  test('changes every half minute and is of one place or one agency', () => {
    expect(makeScreenCode(key, 'p7', stepAt(start + 29_999))).toBe(shown)
    expect(makeScreenCode(key, 'p7', stepAt(start + 30_000))).not.toBe(shown)
    for (const spot of ['p8', 'a7'] as const) expect(isScreenCode(key, spot, shown, start)).toBe(false)
    expect(isScreenCode('b'.repeat(64), 'p7', shown, start)).toBe(false)
  })

  test('is none when a single sign is changed, or when it is anything else', () => {
    const signs = '0123456789abcdefz.'
    fc.assert(
      fc.property(fc.nat(shown.length - 1), fc.constantFrom(...signs), (at, sign) => {
        const changed = shown.slice(0, at) + sign + shown.slice(at + 1)
        expect(isScreenCode(key, 'p7', changed, start)).toBe(changed === shown)
      }),
    )
    fc.assert(fc.property(fc.string(), (given) => !isScreenCode(key, 'p7', given, start)))
  })
})

describe('the proof of presence', () => {
  const id = '0192f3a0-5c1e-7b3d-8f42-a6c7d10e93b5'
  const proof = makePresence(key, 7, id, start)
  const page = { placeId: 7, pageId: id }

  test('in an address makes pages for an hour, of its own place', () => {
    const visit = makeVisit(key, 7, start)
    const read = (ms: number, place = 7) => readVisit(key, place, visit, start + ms)
    expect([read(0), read(60 * minute), read(-30 * second)]).toEqual([start, start, start])
    expect([read(61 * minute), read(-31 * second), read(0, 8)]).toEqual([null, null, null])
    expect(readVisit(key, 7, proof, start)).toBeNull()
  })

  test('on a page is good for that page’s response alone, and keeps its time when it arrives late', () => {
    const read = (ms: number, of = page) => readPresence(key, of, proof, start + ms)
    expect([read(0), read(90 * minute), read(29 * 86_400_000)]).toEqual([start, start, start])
    expect(read(31 * 86_400_000)).toBeNull()
    expect(read(0, { placeId: 8, pageId: id })).toBeNull()
    expect(read(0, { placeId: 7, pageId: id.replace(/5$/, '6') })).toBeNull()
    expect(readPresence(key, page, makeVisit(key, 7, start), start)).toBeNull()
  })
})
