import type { CriterionPart, IndicatorDetail, Part } from '../../server/indicators/detail/contract.ts'
import { IntervalAxis, IntervalBar } from '../ui/charts/interval-bar.tsx'
import { chooseScale, type Scale } from '../ui/charts/scale.ts'
import { ScoreFigure } from '../ui/charts/score-cells.tsx'
import { formatInteger, formatTarget, startSentence } from '../ui/format.ts'
import { Source } from './source.tsx'
import { channelName, formatParts, formatShare, modeName, respondentName } from './words.ts'

/** What was asked: factors and criteria on one scale, the one that takes most away first. */
export function Questions({ detail }: { detail: IndicatorDetail }) {
  const { factors, criteria, indicator } = detail
  const scale = chooseScale(
    [...factors, ...criteria].map(({ score }) => score),
    [indicator.target],
  )
  const shared = { scale, target: indicator.target }
  return (
    <section class="card" aria-labelledby="noi-dung-hoi">
      <h2 id="noi-dung-hoi" class="card-title">
        Theo yếu tố và tiêu chí
      </h2>
      <p class="card-note">
        Xếp từ nơi mất điểm nhiều nhất. “Phần mất điểm”: trong tất cả những gì dân chưa hài lòng, bao nhiêu nằm ở đó.
      </p>
      <PartTable title="Yếu tố" parts={factors} {...shared} overlap />
      <PartTable title="Tiêu chí" parts={criteria} {...shared} overlap />
      <Source detail={detail} formula="mỗi tiêu chí nặng như nhau trong bộ câu hỏi của nó" />
    </section>
  )
}

type Breakdown = { id: string; title: string; column: string; parts: Part[]; note?: string }

/** Who answered, where and how: one table per way of dividing, only where it divides. */
export function Breakdowns({ detail }: { detail: IndicatorDetail }) {
  const breakdowns = breakdownsOf(detail).filter(({ parts }) => parts.length > 1)
  return (
    <>
      {breakdowns.map(({ id, title, column, parts, note }) => (
        <section class="card" key={id} aria-labelledby={id}>
          <h2 id={id} class="card-title">
            {title}
          </h2>
          {note && <p class="card-note">{note}</p>}
          <PartTable
            title={column}
            parts={parts}
            target={detail.indicator.target}
            scale={chooseScale(
              parts.map(({ score }) => score),
              [detail.indicator.target],
            )}
          />
          <Source detail={detail} />
        </section>
      ))}
    </>
  )
}

function breakdownsOf(detail: IndicatorDetail): Breakdown[] {
  const named = (parts: Part[], nameOf: (key: string) => string) =>
    parts.map((part) => ({ ...part, label: startSentence(nameOf(part.key)) }))
  const isEducation = detail.definition.sector === 'education'
  return [
    { id: 'linh-vuc', title: 'Theo lĩnh vực', column: 'Lĩnh vực', parts: detail.fields },
    { id: 'diem', title: 'Theo điểm phục vụ', column: 'Điểm phục vụ', parts: detail.places },
    {
      id: 'bo-cau-hoi',
      title: isEducation ? 'Theo cấp học' : 'Theo bộ câu hỏi',
      column: isEducation ? 'Cấp học' : 'Bộ câu hỏi',
      parts: detail.questionnaires,
    },
    { id: 'kenh', title: 'Theo cách trả lời', column: 'Cách trả lời', parts: named(detail.channels, channelName) },
    {
      id: 'hinh-thuc',
      title: 'Theo hình thức dịch vụ',
      column: 'Hình thức',
      parts: named(detail.serviceModes, modeName),
    },
    {
      id: 'nguoi',
      title: 'Theo người trả lời',
      column: 'Người trả lời',
      parts: named(detail.respondents, respondentName),
    },
  ]
}

/** Where the heads of the columns are hidden, the bars' common scale is said in words. */
export const ScaleCaption = ({ scale, target }: { scale: Scale; target: number }) => (
  <caption class="parts-caption">
    Các thanh dùng chung thang {scale.lowest} – 100&nbsp;%, đường chấm là chỉ tiêu {formatTarget(target)}
  </caption>
)

/** The two columns every table of scores has: the figure, and its interval on the table's one scale. */
export const ScoreHead = ({ scale }: { scale: Scale }) => (
  <>
    <th scope="col" class="part-score number">
      Điểm (%)
    </th>
    <th scope="col" class="part-bar">
      <span class="unseen">Khoảng tin cậy và chỉ tiêu</span>
      <IntervalAxis scale={scale} />
    </th>
  </>
)

type PartTableProps = {
  title: string
  parts: (Part | CriterionPart)[]
  target: number
  scale: Scale
  /** One response answers several of the parts: their shares of responses are no parts of one whole. */
  overlap?: boolean
}

/** One row a part, every bar on the same scale; under 900 px each row becomes a block. */
export function PartTable({ title, parts, target, scale, overlap }: PartTableProps) {
  const hasMean = parts.some((part) => 'mean' in part)
  const answered = parts.map(({ share }) => share)
  const shares = overlap ? answered.map(formatShare) : formatParts(answered)
  const harms = formatParts(parts.map(({ harm }) => harm))
  return (
    <table class="parts">
      <ScaleCaption scale={scale} target={target} />
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <ScoreHead scale={scale} />
          {hasMean && (
            <th scope="col" class="part-mean number">
              Trung bình (/5)
            </th>
          )}
          <th scope="col" class="part-count number">
            Phiếu
          </th>
          <th scope="col" class="part-harm number">
            Phần mất điểm
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part, index) => (
          <PartRow
            key={part.key}
            part={part}
            share={shares[index] ?? ''}
            harm={harms[index] ?? ''}
            target={target}
            scale={scale}
          />
        ))}
      </tbody>
    </table>
  )
}

type PartRowProps = { part: Part | CriterionPart; share: string; harm: string; target: number; scale: Scale }

function PartRow({ part, share, harm, target, scale }: PartRowProps) {
  const { label, score } = part
  return (
    <tr>
      <th scope="row">
        {'official' in part && <span class="part-official">{part.official}</span>} {label}
        {'factor' in part && <small>{part.factor}</small>}
      </th>
      <td class="part-score number">
        <ScoreFigure score={score} target={target} />
      </td>
      <td class="part-bar">
        <IntervalBar score={score} target={target} scale={scale} />
      </td>
      {'mean' in part && (
        <td class="part-mean number">
          <span class="narrow-only">trung bình </span>
          {part.mean === null ? '–' : formatMean(part.mean)}
          <span class="narrow-only">/5</span>
        </td>
      )}
      <td class="part-count number">
        {formatInteger(score.responses)}
        <span class="narrow-only"> phiếu</span>
        <small>{share}</small>
      </td>
      <td class="part-harm number">
        {harm}
        <span class="narrow-only"> điểm mất</span>
      </td>
    </tr>
  )
}

/** "4,37" */
export const formatMean = (mean: number): string => mean.toFixed(2).replace('.', ',')
