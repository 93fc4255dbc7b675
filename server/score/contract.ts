/**
 * The seven additive sums of a set of responses (design: the number), over responses with at least one answer 1-5:
 * n responses, b of them with at least one answer below 4, then Σy, Σm, Σy², Σym, Σm².
 */
export type Sums = readonly [n: number, b: number, y: number, m: number, yy: number, ym: number, mm: number]

/** Percent, unrounded; null where nothing was answered. */
export type Score = { score: number | null; lower: number | null; upper: number | null; responses: number }

export const verdicts = ['met', 'not_met', 'not_yet_provable'] as const
export type Verdict = (typeof verdicts)[number]

/** What is still missing to a verdict: about `needed` more responses, or out of reach in this period. */
export type Missing = { needed: number; outOfReach: boolean } | null
