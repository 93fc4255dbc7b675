/** How many signs there are (find-signs.ts looks with each). */
export const signs = 9

/** How often one place and provenance is looked at in a year: every day, every week, every fourth week; and by each sign. */
export const looksPerPlace = 366 + 53 + 14
const looksPerYear = looksPerPlace * signs

/**
 * At most one false pattern in ten years of one place and provenance (Bonferroni over all looks of a year). Benjamini and
 * Hochberg's rate is no promise here: on most nights nothing is wrong, and then every discovery is a false one.
 */
export const falsePerYear = 0.1
export const largestChance = falsePerYear / looksPerYear

/** A sign about fewer responses moves no score. */
export const leastMembers = 3

type Candidate = { chance: number; expected: number; count: number }

/**
 * Of what a scan found, chances already corrected: among those that are signs the one about most responses beyond those
 * expected, so that neither the edge of a band splits a pattern nor honest neighbours fill it; else the least likely.
 */
export function pickCandidate<T extends Candidate>(candidates: readonly T[]): T | undefined {
  const passing = candidates.filter(({ chance }) => chance <= largestChance)
  if (passing.length === 0) return [...candidates].sort((a, b) => a.chance - b.chance)[0]
  const worth = ({ count, expected }: T) => count - 2 * expected
  return [...passing].sort((a, b) => worth(b) - worth(a) || a.chance - b.chance)[0]
}
