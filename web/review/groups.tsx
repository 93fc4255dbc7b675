import { channelName } from '../indicators/words.ts'
import { links } from '../links.ts'
import { formatDay, formatInteger, startSentence } from '../ui/format.ts'
import { Tag } from '../ui/tag.tsx'
import type { ReviewPageProps } from './page-props.ts'
import { countOf, patternFields, signNames } from './words.ts'

const mostGroups = 300

/** One row per place, day, sign and channel. */
export function ReviewGroups({ groups, view }: Pick<ReviewPageProps, 'groups' | 'view'>) {
  return (
    <section class="card" aria-labelledby="nhom">
      <h2 id="nhom" class="review-heading">
        {view === 'de-rieng' ? 'Các nhóm phiếu để riêng' : 'Phiếu đang được tính, nên xem lại'}
      </h2>
      {groups.length === 0 ? (
        <p class="review-empty">
          {view === 'de-rieng'
            ? 'Những ngày này không có phiếu nào phải để riêng.'
            : 'Những ngày này không thấy loạt phiếu giống hệt nhau hay phiếu trả lời rất nhanh.'}
        </p>
      ) : (
        <table class="listing review-groups">
          <thead>
            <tr>
              <th scope="col">Dấu hiệu</th>
              <th scope="col">Nơi phục vụ</th>
              <th scope="col">Ngày</th>
              <th scope="col">Cách trả lời</th>
              <th scope="col" class="number">
                Số phiếu
              </th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <GroupRow key={keyOf(group)} group={group} />
            ))}
          </tbody>
        </table>
      )}
      {groups.length === mostGroups && (
        <p class="review-empty">
          Chỉ hiện {formatInteger(mostGroups)} nhóm mới nhất; xin thu hẹp khoảng ngày để xem thêm.
        </p>
      )}
    </section>
  )
}

type Group = ReviewPageProps['groups'][number]

const keyOf = ({ code, day, sign, channel, inWave, mark }: Group) => [code, day, sign, channel, inWave, mark].join()

function GroupRow({ group }: { group: Group }) {
  return (
    <tr>
      <th scope="row">
        <a href={links.reviewPattern(patternFields(group.code, group))}>{signNames[group.sign]}</a>{' '}
        {group.inWave && <Tag>Đợt khảo sát</Tag>}
      </th>
      <td>{group.place}</td>
      <td>{formatDay(group.day)}</td>
      <td>{startSentence(group.channels.map(channelName).join(', '))}</td>
      <td class="number">
        <b>{countOf(group.count)}</b>
      </td>
    </tr>
  )
}
