import type { Role } from '../../server/shell-contract.ts'
import type { HeldCases, PersonView } from '../../server/staff/account-contract.ts'
import { links } from '../links.ts'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { ProblemList } from '../ui/problem-fields.tsx'
import { renderStaffPage, roleNames, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { PersonState } from './people-page.tsx'
import { roleHints } from './role-words.ts'

export type PersonPageProps = {
  /** Absent: a new one is invited. */
  person?: PersonView | undefined
  /** The user name of who is looking. */
  own: string
  agencies: { code: string; name: string }[]
  problems?: { path: string; message: string }[] | undefined
  /** What was typed, after a refusal. */
  values?: { username: string; displayName: string; role: string; agencies: string[] } | undefined
  saved?: boolean | undefined
  /** Open cases the member holds, by agency. */
  held: HeldCases[]
  /** How many cases the change just made handed back. */
  handedBack?: number | undefined
  shell: Shell
}

/** One member: name, role, agencies; a new link; stopping the account. */
export function renderPersonPage(props: PersonPageProps, assets: StaffAssets): string {
  const { person, problems = [], saved, handedBack = 0, shell } = props
  const title = person ? person.displayName || person.username : 'Mời cán bộ'
  const lead = person
    ? `Tên đăng nhập ${person.username}`
    : 'Ý Dân lập một liên kết để người được mời tự chọn mật khẩu; xin đưa tận tay hoặc gửi riêng liên kết ấy.'
  const children = (
    <>
      <p class="back">
        <a href={links.staff}>‹ Cán bộ</a>
      </p>
      <PageHead title={title} lead={lead} />
      <div class="column">
        {saved && problems.length === 0 && (
          <Notice kind="done" title="Đã lưu">
            {handedBack > 0 && <HandedBack count={handedBack} />}
          </Notice>
        )}
        {problems.length > 0 && <ProblemList title="Chưa lưu được, xin sửa:" problems={problems} />}
        <PersonForm {...props} />
        {person && <Access person={person} />}
        {person && <Standing {...props} person={person} />}
      </div>
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const HandedBack = ({ count }: { count: number }) => (
  <p>
    {count} ý kiến đang xử lý đã được trả lại và ghi rõ ai có thể nhận:{' '}
    <a href={links.cases()}>xem các ý kiến chờ nhận</a>.
  </p>
)

function PersonForm({ person, agencies, problems, values, held, shell }: PersonPageProps) {
  const problemOf = (name: string) => problems?.find(({ path }) => path === name)?.message
  const picked = values?.agencies ?? person?.agencies.map(({ code }) => code) ?? []
  return (
    <form class="card padded" method="post" action={person ? links.staffMember(person.username) : links.inviteStaff}>
      {!person && (
        <Field
          name="username"
          label="Tên đăng nhập"
          hint="Chữ thường không dấu, chữ số, dấu chấm hoặc gạch ngang; đặt rồi không đổi được."
          value={values?.username ?? ''}
          problem={problemOf('username')}
          input={{ required: true, maxLength: 40, autocomplete: 'off', spellcheck: false }}
        />
      )}
      <Field
        name="displayName"
        label="Tên hiển thị"
        hint="Họ tên hoặc chức danh, để đồng nghiệp nhận ra."
        value={values?.displayName ?? person?.displayName ?? ''}
        problem={problemOf('displayName')}
        input={{ required: true, maxLength: 100, autocomplete: 'off' }}
      />
      <RoleChoice
        roles={shell.ofProvince ? boardRoles : (Object.keys(roleHints) as Role[])}
        chosen={values?.role ?? person?.role}
        problem={problemOf('role')}
      />
      {agencies.length > 0 && <AgencyChoice agencies={agencies} picked={picked} problem={problemOf('agencies')} />}
      {held.length > 0 && (
        <p class="form-words">
          Đang giữ {countOf(held)} ý kiến chưa xong. Đổi vai trò hoặc bỏ đơn vị thì ý kiến nào người này không còn được
          xử lý sẽ trả lại cho đơn vị của ý kiến ấy.
        </p>
      )}
      <button type="submit" class="button">
        {person ? 'Lưu' : 'Mời và lấy liên kết'}
      </button>
    </form>
  )
}

/** The province's board has neither agencies nor forms. */
const boardRoles: Role[] = ['administrator', 'leader', 'auditor']

type RoleChoiceProps = { roles: Role[]; chosen: string | undefined; problem: string | undefined }

const RoleChoice = ({ roles, chosen, problem }: RoleChoiceProps) => (
  <fieldset class="field" id="role">
    <legend>Vai trò</legend>
    {problem && <p class="field-problem">{problem}</p>}
    {roles.map((role) => (
      <label key={role} class="choice">
        <input type="radio" name="role" value={role} required checked={role === chosen} />
        <span>
          {roleNames[role]}
          <small>{roleHints[role]}</small>
        </span>
      </label>
    ))}
  </fieldset>
)

type AgencyChoiceProps = {
  agencies: PersonPageProps['agencies']
  picked: string[]
  problem: string | undefined
}

const AgencyChoice = ({ agencies, picked, problem }: AgencyChoiceProps) => (
  <fieldset class="field" id="agencies">
    <legend>Đơn vị</legend>
    <p class="field-hint">
      Cần cho {roleNames.manager} và {roleNames.clerk}; các vai trò khác không gắn với đơn vị.
    </p>
    {problem && <p class="field-problem">{problem}</p>}
    {agencies.map(({ code, name }) => (
      <label key={code} class="choice">
        <input type="checkbox" name="agencies" value={code} checked={picked.includes(code)} /> {name}
      </label>
    ))}
  </fieldset>
)

function Access({ person }: { person: PersonView }) {
  if (person.state === 'disabled') return null
  const invited = person.state === 'invited'
  return (
    <form class="card padded" method="post" action={links.staffLink(person.username)}>
      <h2>{invited ? 'Gửi lại lời mời' : 'Quên mật khẩu, mất điện thoại'}</h2>
      <p class="form-words">
        {invited
          ? 'Liên kết cũ hết hiệu lực ngay khi có liên kết mới.'
          : 'Lập một liên kết để chọn mật khẩu mới. Khi liên kết được dùng, mật khẩu cũ, xác thực hai bước, mã dự phòng và mọi phiên đăng nhập cũ đều hết hiệu lực.'}
      </p>
      <button type="submit" class="button quiet">
        Lập liên kết mới
      </button>
    </form>
  )
}

const countOf = (held: HeldCases[]): number => held.reduce((sum, { count }) => sum + count, 0)

/** What stopping the account hands back, to whom. */
const Held = ({ held }: { held: HeldCases[] }) => (
  <div class="form-words">
    <p>Người này giữ {countOf(held)} ý kiến đang xử lý; ngừng dùng thì các ý kiến ấy được trả lại:</p>
    <ul>
      {held.map(({ agency, restricted, count, takers }) => (
        <li key={`${agency} ${restricted}`}>
          {count} ý kiến {restricted ? `chuyển lãnh đạo xã (${agency})` : `của ${agency}`}, {takersInWords(takers)}
        </li>
      ))}
    </ul>
    <p>Cho dùng lại tài khoản sau này không lấy lại các ý kiến đó.</p>
  </div>
)

const takersInWords = (takers: string[]): string =>
  takers.length > 0 ? `cho ${takers.join(', ')} nhận.` : 'chưa có ai khác nhận được; xin mời hoặc giao người trước.'

function Standing({ person, own, held }: PersonPageProps & { person: PersonView }) {
  const disabled = person.state === 'disabled'
  return (
    <form class="card padded" method="post" action={links.staffStanding(person.username)}>
      <h2>Tình trạng</h2>
      <p class="person-state">
        <PersonState person={person} />
      </p>
      <p class="form-words">
        {disabled
          ? 'Cho dùng lại thì mật khẩu và xác thực hai bước cũ có hiệu lực trở lại.'
          : 'Ngừng dùng thì người này ra khỏi Ý Dân ngay và không đăng nhập được nữa; việc đã làm vẫn còn trong nhật ký.'}
        {!disabled && person.username === own && ' Đây là tài khoản của chính Ông/Bà.'}
      </p>
      {!disabled && held.length > 0 && <Held held={held} />}
      <input type="hidden" name="standing" value={disabled ? 'active' : 'disabled'} />
      <button type="submit" class="button quiet">
        {disabled ? 'Cho dùng lại' : 'Ngừng dùng tài khoản'}
      </button>
    </form>
  )
}
