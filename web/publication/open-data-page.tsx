import type { DataTable } from '../../server/publication/open-data-contract.ts'
import { links } from '../links.ts'
import { formatDay, formatInteger } from '../ui/format.ts'
import { renderPublicFrame, Section } from './frame.tsx'

export type OpenDataPageProps = { view: { tables: DataTable[]; closed: string }; demo: boolean }

/** Where the open data is, what is in it, and what may be done with it. */
export function renderOpenDataPage({ view: { tables, closed }, demo }: OpenDataPageProps, styleHref: string): string {
  const lead = `Số liệu tổng hợp đến hết ${formatDay(closed)}, ai cũng được dùng lại nếu ghi nguồn (giấy phép CC BY 4.0).`
  const children = (
    <>
      <Section heading="tables">
        <ul class="public-data">
          {tables.map((table) => (
            <Table key={table.name} table={table} />
          ))}
        </ul>
      </Section>
      <Section heading="programs">
        <p>
          Địa chỉ không đổi; tên cột chỉ đổi khi số phiên bản trong địa chỉ đổi. Máy chủ trả lời 304 khi số liệu chưa có
          gì mới.
        </p>
        <ul class="public-files">
          <li>
            <a href={links.openDataFile('datapackage.json')}>Mô tả các bảng (Frictionless Data Package)</a>
          </li>
          <li>
            <a href={links.dcat}>Danh mục dữ liệu (DCAT, JSON-LD)</a>
          </li>
        </ul>
      </Section>
      <Hidden />
    </>
  )
  return renderPublicFrame({ title: 'Dữ liệu mở', demo, lead, back: true, children }, styleHref)
}

const Table = ({ table: { name, title, description, rows, fields } }: { table: DataTable }) => (
  <li>
    <h3>{title}</h3>
    <p>{description}</p>
    <p class="public-doors">
      <a href={links.openDataFile(`${name}.csv`)} aria-label={`${title}: tải CSV`}>
        CSV
      </a>
      <a href={links.openDataFile(`${name}.json`)} aria-label={`${title}: tải JSON`}>
        JSON
      </a>
      <small>
        {formatInteger(rows.length)} dòng, {fields.length} cột
      </small>
    </p>
  </li>
)

const Hidden = () => (
  <Section heading="hidden">
    <p>
      Mọi số đều cộng từ những nhóm có ít nhất 5 phiếu, luôn được công bố trọn nhóm. Phiếu chưa đủ nhóm chờ đến khi
      tháng khép, rồi gộp theo nơi phục vụ, theo đơn vị, theo xã. Số đã công bố chỉ đổi khi có ít nhất 5 phiếu cùng đổi.
      Nhờ vậy so hai bảng, hay hai lần tải, cũng không tách ra được ý kiến của ai.
    </p>
    <p>
      Dòng không công bố được có cột <code>suppressed</code> là <code>true</code> và các cột số để trống.
    </p>
  </Section>
)
