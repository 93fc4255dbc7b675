import { z } from 'zod'
import { roles } from '../shell-contract.ts'
import { composeSecret } from '../typed/secret.ts'
import { toOneLine } from '../typed/text.ts'
import { readUsername } from './contract.ts'

const typed = z.string().max(1000).default('')
/** A password to be set: composed, so that its length and its repetition are judged as they are hashed. */
const chosen = typed.transform(composeSecret)

export const SignInCodeForm = z.strictObject({
  code: z.string().max(40).default(''),
  next: z.string().max(500).optional(),
})

export const NewPasswordForm = z.strictObject({ password: chosen, repeated: chosen })

export const ChangePasswordForm = z.strictObject({ current: typed, password: chosen, repeated: chosen })

export const OwnPasswordForm = z.strictObject({ current: typed })

export const FactorCodeForm = z.strictObject({ code: z.string().max(40).default('') })

export const EndSessionForm = z.strictObject({ session: z.string().regex(/^([0-9a-f]{16}|khac)$/) })

/** Sign-in names that stand for programs in the log, or that are an address of their own. */
const reserved = ['moi', 'system']

const Username = z
  .string()
  .transform(readUsername)
  .refine((name) => /^[a-z0-9.-]{3,40}$/.test(name), {
    error: 'Tên đăng nhập gồm 3 đến 40 chữ thường không dấu, chữ số, dấu chấm hoặc gạch ngang.',
  })
  .refine((name) => /[a-z0-9]/.test(name) && !reserved.includes(name), {
    error: 'Tên đăng nhập này không dùng được; xin chọn tên khác.',
  })

// A single ticked box arrives as a text, several as a list.
const AgencyCodes = z.preprocess(
  (value) => (value === undefined ? [] : [value].flat()),
  z.array(z.string().max(60)).max(100),
)

const person = {
  displayName: z
    .string()
    .transform(toOneLine)
    .refine((text) => text.length > 0, { error: 'Xin ghi tên hoặc chức danh để đồng nghiệp nhận ra.' })
    .refine((text) => text.length <= 100, { error: 'Tên hiển thị dài nhất 100 ký tự.' }),
  role: z.enum(roles, { error: 'Xin chọn một vai trò.' }),
  agencies: AgencyCodes,
}

const needsAgency = ({ role, agencies }: { role: string; agencies: string[] }) =>
  (role !== 'manager' && role !== 'clerk') || agencies.length > 0
const agencyProblem = { path: ['agencies'], error: 'Vai trò này cần ít nhất một đơn vị.' }

export const InviteForm = z.strictObject({ username: Username, ...person }).refine(needsAgency, agencyProblem)

export const PersonForm = z.strictObject(person).refine(needsAgency, agencyProblem)
export type PersonForm = z.infer<typeof PersonForm>

export const StandingForm = z.strictObject({ standing: z.enum(['active', 'disabled']) })

/** One member as the administrator's list shows it. */
export type PersonView = {
  username: string
  displayName: string
  role: (typeof roles)[number]
  agencies: { code: string; name: string }[]
  state: 'invited' | 'active' | 'disabled'
  hasFactor: boolean
  /** ISO instants. */
  linkExpiresAt: string | null
  lastSeenAt: string | null
}

/** One session of the signed-in member. */
export type SessionView = { id: string; browser: string; createdAt: string; lastSeenAt: string; isCurrent: boolean }

/** Open cases a member holds in one agency, and who else could take them. */
export type HeldCases = { agency: string; restricted: boolean; count: number; takers: string[] }
