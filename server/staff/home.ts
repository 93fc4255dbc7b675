import { boardLinks } from '../../web/board-links.ts'
import { links } from '../../web/links.ts'
import type { StaffMember } from './contract.ts'
import { mayDo } from './permission-rules.ts'

/** The first page that a member may open. */
export function homeOf(member: StaffMember): string {
  if (member.ofProvince) return mayDo(member, 'province.read') ? boardLinks.board() : links.account
  if (mayDo(member, 'today.read')) return links.today()
  return mayDo(member, 'entries.enter') ? links.entries : links.account
}
