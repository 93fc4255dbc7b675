import { links } from '../links.ts'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'

export type FactorPageProps = { secret: string; qr: string; problem?: string | undefined; shell: Shell }

const BackToAccount = () => (
  <p class="back">
    <a href={links.account}>‹ Tài khoản của tôi</a>
  </p>
)

/** Adding the secret to an app, and the code that proves it. */
export function renderFactorPage({ secret, qr, problem, shell }: FactorPageProps, assets: StaffAssets): string {
  const title = 'Bật xác thực hai bước'
  const children = (
    <>
      <BackToAccount />
      <PageHead title={title} lead="Làm một lần, khoảng hai phút, với điện thoại trong tay." />
      <div class="column">
        {problem && <Notice kind="problem" title={problem} />}
        <ol class="factor-steps">
          <li class="card padded">
            <h2>Cài ứng dụng xác thực</h2>
            <p>
              Google Authenticator, Microsoft Authenticator hoặc ứng dụng tương tự, từ kho ứng dụng của điện thoại. Đã
              có thì bỏ qua bước này.
            </p>
          </li>
          <li class="card padded factor-scan">
            <div>
              <h2>Quét mã này bằng ứng dụng ấy</h2>
              <p>Không quét được thì chọn nhập khóa thiết lập và gõ:</p>
              <p class="secret">{secret.match(/.{1,4}/g)?.join(' ')}</p>
            </div>
            <div class="factor-qr" dangerouslySetInnerHTML={{ __html: qr }} />
          </li>
          <li class="card padded">
            <form method="post" action={links.confirmFactor}>
              <h2>Nhập mã đang hiện</h2>
              <Field
                name="code"
                label="Mã 6 chữ số"
                value=""
                problem={problem && 'Mã chưa đúng'}
                input={{ required: true, autocomplete: 'one-time-code', spellcheck: false, maxLength: 10 }}
              />
              <button type="submit" class="button">
                Bật
              </button>
            </form>
          </li>
        </ol>
      </div>
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

export type CodesPageProps = { codes: string[]; username: string; shell: Shell }

/** The recovery codes, shown this once. */
export function renderCodesPage({ codes, username, shell }: CodesPageProps, assets: StaffAssets): string {
  const title = 'Mã dự phòng'
  const children = (
    <>
      <BackToAccount />
      <PageHead
        title={title}
        lead="Xác thực hai bước đang bật. Khi không có điện thoại, dùng một mã dưới đây thay cho mã của ứng dụng."
      />
      <div class="column">
        <section class="card padded codes-card">
          <h2>Ý Dân · {username}</h2>
          <ol class="codes">
            {codes.map((code) => (
              <li key={code}>{code.match(/.{4}/g)?.join('-')}</li>
            ))}
          </ol>
          <p class="form-words">Mỗi mã dùng được một lần.</p>
        </section>
        <Notice kind="warning" title="Xin in hoặc chép lại ngay">
          <p>
            Các mã chỉ hiện một lần. In bằng lệnh In của trình duyệt (Ctrl+P), cất nơi kín, xa chiếc điện thoại; đừng
            chụp ảnh để trong chính điện thoại ấy.
          </p>
        </Notice>
        <p class="codes-done">
          <a class="button" href={links.account}>
            Đã cất các mã
          </a>
        </p>
      </div>
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}
