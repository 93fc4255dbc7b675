import type { PlaceId } from '../catalogue/contract.ts'
import { fewestShown } from '../score/rules.ts'
import { mayShowMorning, morningSlots, runningScore, type SlotCell, sumsOf } from './running-day-rules.ts'

/**
 * What of a closed day stood in nothing that showed while it ran: of a place whose morning may have shown its afternoon,
 * of an agency whose score moved what came after. With one to four answers in it, whoever kept the earlier figure reads
 * them off the closed day, however many the day has. Such a day is judged by its rest, as a day of so few answers.
 */
export type ShortRest = {
  /** A place; 0 = the agency's own score. */
  placeId: PlaceId | 0
  rest: number
}

const countOf = (cells: SlotCell[]): number => sumsOf(cells)[0]
const isCounted = ({ standing }: SlotCell): boolean => standing === 'counted'

/**
 * The short rests of a closed day of one agency, by its cells of all half-hours, set aside ones too: a morning counts as
 * shown where it may have been, whatever was decided since.
 */
export function shortRestsOf(cells: SlotCell[], hasSeveralPlaces: boolean): ShortRest[] {
  const counted = cells.filter(isCounted)
  const places = [...new Set(cells.map(({ placeId }) => placeId))].map((placeId): ShortRest => {
    const own = (cell: SlotCell) => cell.placeId === placeId
    const hasShown = mayShowMorning(cells.filter((cell) => own(cell) && cell.slot < morningSlots))
    return { placeId, rest: hasShown ? countOf(counted.filter((cell) => own(cell) && cell.slot >= morningSlots)) : 0 }
  })
  const { sums, through } = runningScore(counted, 48)
  const ofAgency = hasSeveralPlaces && through !== null ? countOf(counted) - sums[0] : 0
  return [...places, { placeId: 0 as const, rest: ofAgency }].filter(({ rest }) => rest > 0 && rest < fewestShown)
}
