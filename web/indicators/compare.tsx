import type { IndicatorDetail } from '../../server/indicators/detail/contract.ts'
import type { Difference, Score } from '../../server/score/contract.ts'
import { chooseScale, type Scale } from '../ui/charts/scale.ts'
import { ScoreCells } from '../ui/charts/score-cells.tsx'
import { formatDay } from '../ui/format.ts'
import { changeWords, differenceInWords } from './figures.tsx'
import { ScaleCaption, ScoreHead } from './parts.tsx'
import { Source } from './source.tsx'

/** Two scores side by side, and whether they may be called different. */
export function Comparisons({ detail }: { detail: IndicatorDetail }) {
  const { before, independence, closed, indicator } = detail
  return (
    <>
      {before && (
        <Comparison
          id="ky-truoc"
          title="So với thời gian ngay trước"
          rows={[
            { name: `${formatDay(before.from)} – ${formatDay(before.to)}`, score: before.score },
            { name: `${formatDay(detail.from)} – ${formatDay(detail.closedThrough ?? detail.to)}`, score: closed },
          ]}
          difference={before.difference}
          words={changeWords.before[before.difference.change]}
          period={`${formatDay(before.from)} – ${formatDay(detail.closedThrough ?? detail.to)}`}
          target={indicator.target}
          detail={detail}
        />
      )}
      {independence && (
        <Comparison
          id="doc-lap"
          title="Tự khảo sát và khảo sát độc lập"
          rows={[
            { name: 'Nơi phục vụ tự thu (QR, liên kết, phiếu giấy)', score: independence.selfRun },
            { name: 'Phỏng vấn độc lập', score: independence.independent },
          ]}
          difference={independence.difference}
          words={changeWords.between[independence.difference.change]}
          target={indicator.target}
          detail={detail}
        />
      )}
    </>
  )
}

type ComparisonProps = {
  id: string
  title: string
  rows: { name: string; score: Score }[]
  difference: Difference
  words: string
  period?: string
  target: number
  detail: IndicatorDetail
}

function Comparison({ id, title, rows, difference, words, period = '', target, detail }: ComparisonProps) {
  const scale = chooseScale(
    rows.map(({ score }) => score),
    [target],
  )
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id} class="card-title">
        {title}
      </h2>
      <table class="parts">
        <ScaleCaption scale={scale} target={target} />
        <thead>
          <tr>
            <th scope="col">Phiếu</th>
            <ScoreHead scale={scale} />
            <th scope="col" class="part-count number">
              Phiếu
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ComparedRow key={row.name} {...row} target={target} scale={scale} />
          ))}
        </tbody>
      </table>
      <p class="card-note">
        Chênh lệch {differenceInWords(difference)}: <b>{words}</b>.
      </p>
      <Source detail={detail} responses={rows.reduce((sum, { score }) => sum + score.responses, 0)} period={period} />
    </section>
  )
}

type ComparedRowProps = { name: string; score: Score; target: number; scale: Scale }

const ComparedRow = ({ name, score, target, scale }: ComparedRowProps) => (
  <tr>
    <th scope="row">{name}</th>
    <ScoreCells score={score} target={target} scale={scale} />
  </tr>
)
