import type { IndicatorDetail } from '../../server/indicators/detail/contract.ts'
import type { Difference, Score } from '../../server/score/contract.ts'
import { chooseScale, type Scale } from '../ui/charts/scale.ts'
import { ScoreCells } from '../ui/charts/score-cells.tsx'
import { formatDay } from '../ui/format.ts'
import { changeWords, differenceInWords } from './figures.tsx'
import { ScaleCaption, ScoreHead } from './parts.tsx'

/** The score beside that of the time just before, and whether it may be called different. */
export function Earlier({ detail: { before, closed, indicator } }: { detail: IndicatorDetail }) {
  if (!before) return null
  return (
    <Comparison
      id="ky-truoc"
      title="So với thời gian ngay trước"
      rows={[
        { name: `${formatDay(before.from)} – ${formatDay(before.to)}`, score: before.score },
        { name: `${formatDay(before.now.from)} – ${formatDay(before.now.to)}`, score: closed },
      ]}
      difference={before.difference}
      words={changeWords.before[before.difference.change]}
      target={indicator.target}
      watched={indicator.dueFrom !== null}
    />
  )
}

/** What the rated office collected itself beside what an interviewer heard. */
export function Independence({ detail: { independence, indicator } }: { detail: IndicatorDetail }) {
  if (!independence) return null
  return (
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
      watched={indicator.dueFrom !== null}
    />
  )
}

type ComparisonProps = {
  id: string
  title: string
  rows: { name: string; score: Score }[]
  difference: Difference
  words: string
  target: number
  watched: boolean
}

function Comparison({ id, title, rows, difference, words, target, watched }: ComparisonProps) {
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
            <ComparedRow key={row.name} {...row} target={target} scale={scale} watched={watched} />
          ))}
        </tbody>
      </table>
      <p class="card-note">
        Chênh lệch {differenceInWords(difference)}: <b>{words}</b>.
      </p>
    </section>
  )
}

type ComparedRowProps = { name: string; score: Score; target: number; scale: Scale; watched: boolean }

const ComparedRow = ({ name, score, target, scale, watched }: ComparedRowProps) => (
  <tr>
    <th scope="row">{name}</th>
    <ScoreCells score={score} target={target} scale={scale} watched={watched} />
  </tr>
)
