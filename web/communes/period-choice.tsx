import { periodName } from './words.ts'

type PeriodChoiceProps = { period: string; periods: string[]; hrefOf: (period: string) => string }

/** A year, its quarters and its months, those that any commune has figures of. */
export function PeriodChoice({ period, periods, hrefOf }: PeriodChoiceProps) {
  const year = period.slice(0, 4)
  const years = [...new Set(periods.map((one) => one.slice(0, 4)))].sort().reverse()
  const quarters = periods.filter((one) => one.startsWith(`${year}-Q`))
  const months = periods.filter((one) => one.startsWith(year) && /-\d\d$/.test(one))
  const rows: [string, string[], (one: string) => string][] = [
    ['Năm', years, periodName],
    ['Quý', quarters, (one) => periodName(one).split('/')[0] as string],
    ['Tháng', months, (one) => `T${Number(one.slice(5))}`],
  ]
  return (
    <div class="term-choice">
      {rows.map(
        ([name, choices, label]) =>
          choices.length > 0 && (
            <nav key={name} class="segments" aria-label={name}>
              {choices.map((one) => (
                <a key={one} href={hrefOf(one)} aria-current={one === period ? 'true' : undefined}>
                  <span class="unseen">{periodName(one)}</span>
                  <span aria-hidden="true">{label(one)}</span>
                </a>
              ))}
            </nav>
          ),
      )}
    </div>
  )
}
