import type { SessionView } from '../../server/staff/account-contract.ts'
import type { StaffMember } from '../../server/staff/contract.ts'
import { links } from '../links.ts'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, roleNames, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { FactorCard } from './factor-card.tsx'
import { PasswordFields } from './password-fields.tsx'
import { SessionsCard } from './sessions-card.tsx'

export type AccountPageProps = {
  member: StaffMember
  hasFactor: boolean
  codesLeft: number
  sessions: SessionView[]
  /** False: whoever installed the application chose it. */
  passwordIsOwn: boolean
  saved?: string | undefined
  problem?: { path: 'current' | 'password' | 'factor'; message: string } | undefined
  shell: Shell
}

const savedWords: Record<string, string> = {
  'mat-khau': 'Đã đổi mật khẩu; các phiên đăng nhập khác đã kết thúc',
  phien: 'Đã kết thúc phiên đăng nhập',
  'tat-hai-buoc': 'Đã tắt xác thực hai bước',
}

/** The own account. */
export function renderAccountPage(props: AccountPageProps, assets: StaffAssets): string {
  const { member, saved, problem, shell } = props
  const title = 'Tài khoản của tôi'
  const done = saved && !problem ? savedWords[saved] : undefined
  const children = (
    <>
      <PageHead title={title} lead={`${member.displayName || member.username} · ${roleNames[member.role]}`} />
      <div class="column">
        {done && <Notice kind="done" title={done} />}
        {problem && <Notice kind="problem" title={problem.message} />}
        {!done && !problem && <Advice {...props} />}
        <PasswordCard {...props} />
        <FactorCard {...props} />
        <SessionsCard sessions={props.sessions} />
      </div>
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

/** What makes the account safer, most important first. */
function Advice({ member, hasFactor, passwordIsOwn }: AccountPageProps) {
  const needsFactor = member.role === 'administrator' && !hasFactor
  if (passwordIsOwn && !needsFactor) return null
  return (
    <Notice kind="warning" title="Nên làm để tài khoản này an toàn">
      <ul>
        {!passwordIsOwn && <li>Mật khẩu đang dùng được đặt lúc cài đặt; xin đổi sang mật khẩu chỉ Ông/Bà biết.</li>}
        {needsFactor && <li>Tài khoản quản trị mở được mọi thứ; xin bật xác thực hai bước.</li>}
      </ul>
    </Notice>
  )
}

const PasswordCard = ({ member, problem }: AccountPageProps) => (
  <form class="card padded" id="mat-khau" method="post" action={links.changePassword}>
    <h2>Mật khẩu</h2>
    <p class="form-words">Đổi mật khẩu thì mọi phiên đăng nhập khác của Ông/Bà kết thúc.</p>
    <Field
      name="current"
      label="Mật khẩu hiện tại"
      value=""
      problem={problem?.path === 'current' ? problem.message : undefined}
      input={{ type: 'password', required: true, autocomplete: 'current-password', maxLength: 200 }}
    />
    <PasswordFields problem={problem?.path === 'password' ? problem.message : undefined} username={member.username} />
    <button type="submit" class="button">
      Đổi mật khẩu
    </button>
  </form>
)
