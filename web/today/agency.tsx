import type { AgencyToday } from '../../server/today/contract.ts'
import { links } from '../links.ts'
import { chooseScale, scaleFor } from '../ui/charts/scale.ts'
import type { Pulses } from './changes.ts'
import { Hero } from './hero.tsx'
import { inOrder, type Order } from './order.ts'
import { PlaceTable } from './places.tsx'
import type { Span } from './words.ts'

type AgencyCardProps = {
  agency: AgencyToday
  span: Span
  pulses: Pulses
  order: Order
  days: { from: string; to: string }
  /** Leads to the screen on the wall, which is about the running day. */
  wall: boolean
}

/** One agency: its score as a whole, and its places. */
export function AgencyCard({ agency, span, pulses, order, days, wall }: AgencyCardProps) {
  const scores = [agency.shown, ...agency.places.map(({ shown }) => shown)]
  const targets = agency.places.map(({ target }) => target)
  const scale = chooseScale(scores, [agency.target, ...targets])
  const trends = agency.places.flatMap(({ trend }) => trend.flatMap(({ score }) => score ?? []))
  const heading = `co-quan-${agency.code}`
  return (
    <section class="card agency" aria-labelledby={heading}>
      <h2 id={heading}>{agency.name}</h2>
      {agency.received > 0 && <Hero measured={agency} span={span} scale={scale} pulse={pulses[agency.code]} />}
      <PlaceTable
        caption={`Điểm của từng nơi phục vụ thuộc ${agency.name}`}
        places={inOrder(agency.places, order)}
        span={span}
        scale={scale}
        pulses={pulses}
        days={days}
        trendScale={scaleFor(trends, targets)}
      />
      {wall && (
        <p class="card-note wall-link">
          <a href={links.wall(agency.code)}>Màn hình treo tường</a>
        </p>
      )}
    </section>
  )
}
