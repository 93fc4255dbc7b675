import type { Denominator, VisitGroup, VisitRow, VisitsView } from '../../server/surveys/visits-contract.ts'
import { formatDay, formatInteger, formatPercent } from '../ui/format.ts'
import { Tag } from '../ui/tag.tsx'

type Period = VisitsView['period']

type VisitsTableProps = {
  group: VisitGroup
  period: Period
  problems: { path: string; message: string }[]
  values: Record<string, string> | undefined
}

/** The places of an agency, or the fields: an input each; under 900 px every row is a small block. */
export function VisitsTable({ group, period, problems, values }: VisitsTableProps) {
  return (
    <section class="card visits-group">
      <div class="visits-group-head">
        <h3>{group.name}</h3>
        {group.note && <p>{group.note}</p>}
      </div>
      <table class="visits">
        <caption class="unseen">{`${group.unit}, ${group.name}`}</caption>
        <thead>
          <tr>
            <th scope="col">{group.rows[0]?.key.startsWith('l-') ? 'Lĩnh vực' : 'Điểm phục vụ'}</th>
            <th scope="col" class="number">
              {group.unit}
            </th>
            <th scope="col" class="number">
              Phiếu được tính
            </th>
            <th scope="col" class="number">
              Tỷ lệ trả lời
            </th>
            {period === 'month' && (
              <th scope="col" class="number">
                Thời gian có số
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {group.rows.map((row) => (
            <Row
              key={row.key}
              row={row}
              unit={group.unit}
              period={period}
              values={values}
              problem={problems.find(({ path }) => path === row.key)?.message}
            />
          ))}
        </tbody>
        {group.rows.length > 1 && <Total total={group.total} unit={group.unit} period={period} />}
      </table>
      <Unheard total={group.total} />
    </section>
  )
}

type RowProps = {
  row: VisitRow
  unit: string
  period: Period
  values: Record<string, string> | undefined
  problem: string | undefined
}

function Row({ row, unit, period, values, problem }: RowProps) {
  return (
    <tr class={problem ? 'has-problem' : undefined}>
      <th scope="row">
        {row.name}
        {row.noted && <small>{describeNote(row.noted)}</small>}
      </th>
      <td class="number visits-input">
        <span class="visits-label" aria-hidden="true">
          {unit}
        </span>
        <CountInput row={row} unit={unit} values={values} problem={problem} />
        {problem && (
          <p class="field-problem" id={`${row.key}-problem`}>
            {problem}
          </p>
        )}
        {row.days && <small>{describeDays(row)}</small>}
      </td>
      <td class="number">
        <span class="visits-label">Phiếu được tính</span>
        <span>{formatInteger(row.received)}</span>
      </td>
      <td class="number">
        <span class="visits-label">Tỷ lệ trả lời</span>
        <span>
          <Rate of={row} />
        </span>
      </td>
      {period === 'month' && (
        <td class="number">
          <span class="visits-label">Thời gian có số</span>
          <span>{formatShare(row.covered)}</span>
        </td>
      )}
    </tr>
  )
}

/** The number as it stood when the page was opened goes along, so that only what was changed here is stored. */
function CountInput({ row, unit, values, problem }: Omit<RowProps, 'period'>) {
  const stored = row.count === null ? '' : String(row.count)
  return (
    <>
      <input type="hidden" name={`was-${row.key}`} value={values?.[`was-${row.key}`] ?? stored} />
      <input
        type="text"
        inputMode="numeric"
        autocomplete="off"
        maxLength={12}
        id={row.key}
        name={row.key}
        aria-label={`${unit}, ${row.name}`}
        value={values?.[row.key] ?? stored}
        {...(problem && { 'aria-invalid': 'true', 'aria-describedby': `${row.key}-problem` })}
      />
    </>
  )
}

function describeNote({ by, at, source }: NonNullable<VisitRow['noted']>): string {
  // Vietnam keeps UTC+7 all year.
  const day = formatDay(new Date(Date.parse(at) + 7 * 3_600_000).toISOString().slice(0, 10))
  return source === 'form' ? `${by} ghi ngày ${day}` : `${by} nhập từ tệp ${source}, ngày ${day}`
}

function describeDays({ days, count, visits }: VisitRow): string {
  if (!days) return ''
  const known = `${formatInteger(days.known)} ngày đã ghi riêng: ${formatInteger(days.sum)} lượt`
  if (count === null) return known
  return visits === count ? `${known}, chưa đủ ngày nên tính số cả tháng` : `${known}, đủ ngày nên tính theo ngày`
}

/** A rate above 1 is a mistake somewhere, and said to be one. */
function Rate({ of }: { of: Denominator }) {
  if (of.visits === null) return <Tag>Chưa có số lượt</Tag>
  if (of.responses > of.visits) {
    return <Tag kind="warn">{`Phiếu nhiều hơn lượt (${formatInteger(of.responses)}/${formatInteger(of.visits)})`}</Tag>
  }
  if (of.visits > 0 && of.responses === 0) return <Tag kind="warn">Chưa có phiếu nào</Tag>
  return <>{of.responseRate === null ? 'không có ai đến' : formatPercent(100 * of.responseRate)}</>
}

function Total({ total, unit, period }: { total: Denominator; unit: string; period: Period }) {
  return (
    <tfoot>
      <tr>
        <th scope="row">Cộng</th>
        <td class="number">
          <span class="visits-label">{unit}</span>
          <span>{total.visits === null ? '–' : formatInteger(total.visits)}</span>
        </td>
        <td class="number">
          <span class="visits-label">Phiếu, ở những nơi và lúc có số lượt</span>
          <span>{formatInteger(total.responses)}</span>
        </td>
        <td class="number">
          <span class="visits-label">Tỷ lệ trả lời</span>
          <span>
            <Rate of={total} />
          </span>
        </td>
        {period === 'month' && (
          <td class="number">
            <span class="visits-label">Thời gian có số</span>
            <span>{formatShare(total.covered)}</span>
          </td>
        )}
      </tr>
    </tfoot>
  )
}

const formatShare = (share: number): string => `${Math.round(100 * share)}\u00a0%`

/** Whose voice is missing, by name. */
function Unheard({ total }: { total: Denominator }) {
  if (total.visits === null || (total.missing.length === 0 && total.silent.length === 0)) return null
  return (
    <ul class="visits-unheard">
      {total.silent.length > 0 && <li>{`Có người đến nhưng chưa có phiếu nào: ${total.silent.join('; ')}.`}</li>}
      {total.missing.length > 0 && <li>{`Chưa có số lượt: ${total.missing.join('; ')}.`}</li>}
    </ul>
  )
}
