import type { IndicatorView } from '../../server/indicators/contract.ts'
import type { Standing } from '../../server/overview/commune-contract.ts'
import type { Score } from '../../server/score/contract.ts'
import { ScoreHead } from '../indicators/parts.tsx'
import { chooseScale, type Scale } from '../ui/charts/scale.ts'
import { ScoreCells } from '../ui/charts/score-cells.tsx'
import { formatTarget } from '../ui/format.ts'
import { targetInWords, VerdictWord } from '../ui/verdict-word.tsx'

export type StandingLine = Standing & {
  /** The plan's code, before the name. */
  code?: string
  href?: string
  /** Under the name. */
  note?: string
  verdict?: IndicatorView['verdict']
  reason?: IndicatorView['reason']
  provisional?: boolean
  /** What of its responses waits to be decided. */
  waiting?: string | null
}

/** One scale for lines that stand in one table. */
export const scaleOf = (lines: { score: Score; target: number; withheld: boolean }[]): Scale =>
  chooseScale(
    lines.filter(({ withheld }) => !withheld).map(({ score }) => score),
    lines.map(({ target }) => target),
  )

type HeadProps = { title: string; scale: Scale; lines: StandingLine[]; hasVerdict: boolean }

/** Score, interval and count of each line; with a verdict where the lines are measured by one. */
export function StandingTable({ title, lines }: { title: string; lines: StandingLine[] }) {
  const scale = scaleOf(lines)
  const hasVerdict = lines.some(({ verdict }) => verdict !== undefined)
  return (
    <table class={`parts standing ${hasVerdict ? 'judged' : ''}`}>
      <StandingHead title={title} scale={scale} lines={lines} hasVerdict={hasVerdict} />
      <tbody>
        {lines.map((line) => (
          <StandingRow key={line.key} line={line} scale={scale} hasVerdict={hasVerdict} />
        ))}
      </tbody>
    </table>
  )
}

export const StandingHead = ({ title, scale, lines, hasVerdict }: HeadProps) => (
  <>
    <caption class="parts-caption">
      Các thanh dùng chung thang {scale.lowest} – 100&nbsp;%, đường chấm là chỉ tiêu{' '}
      {[...new Set(lines.map(({ target }) => `≥\u00a0${formatTarget(target)}`))].join(' hoặc ')}
    </caption>
    <thead>
      <tr>
        <th scope="col">{title}</th>
        <ScoreHead scale={scale} />
        <th scope="col" class="part-count number">
          Phiếu
        </th>
        {hasVerdict && (
          <th scope="col" class="part-verdict">
            Kết luận
          </th>
        )}
      </tr>
    </thead>
  </>
)

type RowProps = { line: StandingLine; scale: Scale; hasVerdict: boolean }

export function StandingRow({ line, scale, hasVerdict }: RowProps) {
  const { verdict, provisional = false, withheld } = line
  return (
    <tr class={withheld ? 'is-quiet' : ''}>
      <th scope="row">
        {line.code && <span class="indicator-code">{line.code} </span>}
        {line.href ? <a href={line.href}>{line.name}</a> : line.name}
        <small>{[line.note, targetInWords(line.target, line.dueFrom)].filter(Boolean).join(' · ')}</small>
      </th>
      {withheld ? (
        <Withheld count={line.score.responses} columns={hasVerdict ? 4 : 3} />
      ) : (
        <ScoreCells {...line} scale={scale} watched={line.dueFrom !== null} />
      )}
      {!withheld && hasVerdict && (
        <td class="part-verdict">
          {verdict && <VerdictWord verdict={verdict} provisional={false} reason={line.reason} dueFrom={line.dueFrom} />}
          {provisional && !line.dueFrom && <small>tạm tính</small>}
          {line.waiting && <small>{line.waiting}</small>}
        </td>
      )}
    </tr>
  )
}

const Withheld = ({ count, columns }: { count: number; columns: number }) => (
  <td class="part-none" colSpan={columns}>
    {count === 0 ? 'Chưa có phiếu' : 'Dưới 5 phiếu: chưa hiện điểm, để không ai đoán được câu trả lời của một người'}
  </td>
)
