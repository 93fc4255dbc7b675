import type { PlaceToday } from '../../server/today/contract.ts'
import { links } from '../links.ts'

/** How places stand in a table: as the agency arranged them, or the lowest score first. */
export type Order = 'arranged' | 'lowest'

/** As an address carries it. */
export const orderSlug = (order: Order): string | undefined => (order === 'lowest' ? 'thap' : undefined)

type Days = { from: string; to: string }

/** The board of a period in an order; the running day needs no name. */
export const boardHref = ({ from, to }: Days, today: string, order: Order): string => {
  const days = from < to ? { tu: from, den: to } : { ngay: to === today ? undefined : to }
  return links.todayBoard({ ...days, xep: orderSlug(order) })
}

/** Those without a score stand behind, as arranged. */
export function inOrder(places: PlaceToday[], order: Order): PlaceToday[] {
  if (order === 'arranged') return places
  const scoreOf = ({ shown }: PlaceToday) => shown.score ?? Number.POSITIVE_INFINITY
  // Infinity less itself is no number: equal ones stay as they stand.
  return [...places].sort((a, b) => (scoreOf(a) === scoreOf(b) ? 0 : scoreOf(a) - scoreOf(b)))
}
