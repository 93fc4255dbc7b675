/** Chance with a memory: the same seed gives the same year. */
export type Chance = ReturnType<typeof createChance>

export function createChance(seed: number) {
  const next = createNumbers(seed)
  const between = (low: number, high: number) => low + next() * (high - low)
  return {
    between,
    /** A whole number from `low` to `high`, both included. */
    whole: (low: number, high: number) => Math.floor(between(low, high + 1)),
    isTrue: (probability: number) => next() < probability,
    pick: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T,
    /** Standard normal (Box and Muller 1958). */
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    /** How often something happens whose mean is `mean`: normal around it, never below 0. */
    count: (mean: number) => {
      const spread = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * spread))
    },
  }
}

/** Numbers in [0, 1) from a 32-bit state (mulberry32, public domain): plenty for sample data, never for secrets. */
function createNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A seed of its own for each part of the year, so that one part can be made without the others (FNV-1a). */
export function seedOf(...parts: (string | number)[]): number {
  let hash = 0x811c9dc5
  for (const character of parts.join('|'))
    hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193) >>> 0
  return hash
}
