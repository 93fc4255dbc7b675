import type { AgencyToday, PlaceToday } from '../../server/results/contract.ts'
import { links } from '../links.ts'
import { formatInteger, formatInterval, formatScore } from '../ui/format.ts'
import { IntervalAxis, IntervalBar } from '../ui/interval-bar.tsx'
import type { Scale } from '../ui/scale.ts'
import { SparkLine } from '../ui/spark-line.tsx'
import { Tag } from '../ui/tag.tsx'
import { type Pulses, pulseClass } from './today-changes.ts'
import { quietWords, signalWords, warningInWords, whyNoScore } from './today-words.ts'

type PlaceTableProps = { agency: AgencyToday; isToday: boolean; scale: Scale; trendScale: Scale; pulses: Pulses }

/** One row a place, every bar on the same scale; below 1100 px each row becomes a small block. */
export function PlaceTable({ agency, pulses, ...shared }: PlaceTableProps) {
  return (
    <table class="places-today">
      <caption class="unseen">Điểm của từng điểm phục vụ thuộc {agency.name}</caption>
      <thead>
        <tr>
          <th scope="col" class="col-place">
            Điểm phục vụ
          </th>
          <th scope="col" class="col-score number">
            Điểm (%)
          </th>
          <th scope="col" class="col-bar">
            <span class="unseen">Khoảng tin cậy và chỉ tiêu</span>
            <IntervalAxis scale={shared.scale} />
          </th>
          <th scope="col" class="col-count number">
            Phiếu được tính
          </th>
          <th scope="col" class="col-received number">
            Phiếu nhận
          </th>
          <th scope="col" class="col-trend">
            14 ngày trước
          </th>
          <th scope="col" class="col-last number">
            Phiếu cuối
          </th>
        </tr>
      </thead>
      <tbody>
        {agency.places.map((place) => (
          <PlaceRow key={place.code} place={place} {...shared} pulse={pulses[place.code]} />
        ))}
      </tbody>
    </table>
  )
}

type PlaceRowProps = {
  place: PlaceToday
  isToday: boolean
  scale: Scale
  trendScale: Scale
  pulse: number | undefined
}

function PlaceRow({ place, isToday, scale, trendScale, pulse }: PlaceRowProps) {
  const quiet = place.received === 0
  return (
    <tr class={`${quiet ? 'is-quiet' : ''} ${pulseClass(pulse)}`} data-place={place.code}>
      <th scope="row" class="col-place">
        {place.name} {!place.open && <Tag>Đã đóng</Tag>}
        {place.warning && <WarningMark code={place.code} warning={place.warning} />}
      </th>
      {quiet ? (
        <td class="col-quiet" colSpan={4}>
          {quietWords(place.open, isToday)}
        </td>
      ) : (
        <>
          <ScoreCells place={place} isToday={isToday} scale={scale} />
          <td class="col-received number">
            <b>{formatInteger(place.received)}</b>
            <span class="narrow-only"> phiếu</span>
            {place.setAside > 0 && <small>để riêng {formatInteger(place.setAside)}</small>}
          </td>
        </>
      )}
      <td class="col-trend">
        <SparkLine trend={place.trend} target={place.target} scale={trendScale} />
      </td>
      <td class="col-last number">
        {place.lastAnswer && (
          <>
            <span class="narrow-only">cuối </span>
            {place.lastAnswer}
          </>
        )}
      </td>
    </tr>
  )
}

type WarningMarkProps = { code: string; warning: NonNullable<PlaceToday['warning']> }

/** The last closed week lay outside what chance explains: said in a word, explained in the title, drawn one click away. */
function WarningMark({ code, warning }: WarningMarkProps) {
  const { signal, indicator } = warning
  const mark = (
    <span class={`warning-mark ${signal}`} title={warningInWords(warning)}>
      {signalWords[signal]} tuần trước
    </span>
  )
  return <small>{indicator ? <a href={`${links.indicator(indicator)}#tuan-${code}`}>{mark}</a> : mark}</small>
}

function ScoreCells({ place: { shown, target }, isToday, scale }: Omit<PlaceRowProps, 'pulse' | 'trendScale'>) {
  if (shown.score === null || shown.lower === null || shown.upper === null) {
    return (
      <td class="col-waiting" colSpan={3}>
        {whyNoScore(isToday)}
      </td>
    )
  }
  return (
    <>
      <td class="col-score number">
        <b>{formatScore(shown.score, target)}</b>
        <small>{formatInterval(shown.lower, shown.upper, target)}</small>
      </td>
      <td class="col-bar">
        <IntervalBar score={shown} target={target} scale={scale} />
        <span class="bar-ends" aria-hidden="true">
          <span>{scale.lowest} %</span>
          <span>{scale.highest} %</span>
        </span>
      </td>
      <td class="col-count number">
        <span class="narrow-only">tính trên </span>
        {formatInteger(shown.responses)}
      </td>
    </>
  )
}
