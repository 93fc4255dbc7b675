import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { countSetAside, groupSetAside, groupSuspicious, readDecisions } from '../../db/review/review.ts'
import { links } from '../../web/links.ts'
import { renderReviewPage } from '../../web/review/page.tsx'
import { renderReviewPatternPage } from '../../web/review/pattern-page.tsx'
import type { Place } from '../catalogue/catalogue.ts'
import { daysBefore } from '../days.ts'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import type { StaffMember } from '../staff/contract.ts'
import { shellOf } from '../staff/permission-rules.ts'
import { readTypedCode } from '../typed/code.ts'
import { readAskedDays } from '../typed/day.ts'
import { type ReviewParts, readAsked, readablePlaces } from './asked.ts'
import { ReviewQuery } from './contract.ts'
import { serveReviewDecisions } from './decision-routes.ts'
import { readSensitivity } from './effect.ts'
import { tokenOf } from './rules.ts'

const usualDays = 30
const longestDays = 366
const decisionsShown = 20

/** Responses that were set aside: what they are, what they would change, who put them back. */
export function serveReview(app: FastifyInstance, parts: ReviewParts): void {
  app.get(links.review(), (request, reply) => showList(parts, request, reply))
  app.get(links.reviewPattern(), (request, reply) => showPattern(parts, request, reply))
  serveReviewDecisions(app, parts)
}

async function showList(parts: ReviewParts, request: FastifyRequest, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const asked = readAskedDays(request.query, { tu: 'Từ ngày', den: 'Đến ngày' })
  const query = ReviewQuery.safeParse({ ...(request.query as object), tu: asked.days.tu, den: asked.days.den })
  if (!query.success) throw new PublicError('bad_request')
  const page = await readList(parts, member, query.data)
  const html = renderReviewPage({ ...page, asked }, parts.assets)
  return sendHtml(reply, asked.problems.length > 0 ? 422 : 200, html, staffPolicy)
}

async function readList({ database, catalogue, demo, today }: ReviewParts, member: StaffMember, query: ReviewQuery) {
  const state = await catalogue.read()
  const readable = readablePlaces(state, member)
  const asked = query.diem ? readable.filter(({ code }) => code === readTypedCode(query.diem ?? '')) : readable
  if (query.diem && asked.length === 0) throw new PublicError('unknown_place')
  const range = rangeOf(query, today())
  const placeIds = asked.map(({ id }) => id)
  const view = query.xem ?? 'de-rieng'
  const [groups, sensitivity, todayCount, decisions] = await Promise.all([
    (view === 'de-rieng' ? groupSetAside : groupSuspicious)(database, { ...range, placeIds }),
    readSensitivity(database, state, readable, { range, today: today() }),
    countSetAside(database, today(), placeIds),
    readDecisions(database, placeIds, decisionsShown),
  ])
  const sign = query['dau-hieu']
  return {
    ...range,
    view,
    sensitivity,
    todayCount,
    sign: sign ?? null,
    place: query.diem === undefined ? null : readTypedCode(query.diem),
    groups: groups.filter((group) => !sign || group.sign === sign).map((group) => withPlace(readable, group)),
    decisions: decisions.map((decision) => withPlace(readable, decision)),
    places: readable.map(({ code, name }) => ({ code, name: name.vi })),
    shell: shellOf(member, 'review', demo),
  }
}

const withPlace = <T extends { placeId: number }>(places: Place[], item: T) => {
  const place = places.find(({ id }) => id === item.placeId) as Place
  return { ...item, place: place.name.vi, code: place.code }
}

/** Up to yesterday: a response of a day that is not over could be the citizen who has just left. */
function rangeOf({ tu, den }: ReviewQuery, today: string) {
  const yesterday = daysBefore(today, 1)
  const to = den && den < yesterday ? den : yesterday
  const from = tu && tu <= to ? tu : daysBefore(to, usualDays - 1)
  const earliest = daysBefore(to, longestDays - 1)
  return { from: from < earliest ? earliest : from, to }
}

async function showPattern(parts: ReviewParts, request: FastifyRequest, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const asked = await readAsked(parts, member, request.query)
  const page = {
    pattern: asked.pattern,
    place: asked.place.name.vi,
    code: asked.place.code,
    mayDecide: asked.mayDecide,
    sector: asked.place.sector,
    responses: asked.found.map(({ morning, channel, reason, seconds, answers, ...response }) => ({
      token: tokenOf(response),
      morning,
      channel,
      reason,
      seconds,
      answers,
    })),
    shell: shellOf(member, 'review', parts.demo),
  }
  // By their tokens, so that the order says nothing about who came first.
  page.responses.sort((a, b) => (a.token < b.token ? -1 : 1))
  return sendHtml(reply, 200, renderReviewPatternPage(page, parts.assets), staffPolicy)
}
