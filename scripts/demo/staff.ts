import type { Database } from '../../db/client.ts'
import { createAdministrator, findStaffMember } from '../../db/staff/members.ts'
import { acceptInvitation, inviteMember, type Person } from '../../db/staff/people.ts'
import type { StaffMember } from '../../server/staff/contract.ts'
import { hashPassword } from '../../server/staff/sign-in/passwords.ts'

type Account = Person & { username: string }

const administrator = { username: 'admin', displayName: 'Quản trị hệ thống', role: 'administrator', agencies: [] }

/** One account for each thing that people are there for; names say the office, never a person. */
export const demoAccounts: Account[] = [
  account('phutrach-pvhcc', 'Phụ trách Trung tâm PVHCC', 'manager', ['trung-tam-pvhcc']),
  account('canbo-pvhcc', 'Cán bộ một cửa', 'clerk', ['trung-tam-pvhcc']),
  account('phutrach-yte', 'Phụ trách Trạm Y tế', 'manager', ['tram-y-te']),
  account('phutrach-truong', 'Phụ trách các trường', 'manager', ['truong-cong-lap']),
  account('phutrach-vhxh', 'Phụ trách Phòng VH-XH', 'manager', ['phong-van-hoa-xa-hoi']),
  account('lanhdao', 'Lãnh đạo xã', 'leader', []),
  account('dieutravien', 'Điều tra viên', 'interviewer', []),
  account('kiemtra', 'Kiểm tra, giám sát', 'auditor', []),
]

function account(username: string, displayName: string, role: Account['role'], agencies: string[]): Account {
  return { username, displayName, role, agencies }
}

export type DemoStaff = Map<string, StaffMember>

/** Makes the accounts that are not there yet, all with one password, and returns everybody by user name. */
export async function ensureStaff(
  database: Database,
  password: string,
  agencyIds: Map<string, StaffMember['agencies'][number]>,
): Promise<DemoStaff> {
  const passwordHash = await hashPassword(password)
  await createAdministrator(database.query, administrator.username, passwordHash)
  for (const { username, ...person } of demoAccounts) {
    const token = await inviteMember(database, { actor: administrator.username, username, person, linkDays: 1 })
    if (token) await acceptInvitation(database, token, passwordHash)
  }
  const members = demoAccounts.map(async ({ username, agencies, role }): Promise<[string, StaffMember]> => {
    const { id = 0, displayName = '' } = (await findStaffMember(database, username)) ?? {}
    const own = agencies.flatMap((code) => agencyIds.get(code) ?? [])
    return [username, { id, username, displayName, role, agencies: own, coordinates: false }]
  })
  return new Map(await Promise.all(members))
}
