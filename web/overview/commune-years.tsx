import type { IndicatorYears } from '../../server/overview/commune-contract.ts'
import { links } from '../links.ts'
import { chooseScale } from '../ui/charts/scale.ts'
import { slotOf, TimeLine } from '../ui/charts/time-line.tsx'
import { formatInteger, formatInterval, formatPercent, formatScore, formatTarget } from '../ui/format.ts'
import { targetInWords } from '../ui/verdict-word.tsx'

type Year = IndicatorYears['years'][number]
const hasScore = ({ years }: Pick<IndicatorYears, 'years'>) => years.some(({ score }) => score.score !== null)

/** Every indicator on its way to 2030: drawn, and the same as numbers; years to come stay empty. */
export function YearsToCome({ indicators }: { indicators: IndicatorYears[] }) {
  const drawn = indicators.filter(hasScore)
  return (
    <section class="card" aria-labelledby="duong-toi-2030">
      <h2 id="duong-toi-2030" class="card-title">
        Lộ trình đến năm 2030
      </h2>
      <p class="card-note">
        Điểm của từng năm với khoảng tin cậy 95&nbsp;%; đường chấm là chỉ tiêu. Năm chưa tới, năm chưa có phiếu để
        trống. Mọi ngày đã khép của từng năm, tính gộp, theo định nghĩa chỉ tiêu đang dùng.
      </p>
      <div class="year-drawings">
        {drawn.map((one) => (
          <YearDrawing key={one.indicator.code} {...one} />
        ))}
      </div>
      <YearTable indicators={indicators} />
    </section>
  )
}

function YearDrawing({
  indicator: { code, title, target, dueFrom },
  years,
}: Pick<IndicatorYears, 'indicator' | 'years'>) {
  const scale = chooseScale(
    years.map(({ score }) => score),
    [target],
  )
  return (
    <figure class="year-drawing">
      <figcaption>
        <a class="indicator-code" href={links.indicator(code)}>
          {code}
        </a>{' '}
        {title}
        <small>{targetInWords(target, dueFrom)}</small>
      </figcaption>
      <TimeLine
        slots={years.map(({ year, score, target: due }) => ({
          ...slotOf(String(year), String(year), score),
          watched: due === null,
        }))}
        scale={scale}
        target={target}
        band="interval"
        label={describe(code, years, target)}
      />
    </figure>
  )
}

function describe(code: string, years: Year[], target: number): string {
  const known = years.flatMap(({ year, score }) =>
    score.score === null ? [] : [`năm ${year}: ${formatPercent(score.score, target)}`],
  )
  return `Chỉ tiêu ${code} từ 2026 đến 2030, chỉ tiêu ${formatTarget(target)}; ${known.join('; ')}`
}

const YearTable = ({ indicators }: { indicators: IndicatorYears[] }) => (
  <table class="year-table">
    <thead>
      <tr>
        <th scope="col">Chỉ tiêu</th>
        {indicators[0]?.years.map(({ year }) => (
          <th key={year} scope="col" class="number">
            {year}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {indicators.map(({ indicator: { code, target }, years }) => (
        <tr key={code}>
          <th scope="row">
            {code} <small>≥&nbsp;{formatTarget(target)}</small>
            {!hasScore({ years }) && <small class="narrow-only">chưa năm nào có phiếu</small>}
          </th>
          {years.map((year) => (
            <YearCell key={year.year} year={year} target={target} />
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)

function YearCell({
  year: {
    year,
    score: { score, lower, upper, responses },
    target: due,
  },
  target,
}: YearCellProps) {
  return (
    <td class={score === null ? 'number is-empty' : 'number'}>
      <span class="narrow-only">{year}: </span>
      {score === null || lower === null || upper === null ? (
        <span class="year-none">–</span>
      ) : (
        <>
          <b>{formatScore(score, target)}</b>
          <small>{formatInterval(lower, upper, target)}</small>
          <small>{formatInteger(responses)} phiếu</small>
        </>
      )}
      {due !== null && <small>phải đạt</small>}
    </td>
  )
}

type YearCellProps = { year: Year; target: number }
