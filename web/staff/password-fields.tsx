import { Field } from '../ui/field.tsx'

type PasswordFieldsProps = { problem?: string | undefined; username: string }

/** A new password, twice. The name, hidden, tells a password manager whose it is. */
export const PasswordFields = ({ problem, username }: PasswordFieldsProps) => (
  <>
    <input hidden type="text" value={username} autocomplete="username" readOnly />
    <Field
      name="password"
      label="Mật khẩu mới"
      hint="Ít nhất 10 ký tự; một câu ngắn dễ nhớ là tốt nhất. Không cần ký tự lạ."
      value=""
      problem={problem}
      input={{ type: 'password', required: true, autocomplete: 'new-password', maxLength: 200 }}
    />
    <Field
      name="repeated"
      label="Nhập lại mật khẩu mới"
      value=""
      input={{ type: 'password', required: true, autocomplete: 'new-password', maxLength: 200 }}
    />
  </>
)
