import type { Role } from '../../server/shell-contract.ts'
import { links } from '../links.ts'
import { renderBarePage, roleNames, type StaffAssets } from '../ui/shell.tsx'
import { PasswordFields } from './password-fields.tsx'

export type InvitationPageProps = {
  token: string
  username: string
  displayName: string
  role: Role
  problem?: string
  demo: boolean
}

/** Where the link of an invitation leads: who is meant, and the choice of a password. */
export function renderInvitationPage(props: InvitationPageProps, assets: StaffAssets): string {
  const { token, username, displayName, role, problem, demo } = props
  return renderBarePage(
    'Chọn mật khẩu',
    demo,
    <section class="card bare-card">
      <h1>Kính chào {displayName || username}</h1>
      <p class="lead">Xin chọn mật khẩu để dùng Ý Dân. Chọn xong, Ông/Bà được đăng nhập ngay.</p>
      <dl class="person-facts">
        <dt>Tên đăng nhập</dt>
        <dd>
          <code>{username}</code>
        </dd>
        <dt>Vai trò</dt>
        <dd>{roleNames[role]}</dd>
      </dl>
      <form method="post" action={links.invitation(token)}>
        <PasswordFields problem={problem} username={username} />
        <button type="submit" class="button wide">
          Dùng mật khẩu này
        </button>
      </form>
      <p class="bare-help">Liên kết này dùng được một lần. Nếu không phải tên của Ông/Bà, xin đóng trang này.</p>
    </section>,
    assets,
  )
}
