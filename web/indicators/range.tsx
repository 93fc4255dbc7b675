import { links } from '../links.ts'
import { DayRangeFields, type TypedDays } from '../ui/day-field.tsx'

type RangeChoiceProps = { code: string; from: string; to: string; today: string; asked: TypedDays | undefined }

/** The usual ranges as links, any other by its two days. */
export function RangeChoice({ code, from, to, today, asked }: RangeChoiceProps) {
  return (
    <div class="range-choice">
      <nav class="segments" aria-label="Khoảng thời gian">
        {usualRanges(today).map((range) => (
          <a
            key={range.label}
            href={links.indicator(code, range.from, range.to)}
            aria-current={range.from === from && range.to === to ? 'true' : undefined}
          >
            {range.label}
          </a>
        ))}
      </nav>
      <form class="range-form" method="get" action={links.indicator(code)}>
        <DayRangeFields names={['from', 'to']} from={from} to={to} asked={asked} />
        <button type="submit" class="button">
          Xem
        </button>
      </form>
    </div>
  )
}

function usualRanges(today: string) {
  const year = Number(today.slice(0, 4))
  return [
    { label: 'Tháng này', from: `${today.slice(0, 7)}-01`, to: today },
    { label: 'Năm nay', from: `${year}-01-01`, to: today },
    { label: 'Năm trước', from: `${year - 1}-01-01`, to: `${year - 1}-12-31` },
  ]
}
