import { links } from '../links.ts'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { renderBarePage, type StaffAssets } from '../ui/shell.tsx'

export type SignInPageProps = { next: string; problem?: string; username?: string; demo: boolean }

export function renderSignInPage({ next, problem, username = '', demo }: SignInPageProps, assets: StaffAssets): string {
  return renderBarePage(
    'Đăng nhập',
    demo,
    <section class="card bare-card">
      <h1>Đăng nhập</h1>
      <p class="lead">Dành cho cán bộ của xã. Người dân trả lời phiếu không cần đăng nhập.</p>
      {problem && <Notice kind="problem" title={problem} />}
      <form method="post" action={links.signIn()}>
        <input type="hidden" name="next" value={next} />
        <Field
          name="username"
          label="Tên đăng nhập"
          value={username}
          input={{ required: true, autocomplete: 'username', spellcheck: false, maxLength: 100 }}
        />
        <Field
          name="password"
          label="Mật khẩu"
          value=""
          input={{ type: 'password', required: true, autocomplete: 'current-password', maxLength: 200 }}
        />
        <button type="submit" class="button wide">
          Đăng nhập
        </button>
      </form>
      <p class="bare-help">Quên mật khẩu? Xin hỏi người quản trị hệ thống của xã.</p>
    </section>,
    assets,
  )
}
