import type { IndicatorDetail } from '../../server/indicators/detail/contract.ts'
import { links } from '../links.ts'
import { IntervalLegend } from '../ui/charts/interval-bar.tsx'
import { chooseScale } from '../ui/charts/scale.ts'
import type { TypedDays } from '../ui/day-field.tsx'
import { formatDay, formatInteger, formatTarget } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Comparisons } from './compare.tsx'
import { Coverage, Figures } from './figures.tsx'
import { Headline } from './headline.tsx'
import { definitionInWords, IndicatorHistory } from './history.tsx'
import { Instead } from './item.tsx'
import { Breakdowns, Questions } from './parts.tsx'
import { RangeChoice } from './range.tsx'
import { OverTime, Years } from './time.tsx'
import { Weeks } from './weeks.tsx'
import { howDataComes } from './words.ts'

export type IndicatorPageProps = {
  detail: IndicatorDetail
  today: string
  asked?: TypedDays | undefined
  /** Whether the reader's agency owns the indicator. */
  mayChange: boolean
  shell: Shell
}

export function renderIndicatorPage(props: IndicatorPageProps, assets: StaffAssets): string {
  const { detail, today, asked, mayChange, shell } = props
  const { indicator, from, to } = detail
  const lead = `${indicator.ownerName} chủ trì · kỳ ${indicator.period} · chỉ tiêu ≥ ${formatTarget(indicator.target)}`
  const children = (
    <>
      <p class="back">
        <a href={links.indicators(from, to)}>‹ Chỉ tiêu</a>
      </p>
      <PageHead
        title={indicator.title}
        lead={
          <>
            <b class="indicator-code">{indicator.code}</b> · {lead}
          </>
        }
      />
      <RangeChoice code={indicator.code} from={from} to={to} today={today} asked={asked} />
      <Body detail={detail} today={today} mayChange={mayChange} />
    </>
  )
  return renderStaffPage({ title: `${indicator.code} · ${indicator.title}`, shell, islands: ['day'], children }, assets)
}

/** With fewer, a table by criterion would be somebody's answers. */
const leastForParts = 5

function Body({ detail, today, mayChange }: Omit<IndicatorPageProps, 'shell' | 'asked'>) {
  const { responses } = detail.closed
  const hasDetails = responses >= leastForParts
  return (
    <>
      {detail.indicator.score === null ? <WithoutScore detail={detail} /> : <Headline detail={detail} />}
      {detail.to >= today && <ClosedDays detail={detail} hasDetails={hasDetails} />}
      {responses > 0 && !hasDetails && <TooFew count={responses} />}
      {hasDetails && <OverTime detail={detail} />}
      {detail.years.some(({ score }) => score.score !== null) && <Years detail={detail} />}
      {hasDetails && (
        <>
          <Questions detail={detail} />
          <Comparisons detail={detail} />
          <Breakdowns detail={detail} />
          <Figures detail={detail} />
          <Coverage detail={detail} />
          <IntervalLegend />
        </>
      )}
      <Weeks places={detail.weeks} />
      <DefinitionCard detail={detail} mayChange={mayChange} />
    </>
  )
}

/** Nothing counted in these days, or nothing to weigh it by: what to do about it. */
function WithoutScore({ detail: { indicator, from, to, formula, closed, definition } }: { detail: IndicatorDetail }) {
  const isHousehold = definition.questionnaire === 'household'
  const unweighed = formula === 'stratified' && closed.responses > 0
  const scale = indicator.instead ? chooseScale([indicator.instead], [indicator.target]) : null
  return (
    <section class="card padded without-score">
      <h2>{unweighed ? 'Chưa tính được vì chưa có số lượt phục vụ' : 'Chưa có phiếu nào được tính'}</h2>
      <p>
        {unweighed
          ? `Có ${formatInteger(closed.responses)} phiếu từ ${formatDay(from)} đến ${formatDay(to)}, nhưng chỉ tiêu này tính theo lượt phục vụ.`
          : `Từ ${formatDay(from)} đến ${formatDay(to)}. ${howDataComes(indicator.code)}.`}
      </p>
      <p class="without-score-actions">
        {unweighed ? (
          <a class="button quiet" href={links.visits()}>
            Ghi số lượt phục vụ
          </a>
        ) : isHousehold ? (
          <a class="button quiet" href={links.waves}>
            Xem các đợt khảo sát
          </a>
        ) : (
          <a class="button quiet" href={links.places}>
            Xem điểm phục vụ và in mã QR
          </a>
        )}
      </p>
      {indicator.setAside > 0 && (
        <p>
          <a href={links.review({ tu: from, den: to })}>{formatInteger(indicator.setAside)} phiếu để riêng</a>, không
          tính vào điểm.
        </p>
      )}
      {indicator.instead && scale && <Instead instead={indicator.instead} target={indicator.target} scale={scale} />}
    </section>
  )
}

const ClosedDays = ({ detail, hasDetails }: { detail: IndicatorDetail; hasDetails: boolean }) =>
  hasDetails ? (
    <p class="closed-days">
      Mọi số, bảng và hình ở trang này chỉ gồm các ngày đã khép, đến hết {formatDay(detail.closedThrough ?? detail.to)},
      để không ai đoán được câu trả lời của một người.
    </p>
  ) : detail.closed.responses > 0 ? null : (
    <Notice kind="warning" title="Phiếu của hôm nay tính vào từ ngày mai">
      <p>
        Chỉ tiêu chỉ gồm các ngày đã khép, để không ai đoán được câu trả lời của một người. Số phiếu của hôm nay xem ở
        trang Hôm nay.
      </p>
    </Notice>
  )

const TooFew = ({ count }: { count: number }) => (
  <Notice kind="warning" title="Chưa đủ 5 phiếu để chia nhỏ">
    <p>
      Mới có {count} phiếu trong các ngày đã khép. Bảng theo tiêu chí, nơi phục vụ, cách trả lời hiện khi có từ 5 phiếu,
      để không ai đoán được câu trả lời của một người.
    </p>
  </Notice>
)

const DefinitionCard = ({ detail, mayChange }: { detail: IndicatorDetail; mayChange: boolean }) => (
  <section class="card padded" aria-labelledby="dinh-nghia">
    <h2 id="dinh-nghia">Chỉ tiêu này được tính thế nào</h2>
    <p>
      Lấy {definitionInWords(detail.definition, detail.fieldNames)}. Điểm là tỷ lệ câu trả lời ở mức “Hài lòng” và “Rất
      hài lòng”. Giải thích đầy đủ ở trang <a href={links.method}>Phương pháp</a>.
    </p>
    <IndicatorHistory versions={detail.versions} fieldNames={detail.fieldNames} />
    {mayChange && (
      <p class="history-change">
        <a class="button quiet" href={links.changeIndicator(detail.indicator.code)}>
          Sửa chỉ tiêu
        </a>
      </p>
    )}
  </section>
)
