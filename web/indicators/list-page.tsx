import type { IndicatorView } from '../../server/indicators/contract.ts'
import { links } from '../links.ts'
import { IntervalLegend } from '../ui/charts/interval-bar.tsx'
import { chooseScale } from '../ui/charts/scale.ts'
import { DayRangeFields, type TypedDays } from '../ui/day-field.tsx'
import { formatDay } from '../ui/format.ts'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { IndicatorItem } from './item.tsx'

export type IndicatorsPageProps = {
  from: string
  to: string
  asked?: TypedDays | undefined
  indicators: IndicatorView[]
  shell: Shell
}

export function renderIndicatorsPage(
  { from, to, asked, indicators, shell }: IndicatorsPageProps,
  assets: StaffAssets,
): string {
  const scale = chooseScale(
    indicators.flatMap(({ instead, ...own }) => (instead ? [own, instead] : [own])),
    indicators.map(({ target }) => target),
  )
  const title = 'Chỉ tiêu hài lòng'
  const children = (
    <>
      <PageHead title={title} lead={`Phiếu từ ${formatDay(from)} đến ${formatDay(to)}, tính cả hai ngày này.`}>
        <RangeForm from={from} to={to} asked={asked} />
      </PageHead>
      <ol class="indicators card">
        {indicators.map((indicator) => (
          <IndicatorItem
            key={indicator.code}
            indicator={indicator}
            scale={scale}
            href={links.indicator(indicator.code, from, to)}
          />
        ))}
      </ol>
      <IntervalLegend />
      <Explanation provisional={indicators.some((indicator) => indicator.provisional)} />
    </>
  )
  return renderStaffPage({ title, shell, islands: ['day'], children }, assets)
}

function RangeForm({ from, to, asked }: { from: string; to: string; asked: TypedDays | undefined }) {
  return (
    <form class="range-form" method="get" action={links.indicators()}>
      <DayRangeFields names={['from', 'to']} from={from} to={to} asked={asked} />
      <button type="submit" class="button">
        Xem
      </button>
    </form>
  )
}

const Explanation = ({ provisional }: { provisional: boolean }) => (
  <div class="explanation">
    <h2>Đọc các con số này thế nào</h2>
    <p>
      Điểm là tỷ lệ câu trả lời “Hài lòng” và “Rất hài lòng” trong các câu đã trả lời. Vì không phải ai cũng trả lời,
      điểm thật nằm đâu đó trong khoảng tin cậy 95&nbsp;%. Kết luận là <b>đạt</b> khi cả khoảng nằm từ chỉ tiêu trở lên,{' '}
      <b>chưa đạt</b> khi cả khoảng nằm dưới chỉ tiêu, còn lại là <b>chưa đủ căn cứ</b>.
    </p>
    {provisional && (
      <p>
        <b>Tạm tính</b>: kỳ chưa kết thúc, kết luận còn có thể đổi.
      </p>
    )}
    <p>
      <a href={links.review()}>Phiếu để riêng</a> (trùng máy, gửi quá nhanh, quá nhiều trong một giờ) được giữ lại nhưng
      không tính vào điểm.
    </p>
    <p>
      Giải thích đầy đủ, cho mọi người đọc: <a href={links.method}>Phương pháp</a>.
    </p>
  </div>
)
