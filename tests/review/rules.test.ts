import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AgencyId } from '../../server/catalogue/contract.ts'
import {
  compareStandings,
  isFedBy,
  mayReview,
  type OwnedIndicator,
  type RatedPlace,
  shiftStrata,
  signatureOf,
  tokenOf,
} from '../../server/review/rules.ts'
import type { Sums } from '../../server/score/contract.ts'
import { addSums, noSums, scoreOf } from '../../server/score/rules.ts'
import { type Role, roles } from '../../server/shell-contract.ts'
import type { StaffMember } from '../../server/staff/contract.ts'

const [center, station, culture, schools, police] = [1, 2, 3, 8, 7] as AgencyId[] as [
  AgencyId,
  AgencyId,
  AgencyId,
  AgencyId,
  AgencyId,
]

const indicators: OwnedIndicator[] = [
  { ownerAgencyId: center, definition: { sector: 'administrative', serviceModes: ['online'], formula: 'pooled' } },
  { ownerAgencyId: center, definition: { sector: 'administrative', formula: 'pooled' } },
  { ownerAgencyId: culture, definition: { questionnaire: 'household', formula: 'pooled' } },
  { ownerAgencyId: station, definition: { sector: 'health', formula: 'pooled' } },
  { ownerAgencyId: culture, definition: { sector: 'education', formula: 'pooled' } },
]

const counter: RatedPlace = {
  agencyId: center,
  sector: 'administrative',
  questionnaire: 'administrative',
  fieldCodes: ['dat-dai'],
  serviceMode: 'direct',
  inWave: false,
}
const clinic: RatedPlace = {
  ...counter,
  agencyId: station,
  sector: 'health',
  questionnaire: 'outpatient',
  fieldCodes: [],
}
const school: RatedPlace = { ...clinic, agencyId: schools, sector: 'education', questionnaire: 'education-primary' }
const places = { counter, clinic, school, wave: { ...counter, inWave: true } }

const member = (role: Role, agencies: AgencyId[]): StaffMember => ({
  id: 1,
  username: 'can-bo-mot',
  displayName: '',
  role,
  agencies,
  coordinates: agencies.includes(culture),
})

describe('who may count or set aside', () => {
  const groups: Record<string, AgencyId[]> = {
    none: [],
    center: [center],
    station: [station],
    culture: [culture],
    schools: [schools],
    police: [police],
    'culture and station': [culture, station],
  }
  /** Everyone who may; every other combination of role, agencies and place may not. */
  const allowed = new Set([
    'manager of culture: counter',
    'manager of culture: clinic',
    'manager of culture and station: counter',
    ...['none', 'center', 'station', 'police'].map((group) => `administrator of ${group}: school`),
    ...['none', 'station', 'schools', 'police'].map((group) => `administrator of ${group}: wave`),
  ])
  const cases = roles.flatMap((role) =>
    Object.entries(groups).flatMap(([group, agencies]) =>
      Object.entries(places).map(([name, place]) => ({ name: `${role} of ${group}: ${name}`, role, agencies, place })),
    ),
  )

  test.each(cases)('$name', ({ name, role, agencies, place }) => {
    expect(mayReview(member(role, agencies), place, indicators)).toBe(allowed.has(name))
  })

  test('the table names only combinations that exist', () => {
    expect([...allowed].filter((name) => !cases.some((one) => one.name === name))).toEqual([])
    expect(cases).toHaveLength(roles.length * 7 * 4)
  })

  test('an indicator that the coordinating agency takes over takes its places away from that agency', () => {
    const moved = indicators.map((one) => (one.ownerAgencyId === station ? { ...one, ownerAgencyId: culture } : one))
    expect(mayReview(member('manager', [culture]), clinic, moved)).toBe(false)
    expect(mayReview(member('manager', [culture]), counter, moved)).toBe(true)
  })
})

test.each([
  ['its sector', { sector: 'administrative' as const }, counter, true],
  ['another sector', { sector: 'health' as const }, counter, false],
  ['another questionnaire', { questionnaire: 'vaccination' }, clinic, false],
  ['one of its fields', { fields: ['dat-dai', 'khac'] }, counter, true],
  ['other fields', { fields: ['khac'] }, counter, false],
  ['fields, where the place asks none', { fields: ['khac'] }, { ...counter, fieldCodes: [] }, true],
  ['another mode', { serviceModes: ['online' as const] }, counter, false],
  ['a mode that citizens choose', { serviceModes: ['online' as const] }, { ...counter, serviceMode: 'ask' }, true],
  ['households, in a wave', { questionnaire: 'household' }, places.wave, true],
])('a place feeds an indicator of %s: %o', (_, definition, place, expected) => {
  expect(isFedBy({ formula: 'pooled', ...definition }, place)).toBe(expected)
})

test('a signature depends on the responses and their reasons, not on their order', () => {
  const one = { placeId: 1, id: 'a', reason: 'too_fast' as const }
  const other = { placeId: 1, id: 'b', reason: null }
  expect(signatureOf([one, other])).toBe(signatureOf([other, one]))
  const all = [[one], [other], [one, other], [{ ...one, reason: null }, other], [{ ...one, placeId: 2 }, other], []]
  expect(new Set(all.map(signatureOf)).size).toBe(all.length)
  expect(tokenOf(one)).not.toBe(tokenOf(other))
})

const sums = fc
  .tuple(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([n, share]): Sums => [n, n, n * share, n, n * share, n * share, n])

test('what is counted again and set aside again leaves every score where it was', () => {
  const strata = fc.dictionary(fc.constantFrom('1', '2', '3'), sums).map((all) => new Map(Object.entries(all)))
  fc.assert(
    fc.property(strata, strata, (before, moved) => {
      const there = shiftStrata(before, moved, 1)
      const back = shiftStrata(there, moved, -1)
      for (const [key, value] of back) {
        const expected = before.get(key) ?? noSums
        expect(value[0]).toBe(expected[0])
        expect(value[2]).toBeCloseTo(expected[2], 9)
      }
    }),
  )
})

test('both sides of an effect are the index of the pooled strata, and their verdicts', () => {
  const before = new Map([
    ['1', [200, 2, 199, 200, 198, 199, 200] as const],
    ['2', [100, 1, 99, 100, 98, 99, 100] as const],
  ])
  const moved = new Map([['2', [60, 60, 0, 60, 0, 0, 60] as const]])
  const after = shiftStrata(before, moved, 1)
  const effect = compareStandings({ code: 'II.1', title: '', target: 95 }, before, after, null)
  const whole = addSums(before.get('1') as Sums, before.get('2') as Sums)
  expect(effect.before).toEqual(scoreOf(whole))
  expect(effect.after).toEqual(scoreOf(addSums(whole, moved.get('2') as Sums)))
  expect([effect.beforeVerdict, effect.afterVerdict]).toEqual(['met', 'not_met'])
  // Before its target is due an indicator is watched: there is no verdict that a decision could turn.
  const watched = compareStandings({ code: 'II.1', title: '', target: 95, dueFrom: 2028 }, before, after, null)
  expect([watched.dueFrom, watched.beforeVerdict, watched.afterVerdict]).toEqual([
    2028,
    'not_yet_provable',
    'not_yet_provable',
  ])
  const weighed = compareStandings({ code: 'II.1', title: '', target: 95 }, before, after, () => null)
  expect(weighed.after).toEqual({ score: null, lower: null, upper: null, responses: 360 })
})
