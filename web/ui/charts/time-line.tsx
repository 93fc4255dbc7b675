import { area, line } from 'd3-shape'
import type { Score } from '../../../server/score/contract.ts'
import { Mark } from './interval-bar.tsx'
import { type Scale, standingOf } from './scale.ts'

/** One month, day or week along the line; null where it has no score, no band. */
export type TimeSlot = {
  key: string
  /** Under the axis; empty for a slot that goes without. */
  label: string
  score: number | null
  lower: number | null
  upper: number | null
  /** Where control limits lie around; and a point outside them. */
  centre?: number | null
  signal?: 'fall' | 'rise' | null
  /** The target is not due yet in this slot: drawn without a side. */
  watched?: boolean
}

type TimeLineProps = {
  slots: TimeSlot[]
  scale: Scale
  target: number | null
  /** What the band is: how sure each score is, or what chance alone explains. */
  band: 'interval' | 'limits'
  /** The drawing in one sentence; the table beside it holds every number. */
  label: string
}

const top = 10
const plotHeight = 190
const height = top + plotHeight + 28
/** Above so many points only those standing alone get a mark. */
const mostMarks = 31

/** Scores in time with a band around them and a dotted target. Percent coordinates let it fill its column undistorted. */
export function TimeLine({ slots, scale, target, band, label }: TimeLineProps) {
  return (
    <div class={`time-line ${band}`} role="img" aria-label={label}>
      <svg class="time-axis" width="44" height={height} aria-hidden="true">
        {scale.ticks.map((tick) => (
          <text key={tick} x="36" y={yOf(scale, tick) + 4} text-anchor="end">
            {tick}
          </text>
        ))}
      </svg>
      <svg class="time-plot" width="100%" height={height} aria-hidden="true">
        {scale.ticks.map((tick) => (
          <line key={tick} class="time-grid" x1="0" x2="100%" y1={yOf(scale, tick)} y2={yOf(scale, tick)} />
        ))}
        <svg
          y={top}
          width="100%"
          height={plotHeight}
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <Paths slots={slots} scale={scale} />
        </svg>
        <LoneBands slots={slots} scale={scale} />
        {target !== null && (
          <line class="time-target" x1="0" x2="100%" y1={yOf(scale, target)} y2={yOf(scale, target)} />
        )}
        <Marks slots={slots} scale={scale} target={target} />
        <Labels slots={slots} />
      </svg>
    </div>
  )
}

type Drawn = { slots: TimeSlot[]; scale: Scale }
type Banded = TimeSlot & { lower: number; upper: number }

const isBanded = (slot: TimeSlot | undefined): slot is Banded => typeof slot?.lower === 'number' && slot.upper !== null
const isScored = (slot: TimeSlot | undefined) => typeof slot?.score === 'number'

function Paths({ slots, scale }: Drawn) {
  const x = (_: TimeSlot, index: number) => round((100 * (index + 0.5)) / slots.length)
  const y = (percent: number) => round(100 - 100 * scale.share(percent))
  const drawBand = area<TimeSlot>()
    .defined(isBanded)
    .x(x)
    .y0(({ lower }) => y(lower ?? 0))
    .y1(({ upper }) => y(upper ?? 0))
  const drawLine = line<TimeSlot>()
    .defined(isScored)
    .x(x)
    .y(({ score }) => y(score ?? 0))
  const drawCentre = line<TimeSlot>()
    .defined(({ centre }) => typeof centre === 'number')
    .x(x)
    .y(({ centre }) => y(centre ?? 0))
  return (
    <>
      <path class="time-band" d={drawBand(slots) ?? ''} />
      <path class="time-centre" d={drawCentre(slots) ?? ''} vector-effect="non-scaling-stroke" />
      <path class="time-score" d={drawLine(slots) ?? ''} vector-effect="non-scaling-stroke" />
    </>
  )
}

/** A band between two gaps has no width as an area; it is drawn as a bar. */
function LoneBands({ slots, scale }: Drawn) {
  return (
    <>
      {slots.map((slot, index) => {
        if (!isBanded(slot) || isBanded(slots[index - 1]) || isBanded(slots[index + 1])) return null
        const x = xOf(index, slots.length)
        return (
          <line
            key={slot.key}
            class="time-lone"
            x1={x}
            x2={x}
            y1={yOf(scale, slot.lower)}
            y2={yOf(scale, slot.upper)}
          />
        )
      })}
    </>
  )
}

function Marks({ slots, scale, target }: Drawn & { target: number | null }) {
  return (
    <>
      {slots.map((slot, index) => {
        const alone = !isScored(slots[index - 1]) && !isScored(slots[index + 1])
        if (slot.score === null || (slots.length > mostMarks && !alone && !slot.signal)) return null
        return (
          <g key={slot.key} class={`interval ${standingIn(slot, target)}`}>
            <Mark
              at={xOf(index, slots.length)}
              standing={standingIn(slot, target)}
              middle={yOf(scale, slot.score)}
              radius={slot.signal ? 6 : 4.5}
            />
          </g>
        )
      })}
    </>
  )
}

/** Of a score its place against the target, of a week its place against the limits: never by colour alone. */
function standingIn({ lower, upper, signal, watched }: TimeSlot, target: number | null) {
  if (watched) return 'across'
  if (signal !== undefined) return signal === 'fall' ? 'below' : signal === 'rise' ? 'above' : 'across'
  return target !== null && lower !== null && upper !== null ? standingOf({ lower, upper }, target) : 'across'
}

/** A phone has room for every second label. */
function Labels({ slots }: { slots: TimeSlot[] }) {
  const labelled = slots.flatMap(({ key, label }, index) => (label ? [{ key, label, index }] : []))
  return (
    <>
      {labelled.map(({ key, label, index }, place) => (
        <text
          key={key}
          class={labelled.length > 6 && place % 2 === 1 ? 'time-label wide-only' : 'time-label'}
          x={xOf(index, slots.length)}
          y={height - 8}
          text-anchor="middle"
        >
          {label}
        </text>
      ))}
    </>
  )
}

/** Keeps about `most` labels, evenly spread from the first. */
export function thinLabels<T extends TimeSlot>(slots: T[], most: number): T[] {
  const step = Math.ceil(slots.length / most)
  return slots.map((slot, index) => (index % step === 0 ? slot : { ...slot, label: '' }))
}

export const slotOf = (key: string, label: string, { score, lower, upper }: Score): TimeSlot => ({
  key,
  label,
  score,
  lower,
  upper,
})

const xOf = (index: number, count: number) => `${round((100 * (index + 0.5)) / count)}%`
const yOf = (scale: Scale, percent: number) => round(top + plotHeight * (1 - scale.share(percent)))
const round = (value: number) => Math.round(value * 100) / 100
