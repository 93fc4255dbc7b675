import type { FastifyInstance } from 'fastify'
import { links, patterns } from '../../web/links.ts'
import { PublicError } from '../errors.ts'
import type { Action } from './permission-rules.ts'
import { mayDo } from './permission-rules.ts'
import { explainRefusal } from './refusal-words.ts'
import type { Guard } from './session.ts'

/**
 * Who may use a route: everyone, the roles that may do an action, or also programs with a key that reads this much.
 * Which agency's things it is about, the handler decides with mayDo and scopeOf.
 */
export type Access = 'public' | Action | { action: Action; key: 'indicators' | 'results' }

/** One decision per route: the application does not start with a route that has none. */
export const access: Record<string, Access> = {
  [`GET ${links.home}`]: 'public',
  [`GET ${links.health}`]: 'public',
  [`GET ${patterns.asset}`]: 'public',
  [`GET ${patterns.survey}`]: 'public',
  [`POST ${patterns.survey}`]: 'public',
  'GET /S/:code': 'public',
  'POST /S/:code': 'public',
  [`GET ${patterns.thanks}`]: 'public',
  [`POST ${patterns.callback}`]: 'public',
  [`GET ${links.findReply()}`]: 'public',
  [`GET ${patterns.reply}`]: 'public',
  [`POST ${patterns.askAboutData}`]: 'public',
  [`GET ${links.signIn()}`]: 'public',
  [`POST ${links.signIn()}`]: 'public',
  [`GET ${links.signInCode()}`]: 'public',
  [`POST ${links.signInCode()}`]: 'public',
  [`POST ${links.signOut}`]: 'public',
  [`GET ${patterns.invitation}`]: 'public',
  [`POST ${patterns.invitation}`]: 'public',

  [`GET ${links.staff}`]: 'staff.manage',
  [`GET ${links.inviteStaff}`]: 'staff.manage',
  [`POST ${links.inviteStaff}`]: 'staff.manage',
  [`GET ${patterns.staffMember}`]: 'staff.manage',
  [`POST ${patterns.staffMember}`]: 'staff.manage',
  [`POST ${patterns.staffStanding}`]: 'staff.manage',
  [`POST ${patterns.staffLink}`]: 'staff.manage',
  [`GET ${links.account}`]: 'account.own',
  [`POST ${links.changePassword}`]: 'account.own',
  [`POST ${links.endSession}`]: 'account.own',
  [`GET ${links.secondFactor}`]: 'account.own',
  [`POST ${links.secondFactor}`]: 'account.own',
  [`POST ${links.confirmFactor}`]: 'account.own',
  [`POST ${links.turnOffFactor}`]: 'account.own',
  [`POST ${links.recoveryCodes}`]: 'account.own',
  [`GET ${patterns.wall}`]: 'public',
  [`GET ${patterns.wallLive}`]: 'public',
  [`GET ${links.method}`]: 'public',

  [`GET ${links.today()}`]: 'today.read',
  [`GET ${links.live}`]: 'today.read',
  [`GET ${links.indicators()}`]: 'results.read',
  [`GET ${patterns.indicator}`]: 'results.read',
  [`GET ${patterns.changeIndicator}`]: 'indicators.change',
  [`POST ${patterns.changeIndicator}`]: 'indicators.change',

  [`GET ${links.cases()}`]: 'cases.read',
  [`GET ${patterns.case}`]: 'cases.read',
  [`POST ${patterns.case}`]: 'cases.handle',
  [`POST ${patterns.revealCase}`]: 'cases.handle',
  [`GET ${links.improvements}`]: 'cases.read',
  [`GET ${links.newImprovement()}`]: 'cases.publish',
  [`POST ${links.newImprovement()}`]: 'cases.publish',
  [`POST ${patterns.improvement}`]: 'cases.publish',
  [`GET ${links.caseSettings()}`]: 'cases.configure',
  [`POST ${links.caseSettings()}`]: 'cases.configure',
  [`POST ${links.caseThemes}`]: 'cases.configure',
  [`POST ${links.caseHolidays}`]: 'cases.configure',
  [`GET ${links.rightsRequests}`]: 'rights.handle',
  [`POST ${patterns.rightsRequest}`]: 'rights.handle',

  [`GET ${links.review()}`]: 'review.read',
  [`GET ${links.reviewPattern()}`]: 'review.read',
  [`GET ${links.previewReview()}`]: 'review.decide',
  [`POST ${links.decideReview}`]: 'review.decide',
  [`GET ${patterns.reviewDecision}`]: 'review.read',
  [`POST ${patterns.undoReview}`]: 'review.decide',

  [`GET ${links.places}`]: 'places.read',
  [`GET ${patterns.place}`]: 'places.read',
  [`POST ${patterns.place}`]: 'places.change',
  [`GET ${patterns.placeQr}`]: 'places.read',
  [`GET ${patterns.posters}`]: 'places.read',
  [`POST ${links.qrSettings}`]: 'places.change',

  [`GET ${links.questionnaires}`]: 'questionnaires.read',
  [`GET ${patterns.questionnaire}`]: 'questionnaires.read',
  [`GET ${patterns.questionnaireDiff}`]: 'questionnaires.read',
  [`POST ${patterns.reviewTranslation}`]: 'questionnaires.review',
  [`GET ${patterns.draftQuestionnaire}`]: 'questionnaires.change',
  [`POST ${patterns.draftQuestionnaire}`]: 'questionnaires.change',
  [`POST ${patterns.publishQuestionnaire}`]: 'questionnaires.change',

  [`GET ${links.visits()}`]: 'visits.read',
  [`POST ${links.visits()}`]: 'visits.change',
  [`GET ${links.importVisits}`]: 'visits.change',
  [`POST ${links.importVisits}`]: 'visits.change',

  [`GET ${links.waves}`]: 'waves.read',
  [`GET ${links.newWave}`]: 'waves.change',
  [`POST ${links.newWave}`]: 'waves.change',
  [`GET ${patterns.wave}`]: 'waves.read',
  [`POST ${patterns.wave}`]: 'waves.change',
  [`POST ${patterns.closeWave}`]: 'waves.change',
  [`GET ${patterns.paperForm}`]: 'waves.read',
  [`GET ${links.entries}`]: 'entries.enter',
  [`GET ${patterns.enterForms}`]: 'entries.enter',
  [`POST ${patterns.enterForms}`]: 'entries.enter',
  [`GET ${patterns.checkForms}`]: 'entries.enter',
  [`POST ${patterns.checkForms}`]: 'entries.enter',

  [`GET ${links.audit()}`]: 'audit.read',
  [`GET ${links.auditFile()}`]: 'audit.read',
  [`GET ${links.system}`]: 'system.read',

  [`GET ${links.api.openapi}`]: 'public',
  [`POST ${links.api.responses}`]: 'public',
  [`GET ${links.api.places}`]: 'public',
  [`GET ${patterns.apiQuestionnaire}`]: 'public',
  [`GET ${links.api.indicators()}`]: { action: 'results.read', key: 'indicators' },
  [`GET ${links.api.daily()}`]: { action: 'results.read', key: 'results' },
}

/** Holds every route to its decision, and refuses changes that another site's page sends. Before the routes. */
export function useAccess(app: FastifyInstance, guard: Guard): void {
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) {
      if (one !== 'HEAD' && !(`${one} ${url}` in access)) throw new Error(`${one} ${url} has no decision in access.ts`)
    }
  })
  app.addHook('onRequest', async (request) => {
    const { method, routeOptions } = request
    const decided = access[`${method === 'HEAD' ? 'GET' : method} ${routeOptions.url}`]
    if (!decided || decided === 'public') return
    if (typeof decided === 'object' && (await guard.hasApiKey(request, decided.key))) return
    const member = await guard.getStaff(request)
    if (method !== 'GET' && method !== 'HEAD') guard.requireOwnForm(request)
    const action = typeof decided === 'object' ? decided.action : decided
    if (!mayDo(member, action))
      throw new PublicError('not_allowed', [{ path: 'role', message: explainRefusal(member, action) }])
  })
}
