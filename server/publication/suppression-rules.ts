/**
 * The fewest responses that may stand behind anything published.
 *
 * Why nothing published gives fewer away. Every published figure is computed from the sums of groups' releases. Call two
 * responses alike when exactly the same releases held them. Each sum, hence each combination of sums, treats alike
 * responses alike: nobody can tell the total of a set that holds one of them and not the other. So if every set of alike
 * responses has five members, whatever can be worked out from all tables of all days together is about no response or
 * about at least five. A response belongs to one group, so only that group's releases have to be compared.
 */
export const leastPublished = 5

/** Sets this small are hidden. */
export const isTooFew = (count: number): boolean => count > 0 && count < leastPublished

/**
 * Whether a further release may be published: one row per response, one entry per release (was it held by it?), the
 * candidate last. Every pattern that occurs must be shared by at least five responses.
 */
export function mayRelease(histories: boolean[][]): boolean {
  const alike = new Map<string, number>()
  for (const history of histories) {
    const pattern = history.map((held) => (held ? '1' : '0')).join('')
    if (pattern.includes('1')) alike.set(pattern, (alike.get(pattern) ?? 0) + 1)
  }
  return [...alike.values()].every((count) => !isTooFew(count))
}
