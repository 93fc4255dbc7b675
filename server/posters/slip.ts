import { posterDetails, posterWords } from '../../web/posters/messages.ts'
import { spellAddress } from '../qr.ts'
import {
  type Block,
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

/** Receipt paper, in millimetres; printers of 80 mm paper print 72. */
const paper = { width: 80, margin: 4 }
const width = paper.width - 2 * paper.margin
const qrSide = 42
const gap = 3

/** Thermal printers turn every colour into dots: the slip is black. */
const black = '#000'
const faceColors = { 1: black, 2: black, 3: black, 4: black, 5: black }

/** As long as its words need: the page is cut from a roll. */
export function layoutSlip(place: PosterPlace, { trial, demo }: PosterMarks, typeset: Typeset): Block {
  const marks = [...(trial ? [posterDetails.trial] : []), ...(demo ? [posterDetails.demo] : [])]
  const blocks = [
    ...marks.map((mark) => markBlock(typeset, mark, width, 3)),
    buildHeader(place, typeset),
    ruleBlock(width, 0.3, black),
    buildInvitation(typeset),
    buildScan(place, typeset),
    buildSteps(typeset),
    ruleBlock(width, 0.3, black),
    buildLanguages(typeset),
  ]
  const content = shift(stack(blocks, gap), paper.margin, paper.margin)
  return { ...content, width: paper.width, height: content.height + 2 * paper.margin }
}

function centred(size: number, weight: Style['weight']): Style {
  return { size, weight, color: black, align: 'center' }
}

function buildHeader({ agency, name }: PosterPlace, typeset: Typeset): Block {
  return stack(
    [
      textBlock(typeset, agency.vi, { style: centred(3.4, 'regular'), width }, { height: 15 }),
      textBlock(typeset, name.vi, { style: centred(5, 'bold'), width }, { tag: 'H1', height: 22 }),
    ],
    0.5,
  )
}

function buildInvitation(typeset: Typeset): Block {
  const { invitation, instruction } = posterWords.vi
  const words = [
    textBlock(typeset, invitation, { style: centred(5.4, 'bold'), width }, { height: 9 }),
    textBlock(typeset, instruction, { style: centred(3.4, 'regular'), width }),
  ]
  return stack([stack(words, 0), facesBlock(width, 8, faceColors)], 2)
}

function buildScan({ code, address }: PosterPlace, typeset: Typeset): Block {
  const symbol = qrBlock(address, qrSide)
  const centre = shift(symbol, (width - qrSide) / 2, 0)
  const typed = spellAddress(address)
  const strong: Style = { ...centred(3.4, 'bold'), least: 0.2 }
  // Smaller on one line, or on two if that were too small; never cut.
  const height = strong.size * (typed.length > 50 ? 3 : 1.5)
  const words = [
    textBlock(typeset, `${posterDetails.placeCode}: ${code}`, { style: centred(4, 'bold'), width }),
    textBlock(typeset, posterDetails.typeInstead, { style: centred(3, 'regular'), width }),
    textBlock(typeset, typed, { style: strong, width }, { tag: 'Link', link: address, height }),
  ]
  return stack([space(symbol.quiet - gap), centre, space(symbol.quiet), ...words], 0)
}

function buildSteps(typeset: Typeset): Block {
  const style: Style = { size: 3.5, weight: 'regular', color: black }
  const steps = posterDetails.steps.map((text, index) => stepBlock(typeset, index + 1, text, { style, width }))
  return stack([...steps, textBlock(typeset, posterDetails.privacy, { style: centred(3.5, 'bold'), width })], 1.5)
}

function buildLanguages(typeset: Typeset): Block {
  const blocks = (['en', 'km'] as const).map((language) => {
    const { invitation, instruction } = posterWords[language]
    const style: Style = { size: 3, weight: 'regular', color: black }
    return stack(
      [
        textBlock(typeset, invitation, { style: { ...style, weight: 'bold' }, width }, { language }),
        textBlock(typeset, instruction, { style, width }, { language }),
      ],
      0,
    )
  })
  const product = textBlock(typeset, posterDetails.product, { style: centred(2.7, 'regular'), width })
  return stack([...blocks, product], 2)
}
