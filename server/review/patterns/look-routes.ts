import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readIndicators } from '../../../db/catalogue/indicators.ts'
import { beginLook, endLook } from '../../../db/signs/patterns.ts'
import { links } from '../../../web/links.ts'
import { whoDecides } from '../../../web/review/decider-words.ts'
import type { Place } from '../../catalogue/catalogue.ts'
import { countDays, daysBefore } from '../../days.ts'
import { PublicError } from '../../errors.ts'
import { lookAgain } from '../../signs/look-for-signs.ts'
import type { AuditEntry, StaffMember } from '../../staff/contract.ts'
import { refused } from '../../staff/refusal-words.ts'
import { readTypedCode } from '../../typed/code.ts'
import { type ReviewParts, readablePlaces } from '../asked.ts'
import { mayReview } from '../rules.ts'
import { LookForm, longestLookDays, oldestLookDays } from './contract.ts'

export type LookProblem = { problems: { path: string; message: string }[]; typed: Record<string, string> }
type ShowList = (request: FastifyRequest, reply: FastifyReply, look: LookProblem) => Promise<unknown>

/** A look over closed days that somebody asks for: noted at once, done in the background, one after the other. */
export function serveLooks(app: FastifyInstance, parts: ReviewParts, showList: ShowList) {
  const stopping = new AbortController()
  let looking: Promise<unknown> = Promise.resolve()
  app.addHook('onClose', async () => {
    stopping.abort()
    await looking
  })
  app.post(links.lookAgain, async (request, reply) => {
    const member = await parts.guard.getStaff(request)
    const asked = await readLook(parts, member, request.body ?? {})
    if ('problems' in asked) return showList(request, reply, asked)
    const { from, to, places, place } = asked
    const look = { from, to, placeId: place?.id ?? null, askedBy: member.username }
    const id = await beginLook(parts.database, look, auditOf(member, place, from, to))
    const work = async () => {
      const found = await lookAgain(parts.database, places, { from, to }, stopping.signal)
      if (found !== null) await endLook(parts.database, id, found)
    }
    looking = looking.then(() => parts.background.run('signs', work))
    return reply.redirect(`${links.review()}#nhin-lai`, 303)
  })
}

/** The open places whose patterns this member may decide about: those are looked at. */
export async function decidablePlaces(parts: ReviewParts, member: StaffMember): Promise<Place[]> {
  const [state, indicators] = await Promise.all([parts.catalogue.read(), readIndicators(parts.database)])
  return readablePlaces(state, member).filter(
    (place) => place.open && mayReview(member, { ...place, inWave: false }, indicators),
  )
}

type Asked = { from: string; to: string; places: Place[]; place: Place | null }

async function readLook(parts: ReviewParts, member: StaffMember, body: unknown): Promise<Asked | LookProblem> {
  const all = await decidablePlaces(parts, member)
  if (all.length === 0) throw refused(`${whoDecides(false)} ${whoDecides(true)}`)
  const typed = Object.fromEntries(
    Object.entries(body as object).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
  const refuse = (path: string, message: string) => ({ problems: [{ path, message }], typed })
  const form = LookForm.safeParse(body)
  if (!form.success) {
    const problems = form.error.issues.map(({ path, message }) => ({ path: String(path[0] ?? 'tu'), message }))
    return { problems, typed }
  }
  const { tu: from, den: to, diem } = form.data
  const place = diem ? all.find(({ code }) => code === readTypedCode(diem)) : null
  if (place === undefined) throw new PublicError('unknown_place')
  const today = parts.today()
  if (to >= today) return refuse('den', 'Đến ngày: chỉ nhìn lại được các ngày đã khép, trễ nhất là hôm qua.')
  if (from > to) return refuse('tu', 'Từ ngày phải trước hoặc bằng Đến ngày.')
  if (from < daysBefore(today, oldestLookDays)) return refuse('tu', 'Từ ngày: chỉ nhìn lại được trong vòng một năm.')
  if (countDays(from, to) > longestLookDays)
    return refuse('tu', `Mỗi lần nhìn lại nhiều nhất ${longestLookDays} ngày; xin chọn khoảng ngắn hơn.`)
  return { from, to, place, places: place ? [place] : all }
}

const auditOf = ({ username }: StaffMember, place: Place | null, from: string, to: string): AuditEntry => ({
  actor: username,
  action: 'pattern.look',
  subject: `${place?.code ?? 'tất cả'} ${from}/${to}`,
  agencyId: place?.agencyId ?? null,
})
