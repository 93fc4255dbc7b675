import type { PlaceWeeks, WeekOnChart } from '../../server/indicators/detail/contract.ts'
import { scaleFor } from '../ui/charts/scale.ts'
import { TimeLine, type TimeSlot, thinLabels } from '../ui/charts/time-line.tsx'
import { formatDayShort, formatInteger, formatInterval, formatPercent, formatScore } from '../ui/format.ts'
import { Tag } from '../ui/tag.tsx'
import { signalWords } from './words.ts'

/** Early warning: each place's weeks against what chance alone explains. The first place that signals stands open. */
export function Weeks({ places, whole = false }: { places: PlaceWeeks[]; whole?: boolean }) {
  const first = places.find(({ weeks }) => weeks.at(-1)?.signal)
  if (places.length === 0) return null
  return (
    <section class="card" aria-labelledby="tung-tuan">
      <h2 id="tung-tuan" class="card-title">
        Cảnh báo sớm, từng tuần
      </h2>
      <p class="card-note">
        Vùng xám là nơi điểm một tuần thường dao động do tình cờ, tính từ các tuần trước đó. Tuần nằm ngoài vùng được
        ghi <b>giảm rõ</b> hoặc <b>tăng rõ</b>: nên tìm hiểu tuần ấy có gì khác. Mọi phiếu được tính của nơi phục vụ,
        các tuần đã khép; tuần dưới 10 phiếu dồn sang tuần sau.
      </p>
      {places.map((place) => (
        <PlaceChart key={place.code} place={place} open={whole || place === first} />
      ))}
    </section>
  )
}

function PlaceChart({ place: { code, name, weeks }, open }: { place: PlaceWeeks; open: boolean }) {
  const last = weeks.at(-1)
  const signals = weeks.filter(({ signal }) => signal !== null)
  return (
    <details class="figures weeks" id={`tuan-${code}`} open={open}>
      <summary>
        {name} {last?.signal && <Tag kind="warn">{signalWords[last.signal]}</Tag>}
        <small>{lastInWords(last)}</small>
      </summary>
      <div class="drawing">
        <TimeLine
          slots={slotsOf(weeks)}
          scale={scaleFor(
            weeks.flatMap(({ score, lower }) => [score, lower].filter((one) => one !== null)),
            [],
          )}
          target={null}
          band="limits"
          label={`Điểm từng tuần của ${name}: ${signals.length === 0 ? 'không tuần nào nằm ngoài giới hạn' : signals.map((week) => `tuần từ ${formatDayShort(week.week)} ${signalWords[week.signal as 'fall' | 'rise']}`).join(', ')}`}
        />
      </div>
      <WeekTable weeks={weeks.slice(-8)} />
    </details>
  )
}

function lastInWords(last: WeekOnChart | undefined): string {
  if (!last || last.score === null) return 'tuần vừa rồi không có phiếu'
  if (last.centre === null) return `tuần vừa rồi ${formatInteger(last.responses)} phiếu, chưa đủ để xét`
  return `tuần vừa rồi ${formatPercent(last.score)}, ${formatInteger(last.responses)} phiếu`
}

const slotsOf = (weeks: WeekOnChart[]): TimeSlot[] =>
  thinLabels(
    weeks.map(({ week, score, lower, upper, centre, signal, gathers }) => ({
      key: week,
      label: formatDayShort(week),
      lower,
      upper,
      centre,
      signal,
      // A week whose answers go on to the next one is not a point of its own.
      score: gathers === 0 ? null : score,
    })),
    9,
  )

const WeekTable = ({ weeks }: { weeks: WeekOnChart[] }) => (
  <table class="figures-table">
    <thead>
      <tr>
        <th scope="col">Tuần từ</th>
        <th scope="col" class="number">
          Điểm (%)
        </th>
        <th scope="col" class="number">
          Thường trong khoảng
        </th>
        <th scope="col" class="number">
          Phiếu
        </th>
        <th scope="col">Kết quả</th>
      </tr>
    </thead>
    <tbody>
      {weeks.map(({ week, score, lower, upper, responses, signal, gathers }) => (
        <tr key={week}>
          <th scope="row">{formatDayShort(week)}</th>
          <td class="number">{score === null ? '–' : formatScore(score)}</td>
          <td class="number">{lower === null || upper === null ? '–' : formatInterval(lower, upper)}</td>
          <td class="number">{formatInteger(responses)}</td>
          <td>{resultOf(signal, gathers, lower !== null)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

function resultOf(signal: WeekOnChart['signal'], gathers: number, judged: boolean) {
  if (signal) return <b>{signalWords[signal]}</b>
  if (gathers === 0) return 'dồn sang tuần sau'
  return judged ? 'bình thường' : 'chưa xét'
}
