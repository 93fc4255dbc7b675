/** The same things with one moved to its neighbour's place; null where there is none. */
export function moveOne<T>(things: T[], index: number, direction: 'up' | 'down'): T[] | null {
  const other = direction === 'up' ? index - 1 : index + 1
  if (index < 0 || other < 0 || other >= things.length) return null
  const moved = [...things]
  moved[index] = things[other] as T
  moved[other] = things[index] as T
  return moved
}
