import { DayRangeFields, type TypedDays } from '../ui/day-field.tsx'
import { shiftDay } from '../ui/format.ts'
import { quartersBegun, termName } from './term-choice.tsx'

type RangeChoiceProps = {
  from: string
  to: string
  today: string
  asked: TypedDays | undefined
  /** The page's address without a range, and with one. */
  action: string
  hrefOf: (from: string, to: string) => string
  /** What of the address is no range and stays: which section is open. */
  kept?: Record<string, string | undefined>
}

/** The usual ranges as links, any other by its two days. */
export function RangeChoice({ from, to, today, asked, action, hrefOf, kept = {} }: RangeChoiceProps) {
  const usual = usualRanges(today)
  const isOther =
    Boolean(asked && asked.problems.length > 0) || usual.every((one) => one.from !== from || one.to !== to)
  return (
    <div class="range-choice">
      <nav class="segments" aria-label="Khoảng thời gian">
        {usual.map((range) => (
          <a
            key={range.label}
            href={hrefOf(range.from, range.to)}
            aria-current={range.from === from && range.to === to ? 'true' : undefined}
          >
            {range.label}
          </a>
        ))}
      </nav>
      <details class="range-other" open={isOther}>
        <summary>Ngày khác</summary>
        <form class="range-form" method="get" action={action}>
          {Object.entries(kept).map(([name, value]) =>
            value ? <input key={name} type="hidden" name={name} value={value} /> : null,
          )}
          <DayRangeFields names={['from', 'to']} from={from} to={to} asked={asked} />
          <button type="submit" class="button">
            Xem
          </button>
        </form>
      </details>
    </div>
  )
}

type Usual = { label: string; from: string; to: string }

/** Up to today where a range is still running, so that "this quarter" is one address the whole day. */
function usualRanges(today: string): Usual[] {
  const year = Number(today.slice(0, 4))
  const quarters = quartersBegun(year, today).map((key): Usual => {
    const first = `${year}-${String(3 * Number(key[6]) - 2).padStart(2, '0')}-01`
    const last = shiftDay(firstOfMonth(shiftDay(first, 95)), -1)
    return { label: termName(key).replace(/\/\d+$/, ''), from: first, to: last < today ? last : today }
  })
  return [
    { label: 'Tháng này', from: firstOfMonth(today), to: today },
    ...quarters,
    { label: 'Năm nay', from: `${year}-01-01`, to: today },
    { label: 'Năm trước', from: `${year - 1}-01-01`, to: `${year - 1}-12-31` },
  ]
}

const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`
