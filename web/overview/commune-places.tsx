import type { CommuneView, SectorPlaces, TieGroup } from '../../server/overview/commune-contract.ts'
import { links } from '../links.ts'
import { formatInteger, startSentence } from '../ui/format.ts'
import { StandingHead, StandingRow, StandingTable, scaleOf } from './commune-standing.tsx'

const sectorNames = {
  administrative: 'Thủ tục hành chính',
  health: 'Y tế',
  education: 'Các trường',
} as const

/** Days that links to a place's own page keep. */
type Days = { from: string; to: string }

/** Places side by side, told apart only where the answers prove it; never a rank. */
export function PlaceGroups({ comparison, days }: { comparison: SectorPlaces[]; days: Days }) {
  const isEmpty = comparison.every(({ groups }) => groups.length === 0)
  return (
    <section class="card" aria-labelledby="so-sanh">
      <h2 id="so-sanh" class="card-title">
        Các nơi phục vụ cạnh nhau
      </h2>
      <p class="card-note">
        Trong mỗi lĩnh vực, điểm cao đứng trước; xếp cùng nhóm khi chưa đủ căn cứ phân biệt. Hai nơi phục vụ ở hai nhóm
        khác nhau thì chênh lệch giữa chúng là có thật (khoảng tin cậy 95&nbsp;% của hiệu không chứa 0). Không có thứ
        hạng: hơn kém trong một nhóm có thể chỉ do ngẫu nhiên.
      </p>
      {isEmpty && <p class="card-note">Chưa có nơi phục vụ nào đủ 5 phiếu để đặt cạnh nhau.</p>}
      {!isEmpty && comparison.map((one) => <SectorTable key={one.sector} {...one} days={days} />)}
    </section>
  )
}

const SectorTable = ({ sector, mixed, groups, few, days }: SectorPlaces & { days: Days }) => (
  <>
    <h3 class="sector-name">{sectorNames[sector]}</h3>
    {groups.length > 0 && <GroupTable groups={groups} days={days} />}
    {mixed && (
      <p class="card-note">
        Các nơi này dùng bộ câu hỏi khác nhau: chênh lệch có thể do điều được hỏi, không chỉ do cách phục vụ.
      </p>
    )}
    {few.length > 0 && (
      <p class="card-note">Chưa đủ 5 phiếu, chưa đặt vào so sánh: {few.map(({ name }) => name).join('; ')}.</p>
    )}
  </>
)

function GroupTable({ groups, days: { from, to } }: { groups: TieGroup[]; days: Days }) {
  const lines = groups.flatMap(({ places }) => places)
  const scale = scaleOf(lines)
  return (
    <table class="parts standing">
      <StandingHead title="Nơi phục vụ" scale={scale} lines={lines} hasVerdict={false} />
      {groups.map((group, index) => (
        <tbody key={group.places[0]?.key ?? index}>
          <tr class="tie-head">
            <th scope="rowgroup" colSpan={4}>
              {nameOfGroup(group, index, groups.length)}
            </th>
          </tr>
          {group.places.map((place) => (
            <StandingRow
              key={place.key}
              line={{ ...place, href: links.todayPlace(place.key, from, to) }}
              scale={scale}
              hasVerdict={false}
            />
          ))}
        </tbody>
      ))}
    </table>
  )
}

function nameOfGroup({ places }: TieGroup, index: number, count: number): string {
  const together =
    places.length > 1 ? `${formatInteger(places.length)} nơi phục vụ, chưa đủ căn cứ phân biệt` : 'một nơi phục vụ'
  if (count === 1) return places.length > 1 ? `Cùng một nhóm: ${together}` : 'Chỉ một nơi phục vụ có đủ phiếu'
  const level = index === 0 ? 'Nhóm cao hơn' : index === count - 1 ? 'Nhóm thấp hơn' : 'Nhóm ở giữa'
  return `${level}: ${together}`
}

/** Public schools by level, then each once beside the others. */
export function Schools({ schools, days }: { schools: CommuneView['schools']; days: Days }) {
  const levels = (schools?.levels ?? []).map(({ key, label, score }) => ({
    key,
    score,
    target: schools?.target ?? 0,
    dueFrom: null,
    withheld: score.responses < 5,
    name: levelName(label),
  }))
  return (
    <section class="card" aria-labelledby="giao-duc">
      <h2 id="giao-duc" class="card-title">
        Giáo dục theo cấp học và theo trường
      </h2>
      {levels.length === 0 ? (
        <p class="card-note">Chưa có phiếu của cha mẹ học sinh trong thời gian này.</p>
      ) : (
        <StandingTable title="Cấp học" lines={levels} />
      )}
      {schools?.compared && <SectorTable {...schools.compared} days={days} />}
    </section>
  )
}

/** "Ý kiến phụ huynh về trường mầm non" is the questionnaire; the level is its last words. */
function levelName(title: string): string {
  const level = title.split(' về trường ')[1]
  return level ? startSentence(level) : title
}
