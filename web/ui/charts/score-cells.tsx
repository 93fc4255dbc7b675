import type { Score } from '../../../server/score/contract.ts'
import { formatInteger, formatInterval, formatScore } from '../format.ts'
import { IntervalBar } from './interval-bar.tsx'
import type { Scale } from './scale.ts'

/** The number with its interval; of fewer than five answers only why there is none. */
export const ScoreFigure = ({ score: { score, lower, upper }, target }: { score: Score; target: number }) =>
  score === null || lower === null || upper === null ? (
    <small>chưa đủ 5 phiếu</small>
  ) : (
    <>
      <b>{formatScore(score, target)}</b>
      <small>{formatInterval(lower, upper, target)}</small>
    </>
  )

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
      <ScoreFigure score={score} target={target} />
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
