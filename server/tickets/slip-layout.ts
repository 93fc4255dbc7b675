import { posterDetails, posterWords } from '../../web/posters/messages.ts'
import { slipWords } from '../../web/tickets/slip-messages.ts'
import {
  type Block,
  markBlock,
  type PosterMarks,
  qrBlock,
  ruleBlock,
  shift,
  space,
  stack,
  type Typeset,
  textBlock,
} from '../posters/blocks.ts'
import type { Style } from '../posters/text.ts'
import type { TicketSlip } from './contract.ts'
import { spellTicket } from './ticket-rules.ts'

/** Thermal printers turn every colour into dots, and copiers too: slips are black. */
const black = '#000'
const cutLine = '#888'

/** A4 in millimetres, cut into two columns of five. */
const sheet = { width: 210, height: 297, columns: 2, rows: 5, pad: 5 }
export const slipsOnSheet = sheet.columns * sheet.rows
const cell = { width: sheet.width / sheet.columns, height: sheet.height / sheet.rows }

/** Printers of 58 mm paper print 48 mm, those of 80 mm print 72. */
const rolls = { 58: { width: 58, margin: 5, symbol: 38 }, 80: { width: 80, margin: 4, symbol: 46 } } as const
export type RollWidth = keyof typeof rolls

type SlipMarks = PosterMarks

/** A page to be cut along its lines. */
export function layoutSheet(slips: TicketSlip[], marks: SlipMarks, typeset: Typeset): Block {
  const pieces = slips.flatMap((slip, index) => {
    const [column, row] = [index % sheet.columns, Math.floor(index / sheet.columns)]
    const block = layoutCell(slip, marks, typeset)
    return shift(block, column * cell.width + sheet.pad, row * cell.height + sheet.pad).pieces
  })
  return { width: sheet.width, height: sheet.height, pieces: [...cutLines(), ...pieces] }
}

function cutLines(): Block['pieces'] {
  const across = Array.from({ length: sheet.rows - 1 }, (_, row) =>
    shift(ruleBlock(sheet.width, 0.15, cutLine), 0, (row + 1) * cell.height),
  )
  const down = Array.from({ length: sheet.columns - 1 }, (_, column) =>
    shift(ruleBlock(0.15, sheet.height, cutLine), (column + 1) * cell.width, 0),
  )
  return [...across, ...down].flatMap(({ pieces }) => pieces)
}

function layoutCell(slip: TicketSlip, marks: SlipMarks, typeset: Typeset): Block {
  const [width, side] = [cell.width - 2 * sheet.pad, 36]
  const symbol = qrBlock(slip.link, side)
  const indent = side + symbol.quiet + 1
  const column = width - indent
  const left = stack([symbol, space(symbol.quiet - 1), serialBlock(slip, typeset, side, 2.6)], 0)
  const right = [
    ...marksOf(marks).map((mark) => markBlock(typeset, mark, column, 1.8)),
    textBlock(typeset, slip.agency.vi, { style: style(2.5, 'regular'), width: column }, { height: 7.2 }),
    textBlock(typeset, nameOf(slip), { style: style(3.2, 'bold'), width: column }, { tag: 'H1', height: 9.3 }),
    textBlock(typeset, posterWords.vi.invitation, { style: style(3.8, 'bold'), width: column }, { height: 5.5 }),
    textBlock(typeset, slipWords.scan, { style: style(2.7, 'regular'), width: column }, { height: 7.8 }),
    textBlock(typeset, slipWords.once(slip.expiresOn), { style: style(2.7, 'bold'), width: column }, { height: 7.8 }),
  ]
  // Across the whole slip, above the cut.
  const typed = `${slipWords.typed} ${typedAddress(slip)}`
  const small: Style = { ...style(2.4, 'regular'), least: 0.7 }
  const foot = textBlock(typeset, typed, { style: small, width }, { tag: 'Link', link: slip.link, height: 3.6 })
  const height = cell.height - 2 * sheet.pad
  const pieces = [left, shift(stack(right, 0.5), indent, 0), shift(foot, 0, height - foot.height)]
  return { width, height, pieces: pieces.flatMap((block) => block.pieces) }
}

/** As long as its words need: the paper comes from a roll. */
export function layoutRoll(slip: TicketSlip, paper: RollWidth, marks: SlipMarks, typeset: Typeset): Block {
  const { width: paperWidth, margin, symbol: side } = rolls[paper]
  const width = paperWidth - 2 * margin
  const symbol = qrBlock(slip.link, side)
  const centre = (size: number, weight: Style['weight']): Style => ({ ...style(size, weight), align: 'center' })
  const blocks = [
    ...marksOf(marks).map((mark) => markBlock(typeset, mark, width, 2.6)),
    textBlock(typeset, slip.agency.vi, { style: centre(3, 'regular'), width }, { height: 13 }),
    textBlock(typeset, nameOf(slip), { style: centre(4, 'bold'), width }, { tag: 'H1', height: 18 }),
    ruleBlock(width, 0.3, black),
    textBlock(typeset, posterWords.vi.invitation, { style: centre(4.6, 'bold'), width }, { height: 14 }),
    textBlock(typeset, slipWords.scan, { style: centre(3.2, 'regular'), width }),
    space(Math.max(0, symbol.quiet - 3)),
    shift(symbol, (width - side) / 2, 0),
    space(Math.max(0, symbol.quiet - 3)),
    textBlock(typeset, slipWords.once(slip.expiresOn), { style: centre(3.2, 'bold'), width }),
    textBlock(typeset, slipWords.privacy, { style: centre(3, 'regular'), width }),
    typedBlock(slip, typeset, width, { ...centre(3, 'regular'), least: 0.7 }),
    serialBlock(slip, typeset, width, 3),
  ]
  const content = shift(stack(blocks, 1.5), margin, margin)
  return { ...content, width: paperWidth, height: content.height + 2 * margin }
}

const style = (size: number, weight: Style['weight']): Style => ({ size, weight, color: black })

const marksOf = ({ trial, demo }: SlipMarks) => [
  ...(trial ? [posterDetails.trial] : []),
  ...(demo ? [posterDetails.demo] : []),
]

const nameOf = ({ place, field }: TicketSlip): string => (field ? `${place.vi} · ${field}` : place.vi)

const serialBlock = ({ serial }: TicketSlip, typeset: Typeset, width: number, size: number): Block =>
  textBlock(
    typeset,
    slipWords.serial(serial),
    { style: { ...style(size, 'regular'), align: 'center' }, width },
    {
      height: size * 1.6,
    },
  )

const typedAddress = ({ link, code }: TicketSlip): string =>
  link.replace(/^https?:\/\//, '').replace(code, spellTicket(code))

function typedBlock(slip: TicketSlip, typeset: Typeset, width: number, words: Style): Block {
  const strong: Style = { ...words, weight: 'bold' }
  const address = { tag: 'Link', link: slip.link, height: words.size * 4.6 } as const
  return stack(
    [
      textBlock(typeset, slipWords.typed, { style: words, width }),
      textBlock(typeset, typedAddress(slip), { style: strong, width }, address),
    ],
    0,
  )
}
