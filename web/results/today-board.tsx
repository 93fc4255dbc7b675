import type { AgencyToday, TodayView } from '../../server/results/contract.ts'
import { links } from '../links.ts'
import { formatInteger, formatInterval, formatPercent, formatTarget } from '../ui/format.ts'
import { IntervalAxis, IntervalBar, IntervalLegend } from '../ui/interval-bar.tsx'
import { chooseScale, type Scale, scaleFor } from '../ui/scale.ts'
import { type Pulses, pulseClass } from './today-changes.ts'
import { EmptyDay } from './today-empty.tsx'
import { PlaceTable } from './today-places.tsx'
import { whyNoScore } from './today-words.ts'

type TodayBoardProps = { view: TodayView; pulses?: Pulses }

/** Everything that moves during the day; the server draws it first, the island draws it again on each event. */
export function TodayBoard({ view, pulses = {} }: TodayBoardProps) {
  const agencies = view.agencies.filter(({ places }) => places.length > 0)
  const empty = agencies.every(({ received }) => received === 0)
  const anyScore = agencies.some(({ places }) => places.some(({ shown }) => shown.score !== null))
  const everScored = agencies.some(({ places }) =>
    places.some(({ trend }) => trend.some(({ score }) => score !== null)),
  )
  return (
    <>
      {empty && <EmptyDay view={view} firstDay={!everScored} />}
      {(!empty || everScored) &&
        agencies.map((agency) => (
          <AgencyCard key={agency.code} agency={agency} isToday={view.isToday} pulses={pulses} />
        ))}
      {anyScore && <IntervalLegend />}
    </>
  )
}

type AgencyCardProps = { agency: AgencyToday; isToday: boolean; pulses: Pulses }

function AgencyCard({ agency, isToday, pulses }: AgencyCardProps) {
  const scores = [agency.shown, ...agency.places.map(({ shown }) => shown)]
  const targets = agency.places.map(({ target }) => target)
  const scale = chooseScale(scores, [agency.target, ...targets])
  const trends = agency.places.flatMap(({ trend }) => trend.flatMap(({ score }) => score ?? []))
  const heading = `co-quan-${agency.code}`
  return (
    <section class="card agency" aria-labelledby={heading}>
      <h2 id={heading}>{agency.name}</h2>
      {agency.received > 0 && <Hero agency={agency} isToday={isToday} scale={scale} pulse={pulses[agency.code]} />}
      <PlaceTable
        agency={agency}
        isToday={isToday}
        scale={scale}
        trendScale={scaleFor(trends, targets)}
        pulses={pulses}
      />
      {isToday && (
        <p class="card-note">
          <a href={links.wall(agency.code)}>Màn hình treo tường</a>
        </p>
      )}
    </section>
  )
}

type HeroProps = { agency: AgencyToday; isToday: boolean; scale: Scale; pulse: number | undefined }

function Hero({ agency, isToday, scale, pulse }: HeroProps) {
  const { shown, target } = agency
  return (
    <div class={`hero ${pulseClass(pulse)}`}>
      <div class="hero-part hero-score">
        <p class="hero-key">Mức độ hài lòng</p>
        <HeroScore agency={agency} isToday={isToday} />
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
      </div>
    </div>
  )
}

function HeroScore({ agency: { shown, target }, isToday }: Pick<HeroProps, 'agency' | 'isToday'>) {
  if (shown.score === null) return <p class="hero-waiting">{whyNoScore(isToday)}</p>
  const [number, unit] = formatPercent(shown.score, target).split('\u00a0')
  return (
    <>
      <p class="hero-value">
        {number}
        <small>{`\u00a0${unit}`}</small>
      </p>
      <p class="hero-note">tính trên {formatInteger(shown.responses)} phiếu</p>
    </>
  )
}
