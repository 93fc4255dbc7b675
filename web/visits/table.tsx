import type { Denominator, VisitGroup, VisitRow, VisitsView } from '../../server/visits/contract.ts'
import { formatInteger, formatPercent } from '../ui/format.ts'
import { formatDayOf } from '../ui/moment.ts'
import { Tag } from '../ui/tag.tsx'

type Period = VisitsView['period']

type VisitsTableProps = {
  group: VisitGroup
  period: Period
  problems: { path: string; message: string }[]
  values: Record<string, string> | undefined
}

/** The places of an agency, or the fields: an input each; on a phone every row is a small block. */
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
            <th scope="col">{group.rows[0]?.key.startsWith('l-') ? 'Lĩnh vực' : 'Nơi phục vụ'}</th>
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
        {group.rows.length > 1 && <Total group={group} period={period} />}
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
        {problem && (
          <p class="field-problem" id={`${row.key}-problem`}>
            {problem.replace(`${row.name}: `, '')}
          </p>
        )}
        {row.noted && <small>{describeNote(row.noted)}</small>}
        {row.days && <small>{describeDays(row)}</small>}
        {row.counts === 'people' && row.count === null && row.visits !== null && (
          <small>{`Đang dùng số ghi ở tháng trước: ${formatInteger(row.visits)}`}</small>
        )}
      </th>
      <td class="number visits-input">
        <span class="visits-label" aria-hidden="true">
          {unit}
        </span>
        <CountInput row={row} unit={unit} values={values} problem={problem} />
      </td>
      <td class="number">
        <span class="visits-label">Phiếu</span>
        <span>{formatInteger(row.received)}</span>
      </td>
      <td class="number">
        <span class="visits-label">Trả lời</span>
        <span>
          <Rate of={row} />
        </span>
      </td>
      {period === 'month' && (
        <td class={row.visits === null ? 'number visits-unknown' : 'number'}>
          <span class="visits-label">Có số</span>
          <span>{formatShare(row)}</span>
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
  const day = formatDayOf(at)
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

/** Set over the visits are only the responses of places and times that have a count; the note says of how many. */
function Total({ group, period }: { group: VisitGroup; period: Period }) {
  const { total, unit, rows } = group
  const received = rows.reduce((sum, row) => sum + row.received, 0)
  return (
    <tfoot>
      <tr>
        <th scope="row">Cộng</th>
        <td class="number">
          <span class="visits-label">{unit}</span>
          <span>{total.visits === null ? '–' : formatInteger(total.visits)}</span>
        </td>
        <td class="number">
          <span class="visits-label">Phiếu</span>
          <span>
            {formatInteger(total.visits === null ? received : total.responses)}
            {total.visits !== null && received > total.responses && (
              <small>{` trong ${formatInteger(received)} phiếu`}</small>
            )}
          </span>
        </td>
        <td class="number">
          <span class="visits-label">Trả lời</span>
          <span>
            <Rate of={total} />
          </span>
        </td>
        {period === 'month' && (
          <td class="number">
            <span class="visits-label">Có số</span>
            <span>{formatShare(total)}</span>
          </td>
        )}
      </tr>
    </tfoot>
  )
}

const formatShare = ({ visits, covered }: Denominator): string =>
  visits === null ? '–' : `${Math.round(100 * covered)}\u00a0%`

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
