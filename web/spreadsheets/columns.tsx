import type { ComponentChildren } from 'preact'
import type { Grid, Role, TableView } from '../../server/spreadsheets/contract.ts'
import { formatInteger } from '../ui/format.ts'

/** The file, which waits in the form until it is stored, and how the clerk saw it read. */
export const TableState = ({ view, seen }: { view: TableView<string>; seen: string }) => {
  const { sheet, headerRow, lines } = view.table
  return (
    <>
      <input type="hidden" name="sheet" value={JSON.stringify(view.book)} />
      <input type="hidden" name="doc" value={`${sheet}.${headerRow}.${lines}`} />
      <input type="hidden" name="seen" value={seen} />
    </>
  )
}

type ColumnsProps<R extends string> = { view: TableView<R>; children?: ComponentChildren }

/** Where the table is and what each column is, for the clerk to change; works without a script. */
export function TableColumns<R extends string>({ view, children }: ColumnsProps<R>) {
  const asked = view.roles.filter((role) => role === 'ask').length
  return (
    <section class="card visits-columns" id="cot">
      <h2>Mỗi cột là gì: xin đổi nếu chưa đúng</h2>
      {view.isRemembered && (
        <p class="visits-note">Các cột được đọc như lần nhập trước của tệp có cùng dòng tên cột.</p>
      )}
      <TablePlace view={view} />
      <table class="listing">
        <thead>
          <tr>
            <th scope="col">Cột trong tệp</th>
            <th scope="col">Ví dụ</th>
            <th scope="col">Đọc là</th>
          </tr>
        </thead>
        <tbody>
          {view.table.header.map((_, index) => (
            <Column key={index} view={view} index={index} />
          ))}
        </tbody>
      </table>
      <div class="visits-month">
        {view.hiddenRows > 0 && <HiddenRows view={view} />}
        {children}
        <p class="visits-again">
          <button type="submit" name="action" value="preview" class="button quiet">
            Xem lại
          </button>
          {asked > 0 && (
            <button type="submit" name="action" value="rest" class="button quiet">
              {`Không dùng ${formatInteger(asked)} cột chưa chọn`}
            </button>
          )}
        </p>
      </div>
    </section>
  )
}

function Column<R extends string>({ view, index }: { view: TableView<R>; index: number }) {
  const { table, book } = view
  const role = view.roles[index] ?? 'none'
  const header = table.header[index] || `Cột ${index + 1}`
  const isHidden = book.sheets[table.sheet]?.hiddenColumns.includes(index)
  const values = table.rows.map(([, cells]) => String(cells[index] ?? '')).filter(Boolean)
  const options: [Role<R>, string][] = [...(Object.entries(view.names) as [R, string][]), ['none', 'Không dùng']]
  return (
    <tr class={role === 'ask' ? 'visits-asked' : undefined}>
      <th scope="row">
        {header}
        {isHidden && <small>cột đang ẩn trong Excel</small>}
      </th>
      <td class="visits-example">{[...new Set(values)].slice(0, 3).join('; ') || 'không có gì'}</td>
      <td>
        <select name={`cot-${index}`} aria-label={`Cột ${header} đọc là`}>
          {role === 'ask' && (
            <option value="ask" selected>
              Xin chọn
            </option>
          )}
          {options.map(([value, label]) => (
            <option key={value} value={value} selected={value === role}>
              {label}
            </option>
          ))}
        </select>
      </td>
    </tr>
  )
}

const rowsOffered = 40

function TablePlace({ view: { book, table } }: { view: TableView<string> }) {
  const grid = book.sheets[table.sheet] as Grid
  const rows = grid.rows.filter(([number], at) => at < rowsOffered || number === table.headerRow)
  const written = (cells: (string | number)[]) =>
    [...new Set(cells.map(String).filter(Boolean))].join(' | ').slice(0, 60)
  return (
    <div class="visits-where">
      {book.sheets.length > 1 && (
        <label>
          <span>Trang tính</span>
          <select name="trang">
            {book.sheets.map(({ name }, index) => (
              <option key={index} value={String(index)} selected={index === table.sheet}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        <span>Dòng tên cột</span>
        <select name="tieude">
          {rows.map(([number, cells]) => (
            <option key={number} value={String(number)} selected={number === table.headerRow}>
              {`${number}: ${written(cells)}`}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Tên cột gồm</span>
        <select name="dongtd">
          {[1, 2, 3, 4].map((lines) => (
            <option key={lines} value={String(lines)} selected={lines === table.lines}>
              {`${lines} dòng`}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

const HiddenRows = ({ view: { hiddenRows, readsHidden } }: { view: TableView<string> }) => (
  <label class="visits-hidden">
    <span>{`${formatInteger(hiddenRows)} dòng đang ẩn trong Excel`}</span>
    <select name="an">
      {readsHidden === null && (
        <option value="hoi" selected>
          Xin chọn
        </option>
      )}
      <option value="bo" selected={readsHidden === false}>
        Bỏ qua
      </option>
      <option value="doc" selected={readsHidden === true}>
        Vẫn đọc
      </option>
    </select>
  </label>
)
