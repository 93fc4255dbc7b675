import { DayRangeFields } from '../ui/day-field.tsx'
import { formatDay, formatDayShort, formatWeekday, shiftDay, startSentence } from '../ui/format.ts'

type Period = { from: string; to: string }
type Typed = { ngay?: string | undefined; tu?: string | undefined; den?: string | undefined }
export type UsualPeriod = { label: string; period: Period }

type PeriodProps = {
  period: Period
  today: string
  /** What was typed, where it cannot be shown. */
  typed?: Typed | undefined
  /** The page's address for a period, and where its form goes with what else it keeps. */
  hrefOf: (period: Period) => string
  action: string
  kept?: Record<string, string | undefined>
  usual?: UsualPeriod[]
}

/** One click to the usual periods, one to the neighbours, two fields for any other; all of them addresses. */
export function PeriodNavigation({ period, today, hrefOf, usual = usualPeriods(today), ...form }: PeriodProps) {
  // On a Monday the week is the day: one of them is enough.
  const current = usual.find((one) => isSame(one.period, period))
  const [before, after] = neighbours(period)
  return (
    <div class="day-navigation">
      <nav class="segments" aria-label="Thời gian">
        <a href={hrefOf(before)} rel="prev" aria-label={`Trước đó: ${inShort(before)}`}>
          ‹
        </a>
        {usual.map((one) => (
          <a key={one.label} href={hrefOf(one.period)} aria-current={one === current ? 'date' : undefined}>
            {one.label}
          </a>
        ))}
        {after.to <= today && (
          <a href={hrefOf(after)} rel="next" aria-label={`Sau đó: ${inShort(after)}`}>
            ›
          </a>
        )}
      </nav>
      <PeriodForm period={period} today={today} {...form} />
    </div>
  )
}

type FormProps = Pick<PeriodProps, 'period' | 'today' | 'typed' | 'action' | 'kept'>

const PeriodForm = ({ period: { from, to }, today, typed, action, kept = {} }: FormProps) => (
  <form class="day-form" method="get" action={action}>
    {Object.entries(kept).map(([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />)}
    <DayRangeFields
      names={['tu', 'den']}
      from={typed ? (typed.tu ?? typed.ngay ?? '') : from}
      to={typed ? (typed.den ?? typed.ngay ?? '') : to}
      max={today}
    />
    <button type="submit" class="button small">
      Xem
    </button>
  </form>
)

/** "Hôm nay, thứ Hai 23/11/2026", "Chủ Nhật 15/11/2026", "Tuần này, 23/11 – 25/11/2026", "Tháng 10/2026", "01/10/2026 – 15/11/2026" */
export function titleOfPeriod(
  { from, day: to }: { from: string; day: string },
  today: string,
  known: UsualPeriod[] = usualPeriods(today),
): string {
  const usual = known.find((one) => isSame(one.period, { from, to }))
  if (from === to) {
    const date = `${formatWeekday(to)} ${formatDay(to)}`
    return usual && from >= shiftDay(today, -1) ? `${usual.label}, ${date}` : startSentence(date)
  }
  const isMonth = from.endsWith('-01') && shiftDay(to, 1).endsWith('-01') && from.slice(0, 7) === to.slice(0, 7)
  if (isMonth && !usual) return `Tháng ${formatDay(from).slice(3)}`
  return usual ? `${usual.label}, ${inShort({ from, to })}` : inShort({ from, to })
}

export function usualPeriods(today: string): UsualPeriod[] {
  const yesterday = shiftDay(today, -1)
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7
  return [
    { label: 'Hôm nay', period: { from: today, to: today } },
    { label: 'Hôm qua', period: { from: yesterday, to: yesterday } },
    { label: 'Tuần này', period: { from: shiftDay(today, -weekday), to: today } },
    { label: 'Tháng này', period: { from: `${today.slice(0, 7)}-01`, to: today } },
  ]
}

const isSame = (a: Period, b: Period) => a.from === b.from && a.to === b.to

/** The same length of time just before and just after. */
function neighbours({ from, to }: Period): [before: Period, after: Period] {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
  const shift = (count: number) => ({ from: shiftDay(from, count), to: shiftDay(to, count) })
  return [shift(-days), shift(days)]
}

function inShort({ from, to }: Period): string {
  if (from === to) return `${startSentence(formatWeekday(to))} ${formatDayShort(to)}`
  const start = from.slice(0, 4) === to.slice(0, 4) ? formatDayShort(from) : formatDay(from)
  return `${start} – ${formatDay(to)}`
}
