import type { BoardCell, FunnelStanding } from '../../server/communes/board-contract.ts'
import { standingWords } from './words.ts'

/** Two bars down, one down, a dot, one up, two up: told apart without colour. */
const shapes: Record<FunnelStanding, string> = {
  far_below: 'M2 2l5 5 5-5M2 7l5 5 5-5',
  below: 'M2 4.500l5 5 5-5',
  within: 'M5.500 7a1.500 1.500 0 1 0 3 0a1.500 1.500 0 1 0-3 0',
  above: 'M2 9.500l5-5 5 5',
  far_above: 'M2 12l5-5 5 5M2 7l5-5 5 5',
}

export const StandingMark = ({ standing }: { standing: FunnelStanding }) => (
  <svg
    class={`standing-mark ${standing}`}
    width="14"
    height="14"
    viewBox="0 0 14 14"
    role="img"
    aria-label={standingWords[standing]}
  >
    <path d={shapes[standing]} />
  </svg>
)

/** The standing in words with its mark; why there is none. */
export function StandingWord({ cell }: { cell: BoardCell }) {
  if (cell.standing === null) return <span class="soft">{cell.figure.score === null ? '–' : 'quá ít phiếu để so'}</span>
  return (
    <span class={`standing-word ${cell.standing}`}>
      <StandingMark standing={cell.standing} /> {standingWords[cell.standing]}
    </span>
  )
}

export const StandingLegend = () => (
  <ul class="legend">
    {(Object.keys(shapes) as FunnelStanding[]).map((standing) => (
      <li key={standing}>
        <StandingMark standing={standing} /> {standingWords[standing].toLocaleLowerCase('vi')}
      </li>
    ))}
  </ul>
)
