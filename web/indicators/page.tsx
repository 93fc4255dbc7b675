import type { AssistedView, LanguageView } from '../../server/indicators/apart/contract.ts'
import type { IndicatorDetail } from '../../server/indicators/detail/contract.ts'
import type { Outlook } from '../../server/score/outlook-rules.ts'
import { links } from '../links.ts'
import { IntervalLegend } from '../ui/charts/interval-bar.tsx'
import { chooseScale } from '../ui/charts/scale.ts'
import type { TypedDays } from '../ui/day-field.tsx'
import { formatDay, formatInteger, formatTarget } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { PrintBar, SectionRow, wholePage } from '../ui/sections/sections.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Earlier, Independence } from './compare.tsx'
import { Alarm } from './detail/alarm.tsx'
import { Assisted } from './detail/assisted.tsx'
import { DefinitionCard } from './detail/definition.tsx'
import { Languages } from './detail/languages.tsx'
import { OutlookCard } from './detail/outlook.tsx'
import { type IndicatorSection, indicatorSections } from './detail/sections.ts'
import { Coverage, Figures } from './figures.tsx'
import { Headline } from './headline.tsx'
import { Instead } from './item.tsx'
import { Breakdowns, Questions } from './parts.tsx'
import { RangeChoice } from './range.tsx'
import { PageSource } from './source.tsx'
import { OverTime, Years } from './time.tsx'
import { Weeks } from './weeks.tsx'
import { howDataComes } from './words.ts'

export type IndicatorPageProps = {
  detail: IndicatorDetail
  /** Of the running year; null where it is over, has too few answers, or none. */
  outlook: Outlook | null
  /** Read for the sections that show it. */
  languages: LanguageView
  assisted: AssistedView
  today: string
  asked?: TypedDays | undefined
  /** A key of indicatorSections, or the whole page. */
  section: string
  /** Whether the reader's agency owns the indicator. */
  mayChange: boolean
  shell: Shell
}

export function renderIndicatorPage(props: IndicatorPageProps, assets: StaffAssets): string {
  const { detail, today, asked, section, shell } = props
  const { indicator, from, to } = detail
  const { code } = indicator
  const first = indicatorSections[0]?.key
  const named = section === first ? undefined : section
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
            <b class="indicator-code">{code}</b> · {lead}
          </>
        }
      />
      <Alarm
        places={detail.weeks}
        hrefOf={(place) => `${links.indicator(code, from, to, 'canh-bao')}#tuan-${place.code}`}
      />
      <RangeChoice
        from={from}
        to={to}
        today={today}
        asked={asked}
        action={links.indicator(code)}
        hrefOf={(first, last) => links.indicator(code, first, last, named)}
        kept={{ phan: named }}
      />
      <SectionRow
        sections={indicatorSections.filter(({ key }) => key !== 'canh-bao' || detail.weeks.length > 0)}
        current={section}
        hrefOf={(one) => links.indicator(code, from, to, one)}
      />
      {section === wholePage && <PrintBar />}
      <Body {...props} />
      <PageSource detail={detail} />
    </>
  )
  const islands = section === wholePage ? ['day', 'print'] : ['day']
  return renderStaffPage({ title: `${code} · ${indicator.title}`, shell, islands, children }, assets)
}

/** With fewer, a table by criterion would be somebody's answers. */
const leastForParts = 5

function Body(props: IndicatorPageProps) {
  const { detail, section, mayChange, languages, assisted } = props
  const { responses } = detail.closed
  const hasDetails = responses >= leastForParts
  const whole = section === wholePage
  const shows = (...keys: IndicatorSection[]) => whole || keys.some((key) => key === section)
  const shared = { target: detail.indicator.target, watched: detail.indicator.dueFrom !== null, whole }
  const isBreakdown = shows('cau-hoi', 'noi', 'nguoi', 'con-so')
  return (
    <>
      {shows('ket-qua') && <Result {...props} hasDetails={hasDetails} />}
      {(isBreakdown || shows('ket-qua')) && responses > 0 && !hasDetails && <TooFew count={responses} />}
      {isBreakdown && !whole && responses === 0 && <NothingClosed />}
      {shows('ket-qua', 'thoi-gian') && hasDetails && <OverTime detail={detail} table={shows('thoi-gian')} />}
      {shows('thoi-gian') && <History detail={detail} hasDetails={hasDetails} />}
      {hasDetails && (
        <>
          {shows('cau-hoi') && <Questions detail={detail} whole={whole} />}
          {shows('noi') && <Breakdowns detail={detail} by="place" whole={whole} />}
          {shows('nguoi') && <Independence detail={detail} />}
          {shows('nguoi') && <Breakdowns detail={detail} by="answer" whole={whole} />}
          {shows('nguoi') && (
            <>
              <Assisted assisted={assisted} {...shared} />
              <Languages languages={languages} {...shared} />
            </>
          )}
          {shows('con-so') && <Figures detail={detail} />}
          {shows('con-so') && <Coverage detail={detail} />}
          {shows('thoi-gian', 'cau-hoi', 'noi', 'nguoi') && (
            <IntervalLegend watched={detail.indicator.dueFrom !== null} />
          )}
        </>
      )}
      {shows('canh-bao') && <Weeks places={detail.weeks} whole={whole} />}
      {shows('cach-tinh') && <DefinitionCard detail={detail} mayChange={mayChange} />}
    </>
  )
}

type ResultProps = Pick<IndicatorPageProps, 'detail' | 'outlook' | 'today'> & { hasDetails: boolean }

/** The answer on one screen: the number, how sure it is, and where the year may end. */
const Result = ({ detail, outlook, today, hasDetails }: ResultProps) => (
  <>
    {detail.indicator.score === null ? <WithoutScore detail={detail} /> : <Headline detail={detail} />}
    {detail.to >= today && <ClosedDays detail={detail} hasDetails={hasDetails} />}
    {outlook && (
      <OutlookCard outlook={outlook} dueFrom={dueInYear(detail, today)} period={`năm ${today.slice(0, 4)}`} />
    )}
  </>
)

/** The outlook is of the running year, whatever range is looked at. */
const dueInYear = ({ years, indicator }: IndicatorDetail, today: string): number | null =>
  years.some(({ year, target }) => year === Number(today.slice(0, 4)) && target === null) ? indicator.dueFrom : null

const History = ({ detail, hasDetails }: { detail: IndicatorDetail; hasDetails: boolean }) => (
  <>
    {hasDetails && <Earlier detail={detail} />}
    {detail.years.some(({ score }) => score.score !== null) && <Years detail={detail} />}
  </>
)

const NothingClosed = () => (
  <Notice kind="warning" title="Chi tiết có khi có phiếu của ngày đã khép">
    <p>Các bảng chia nhỏ chỉ gồm ngày đã khép, để không ai đoán được câu trả lời của một người.</p>
  </Notice>
)

/** Nothing counted in these days, or nothing to weigh it by: what to do about it. */
function WithoutScore({ detail: { indicator, from, to, formula, closed, definition } }: { detail: IndicatorDetail }) {
  const isHousehold = definition.questionnaire === 'household'
  const isFew = indicator.responses > 0 && indicator.responses < 5
  const unweighed = !isFew && formula === 'stratified' && closed.responses > 0
  const scale = indicator.instead ? chooseScale([indicator.instead], [indicator.target]) : null
  return (
    <section class="card padded without-score">
      <h2>{titleWithoutScore({ isFew, unweighed })}</h2>
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
            Xem nơi phục vụ và in mã QR
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

function titleWithoutScore({ isFew, unweighed }: { isFew: boolean; unweighed: boolean }): string {
  if (isFew) return 'Chưa đủ 5 phiếu để nêu điểm'
  return unweighed ? 'Chưa tính được vì chưa có số lượt phục vụ' : 'Chưa có phiếu nào được tính'
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
