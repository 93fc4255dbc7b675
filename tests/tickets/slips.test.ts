import { expect, test } from 'vitest'
import { openDocument, typesetIn } from '../../server/posters/poster.ts'
import type { TicketSlip } from '../../server/tickets/contract.ts'
import { layoutRoll, layoutSheet, slipsOnSheet } from '../../server/tickets/slip-layout.ts'
import { makeLongestForm } from '../fixtures/pages/survey-form.ts'

const typeset = typesetIn(openDocument())
const { place } = makeLongestForm({})
const code = 'W'.repeat(18)
const longest = (index: number): TicketSlip => ({
  ...{ code, link: `https://danhgia.xa-mau-so-mot.tinh-mau.gov.vn/p/${code}`, serial: `99999-${index}` },
  agency: place.agency,
  place: place.name,
  field: 'Văn hóa, thể thao, du lịch',
  expiresOn: '2027-12-31',
})

test.each([[{ trial: false, demo: false }], [{ trial: true, demo: false }], [{ trial: true, demo: true }]])(
  'the longest names stay within their slip of the sheet and clear of the cut, marked %j',
  (marks) => {
    const [height, width] = [297 / 5, 210 / 2]
    const pieces = layoutSheet([longest(1)], marks, typeset).pieces.filter(({ kind }) => kind !== 'rule')
    expect(Math.max(...pieces.map((piece) => piece.y + piece.height))).toBeLessThanOrEqual(height - 4)
    expect(Math.max(...pieces.map((piece) => piece.x + piece.width))).toBeLessThanOrEqual(width - 4)
    const foot = pieces.find((piece) => piece.kind === 'text' && piece.tag === 'Link')
    const others = pieces.filter((piece) => piece !== foot)
    expect(Math.max(...others.map((piece) => piece.y + piece.height))).toBeLessThanOrEqual(foot?.y ?? 0)
  },
)

test('ten slips stand on a sheet, and every address is whole', () => {
  const slips = Array.from({ length: slipsOnSheet }, (_, index) => longest(index))
  const { pieces } = layoutSheet(slips, { trial: false, demo: false }, typeset)
  const addresses = pieces.flatMap((piece) => (piece.kind === 'text' && piece.tag === 'Link' ? [piece.paragraph] : []))
  expect(addresses).toHaveLength(10)
  for (const { lines, style } of addresses) {
    expect(lines.map(({ text }) => text).join(' ')).not.toContain('…')
    expect(style.size).toBeGreaterThan(1.7)
  }
  for (const paper of [58, 80] as const) {
    const roll = layoutRoll(longest(1), paper, { trial: true, demo: true }, typeset)
    expect(Math.max(...roll.pieces.map((piece) => piece.x + piece.width))).toBeLessThanOrEqual(paper)
    expect(JSON.stringify(roll.pieces.filter((piece) => piece.kind === 'text' && piece.tag === 'Link'))).not.toContain(
      '…',
    )
  }
})
