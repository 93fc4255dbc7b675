import type { ArrivalBin, Arrivals, Evidence, VisitDay } from '../../../server/review/patterns/contract.ts'
import { formatDay, formatDayShort, formatInteger } from '../../ui/format.ts'
import { countOf } from '../words.ts'
import { clockInWords } from './words.ts'

const rowHeight = 36

/** When the pattern's responses came, day by day on one scale of hours, among the others of the same source. */
export function ArrivalsDrawing({ arrivals, gaps }: Pick<Evidence, 'arrivals' | 'gaps'>) {
  const { days, width } = arrivals
  return (
    <figure class="evidence">
      <figcaption>
        Phiếu đến lúc nào, gộp từng {width} phút {gaps && `(${gapsInWords(gaps)})`}
      </figcaption>
      <Legend own="phiếu của nhóm" others="phiếu khác cùng nguồn" />
      <div class="arrivals" role="img" aria-label={describe(arrivals)}>
        {days.map(({ day, bins }) => (
          <div class="arrival-row" key={day}>
            <span aria-hidden="true">{formatDayShort(day)}</span>
            <svg width="100%" height={rowHeight} aria-hidden="true">
              <line class="evidence-base" x1="0" x2="100%" y1={rowHeight - 0.5} y2={rowHeight - 0.5} />
              {bins.map((bin) => (
                <Bar key={bin.start} bin={bin} arrivals={arrivals} />
              ))}
            </svg>
          </div>
        ))}
        <div class="arrival-row">
          <span aria-hidden="true" />
          <Hours arrivals={arrivals} />
        </div>
      </div>
      <ArrivalTable arrivals={arrivals} />
    </figure>
  )
}

const gapsInWords = ({ shortest, longest }: NonNullable<Evidence['gaps']>) =>
  shortest === longest
    ? `các phiếu của nhóm đều cách nhau ${shortest} phút`
    : `hai phiếu liền nhau của nhóm cách nhau từ ${shortest} đến ${longest} phút`

export const Legend = ({ own, others }: { own: string; others: string }) => (
  <p class="evidence-legend">
    <i class="own" aria-hidden="true" /> {own} <i class="others" aria-hidden="true" /> {others}
  </p>
)

/** The pattern's part below, the others' on top of it. */
function Bar({ bin, arrivals: { from, to, most, width } }: { bin: ArrivalBin; arrivals: Arrivals }) {
  const x = percent((bin.start - from) / (to - from))
  const wide = percent((0.86 * width) / (to - from))
  const heightOf = (count: number) => round((count / most) * (rowHeight - 4))
  const [own, others] = [heightOf(bin.pattern), heightOf(bin.others)]
  return (
    <>
      <rect class="evidence-own" x={x} width={wide} y={rowHeight - own} height={own} />
      <rect class="evidence-others" x={x} width={wide} y={rowHeight - own - others} height={others} />
    </>
  )
}

function Hours({ arrivals: { from, to } }: { arrivals: Arrivals }) {
  const step = to - from > 360 ? 180 : to - from > 120 ? 60 : 30
  const first = Math.ceil(from / step) * step
  const marks = Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, at) => first + at * step)
  return (
    <svg class="evidence-hours" width="100%" height="20" aria-hidden="true">
      {marks.map((minute) => (
        <text key={minute} x={percent((minute - from) / (to - from))} y="15" text-anchor={anchorOf(minute, from, to)}>
          {clockInWords(minute)}
        </text>
      ))}
    </svg>
  )
}

const anchorOf = (minute: number, from: number, to: number) =>
  minute === from ? 'start' : to - minute < 20 ? 'end' : 'middle'

function describe({ days, from, to }: Arrivals): string {
  const own = days.reduce((sum, { bins }) => sum + bins.reduce((all, { pattern }) => all + pattern, 0), 0)
  return `${countOf(own)} của nhóm trong ${days.length} ngày, trên thang từ ${clockInWords(from)} đến ${clockInWords(to)}; bảng bên dưới nói cùng điều ấy`
}

const ArrivalTable = ({ arrivals: { days } }: { arrivals: Arrivals }) => (
  <details>
    <summary>Xem thành bảng</summary>
    <table class="listing evidence-table">
      <caption class="unseen">Số phiếu theo ngày và buổi</caption>
      <thead>
        <tr>
          <th scope="col">Ngày, buổi</th>
          <th scope="col" class="number">
            Của nhóm
          </th>
          <th scope="col" class="number">
            Khác
          </th>
        </tr>
      </thead>
      <tbody>
        {days.flatMap(({ day, bins }) =>
          halves.map(({ name, isIn }) => {
            const own = bins.filter(isIn)
            const sum = (what: 'pattern' | 'others') => own.reduce((total, bin) => total + bin[what], 0)
            return own.length === 0 ? null : (
              <tr key={day + name}>
                <th scope="row">
                  {formatDay(day)}, {name}
                </th>
                <td class="number">{formatInteger(sum('pattern'))}</td>
                <td class="number">{formatInteger(sum('others'))}</td>
              </tr>
            )
          }),
        )}
      </tbody>
    </table>
  </details>
)

const halves = [
  { name: 'sáng', isIn: ({ start }: ArrivalBin) => start < 720 },
  { name: 'chiều', isIn: ({ start }: ArrivalBin) => start >= 720 },
]

/** Responses of each day beside the visits that were counted. */
export const VisitTable = ({ visits }: { visits: VisitDay[] }) => (
  <figure class="evidence">
    <figcaption>Số phiếu cùng nguồn bên số lượt đã ghi</figcaption>
    <table class="listing evidence-table">
      <thead>
        <tr>
          <th scope="col">Ngày</th>
          <th scope="col" class="number">
            Phiếu
          </th>
          <th scope="col" class="number">
            Lượt
          </th>
        </tr>
      </thead>
      <tbody>
        {visits.map(({ day, responses, visits: count }) => (
          <tr key={day}>
            <th scope="row">{formatDay(day)}</th>
            <td class="number">{formatInteger(responses)}</td>
            <td class="number">{formatInteger(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </figure>
)

const round = (value: number) => Math.round(value * 100) / 100
const percent = (share: number) => `${round(100 * share)}%`
