import type { PatternLine } from '../../../server/review/patterns/contract.ts'
import { links } from '../../links.ts'
import { formatInteger } from '../../ui/format.ts'
import { Tag } from '../../ui/tag.tsx'
import { countOf, daysInWords } from '../words.ts'
import { closedSignNames, sourceName } from './words.ts'

export type WaitingProps = {
  waiting: PatternLine[]
  /** There are more than are listed. */
  more: boolean
  decided: PatternLine[]
}

/** What the nightly look found and nobody has decided about, whatever days the filters choose; and what was decided last. */
export const WaitingPatterns = ({ waiting, more, decided }: WaitingProps) => (
  <section class="card" aria-labelledby="cho-quyet-dinh">
    <h2 id="cho-quyet-dinh" class="review-heading">
      Nhóm chờ quyết định
    </h2>
    {waiting.length === 0 ? (
      <p class="review-empty">Không có nhóm nào chờ. Mỗi đêm máy nhìn lại các ngày vừa khép của từng nơi.</p>
    ) : (
      <>
        <p class="review-empty">
          Máy đề xuất, người quyết định. Trước khi có quyết định, phiếu vẫn được tính và chỉ tiêu ghi rõ “đang có dấu
          hiệu chờ xem xét”.
        </p>
        <PatternTable lines={waiting} caption="Nhóm chờ quyết định" />
      </>
    )}
    {more && <p class="review-empty">Chỉ hiện {formatInteger(waiting.length)} nhóm mới nhất.</p>}
    {decided.length > 0 && (
      <details class="review-decided">
        <summary>Nhóm đã quyết định gần đây</summary>
        <PatternTable lines={decided} caption="Nhóm đã quyết định" />
      </details>
    )}
  </section>
)

const PatternTable = ({ lines, caption }: { lines: PatternLine[]; caption: string }) => (
  <table class="listing review-groups">
    <caption class="unseen">{caption}</caption>
    <thead>
      <tr>
        <th scope="col">Dấu hiệu</th>
        <th scope="col">Nơi phục vụ</th>
        <th scope="col">Ngày</th>
        <th scope="col">Nguồn</th>
        <th scope="col" class="number">
          Số phiếu
        </th>
      </tr>
    </thead>
    <tbody>
      {lines.map(({ id, sign, state, place, from, to, provenance, count }) => (
        <tr key={id}>
          <th scope="row">
            <a href={links.signPattern(id)}>{closedSignNames[sign]}</a>{' '}
            {state !== 'pending' && <Tag>{state === 'kept' ? 'Đã giữ' : 'Đã để riêng'}</Tag>}
          </th>
          <td>{place}</td>
          <td>{daysInWords(from, to).replace('ngày ', '')}</td>
          <td>{sourceName(provenance)}</td>
          <td class="number">
            <b>{countOf(count)}</b>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)
