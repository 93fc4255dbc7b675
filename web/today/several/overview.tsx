import type { AgencyToday } from '../../../server/today/contract.ts'
import { chooseScale, type Scale, scaleFor } from '../../ui/charts/scale.ts'
import { formatInteger } from '../../ui/format.ts'
import { type Pulses, pulseClass } from '../changes.ts'
import { ComparisonWords } from '../compare.tsx'
import { placesToSee } from '../order.ts'
import { BoardHead, PlaceTable, ReceivedCell, ScoreCells } from '../places.tsx'
import { quietWords, type Span } from '../words.ts'

type OverviewProps = {
  agencies: AgencyToday[]
  span: Span
  pulses: Pulses
  days: { from: string; to: string }
  /** The section of an agency, by its code. */
  hrefOf: (code: string) => string
}

/** Several agencies on one screen: a row each, then the few places to look at first. */
export function Overview({ agencies, ...shared }: OverviewProps) {
  return (
    <>
      <section class="card" aria-labelledby="cac-don-vi">
        <h2 id="cac-don-vi" class="card-title">
          Các đơn vị
        </h2>
        <AgencyTable agencies={agencies} {...shared} />
      </section>
      <PlacesToSee agencies={agencies} {...shared} />
    </>
  )
}

function AgencyTable({ agencies, ...shared }: OverviewProps) {
  const scale = chooseScale(
    agencies.map(({ shown }) => shown),
    agencies.map(({ target }) => target),
  )
  return (
    <table class="places-today">
      <caption class="unseen">Điểm của từng đơn vị</caption>
      <BoardHead of="Đơn vị" scale={scale} />
      <tbody>
        {agencies.map((agency) => (
          <AgencyRow key={agency.code} agency={agency} scale={scale} {...shared} />
        ))}
      </tbody>
    </table>
  )
}

type AgencyRowProps = Omit<OverviewProps, 'agencies'> & { agency: AgencyToday; scale: Scale }

function AgencyRow({ agency, scale, span, pulses, hrefOf }: AgencyRowProps) {
  const quiet = agency.received === 0
  return (
    <tr class={`${quiet ? 'is-quiet' : ''} ${pulseClass(pulses[agency.code])}`} data-agency={agency.code}>
      <th scope="row" class="col-place">
        <a href={hrefOf(agency.code)}>{agency.name}</a>
        <small>{formatInteger(agency.places.length)} nơi phục vụ</small>
      </th>
      {quiet ? (
        <td class="col-quiet" colSpan={4}>
          {quietWords(
            agency.places.some(({ open }) => open),
            span,
          )}
        </td>
      ) : (
        <>
          <ScoreCells row={agency} span={span} scale={scale} />
          <ReceivedCell row={agency} counted />
        </>
      )}
      <td class="col-change">
        {agency.shown.score !== null && <ComparisonWords comparisons={agency.comparisons} span={span} />}
      </td>
    </tr>
  )
}

/** Nothing where no place has anything to see yet. */
function PlacesToSee({ agencies, span, pulses, days }: OverviewProps) {
  const places = placesToSee(agencies.flatMap((agency) => agency.places))
  if (places.length === 0) return null
  const targets = places.map(({ target }) => target)
  const trends = places.flatMap(({ trend }) => trend.flatMap(({ score }) => score ?? []))
  const owners = agencies.flatMap(({ name, places: own }) => own.map(({ code }) => [code, name] as const))
  return (
    <section class="card" aria-labelledby="nen-xem-truoc">
      <h2 id="nen-xem-truoc" class="card-title">
        Nơi nên xem trước
      </h2>
      <PlaceTable
        caption="Nơi tuần trước giảm rõ, nơi im lặng, rồi nơi điểm thấp nhất"
        places={places}
        owners={new Map(owners)}
        span={span}
        scale={chooseScale(
          places.map(({ shown }) => shown),
          targets,
        )}
        pulses={pulses}
        days={days}
        trendScale={scaleFor(trends, targets)}
      />
    </section>
  )
}
