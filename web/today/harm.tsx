import type { Harm } from '../../server/indicators/contract.ts'
import type { TodayView } from '../../server/today/contract.ts'
import { formatInteger, formatPercent } from '../ui/format.ts'
import type { Span } from './words.ts'

type HarmProps = {
  view: TodayView
  span: Span
  /** The first criteria only. */
  few?: boolean
}

/** What to mend first: criteria, then fields, by how many citizens each leaves dissatisfied. */
export function HarmCard({ view: { criteria, fields }, span, few = false }: HarmProps) {
  const empty = criteria.length === 0 && fields.length === 0
  return (
    <section class="card harm" aria-labelledby="chua-hai-long">
      <h2 id="chua-hai-long">Điều làm người dân chưa hài lòng nhất</h2>
      {criteria.length > 0 && <HarmTable caption="Tiêu chí" rows={few ? criteria.slice(0, 2) : criteria} />}
      {!few && fields.length > 0 && <HarmTable caption="Lĩnh vực" rows={fields.slice(0, mostFields)} />}
      <p class="card-note">
        {empty
          ? emptyWords[span]
          : 'Xếp theo số người chưa hài lòng, ước tính như thể ai cũng được hỏi đủ mọi tiêu chí: '}
        {!empty && 'tỷ lệ trả lời từ “Bình thường” trở xuống, nhân với số người mà các câu trả lời ấy đại diện.'}
      </p>
    </section>
  )
}

/** The pages of the places hold the others. */
const mostFields = 3

const emptyWords: Record<Span, string> = {
  today: 'Trong ngày chưa có gì để nêu: tiêu chí hiện theo nhóm nhiều phiếu, lĩnh vực hiện khi ngày khép.',
  day: 'Không ai trả lời từ “Bình thường” trở xuống.',
  days: 'Không ai trả lời từ “Bình thường” trở xuống.',
}

const HarmTable = ({ caption, rows }: { caption: string; rows: Harm[] }) => (
  <table class="harm-table">
    <thead>
      <tr>
        <th scope="col">{caption}</th>
        <th scope="col" class="number">
          Chưa hài lòng
        </th>
        <th scope="col" class="number">
          Ước tính
        </th>
      </tr>
    </thead>
    <tbody>
      {rows.map(({ key, label, about, citizens, share, answered }) => (
        <tr key={key}>
          <th scope="row">
            {label}
            {about && <small>{about}</small>}
          </th>
          <td class="number">
            <b>{formatPercent(share)}</b>
            <small>trên {formatInteger(answered)} câu trả lời</small>
          </td>
          <td class="number">khoảng {formatInteger(Math.max(1, citizens))} người</td>
        </tr>
      ))}
    </tbody>
  </table>
)
