import type { ThemeCount } from './health-contract.ts'

/** Fewer are not counted out loud: a group would be somebody. */
export const leastToShow = 5

/** Every theme with its cases, small ones without their number. */
export function hideSmallThemes(tallies: { name: string | null; count: number }[]): ThemeCount[] {
  const sorted = tallies.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count)
  return sorted.map(({ name, count }) => ({ name, count: count < leastToShow ? null : count }))
}
