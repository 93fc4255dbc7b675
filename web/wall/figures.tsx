import type { WallView } from '../../server/wall/contract.ts'
import { whyNoScore } from '../today/words.ts'
import {
  formatDayShort,
  formatInteger,
  formatInterval,
  formatPercent,
  formatTarget,
  startSentence,
} from '../ui/format.ts'
import { targetInWords } from '../ui/verdict-word.tsx'
import { WallInterval, WallLine } from './drawings.tsx'

/** Everything that moves during the day; the server draws it first, the island draws it again on each event. */
export function WallFigures({ view }: { view: WallView }) {
  const { shown, day } = view.last ?? { shown: view.shown, day: null }
  return (
    <>
      <section class="wall-today">
        <div class="wall-score">
          <h2>Mức độ hài lòng {day === null ? 'hôm nay' : `ngày ${formatDayShort(day)}`}</h2>
          <BigScore shown={shown} target={view.target} />
        </div>
        <div class="wall-received">
          <h2>Phiếu hôm nay</h2>
          <p class="wall-count">{formatInteger(view.received)}</p>
        </div>
      </section>
      <section>
        <WallInterval score={shown} target={view.target} dueFrom={view.dueFrom} />
        <Explanation shown={shown} target={view.target} dueFrom={view.dueFrom} />
      </section>
      <section class="wall-trend">
        <h2>30 ngày qua {isDrawn(view) && <small>đường chấm: chỉ tiêu {formatTarget(view.target)}</small>}</h2>
        <Trend view={view} />
      </section>
    </>
  )
}

type Figures = Pick<WallView, 'shown' | 'target' | 'dueFrom'>

/** What there is to show: the running day's score, else the last closed day's, which the heading names. */
function BigScore({ shown, target }: Omit<Figures, 'dueFrom'>) {
  if (shown.score === null) return <p class="wall-waiting">{whyNoScore('today')}</p>
  const [number, unit] = formatPercent(shown.score, target).split('\u00a0')
  return (
    <p class="wall-number">
      {number}
      <small>{`\u00a0${unit}`}</small>
    </p>
  )
}

function Explanation({ shown, target, dueFrom }: Figures) {
  return (
    <p class="wall-note">
      <b>{startSentence(targetInWords(target, dueFrom))}</b>
      {shown.lower !== null && shown.upper !== null && (
        <>
          , tính trên <b>{formatInteger(shown.responses)} phiếu</b>
          <span>
            Điểm thật nhiều khả năng trong khoảng <b>{formatInterval(shown.lower, shown.upper, target)}&nbsp;%</b>
          </span>
        </>
      )}
    </p>
  )
}

const isDrawn = ({ trend }: Pick<WallView, 'trend'>) => trend.some(({ score }) => score !== null)

function Trend({ view: { trend, target } }: { view: WallView }) {
  if (!isDrawn({ trend })) return <p class="wall-note">Chưa có ngày nào đủ 5 phiếu để vẽ.</p>
  return <WallLine trend={trend} target={target} />
}
