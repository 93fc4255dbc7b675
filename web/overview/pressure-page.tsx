import type { PressureShare } from '../../server/indicators/pressure/contract.ts'
import { links } from '../links.ts'
import { formatInteger } from '../ui/format.ts'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { pressureShareInWords } from './pressure-words.ts'

export type PressurePageProps = {
  year: number
  thisYear: number
  /** Those with answers; `quarter` is its first day. */
  agencies: { name: string; quarters: (PressureShare & { quarter: string })[] }[]
  shell: Shell
}

/** Whether somebody stood by, suggested or asked: per agency and quarter. */
export function renderPressurePage({ year, thisYear, agencies, shell }: PressurePageProps, assets: StaffAssets) {
  const title = 'Người dân trả lời có bị tác động không'
  const children = (
    <>
      <p class="back">
        <a href={links.commune(undefined, 'tieng-noi')}>‹ Toàn xã</a>
      </p>
      <PageHead
        title={title}
        lead="Cứ năm người trả lời, máy bốc ngẫu nhiên một người để hỏi thêm: có ai đứng cạnh xem, gợi ý hoặc nhờ chọn mức nào không. Câu này không tính vào điểm."
      />
      <nav class="segments" aria-label="Năm">
        {[thisYear - 1, thisYear].map((one) => (
          <a key={one} href={links.pressure(String(one))} aria-current={one === year ? 'page' : undefined}>
            {one}
          </a>
        ))}
      </nav>
      <section class="card" aria-label={`Năm ${year}`}>
        {agencies.length === 0 ? (
          <p class="padded">Năm {year} chưa có ai trả lời câu này trong các ngày đã khép.</p>
        ) : (
          <PressureTable agencies={agencies} />
        )}
      </section>
      <p class="source">
        Nguồn: phiếu được tính của các ngày đã khép · tỷ lệ trả lời “Có” và khoảng tin cậy 95&nbsp;% (Wilson) · dưới 5
        người trả lời thì không nêu tỷ lệ · chỉ lãnh đạo, người kiểm tra và đơn vị theo dõi chung xem được trang này.
      </p>
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const PressureTable = ({ agencies }: Pick<PressurePageProps, 'agencies'>) => (
  <table class="listing">
    <caption class="unseen">Theo đơn vị và quý</caption>
    <thead>
      <tr>
        <th scope="col">Đơn vị</th>
        <th scope="col">Quý</th>
        <th scope="col" class="number">
          Người trả lời
        </th>
        <th scope="col" class="number">
          Nói “Có”
        </th>
      </tr>
    </thead>
    <tbody>
      {agencies.flatMap(({ name, quarters }) =>
        quarters.map((one) => (
          <tr key={name + one.quarter}>
            <th scope="row">{name}</th>
            <td>Quý {quarterOf(one.quarter)}</td>
            <td class="number">{formatInteger(one.answered)}</td>
            <td class="number">{pressureShareInWords(one) ?? 'chưa đủ 5 người'}</td>
          </tr>
        )),
      )}
    </tbody>
  </table>
)

const quarterOf = (first: string): string =>
  `${['I', 'II', 'III', 'IV'][Math.floor((Number(first.slice(5, 7)) - 1) / 3)]}/${first.slice(0, 4)}`
