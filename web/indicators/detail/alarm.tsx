import type { PlaceWeeks } from '../../../server/indicators/detail/contract.ts'
import { formatDayShort, formatInteger, formatInterval, formatPercent } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { signalWords } from '../words.ts'

type AlarmProps<Place> = { places: Place[]; hrefOf: (place: Place) => string }

/** Places whose last closed week lay below what chance explains: said first, whatever else the page holds. */
export function Alarm<Place extends PlaceWeeks>({ places, hrefOf }: AlarmProps<Place>) {
  const fallen = places.filter(({ weeks }) => weeks.at(-1)?.signal === 'fall')
  if (fallen.length === 0) return null
  return (
    <Notice kind="problem" title={`${formatInteger(fallen.length)} nơi phục vụ giảm rõ trong tuần vừa rồi`}>
      <ul>
        {fallen.map((place) => (
          <li key={place.code}>
            <a href={hrefOf(place)}>{place.name}</a>: {weekInWords(place)}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function weekInWords({ weeks }: PlaceWeeks): string {
  const last = weeks.at(-1)
  if (!last?.signal || last.score === null) return ''
  const usual =
    last.lower === null || last.upper === null ? '' : `, thường trong khoảng ${formatInterval(last.lower, last.upper)}`
  return `${signalWords[last.signal]} ${formatPercent(last.score)} (tuần từ ${formatDayShort(last.week)}, ${formatInteger(last.responses)} phiếu${usual})`
}
