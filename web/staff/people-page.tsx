import type { PersonView } from '../../server/staff/account-contract.ts'
import { links } from '../links.ts'
import { formatDayOf } from '../ui/moment.ts'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, roleNames, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Tag } from '../ui/tag.tsx'

export type PeoplePageProps = { people: PersonView[]; own: string; shell: Shell }

/** Everybody with an account. */
export function renderPeoplePage({ people, own, shell }: PeoplePageProps, assets: StaffAssets): string {
  const title = 'Cán bộ'
  const children = (
    <>
      <PageHead title={title} lead="Ai được vào Ý Dân, với vai trò gì, cho đơn vị nào.">
        <a class="button" href={links.inviteStaff}>
          Mời cán bộ
        </a>
      </PageHead>
      <section class="card">
        <table class="listing people">
          <thead>
            <tr>
              <th scope="col">Cán bộ</th>
              <th scope="col">Vai trò, đơn vị</th>
              <th scope="col">Tình trạng</th>
              <th scope="col">Xác thực hai bước</th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <PersonRow key={person.username} person={person} isOwn={person.username === own} />
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const PersonRow = ({ person, isOwn }: { person: PersonView; isOwn: boolean }) => (
  <tr>
    <th scope="row">
      <a href={links.staffMember(person.username)}>{person.displayName || person.username}</a>
      <small>
        {person.username}
        {isOwn && ' · tài khoản của Ông/Bà'}
      </small>
    </th>
    <td>
      {roleNames[person.role]}
      {person.agencies.map(({ code, name }) => (
        <small key={code}>{name}</small>
      ))}
    </td>
    <td>
      <PersonState person={person} />
    </td>
    <td>
      <span class="narrow-only">Xác thực hai bước: </span>
      {person.hasFactor ? 'Bật' : 'Tắt'}
    </td>
  </tr>
)

/** The state in a word, with the day that matters. */
export function PersonState({ person: { state, linkExpiresAt, lastSeenAt } }: { person: PersonView }) {
  if (state === 'disabled') return <Tag>Đã ngừng dùng</Tag>
  if (state === 'invited') {
    return (
      <>
        <Tag kind="warn">Đã mời</Tag>
        <small>{linkExpiresAt ? `Liên kết dùng được đến ${formatDayOf(linkExpiresAt)}` : 'Chưa có liên kết'}</small>
      </>
    )
  }
  return (
    <>
      <Tag kind="ok">Đang dùng</Tag>
      {lastSeenAt && <small>Vào gần đây nhất: {formatDayOf(lastSeenAt)}</small>}
    </>
  )
}
