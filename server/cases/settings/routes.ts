import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  addHoliday,
  changeTheme,
  readHolidays,
  readThemes,
  removeHoliday,
  saveCaseRules,
} from '../../../db/cases/settings.ts'
import { renderCaseSettingsPage } from '../../../web/cases/settings/page.tsx'
import { links } from '../../../web/links.ts'
import { dayOf } from '../../days.ts'
import { PublicError } from '../../errors.ts'
import { sendHtml, staffPolicy } from '../../http/html.ts'
import { type Problem, problemsOf } from '../../problems.ts'
import { shellOf } from '../../staff/permission-rules.ts'
import { HolidayForm, ThemeForm } from '../contract.ts'
import type { CaseParts } from '../desk.ts'
import { RulesForm } from './form-contract.ts'

/** What becomes a case and by when, the list of themes, the calendar of working days. */
export function serveCaseSettings(app: FastifyInstance, parts: CaseParts): void {
  app.get(links.caseSettings(), (request, reply) => showSettings(parts, request, reply, []))
  app.post(links.caseSettings(), (request, reply) => receiveRules(parts, request, reply))
  app.post(links.caseThemes, (request, reply) => receiveTheme(parts, request, reply))
  app.post(links.caseHolidays, (request, reply) => receiveHoliday(parts, request, reply))
}

async function showSettings(parts: CaseParts, request: FastifyRequest, reply: FastifyReply, problems: Problem[]) {
  const { database, catalogue, guard, demo, now } = parts
  const member = await guard.getStaff(request)
  const { nam, da } = request.query as { nam?: string; da?: string }
  const thisYear = Number(dayOf(now()).slice(0, 4))
  const year = /^20\d\d$/.test(nam ?? '') ? Number(nam) : thisYear
  const [{ caseRules: rules }, themes, holidays] = await Promise.all([
    catalogue.read(),
    readThemes(database),
    readHolidays(database, year),
  ])
  const shell = shellOf(member, 'cases', demo)
  const html = renderCaseSettingsPage(
    { rules, themes, holidays, year, thisYear, problems, typed: typedIn(request), saved: da === 'luu', shell },
    parts.assets,
  )
  return sendHtml(reply, problems.length > 0 ? 422 : 200, html, staffPolicy)
}

/** Nothing on a page that was simply opened. */
const typedIn = ({ body }: FastifyRequest): Record<string, string> =>
  Object.fromEntries(Object.entries((body ?? {}) as object).filter(([, value]) => typeof value === 'string'))

async function receiveRules(parts: CaseParts, request: FastifyRequest, reply: FastifyReply) {
  const { username } = await parts.guard.getStaff(request)
  const form = RulesForm.safeParse(request.body ?? {})
  if (!form.success) return showSettings(parts, request, reply, problemsOf(form.error))
  const { caseRules: before } = await parts.catalogue.refresh()
  const { dissatisfied, workingDays, conductRoute } = form.data
  const after = { ...before, dissatisfied, workingDays, conductRoute: conductRoute === 'on' }
  await saveCaseRules(parts.database, before, after, username)
  return leaveSaved(parts, reply)
}

async function receiveTheme(parts: CaseParts, request: FastifyRequest, reply: FastifyReply) {
  const { username } = await parts.guard.getStaff(request)
  const form = ThemeForm.safeParse(request.body ?? {})
  if (!form.success) return showSettings(parts, request, reply, problemsOf(form.error))
  if (!(await changeTheme(parts.database, form.data, username))) throw new PublicError('not_found')
  return leaveSaved(parts, reply)
}

async function receiveHoliday(parts: CaseParts, request: FastifyRequest, reply: FastifyReply) {
  const { username } = await parts.guard.getStaff(request)
  const form = HolidayForm.safeParse(request.body ?? {})
  if (!form.success) return showSettings(parts, request, reply, problemsOf(form.error))
  const { data } = form
  if (data.action === 'remove') await removeHoliday(parts.database, data.day, username)
  else await addHoliday(parts.database, { day: data.day, name: data.name, works: data.works === 'on' }, username)
  return leaveSaved(parts, reply, data.day.slice(0, 4))
}

/** The citizens' next answers are read by the new settings at once. */
async function leaveSaved({ catalogue }: CaseParts, reply: FastifyReply, year?: string) {
  await catalogue.refresh()
  const address = links.caseSettings(year)
  return reply.redirect(`${address}${year ? '&' : '?'}da=luu`, 303)
}
