import { angleOf, shareOfAngle } from '../score/control-chart.ts'
import type { FunnelStanding } from './board-contract.ts'

/** z of two-sided 95 % and 99.8 % limits: the two that D. J. Spiegelhalter draws (Statistics in Medicine 24 (2005) 1185-1202). */
export const funnelWidths = { near: 1.959963984540054, far: 3.090232306167813 } as const

/** Under so many responses a score is not compared: it would be a handful of people. */
export const leastCompared = 10

/** Of so few communes no spread between them can be estimated. */
const leastForSpread = 10

/** Percents, as a commune gives them. */
export type Measured = {
  key: string
  score: number | null
  lower: number | null
  upper: number | null
  responses: number
}

export type FunnelPoint = { key: string; score: number; responses: number; z: number; standing: FunnelStanding }

export type Funnel = {
  /** The mean of all respondents, percent. */
  mean: number
  /** Answers' worth of one respondent: responses / effective size over all communes (design effect). */
  designEffect: number
  /** Standard deviation between communes that chance does not explain, on the angle's scale; 0 where there is none. */
  spread: number
  responses: number
  points: FunnelPoint[]
  /** Too few responses to be compared. */
  left: string[]
}

/**
 * The funnel of one indicator: each commune against the mean, with limits that widen as its responses get fewer. One design
 * effect for all, so that what stands outside in the drawing is what is called outside. Overdispersion by Spiegelhalter's
 * additive model (Quality and Safety in Health Care 14 (2005) 347-351): z-scores winsorised at 10 %, spread by moments
 * (DerSimonian & Laird 1986). The scale is Anscombe's angle, as in the early warning. Null without a commune to compare.
 */
export function fitFunnel(measured: Measured[]): Funnel | null {
  const known = measured.filter(isKnown)
  const compared = known.filter(({ responses }) => responses >= leastCompared)
  if (compared.length === 0) return null
  const responses = sumOf(compared, (one) => one.responses)
  const mean = sumOf(compared, (one) => one.responses * one.score) / responses
  const designEffect = responses / sumOf(compared, effectiveSizeOf)
  const sizes = compared.map((one) => one.responses / designEffect)
  const plain = compared.map(({ score }, index) => {
    const size = sizes[index] as number
    return (angleOf(score / 100, size) - angleOf(mean / 100, size)) * Math.sqrt(size)
  })
  const spread = spreadOf(plain, sizes)
  const points = compared.map(({ key, score, responses: count }, index) => {
    const z = (plain[index] as number) / Math.sqrt(1 + (sizes[index] as number) * spread * spread)
    return { key, score, responses: count, z, standing: standingOf(z) }
  })
  const left = known.filter((one) => !compared.includes(one)).map(({ key }) => key)
  return { mean, designEffect, spread, responses, points, left }
}

/** Where the limits lie for so many responses, percents. */
export function limitsAt({ mean, designEffect, spread }: Funnel, responses: number, width: number) {
  const size = responses / designEffect
  const centre = angleOf(mean / 100, size)
  const half = width * Math.sqrt(1 / size + spread * spread)
  return { lower: 100 * shareOfAngle(centre - half, size), upper: 100 * shareOfAngle(centre + half, size) }
}

const z95 = funnelWidths.near
/** An interval of one point (everybody of the list was asked) is worth many, not endlessly many. */
const mostWorth = 100

/** The effective size behind a Wilson interval, from its equation (R − l)² = z²·l(1 − l)/n at the end away from 0 or 100. */
export function effectiveSizeOf({ score, lower, upper, responses }: KnownMeasure): number {
  const [share, end] = [score / 100, (score > 50 ? lower : upper) / 100]
  const size = (z95 * z95 * end * (1 - end)) / (share - end) ** 2
  return Number.isFinite(size) && size > 0 ? Math.min(size, mostWorth * responses) : responses
}

/** τ = √((Q − (I − 1)) / (Σw − Σw²/Σw)), w = the sizes: the angle's variance is 1/size. */
function spreadOf(scores: number[], sizes: number[]): number {
  if (scores.length < leastForSpread) return 0
  const winsorised = winsorise(scores)
  const excess = sumOf(winsorised, (z) => z * z) - (scores.length - 1)
  const whole = sumOf(sizes, (size) => size)
  const scale = whole - sumOf(sizes, (size) => size * size) / whole
  return excess > 0 && scale > 0 ? Math.sqrt(excess / scale) : 0
}

/** The lowest and highest tenth are set to what borders on them: a few bad ones must not widen their own limits. */
function winsorise(scores: number[]): number[] {
  const sorted = [...scores].sort((a, b) => a - b)
  const cut = Math.floor(scores.length / 10)
  const [low, high] = [sorted[cut] as number, sorted[sorted.length - 1 - cut] as number]
  return scores.map((z) => Math.min(high, Math.max(low, z)))
}

function standingOf(z: number): FunnelStanding {
  if (z < -funnelWidths.near) return z < -funnelWidths.far ? 'far_below' : 'below'
  if (z > funnelWidths.near) return z > funnelWidths.far ? 'far_above' : 'above'
  return 'within'
}

type KnownMeasure = Measured & { score: number; lower: number; upper: number }
const isKnown = (one: Measured): one is KnownMeasure =>
  one.score !== null && one.lower !== null && one.upper !== null && one.responses > 0

const sumOf = <T>(items: readonly T[], measure: (item: T) => number): number =>
  items.reduce((sum, item) => sum + measure(item), 0)
