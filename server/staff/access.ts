import type { FastifyInstance, FastifyRequest } from 'fastify'
import { links, patterns } from '../../web/links.ts'
import { PublicError } from '../errors.ts'
import type { KeyScope } from './contract.ts'
import { type Action, mayDo } from './permission-rules.ts'
import { explainRefusal } from './refusal-words.ts'
import type { Guard } from './session.ts'

/**
 * Who may use a route: everyone, the roles that may do an action, or also programs with a key that reads this much.
 * Which agency's things it is about, the handler decides with mayDo and scopeOf.
 */
export type Access = 'public' | Action | { action: Action; key: KeyScope }

/** One decision per route: the application does not start with a route that has none. */
export const access: Record<string, Access> = {
  [`GET ${links.home}`]: 'public',
  [`GET ${links.health}`]: 'public',
  [`GET ${patterns.asset}`]: 'public',
  [`GET ${patterns.survey}`]: 'public',
  [`POST ${patterns.survey}`]: 'public',
  [`GET ${patterns.ticket}`]: 'public',
  [`GET ${patterns.counters}`]: 'public',
  [`GET ${patterns.screen}`]: 'public',
  [`GET ${patterns.spareSurvey}`]: 'public',
  [`GET ${links.kioskWorker}`]: 'public',
  [`GET ${patterns.enrolDevice}`]: 'public',
  [`POST ${patterns.enrolDevice}`]: 'public',
  [`GET ${patterns.thanks}`]: 'public',
  [`POST ${patterns.callback}`]: 'public',
  [`GET ${patterns.receiptLine}`]: 'public',
  [`GET ${patterns.receiptLineFile}`]: 'public',
  [`GET ${patterns.receiptProof}`]: 'public',
  [`GET ${links.ledger}`]: 'public',
  [`GET ${links.ledgerCheckpoint}`]: 'public',
  [`GET ${patterns.ledgerTile}`]: 'public',
  [`GET ${links.ledgerKey}`]: 'public',
  [`GET ${links.ledgerVerifier}`]: 'public',
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
  [`GET ${patterns.wallCode}`]: 'public',
  [`GET ${links.method}`]: 'public',
  [`GET ${links.publicResults}`]: 'public',
  [`GET ${patterns.agencyResults}`]: 'public',
  [`GET ${patterns.publicReport}`]: 'public',
  [`GET ${patterns.publicReportFile}`]: 'public',
  [`GET ${links.openData}`]: 'public',
  [`GET ${patterns.openDataFile}`]: 'public',
  [`OPTIONS ${patterns.openDataFile}`]: 'public',
  [`GET ${links.dcat}`]: 'public',
  [`OPTIONS ${links.dcat}`]: 'public',
  [`GET ${links.apiKeys}`]: 'keys.manage',
  [`POST ${links.apiKeys}`]: 'keys.manage',
  [`POST ${patterns.revokeApiKey}`]: 'keys.manage',

  [`GET ${links.today()}`]: 'today.read',
  [`GET ${patterns.todayPlace}`]: 'today.read',
  [`GET ${links.live}`]: 'today.read',
  [`GET ${links.morning()}`]: 'today.read',
  [`GET ${patterns.morningPicture}`]: 'today.read',
  [`GET ${links.healthResults()}`]: 'results.read',
  [`GET ${links.pressure()}`]: 'pressure.read',
  [`GET ${links.commune()}`]: 'commune.read',
  [`GET ${links.indicators()}`]: 'results.read',
  [`GET ${patterns.indicator}`]: 'results.read',
  [`GET ${patterns.changeIndicator}`]: 'indicators.change',
  [`POST ${patterns.changeIndicator}`]: 'indicators.change',

  [`GET ${links.cases()}`]: 'cases.read',
  [`GET ${patterns.case}`]: 'cases.read',
  [`POST ${patterns.case}`]: 'cases.handle',
  [`POST ${patterns.revealCase}`]: 'cases.handle',
  [`POST ${links.thankPraise}`]: 'cases.handle',
  [`GET ${links.replyTemplates()}`]: 'cases.publish',
  [`POST ${links.replyTemplates()}`]: 'cases.publish',
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
  [`GET ${patterns.signPattern}`]: 'review.read',
  [`POST ${patterns.signPattern}`]: 'review.decide',
  [`POST ${patterns.reopenPattern}`]: 'review.decide',
  [`POST ${links.lookAgain}`]: 'review.decide',
  [`GET ${links.previewReview()}`]: 'review.decide',
  [`POST ${links.decideReview}`]: 'review.decide',
  [`GET ${patterns.reviewDecision}`]: 'review.read',
  [`POST ${patterns.undoReview}`]: 'review.decide',

  [`GET ${links.tickets}`]: 'tickets.give',
  [`POST ${links.ticketDays}`]: 'tickets.configure',
  [`GET ${patterns.placeTickets}`]: 'tickets.make',
  [`POST ${patterns.giveTicket}`]: 'tickets.give',
  [`POST ${patterns.printTicket}`]: 'tickets.give',
  [`POST ${patterns.makeTickets}`]: 'tickets.make',
  [`POST ${patterns.revokeTickets}`]: 'tickets.make',

  [`GET ${patterns.placeDevices}`]: 'devices.manage',
  [`POST ${patterns.placeDevices}`]: 'devices.manage',
  [`POST ${patterns.revokeDevice}`]: 'devices.manage',
  [`GET ${links.places}`]: 'places.read',
  [`GET ${patterns.place}`]: 'places.read',
  [`POST ${patterns.place}`]: 'places.change',
  [`GET ${patterns.placeQr}`]: 'places.read',
  [`GET ${patterns.posters}`]: 'places.read',
  [`POST ${links.qrSettings}`]: 'places.change',
  [`GET ${links.newPlace()}`]: 'places.change',
  [`POST ${links.newPlace()}`]: 'places.change',
  [`GET ${patterns.placeHours}`]: 'places.change',
  [`POST ${patterns.placeHours}`]: 'places.change',
  [`POST ${patterns.placeOwnDays}`]: 'places.change',
  [`GET ${patterns.placeSetup}`]: 'places.change',
  [`POST ${patterns.placeSetup}`]: 'places.change',
  [`POST ${patterns.placeOrder}`]: 'places.change',
  [`GET ${patterns.placeCode}`]: 'places.change',
  [`POST ${patterns.placeCode}`]: 'places.change',
  [`GET ${links.importPlaces}`]: 'places.change',
  [`POST ${links.importPlaces}`]: 'places.change',
  [`GET ${links.placesTemplate}`]: 'places.change',
  [`GET ${links.agencies}`]: 'agencies.change',
  [`GET ${links.newAgency}`]: 'agencies.change',
  [`POST ${links.newAgency}`]: 'agencies.change',
  [`POST ${links.coordinatingAgency}`]: 'agencies.change',
  [`GET ${patterns.agency}`]: 'agencies.change',
  [`POST ${patterns.agency}`]: 'agencies.change',
  [`POST ${patterns.agencyOrder}`]: 'agencies.change',
  [`GET ${links.firstRun}`]: 'agencies.change',
  [`POST ${links.firstRun}`]: 'agencies.change',

  [`GET ${links.questionnaires}`]: 'questionnaires.read',
  [`GET ${patterns.questionnaire}`]: 'questionnaires.read',
  [`GET ${patterns.questionnaireDiff}`]: 'questionnaires.read',
  [`POST ${patterns.reviewTranslation}`]: 'questionnaires.review',
  [`GET ${patterns.draftQuestionnaire}`]: 'questionnaires.change',
  [`POST ${patterns.draftQuestionnaire}`]: 'questionnaires.change',
  [`GET ${patterns.previewDraft}`]: 'questionnaires.change',
  [`POST ${patterns.previewDraft}`]: 'questionnaires.change',
  [`POST ${patterns.publishQuestionnaire}`]: 'questionnaires.change',

  [`GET ${links.reports()}`]: 'reports.read',
  [`POST ${links.reports()}`]: 'reports.make',
  [`GET ${patterns.report}`]: 'reports.read',
  [`POST ${patterns.reportParagraphs}`]: 'reports.make',
  [`GET ${patterns.refreshReport}`]: 'reports.make',
  [`POST ${patterns.refreshReport}`]: 'reports.make',
  [`POST ${patterns.approveReport}`]: 'reports.approve',
  [`POST ${patterns.publishReport}`]: 'reports.approve',
  [`POST ${patterns.correctReport}`]: 'reports.make',
  [`GET ${patterns.compareReports}`]: 'reports.read',
  [`GET ${patterns.verifyReport}`]: 'reports.read',
  [`GET ${patterns.reportWord}`]: 'reports.read',
  [`GET ${patterns.reportPdf}`]: 'reports.read',
  [`GET ${patterns.reportSheet}`]: 'reports.read',

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

  [`GET ${links.exports()}`]: 'exports.make',
  [`GET ${links.exportFile()}`]: 'exports.make',
  [`GET ${links.codebook()}`]: 'exports.make',
  [`GET ${links.codebookFile()}`]: 'exports.make',

  [`GET ${links.audit()}`]: 'audit.read',
  [`GET ${links.auditFile()}`]: 'audit.read',
  [`GET ${links.system}`]: 'system.read',

  [`GET ${links.api.openapi}`]: 'public',
  [`POST ${links.api.responses}`]: 'public',
  [`POST ${links.api.tickets}`]: { action: 'tickets.make', key: 'tickets' },
  [`GET ${links.api.places}`]: 'public',
  [`GET ${patterns.apiQuestionnaire}`]: 'public',
  [`GET ${links.api.indicators()}`]: { action: 'results.read', key: 'indicators' },
  [`GET ${links.api.daily()}`]: { action: 'results.read', key: 'results' },
  [`GET ${links.api.province()}`]: { action: 'results.read', key: 'indicators' },
}

/** Holds every route to its decision, and refuses changes that another site's page sends. Before the routes. */
export function useAccess(app: FastifyInstance, guard: Guard, table: Record<string, Access> = access): void {
  app.addHook('onRoute', (route) => {
    const decisions = [route.method].flat().map((method) => decide(table, method, route.url))
    // Citizens' routes carry no check at all.
    if (decisions.some((decided) => decided !== 'public')) route.onRequest = [check, ...[route.onRequest ?? []].flat()]
  })
  async function check(request: FastifyRequest): Promise<void> {
    const decided = decide(table, request.method, request.routeOptions.url as string)
    if (decided === 'public') return
    if (typeof decided === 'object' && (await guard.hasApiKey(request, decided.key))) return
    const member = await guard.getStaff(request)
    if (request.method !== 'GET' && request.method !== 'HEAD') guard.requireOwnForm(request)
    const action = typeof decided === 'object' ? decided.action : decided
    if (!mayDo(member, action))
      throw new PublicError('not_allowed', [{ path: 'role', message: explainRefusal(member, action) }])
  }
}

function decide(table: Record<string, Access>, method: string, url: string): Access {
  const decided = table[`${method === 'HEAD' ? 'GET' : method} ${url}`]
  if (!decided) throw new Error(`${method} ${url} has no decision in access.ts`)
  return decided
}
