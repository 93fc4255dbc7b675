import { links } from '../links.ts'
import { DayRangeFields } from '../ui/day-field.tsx'
import type { ReviewPageProps } from './page-props.ts'
import { countedSigns, setAsideSigns, signNames } from './words.ts'

type FilterProps = Pick<ReviewPageProps, 'from' | 'to' | 'view' | 'place' | 'sign' | 'places' | 'asked'>

/** Which of the two lists, and which part of it. */
export function ReviewFilters({ from, to, view, place, sign, places, asked }: FilterProps) {
  const other = (xem: FilterProps['view']) => links.review({ tu: from, den: to, diem: place ?? undefined, xem })
  const signs = view === 'de-rieng' ? setAsideSigns : countedSigns
  return (
    <div class="review-filters">
      <nav class="segments" aria-label="Loại phiếu">
        <a href={other('de-rieng')} aria-current={view === 'de-rieng' ? 'true' : undefined}>
          Đang để riêng
        </a>
        <a href={other('duoc-tinh')} aria-current={view === 'duoc-tinh' ? 'true' : undefined}>
          Đang được tính, có dấu hiệu bất thường
        </a>
      </nav>
      <form class="range-form" method="get" action={links.review()}>
        <input type="hidden" name="xem" value={view} />
        <DayRangeFields names={['tu', 'den']} from={from} to={to} asked={asked} />
        <label>
          Nơi phục vụ
          <select name="diem">
            <option value="">Tất cả</option>
            {places.map(({ code, name }) => (
              <option key={code} value={code} selected={code === place}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          Dấu hiệu
          <select name="dau-hieu">
            <option value="">Tất cả</option>
            {signs.map((one) => (
              <option key={one} value={one} selected={one === sign}>
                {signNames[one]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="button">
          Xem
        </button>
      </form>
    </div>
  )
}
