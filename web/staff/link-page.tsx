import type { PersonView } from '../../server/staff/account-contract.ts'
import { links } from '../links.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, roleNames, type Shell, type StaffAssets } from '../ui/shell.tsx'

export type LinkPageProps = { person: PersonView; link: string; days: number; shell: Shell }

/** The link of an invitation, shown this once. */
export function renderLinkPage({ person, link, days, shell }: LinkPageProps, assets: StaffAssets): string {
  const name = person.displayName || person.username
  const title = `Liên kết cho ${name}`
  const children = (
    <>
      <p class="back">
        <a href={links.staff}>‹ Cán bộ</a>
      </p>
      <PageHead title={title} lead="Xin chép hoặc in ngay: liên kết chỉ hiện một lần trên trang này." />
      <div class="column">
        <section class="card padded link-card">
          <dl class="person-facts">
            <dt>Tên đăng nhập</dt>
            <dd>
              <code>{person.username}</code>
            </dd>
            <dt>Vai trò</dt>
            <dd>{roleNames[person.role]}</dd>
            <dt>Dùng được</dt>
            <dd>một lần, trong {days} ngày</dd>
          </dl>
          <div class="copyable" data-copyable="">
            <span class="copyable-label">Liên kết để chọn mật khẩu</span>
            <input type="text" readOnly value={link} aria-label={`Liên kết để chọn mật khẩu: ${name}`} />
          </div>
          <p class="link-printed">{link}</p>
        </section>
        <Notice kind="warning" title="Ai có liên kết này đều chọn được mật khẩu">
          <p>Xin đưa tận tay hoặc gửi riêng cho đúng người; đừng gửi vào nhóm chung.</p>
        </Notice>
        <p>
          <a class="button quiet" href={links.staffMember(person.username)}>
            Xong
          </a>
        </p>
      </div>
    </>
  )
  return renderStaffPage({ title, shell, islands: ['places'], children }, assets)
}
