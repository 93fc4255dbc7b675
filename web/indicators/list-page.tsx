import type { IndicatorShare, IndicatorView } from '../../server/indicators/contract.ts'
import { links } from '../links.ts'
import { IntervalLegend } from '../ui/charts/interval-bar.tsx'
import { chooseScale, type Scale } from '../ui/charts/scale.ts'
import type { TypedDays } from '../ui/day-field.tsx'
import { formatDay } from '../ui/format.ts'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { IndicatorItem } from './item.tsx'
import { RangeChoice } from './range.tsx'

export type IndicatorsPageProps = {
  from: string
  to: string
  today: string
  asked?: TypedDays | undefined
  indicators: IndicatorView[]
  /** Parts of other agencies' indicators that the reader's own places make. */
  shares: IndicatorShare[]
  shell: Shell
}

export function renderIndicatorsPage(
  { from, to, today, asked, indicators, shares, shell }: IndicatorsPageProps,
  assets: StaffAssets,
): string {
  const all = [...indicators, ...shares.map(({ view }) => view)]
  const scale = chooseScale(
    all.flatMap(({ instead, ...own }) => (instead ? [own, instead] : [own])),
    all.map(({ target }) => target),
  )
  const title = 'Chỉ tiêu hài lòng'
  const children = (
    <>
      <PageHead title={title} lead={`Phiếu từ ${formatDay(from)} đến ${formatDay(to)}, tính cả hai ngày này.`} />
      <RangeChoice
        from={from}
        to={to}
        today={today}
        asked={asked}
        action={links.indicators()}
        hrefOf={(first, last) => links.indicators(first, last)}
      />
      {indicators.length > 0 && (
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
      )}
      {indicators.length === 0 && <OwnsNone hasShares={shares.length > 0} />}
      {indicators.length === 0 && shares.length > 0 && <Shares shares={shares} scale={scale} />}
      <IntervalLegend watched={indicators.some(({ dueFrom }) => dueFrom !== null)} />
      <Explanation provisional={all.some((indicator) => indicator.provisional)} />
    </>
  )
  return renderStaffPage({ title, shell, islands: ['day'], children }, assets)
}

/** A head of schools, for instance: why there is no list, and what there is instead. */
const OwnsNone = ({ hasShares }: { hasShares: boolean }) => (
  <section class="card padded">
    <h2>Đơn vị của Ông/Bà không chủ trì chỉ tiêu nào</h2>
    <p class="lead">
      Kế hoạch giao mỗi chỉ tiêu cho một đơn vị chủ trì.{' '}
      {hasShares
        ? 'Phiếu của các nơi phục vụ thuộc đơn vị được tính vào những chỉ tiêu dưới đây; điểm ghi ở đó chỉ của phần phiếu ấy, không phải điểm của cả chỉ tiêu.'
        : 'Các nơi phục vụ thuộc đơn vị không góp phiếu vào chỉ tiêu nào.'}{' '}
      Điểm từng ngày ở mục <a href={links.today()}>Hôm nay</a>, điểm của cả xã ở trang{' '}
      <a href={links.publicResults}>kết quả công khai</a>.
    </p>
  </section>
)

const Shares = ({ shares, scale }: { shares: IndicatorShare[]; scale: Scale }) => (
  <ol class="indicators card">
    {shares.map(({ view, places }) => (
      <IndicatorItem
        key={view.code}
        indicator={view}
        scale={scale}
        href={null}
        about={`Chỉ tính phiếu của ${places.join(', ')}, các ngày đã khép`}
      />
    ))}
  </ol>
)

const Explanation = ({ provisional }: { provisional: boolean }) => (
  <details class="explanation">
    <summary>Đọc các con số này thế nào</summary>
    <p>
      Điểm là tỷ lệ câu trả lời “Hài lòng” và “Rất hài lòng” trong các câu đã trả lời. Vì không phải ai cũng trả lời,
      điểm thật nằm đâu đó trong khoảng tin cậy 95&nbsp;%. Kết luận là <b>đạt</b> khi cả khoảng nằm từ chỉ tiêu trở lên,{' '}
      <b>chưa đạt</b> khi cả khoảng nằm dưới chỉ tiêu, còn lại là <b>chưa đủ căn cứ</b>.
    </p>
    {provisional && (
      <p>
        <b>Tạm tính</b>: kỳ chưa khép, kết luận còn có thể đổi.
      </p>
    )}
    <p>
      <a href={links.review()}>Phiếu để riêng</a> (trùng máy, gửi quá nhanh, quá nhiều trong một giờ) được giữ lại nhưng
      không tính vào điểm.
    </p>
    <p>
      Giải thích đầy đủ, cho mọi người đọc: <a href={links.method}>Phương pháp</a>.
    </p>
  </details>
)
