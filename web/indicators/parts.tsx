import type { CriterionPart, IndicatorDetail, Part } from '../../server/indicators/detail/contract.ts'
import { IntervalAxis, IntervalBar } from '../ui/charts/interval-bar.tsx'
import { chooseScale, type Scale } from '../ui/charts/scale.ts'
import { ScoreFigure } from '../ui/charts/score-cells.tsx'
import { formatInteger, formatTarget, startSentence } from '../ui/format.ts'
import { channelName, formatParts, formatShare, modeName, respondentName } from './words.ts'

/** What was asked: factors and criteria on one scale, the one that takes most away first. */
export function Questions({ detail, whole = false }: { detail: IndicatorDetail; whole?: boolean }) {
  const { factors, criteria, indicator } = detail
  const scale = chooseScale(
    [...factors, ...criteria].map(({ score }) => score),
    [indicator.target],
  )
  const shared = { scale, target: indicator.target, watched: indicator.dueFrom !== null, whole }
  return (
    <section class="card" aria-labelledby="noi-dung-hoi">
      <h2 id="noi-dung-hoi" class="card-title">
        Theo yếu tố và tiêu chí
      </h2>
      <p class="card-note">
        Xếp từ mục mất điểm nhiều nhất. “Phần mất điểm”: trong tất cả những gì dân chưa hài lòng, bao nhiêu nằm ở đó.
        Mỗi tiêu chí nặng như nhau trong bộ câu hỏi của nó.
      </p>
      <PartTable title="Yếu tố" parts={factors} {...shared} overlap />
      <PartTable title="Tiêu chí" parts={criteria} {...shared} overlap />
    </section>
  )
}

type Breakdown = { id: string; by: 'place' | 'answer'; title: string; column: string; parts: Part[] }

type BreakdownsProps = {
  detail: IndicatorDetail
  /** Where they were served, or who answered and how. */
  by: 'place' | 'answer'
  whole?: boolean
  /** Where a place has a page of its own, by its part's key. */
  placeHref?: (key: string) => string | undefined
}

/** One table per way of dividing, only where it divides. */
export function Breakdowns({ detail, by, whole = false, placeHref }: BreakdownsProps) {
  const breakdowns = breakdownsOf(detail).filter((one) => one.by === by && one.parts.length > 1)
  return (
    <>
      {breakdowns.length === 0 && (
        <section class="card padded">
          <p>Thời gian này chỉ có một phần duy nhất, nên không chia nhỏ được thêm.</p>
        </section>
      )}
      {breakdowns.map(({ id, title, column, parts }) => (
        <section class="card" key={id} aria-labelledby={id}>
          <h2 id={id} class="card-title">
            {title}
          </h2>
          <PartTable
            title={column}
            parts={parts}
            target={detail.indicator.target}
            watched={detail.indicator.dueFrom !== null}
            whole={whole}
            hrefOf={id === 'diem' ? placeHref : undefined}
            scale={chooseScale(
              parts.map(({ score }) => score),
              [detail.indicator.target],
            )}
          />
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
    { id: 'linh-vuc', by: 'place', title: 'Theo lĩnh vực', column: 'Lĩnh vực', parts: detail.fields },
    { id: 'diem', by: 'place', title: 'Theo nơi phục vụ', column: 'Nơi phục vụ', parts: detail.places },
    {
      id: 'bo-cau-hoi',
      by: 'place',
      title: isEducation ? 'Theo cấp học' : 'Theo bộ câu hỏi',
      column: isEducation ? 'Cấp học' : 'Bộ câu hỏi',
      parts: detail.questionnaires,
    },
    {
      id: 'kenh',
      by: 'answer',
      title: 'Theo cách trả lời',
      column: 'Cách trả lời',
      parts: named(detail.channels, channelName),
    },
    {
      id: 'hinh-thuc',
      by: 'answer',
      title: 'Theo hình thức dịch vụ',
      column: 'Hình thức',
      parts: named(detail.serviceModes, modeName),
    },
    {
      id: 'nguoi',
      by: 'answer',
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
  watched: boolean
  /** One response answers several of the parts: their shares of responses are no parts of one whole. */
  overlap?: boolean
  /** On paper nothing is folded away. */
  whole?: boolean
  /** How many stand in the open where it is not the usual number. */
  open?: number
  /** A page about the part with this key. */
  hrefOf?: ((key: string) => string | undefined) | undefined
}

/** How many parts stand in the open: the rest, which take away least, is a press away. */
const usualOpen = 10

/** One row a part, every bar on the same scale; under 900 px each row becomes a block. */
export function PartTable({ title, parts, overlap, whole = false, open = usualOpen, ...shared }: PartTableProps) {
  const answered = parts.map(({ share }) => share)
  const shares = overlap ? answered.map(formatShare) : formatParts(answered)
  const harms = formatParts(parts.map(({ harm }) => harm))
  const rows = parts.map((part, index) => ({ part, share: shares[index] ?? '', harm: harms[index] ?? '' }))
  const isLong = !whole && parts.length > open + 2
  const rest = isLong ? rows.slice(open) : []
  return (
    <>
      <PartRows title={title} rows={isLong ? rows.slice(0, open) : rows} {...shared} />
      {rest.length > 0 && (
        <details class="figures">
          <summary>
            {title}: {rest.length} dòng nữa, mất ít điểm hơn
          </summary>
          <PartRows title={title} rows={rest} {...shared} />
        </details>
      )}
    </>
  )
}

type PartRowsProps = Pick<PartTableProps, 'title' | 'target' | 'scale' | 'watched' | 'hrefOf'> & {
  rows: { part: Part | CriterionPart; share: string; harm: string }[]
}

function PartRows({ title, rows, ...shared }: PartRowsProps) {
  const hasMean = rows.some(({ part }) => 'mean' in part)
  return (
    <table class="parts">
      <ScaleCaption {...shared} />
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <ScoreHead {...shared} />
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
        {rows.map((row) => (
          <PartRow key={row.part.key} {...row} {...shared} />
        ))}
      </tbody>
    </table>
  )
}

type PartRowProps = PartRowsProps['rows'][number] & Pick<PartTableProps, 'target' | 'scale' | 'watched' | 'hrefOf'>

function PartRow({ part, share, harm, target, scale, watched, hrefOf }: PartRowProps) {
  const { label, score } = part
  const href = hrefOf?.(part.key)
  return (
    <tr>
      <th scope="row">
        {'official' in part && <span class="part-official">{part.official}</span>}{' '}
        {href ? <a href={href}>{label}</a> : label}
        {'factor' in part && <small>{part.factor}</small>}
      </th>
      <td class="part-score number">
        <ScoreFigure score={score} target={target} />
      </td>
      <td class="part-bar">
        <IntervalBar score={score} target={target} scale={scale} watched={watched} />
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
