import { links } from '../links.ts'
import { formatInteger } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Tag } from '../ui/tag.tsx'
import { MoveButtons, Pick } from './form-parts.tsx'

export type AgencyRow = {
  code: string
  name: string
  shortName: string
  open: boolean
  coordinates: boolean
  openPlaces: number
  closedPlaces: number
}

export type AgenciesPageProps = { agencies: AgencyRow[]; saved: boolean; shell: Shell }

export function renderAgenciesPage({ agencies, saved, shell }: AgenciesPageProps, assets: StaffAssets): string {
  const title = 'Đơn vị'
  const children = (
    <>
      <PageHead title={title} lead="Những đơn vị của xã được người dân đánh giá hoặc theo dõi chỉ tiêu.">
        <a class="button" href={links.newAgency}>
          Thêm đơn vị
        </a>
      </PageHead>
      {saved && <Notice kind="done" title="Đã lưu" />}
      <section class="card">
        <table class="listing agencies">
          <thead>
            <tr>
              <th scope="col">Đơn vị</th>
              <th scope="col">Nơi phục vụ</th>
              <th scope="col">Tình trạng</th>
              <th scope="col">Thứ tự</th>
            </tr>
          </thead>
          <tbody>
            {agencies.map((agency, index) => (
              <Row key={agency.code} agency={agency} isFirst={index === 0} isLast={index === agencies.length - 1} />
            ))}
          </tbody>
        </table>
      </section>
      <Coordinator agencies={agencies} />
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

type RowProps = { agency: AgencyRow; isFirst: boolean; isLast: boolean }

const Row = ({ agency, isFirst, isLast }: RowProps) => (
  <tr id={agency.code}>
    <th scope="row">
      <a href={links.agency(agency.code)}>{agency.name}</a>
      <small>{agency.shortName}</small>
    </th>
    <td>
      {agency.openPlaces > 0 ? `${formatInteger(agency.openPlaces)} nơi đang mở` : 'Không có nơi đang mở'}
      {agency.closedPlaces > 0 && <small>{formatInteger(agency.closedPlaces)} nơi đã đóng</small>}
    </td>
    <td>
      {agency.open ? <Tag kind="ok">Đang hoạt động</Tag> : <Tag>Đã đóng</Tag>}
      {agency.coordinates && <small>Theo dõi chỉ tiêu toàn xã</small>}
    </td>
    <td>
      <MoveButtons action={links.agencyOrder(agency.code)} name={agency.name} isFirst={isFirst} isLast={isLast} />
    </td>
  </tr>
)

const Coordinator = ({ agencies }: { agencies: AgencyRow[] }) => (
  <section class="card padded column">
    <h2>Theo dõi chỉ tiêu toàn xã</h2>
    <form method="post" action={links.coordinatingAgency}>
      <Pick
        name="agency"
        label="Đơn vị điều phối"
        hint="Người phụ trách của đơn vị này xem được kết quả của cả xã và xét phiếu để riêng."
        problem={undefined}
        chosen={agencies.find(({ coordinates }) => coordinates)?.code ?? ''}
        options={agencies.filter(({ open }) => open).map(({ code, name }) => ({ value: code, label: name }))}
      />
      <button type="submit" class="button quiet">
        Giao cho đơn vị này
      </button>
    </form>
  </section>
)
