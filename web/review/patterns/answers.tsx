import type { AnsweringTimes, Contrast, TimeBand, Vector, Vectors } from '../../../server/review/patterns/contract.ts'
import { formatShare } from '../../indicators/words.ts'
import { IntervalAxis, IntervalBar } from '../../ui/charts/interval-bar.tsx'
import { chooseScale } from '../../ui/charts/scale.ts'
import { formatInterval, formatPercent } from '../../ui/format.ts'
import { AnswerMarks } from '../marks.tsx'
import { countOf } from '../words.ts'
import { Legend } from './arrivals.tsx'

const barHeight = 9

/** How long answering took, in the pattern and in the place's quarter before: two bars a span, and their figures. */
export function TimesDrawing({ times: { bands, timed, usual } }: { times: AnsweringTimes }) {
  const most = Math.max(...bands.flatMap((band) => [band.pattern, band.usual]))
  return (
    <figure class="evidence">
      <figcaption>Trả lời mất bao lâu, từ lúc mở trang</figcaption>
      <Legend own={`nhóm này (${countOf(timed)})`} others={`ba tháng trước của nơi ấy (${countOf(usual)})`} />
      <table class="evidence-bands">
        <caption class="unseen">Phần số phiếu theo thời gian trả lời</caption>
        <thead class="unseen">
          <tr>
            <th scope="col">Thời gian</th>
            <th scope="col">Hình</th>
            <th scope="col">Nhóm này</th>
            <th scope="col">Thường ngày</th>
          </tr>
        </thead>
        <tbody>
          {bands.map((band) => (
            <tr key={band.from}>
              <th scope="row">{bandInWords(band)}</th>
              <td>
                <svg width="100%" height={2 * barHeight + 2} aria-hidden="true">
                  <rect class="evidence-own" x="0" y="0" width={percent(band.pattern / most)} height={barHeight} />
                  <rect
                    class="evidence-others"
                    x="0"
                    y={barHeight + 2}
                    width={percent(band.usual / most)}
                    height={barHeight}
                  />
                </svg>
              </td>
              <td class="number">{formatShare(band.pattern)}</td>
              <td class="number">{formatShare(band.usual)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}

const bandInWords = ({ from, to }: TimeBand): string =>
  to === null ? 'trên 3 phút' : from === 0 ? `dưới ${to} giây` : `${from} – ${to} giây`

/** The commonest answers of the pattern beside those of the place's quarter before. */
export const VectorsDrawing = ({ vectors }: { vectors: Vectors }) => (
  <figure class="evidence">
    <figcaption>Các dãy trả lời hay gặp nhất, theo thứ tự câu được hỏi</figcaption>
    <div class="evidence-sides">
      <VectorList title={`Nhóm này, ${countOf(vectors.of)}`} vectors={vectors.pattern} />
      <VectorList title={`Ba tháng trước của nơi ấy, ${countOf(vectors.usualOf)}`} vectors={vectors.usual} />
    </div>
  </figure>
)

const VectorList = ({ title, vectors }: { title: string; vectors: Vector[] }) => (
  <div>
    <h3>{title}</h3>
    {vectors.length === 0 ? (
      <p class="aside-note">Không dãy nào gặp từ hai lần.</p>
    ) : (
      <ul>
        {vectors.map(({ levels, count, share }) => (
          <li key={levels}>
            <AnswerMarks answers={levels} />{' '}
            <span>
              {countOf(count)}, {formatShare(share)}
            </span>
          </li>
        ))}
      </ul>
    )}
  </div>
)

/** People with no complaint at all: in the pattern, and among those with proof. */
export function ContrastDrawing({ contrast }: { contrast: Contrast }) {
  const sides = [
    { name: 'Nhóm này', score: contrast.pattern },
    { name: 'Có kiểm chứng, cùng thời gian', score: contrast.proven },
  ]
  const scale = chooseScale([contrast.pattern, contrast.proven], [])
  return (
    <figure class="evidence">
      <figcaption>Phần người không chấm câu nào dưới mức 4, với khoảng tin cậy 95&nbsp;%</figcaption>
      <IntervalAxis scale={scale} />
      {sides.map(({ name, score }) => (
        <div key={name}>
          <p class="effect-words">{name}</p>
          <IntervalBar score={score} target={0} scale={scale} />
          <p class="effect-figures">
            <b>{formatPercent(score.score ?? 0)}</b>{' '}
            <span>
              ({formatInterval(score.lower ?? 0, score.upper ?? 0)}), {countOf(score.responses)}
            </span>
          </p>
        </div>
      ))}
    </figure>
  )
}

const percent = (share: number) => `${Math.round(10_000 * share) / 100}%`
