import { monthName } from './words.ts'

type TermChoiceProps = {
  term: string
  year: number
  today: string
  hrefOf: (term: string) => string
  /** The whole page of a term, for paper. */
  printHref: (term: string) => string
}

/** A year so far, one of its quarters or months, each with an address of its own; other years of the plan beside. */
export function TermChoice({ term, year, today, hrefOf, printHref }: TermChoiceProps) {
  const quarter = lastQuarter(today)
  const current = (key: string) => (key === term ? 'true' : undefined)
  return (
    <div class="term-choice">
      <nav class="segments" aria-label="Năm">
        {yearsBegun(today).map((one) => (
          <a key={one} href={hrefOf(String(one))} aria-current={current(String(one))}>
            Năm {one}
          </a>
        ))}
      </nav>
      <nav class="segments" aria-label={`Quý của năm ${year}`}>
        {quartersBegun(year, today).map((one) => (
          <a key={one} href={hrefOf(one)} aria-current={current(one)}>
            Quý {quarterNumber(one)}
          </a>
        ))}
      </nav>
      <nav class="segments" aria-label={`Tháng của năm ${year}`}>
        {monthsBegun(year, today).map((month) => (
          <a key={month} href={hrefOf(month)} aria-current={current(month)}>
            <span class="unseen">{monthName(`${month}-01`)}</span>
            <span aria-hidden="true">T{Number(month.slice(5))}</span>
          </a>
        ))}
      </nav>
      {quarter && <a href={printHref(quarter)}>In {startOfTerm(quarter)}</a>}
    </div>
  )
}

/** Inside a sentence: "quý III/2026". */
const startOfTerm = (term: string): string => termName(term).replace(/^./, (first) => first.toLowerCase())

/** The newest quarter that is over, in which the plan ran; null before there is one. */
export function lastQuarter(today: string): string | null {
  const [year = 0, month = 1] = today.split('-').map(Number)
  const [of, number] = month > 3 ? [year, Math.ceil(month / 3) - 1] : [year - 1, 4]
  return of < firstPlanYear ? null : `${of}-Q${number}`
}

/** "Năm 2026", "Quý III/2026", "Tháng 11/2026". */
export function termName(term: string): string {
  const year = term.slice(0, 4)
  if (term.length === 4) return `Năm ${year}`
  return term[5] === 'Q' ? `Quý ${quarterNumber(term)}/${year}` : `Tháng ${Number(term.slice(5))}/${year}`
}

/** "III" of "2026-Q3". */
const quarterNumber = (quarter: string): string => ['I', 'II', 'III', 'IV'][Number(quarter[6]) - 1] ?? ''

const firstPlanYear = 2026

function yearsBegun(today: string): number[] {
  const last = Math.max(firstPlanYear, Number(today.slice(0, 4)))
  return Array.from({ length: last - firstPlanYear + 1 }, (_, index) => last - index)
}

const monthsBegun = (year: number, today: string): string[] =>
  Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`).filter(
    (month) => month <= today.slice(0, 7),
  )

export const quartersBegun = (year: number, today: string): string[] =>
  [1, 4, 7, 10].flatMap((month, index) =>
    `${year}-${String(month).padStart(2, '0')}` <= today.slice(0, 7) ? [`${year}-Q${index + 1}`] : [],
  )
