import type { Score } from '../../../server/score/contract.ts'
import { formatInteger, formatInterval, formatScore } from '../format.ts'
import { IntervalBar } from './interval-bar.tsx'
import type { Scale } from './scale.ts'

type ScoreCellsProps = {
  score: Score
  target: number
  scale: Scale
  /** The target is not due yet. */
  watched?: boolean
}

/** A score in the row of a table: the number with its interval, the interval drawn, how many answers. */
export const ScoreCells = ({ score, target, scale, watched = false }: ScoreCellsProps) => (
  <>
    <td class="part-score number">
      <b>{formatScore(score.score ?? 0, target)}</b>
      <small>{formatInterval(score.lower ?? 0, score.upper ?? 0, target)}</small>
    </td>
    <td class="part-bar">
      <IntervalBar score={score} target={target} scale={scale} watched={watched} />
    </td>
    <td class="part-count number">
      {formatInteger(score.responses)}
      <span class="narrow-only"> phiếu</span>
    </td>
  </>
)
