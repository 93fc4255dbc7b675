import type { Score } from '../../server/score/contract.ts'
import type { WaveResult } from '../../server/waves/contract.ts'
import { IntervalAxis, IntervalBar } from '../ui/charts/interval-bar.tsx'
import type { Scale } from '../ui/charts/scale.ts'
import { formatInteger, formatInterval, formatPercent, formatScore } from '../ui/format.ts'

type PartProps = { result: WaveResult; scale: Scale }

export const FactorResults = ({ result, scale }: PartProps) => (
  <section class="card wave-part">
    <h2>Theo yếu tố</h2>
    <Axis scale={scale} />
    <ul>
      {result.factors.map(({ title, score }) => (
        <ScoreRow key={title} name={title} score={score} target={result.target} scale={scale} />
      ))}
    </ul>
  </section>
)

export const StratumResults = ({ result, scale }: PartProps) => (
  <section class="card wave-part">
    <h2>Theo địa bàn</h2>
    <Axis scale={scale} />
    <ul>
      {result.strata.map(({ name, planned, responses, score }) => (
        <ScoreRow
          key={name}
          name={name}
          note={`${formatInteger(responses)} trên ${formatInteger(planned)} phiếu dự kiến`}
          score={score}
          target={result.target}
          scale={scale}
        />
      ))}
    </ul>
  </section>
)

const Axis = ({ scale }: { scale: Scale }) => (
  <div class="wave-row wave-axis">
    <span />
    <IntervalAxis scale={scale} />
    <span />
  </div>
)

type ScoreRowProps = { name: string; note?: string; score: Score | null; target: number; scale: Scale }

function ScoreRow({ name, note, score, target, scale }: ScoreRowProps) {
  return (
    <li class="wave-row">
      <p>
        {name}
        {note && <small>{note}</small>}
      </p>
      {score && score.score !== null ? <IntervalBar score={score} target={target} scale={scale} /> : <span />}
      <ScoreWords score={score} target={target} />
    </li>
  )
}

function ScoreWords({ score, target }: { score: Score | null; target: number }) {
  if (score === null) return <p class="wave-few">dưới 5 phiếu, không hiện điểm</p>
  if (score.score === null || score.lower === null || score.upper === null)
    return <p class="wave-few">không có phiếu</p>
  return (
    <p class="wave-row-score">
      <b>{formatPercent(score.score, target)}</b>
      <small>{formatInterval(score.lower, score.upper, target)}</small>
    </p>
  )
}

export const CriteriaResults = ({ criteria }: { criteria: WaveResult['criteria'] }) => (
  <section class="card">
    <h2 class="wave-part-title">Theo tiêu chí</h2>
    <table class="listing wave-table wave-criteria">
      <thead>
        <tr>
          <th scope="col">Số</th>
          <th scope="col">Tiêu chí</th>
          <th scope="col" class="number">
            Trả lời
          </th>
          <th scope="col" class="number">
            Hài lòng
          </th>
          <th scope="col" class="number">
            Trung bình / 5
          </th>
        </tr>
      </thead>
      <tbody>
        {criteria.map(({ official, text, answered, satisfied, mean }) => (
          <tr key={official}>
            <td>{official}</td>
            <th scope="row">{text}</th>
            <td class="number">
              {formatInteger(answered)}
              <span class="narrow-only"> trả lời</span>
            </td>
            <td class="number">
              {satisfied === null ? '–' : formatPercent(satisfied)}
              <span class="narrow-only"> hài lòng</span>
            </td>
            <td class="number">
              {mean === null ? '–' : formatScore(mean)}
              <span class="narrow-only"> trên 5</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)
