import type { AgencyToday, TodayView } from '../../server/today/contract.ts'
import { links } from '../links.ts'
import { IntervalAxis, IntervalBar, IntervalLegend } from '../ui/charts/interval-bar.tsx'
import { chooseScale, type Scale, scaleFor } from '../ui/charts/scale.ts'
import { formatInteger, formatInterval, formatPercent, formatTarget } from '../ui/format.ts'
import { type Pulses, pulseClass } from './changes.ts'
import { CommentsCard } from './comments.tsx'
import { ComparisonList } from './compare.tsx'
import { EmptyDay } from './empty.tsx'
import { HarmCard } from './harm.tsx'
import { PlaceTable } from './places.tsx'
import { provenInWords, reachInWords, type Span, slotEndInWords, spanOf, whyNoScore } from './words.ts'

type TodayBoardProps = { view: TodayView; pulses?: Pulses }

/** Everything that moves during the day; the server draws it first, the island draws it again on each event. */
export function TodayBoard({ view, pulses = {} }: TodayBoardProps) {
  const agencies = view.agencies.filter(({ places }) => places.length > 0)
  const empty = agencies.every(({ received }) => received === 0)
  const anyScore = agencies.some(({ places }) => places.some(({ shown }) => shown.score !== null))
  const everScored = agencies.some(({ places }) =>
    places.some(({ trend }) => trend.some(({ score }) => score !== null)),
  )
  const span = spanOf(view)
  const silent = agencies.some(({ places }) => places.some((place) => place.silent))
  return (
    <>
      {empty && <EmptyDay view={view} firstDay={!everScored} />}
      {(!empty || everScored) &&
        agencies.map((agency) => <AgencyCard key={agency.code} agency={agency} span={span} pulses={pulses} />)}
      {anyScore && <IntervalLegend />}
      {silent && <p class="board-note">{silenceRule}</p>}
      {!empty && (
        <div class={view.comments ? 'board-pair' : ''}>
          <HarmCard view={view} span={span} />
          {view.comments && <CommentsCard comments={view.comments} span={span} />}
        </div>
      )}
    </>
  )
}

const silenceRule =
  'Im lặng: trong giờ làm việc (7:30–11:30 và 13:30–17:00, ngày làm việc), theo số phiếu của các ngày làm việc trong hai tuần qua thì nơi này hiếm khi lâu như vậy mà chưa có phiếu; nếu chỉ do tình cờ thì nhiều nhất một ngày trong hai mươi ngày. Xin xem tờ dán mã QR còn ở quầy không.'

type AgencyCardProps = { agency: AgencyToday; span: Span; pulses: Pulses }

function AgencyCard({ agency, span, pulses }: AgencyCardProps) {
  const scores = [agency.shown, ...agency.places.map(({ shown }) => shown)]
  const targets = agency.places.map(({ target }) => target)
  const scale = chooseScale(scores, [agency.target, ...targets])
  const trends = agency.places.flatMap(({ trend }) => trend.flatMap(({ score }) => score ?? []))
  const heading = `co-quan-${agency.code}`
  return (
    <section class="card agency" aria-labelledby={heading}>
      <h2 id={heading}>{agency.name}</h2>
      {agency.received > 0 && <Hero agency={agency} span={span} scale={scale} pulse={pulses[agency.code]} />}
      <PlaceTable agency={agency} span={span} scale={scale} trendScale={scaleFor(trends, targets)} pulses={pulses} />
      {span === 'today' && (
        <p class="card-note wall-link">
          <a href={links.wall(agency.code)}>Màn hình treo tường</a>
        </p>
      )}
    </section>
  )
}

type HeroProps = { agency: AgencyToday; span: Span; scale: Scale; pulse: number | undefined }

function Hero({ agency, span, scale, pulse }: HeroProps) {
  const { shown, target, reach, proven, comparisons } = agency
  return (
    <div class={`hero ${pulseClass(pulse)}`}>
      <div class="hero-part hero-score">
        <p class="hero-key">Mức độ hài lòng</p>
        <HeroScore agency={agency} span={span} />
      </div>
      <div class="hero-part hero-bar">
        {shown.lower !== null && shown.upper !== null ? (
          <>
            <IntervalAxis scale={scale} />
            <IntervalBar score={shown} target={target} scale={scale} size="hero" />
            <p class="hero-note">
              khoảng tin cậy {formatInterval(shown.lower, shown.upper, target)} · chỉ tiêu ≥ {formatTarget(target)}
            </p>
          </>
        ) : (
          <p class="hero-note">chỉ tiêu ≥ {formatTarget(target)}</p>
        )}
      </div>
      <div class="hero-part hero-received">
        <p class="hero-key">Phiếu nhận</p>
        <p class="hero-value">{formatInteger(agency.received)}</p>
        <p class="hero-note">
          {agency.setAside > 0
            ? `trong đó để riêng ${formatInteger(agency.setAside)}`
            : 'không phiếu nào phải để riêng'}
        </p>
        {reach && <p class="hero-note">{reachInWords(reach)}</p>}
        {proven && <p class="hero-note hero-proven">{provenInWords(proven)}</p>}
      </div>
      {shown.score !== null && comparisons.length > 0 && (
        <div class="hero-part hero-change">
          <p class="hero-key">So với</p>
          <ComparisonList comparisons={comparisons} span={span} />
        </div>
      )}
    </div>
  )
}

function HeroScore({ agency: { shown, target, through }, span }: Pick<HeroProps, 'agency' | 'span'>) {
  if (shown.score === null) return <p class="hero-waiting">{whyNoScore(span, shown.responses)}</p>
  const [number, unit] = formatPercent(shown.score, target).split('\u00a0')
  return (
    <>
      <p class="hero-value">
        {number}
        <small>{`\u00a0${unit}`}</small>
      </p>
      <p class="hero-note">
        tính trên {formatInteger(shown.responses)} phiếu
        {span === 'today' && through !== null && <span class="hero-through">, đến {slotEndInWords(through)}</span>}
      </p>
    </>
  )
}
