import type { Part } from '../../../server/indicators/detail/contract.ts'
import type { PlaceView } from '../../../server/today/place/contract.ts'
import { PartTable } from '../../indicators/parts.tsx'
import { links } from '../../links.ts'
import { chooseScale } from '../../ui/charts/scale.ts'
import { formatInteger } from '../../ui/format.ts'

type PartsProps = { view: PlaceView; whole: boolean }

/** As many as fit beside what citizens said. */
const openCriteria = 6

/** Which criteria pull the score down: the one that takes most away first, each with its interval. */
export function Criteria({ view, whole }: PartsProps) {
  const { shown, withheld } = view.criteria
  return (
    <section class="card" aria-labelledby="keo-diem">
      <h2 id="keo-diem" class="card-title">
        Tiêu chí kéo điểm xuống
      </h2>
      {shown.length === 0 ? (
        <NothingYet view={view} />
      ) : (
        <>
          <p class="card-note">
            Xếp từ tiêu chí mất điểm nhiều nhất. “Phần mất điểm”: trong tất cả những gì người dân chưa hài lòng ở đây,
            bao nhiêu nằm ở tiêu chí đó. {withheldWords(withheld, 'tiêu chí', 'câu trả lời')}
          </p>
          <PartTable
            title="Tiêu chí"
            parts={shown}
            {...scaleOf(view, shown)}
            whole={whole}
            open={openCriteria}
            overlap
          />
        </>
      )}
    </section>
  )
}

/** By field, of closed days: where a morning's field could be one citizen. */
export function Fields({ view, fields, whole }: PartsProps & { fields: NonNullable<PlaceView['fields']> }) {
  const { shown, withheld } = fields
  return (
    <section class="card" aria-labelledby="linh-vuc">
      <h2 id="linh-vuc" class="card-title">
        Theo lĩnh vực
      </h2>
      <p class="card-note">
        {shown.length === 0
          ? 'Chưa có lĩnh vực nào đủ 5 phiếu của ngày đã khép.'
          : `Chỉ gồm ngày đã khép. ${withheldWords(withheld, 'lĩnh vực', 'phiếu')}`}
      </p>
      {shown.length > 0 && <PartTable title="Lĩnh vực" parts={shown} {...scaleOf(view, shown)} whole={whole} />}
    </section>
  )
}

/** Against the target as the number above them: without a side where it is not due yet. */
const scaleOf = ({ place }: PlaceView, parts: Pick<Part, 'score'>[]) => ({
  target: place.target,
  watched: place.dueFrom !== null,
  scale: chooseScale(
    parts.map(({ score }) => score),
    [place.target],
  ),
})

const withheldWords = (count: number, what: string, of: string): string =>
  count === 0 ? '' : `${formatInteger(count)} ${what} có quá ít ${of} nên không nêu, để không ai bị lộ.`

/** Why there is nothing to show, and where there is more. */
const NothingYet = ({ view: { isToday, place } }: { view: PlaceView }) => (
  <p class="card-note">
    {isToday
      ? 'Trong ngày, tiêu chí chỉ hiện theo nhóm nhiều phiếu; phần còn lại hiện khi ngày khép. '
      : 'Chưa có tiêu chí nào đủ 5 câu trả lời trong thời gian này. '}
    <a href={links.todayPlace(place.code)}>Xem 4 tuần qua</a>
  </p>
)
