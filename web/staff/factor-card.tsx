import { links } from '../links.ts'
import { Tag } from '../ui/tag.tsx'

type FactorCardProps = { hasFactor: boolean; codesLeft: number; problem?: { path: string } | undefined }

/** The second factor as it stands, and what can be done about it. */
export const FactorCard = (props: FactorCardProps) => (
  <section class="card padded" id="factor">
    <h2 class="factor-title">
      Xác thực hai bước {props.hasFactor ? <Tag kind="ok">Đang bật</Tag> : <Tag>Đang tắt</Tag>}
    </h2>
    {props.hasFactor ? <FactorOn {...props} /> : <FactorOff />}
  </section>
)

const FactorOff = () => (
  <form method="post" action={links.secondFactor}>
    <p class="form-words">
      Khi đăng nhập, ngoài mật khẩu còn cần mã 6 chữ số trên điện thoại của Ông/Bà; người khác biết mật khẩu cũng không
      vào được. Dùng ứng dụng xác thực bất kỳ, ví dụ Google Authenticator hoặc Microsoft Authenticator.
    </p>
    <button type="submit" class="button">
      Bật xác thực hai bước
    </button>
  </form>
)

const FactorOn = ({ codesLeft, problem }: FactorCardProps) => (
  <form method="post" action={links.recoveryCodes}>
    <p class="form-words">
      Còn {codesLeft} mã dự phòng chưa dùng{codesLeft < 3 && '; xin lập mã mới trước khi hết'}. Hai việc dưới đây cần
      mật khẩu hiện tại.
    </p>
    <div class="field">
      <label for="factor-current">Mật khẩu hiện tại</label>
      <input
        id="factor-current"
        type="password"
        name="current"
        required
        autocomplete="current-password"
        maxLength={200}
        aria-invalid={problem?.path === 'factor' ? 'true' : undefined}
      />
    </div>
    <div class="button-row">
      <button type="submit" class="button quiet">
        Lập mã dự phòng mới
      </button>
      <button type="submit" class="button quiet" formAction={links.turnOffFactor}>
        Tắt xác thực hai bước
      </button>
    </div>
  </form>
)
