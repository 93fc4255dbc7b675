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
      <p class="bare-help">Quên mật khẩu? Xin người quản trị hệ thống của xã gửi liên kết để chọn mật khẩu mới.</p>
    </section>,
    assets,
  )
}

/** After the password: the code of the app, or one of the recovery codes. */
export function renderSignInCodePage(
  { next, problem, demo }: Omit<SignInPageProps, 'username'>,
  assets: StaffAssets,
): string {
  return renderBarePage(
    'Mã xác thực',
    demo,
    <section class="card bare-card">
      <h1>Mã xác thực</h1>
      <p class="lead">Xin mở ứng dụng xác thực trên điện thoại và nhập mã 6 chữ số của Ý Dân.</p>
      {problem && <Notice kind="problem" title={problem} />}
      <form method="post" action={links.signInCode()}>
        <input type="hidden" name="next" value={next} />
        <Field
          name="code"
          label="Mã xác thực"
          value=""
          input={{ required: true, autocomplete: 'one-time-code', spellcheck: false, maxLength: 40 }}
        />
        <button type="submit" class="button wide">
          Tiếp tục
        </button>
      </form>
      <p class="bare-help">
        Không có điện thoại bên mình? Xin nhập một mã dự phòng; mỗi mã dùng được một lần. Hết mã thì xin người quản trị
        gửi liên kết mới. <a href={links.signIn(next)}>Đăng nhập lại từ đầu</a>
      </p>
    </section>,
    assets,
  )
}
