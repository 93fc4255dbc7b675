import { posterDetails, posterWords } from '../../web/posters/messages.ts'
import { spellAddress } from '../qr.ts'
import {
  type Block,
  beside,
  facesBlock,
  markBlock,
  type PosterMarks,
  type PosterPlace,
  qrBlock,
  ruleBlock,
  shift,
  space,
  stack,
  stepBlock,
  type Typeset,
  textBlock,
} from './blocks.ts'
import type { Style } from './text.ts'

/** Drawn for A4, in millimetres; A5 is the same sheet at 71 %. */
export const sheet = { width: 210, height: 297 }

const margin = { top: 13, side: 18, bottom: 11 }
const width = sheet.width - 2 * margin.side
/** Read from a metre away by an old phone: 2.6 mm a module for a usual address, 1.9 mm on A5. */
const qrSide = 97
/** Wider than any quiet zone: four of at least 29 modules, the symbol of the shortest address. */
const gutter = 14
const leastGap = 4.5

const green = '#0b6b57'
const deep = '#07493c'
const ink = '#14231f'
const soft = '#52645e'
const hairline = '#a9bab3'
const faceColors = { 1: '#b3261e', 2: '#a8480f', 3: '#7a5d00', 4: '#2f7d32', 5: green }

/** The blocks spread over the page; long names make every text a little smaller, never the symbol. */
export function layoutSheet(place: PosterPlace, marks: PosterMarks, typeset: Typeset): Block {
  const free = sheet.height - margin.top - margin.bottom
  for (let scale = 1; ; scale -= 0.05) {
    const blocks = buildBlocks(place, marks, typeset, scale)
    const gap = (free - blocks.reduce((sum, block) => sum + block.height, 0)) / (blocks.length - 1)
    if (gap >= leastGap || scale < 0.5) return { ...shift(stack(blocks, gap), margin.side, margin.top), ...sheet }
  }
}

function buildBlocks(place: PosterPlace, marks: PosterMarks, typeset: Typeset, scale: number): Block[] {
  return [
    ...buildMarks(marks, typeset),
    buildHeader(place, typeset, scale),
    buildInvitation(typeset, scale),
    buildScan(place, typeset, scale),
    buildLanguages(place, typeset, scale),
  ]
}

function buildMarks({ trial, demo }: PosterMarks, typeset: Typeset): Block[] {
  const shown = [...(trial ? [posterDetails.trial] : []), ...(demo ? [posterDetails.demo] : [])]
  if (shown.length === 0) return []
  return [
    stack(
      shown.map((mark) => markBlock(typeset, mark, width, 5.4)),
      2,
    ),
  ]
}

/** Who is rated, first: agency, then place. */
function buildHeader({ agency, name }: PosterPlace, typeset: Typeset, scale: number): Block {
  const agencyStyle: Style = { size: 5.6 * scale, weight: 'regular', color: ink }
  const nameStyle: Style = { size: 11 * scale, weight: 'bold', color: deep }
  return stack(
    [
      ruleBlock(width, 1.4, green),
      stack(
        [
          textBlock(typeset, agency.vi, { style: agencyStyle, width }, { height: 18 * scale }),
          textBlock(typeset, name.vi, { style: nameStyle, width }, { tag: 'H1', height: 34 * scale }),
        ],
        0.5,
      ),
    ],
    4 * scale,
  )
}

function buildInvitation(typeset: Typeset, scale: number): Block {
  const { invitation, instruction } = posterWords.vi
  const question: Style = { size: 13.2 * scale, weight: 'bold', color: ink }
  const welcome: Style = { size: 6 * scale, weight: 'regular', color: ink }
  const words = stack(
    [
      textBlock(typeset, invitation, { style: question, width }, { height: 20 * scale }),
      textBlock(typeset, instruction, { style: welcome, width }),
    ],
    0,
  )
  return stack([words, facesBlock(width, 16 * scale, faceColors)], 4 * scale)
}

/** The symbol with the three steps at its right, what to type beneath. */
function buildScan(place: PosterPlace, typeset: Typeset, scale: number): Block {
  const symbol = qrBlock(place.address, qrSide)
  const aside = width - qrSide - gutter
  const stepStyle: Style = { size: 5.9, weight: 'regular', color: deep }
  const privacyStyle: Style = { size: 4.8, weight: 'bold', color: ink }
  const column = [
    ...posterDetails.steps.map((text, index) =>
      stepBlock(typeset, index + 1, text, { style: stepStyle, width: aside }),
    ),
    textBlock(typeset, posterDetails.privacy, { style: privacyStyle, width: aside }),
  ]
  const gap = (qrSide - column.reduce((sum, block) => sum + block.height, 0)) / (column.length - 1)
  const scan = beside(symbol, stack(column, gap), qrSide + gutter)
  return stack([space(symbol.quiet - leastGap), scan, space(symbol.quiet), buildAddress(place, typeset, scale)], 0)
}

/** For who cannot scan: what to type, and the code to tell a member of staff. */
function buildAddress({ code, address }: PosterPlace, typeset: Typeset, scale: number): Block {
  const small: Style = { size: 4.2 * keepLegible(scale), weight: 'regular', color: soft }
  const strong: Style = { size: 5.3 * keepLegible(scale), weight: 'bold', color: ink, least: 0.2 }
  const codeWidth = 46
  const typed = spellAddress(address)
  // Smaller on one line, or on two if that were too small; never cut.
  const height = strong.size * (typed.length > 56 ? 3 : 1.5)
  const left = [
    textBlock(typeset, posterDetails.placeCode, { style: small, width: codeWidth }),
    textBlock(typeset, code, { style: strong, width: codeWidth }),
  ]
  const right = [
    textBlock(typeset, posterDetails.typeInstead, { style: small, width: width - codeWidth }),
    textBlock(typeset, typed, { style: strong, width: width - codeWidth }, { tag: 'Link', link: address, height }),
  ]
  return beside(stack(left, 0), stack(right, 0), codeWidth)
}

function buildLanguages(place: PosterPlace, typeset: Typeset, scale: number): Block {
  const column = (width - 10) / 2
  const small = keepLegible(scale)
  const build = (language: 'en' | 'km', size: number) => {
    const { invitation, instruction } = posterWords[language]
    const who = `${place.name[language]}\u00a0· ${place.agency[language]}`
    const text = (words: string, style: Partial<Style>, height?: number) =>
      textBlock(
        typeset,
        words,
        { style: { size: size * small, weight: 'regular', color: ink, ...style }, width: column },
        {
          language,
          ...(height ? { height } : {}),
        },
      )
    return stack(
      [
        text(invitation, { weight: 'bold' }),
        text(instruction, {}),
        text(who, { color: soft, size: 3.6 * small, least: 0.9 }, 17 * scale),
      ],
      1,
    )
  }
  const product = textBlock(typeset, posterDetails.product, {
    style: { size: 3.2 * small, weight: 'regular', color: soft },
    width,
  })
  const languages = beside(build('en', 4.4), build('km', 4.3), column + 10)
  return stack([ruleBlock(width, 0.25, hairline), languages, product], 3 * scale)
}

/** Small text made smaller than 88 % would be under 7 points on A5. */
function keepLegible(scale: number): number {
  return Math.max(scale, 0.88)
}
