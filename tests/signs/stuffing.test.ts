import { describe, expect, test } from 'vitest'
import { attackers } from '../../scripts/study/stuffing/attackers.ts'
import { attackPlace, watchHonest } from '../../scripts/study/stuffing/outcomes.ts'

const town = { perWeek: 50, straight: 0.45, satisfied: 0.9, proven: 0.3, market: 2 }
const attacker = (start: string) => attackers.find(({ name }) => name.startsWith(start)) as (typeof attackers)[number]

describe('the small form of the stuffing study', () => {
  test('sets aside at most three honest answers in a hundred where nobody cheats', () => {
    const { honest, aside } = watchHonest(town, 7)
    expect(honest).toBeGreaterThan(1000)
    expect(aside / honest).toBeLessThanOrEqual(0.03)
  })

  test.each([
    'chương trình gửi thẳng',
    'chương trình mở trang',
    'xóa cookie',
    'cán bộ điền sau giờ làm',
    'cán bộ điền xen giữa giờ, bấm nhanh',
    'gửi liên kết',
  ])('keeps out of the verdict: %s', (name) => {
    const outcome = attackPlace(town, attacker(name), 9)
    expect(outcome.fakes).toBeGreaterThanOrEqual(100)
    expect(outcome.outOfVerdict / outcome.fakes).toBeGreaterThanOrEqual(0.95)
    expect(outcome.honestAside / outcome.honest).toBeLessThanOrEqual(0.03)
    expect(Math.abs(outcome.moved)).toBeLessThanOrEqual(1)
  })

  test('says that nobody is found where only the happy are invited', () => {
    const outcome = attackPlace(town, attacker('chỉ mời'), 9)
    expect(outcome.fakes).toBe(0)
    expect(outcome.moved).toBeGreaterThan(1)
    expect(outcome.daysToSign).toBeNull()
  })
})
