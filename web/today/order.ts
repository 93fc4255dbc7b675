import type { PlaceToday } from '../../server/today/contract.ts'
import { links } from '../links.ts'

/** How places stand in a table: as the agency arranged them, or the lowest score first. */
export type Order = 'arranged' | 'lowest'

/** As an address carries it. */
export const orderSlug = (order: Order): string | undefined => (order === 'lowest' ? 'thap' : undefined)

type Days = { from: string; to: string }

/** What of a board an address asks for besides its days; the first section needs no name. */
export type Asked = { order: Order; section?: string | undefined }

/** The board of a period; the running day needs no name. */
export const boardHref = ({ from, to }: Days, today: string, { order, section }: Asked): string => {
  const days = from < to ? { tu: from, den: to } : { ngay: to === today ? undefined : to }
  return links.todayBoard({ ...days, xep: orderSlug(order), phan: section })
}

/** Those without a score stand behind, as arranged. */
export function inOrder(places: PlaceToday[], order: Order): PlaceToday[] {
  if (order === 'arranged') return places
  const scoreOf = ({ shown }: PlaceToday) => shown.score ?? Number.POSITIVE_INFINITY
  // Infinity less itself is no number: equal ones stay as they stand.
  return [...places].sort((a, b) => (scoreOf(a) === scoreOf(b) ? 0 : scoreOf(a) - scoreOf(b)))
}

const mostToSee = 5

/** Where to look first among several agencies: what fell, what is silent, then the lowest scores. */
export function placesToSee(places: PlaceToday[]): PlaceToday[] {
  const presses = ({ warning, silent }: PlaceToday) => warning?.signal === 'fall' || silent
  const pressing = places.filter(presses)
  const scored = places.filter((place) => !presses(place) && place.shown.score !== null)
  return [...inOrder(pressing, 'lowest'), ...inOrder(scored, 'lowest')].slice(0, mostToSee)
}
