import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { links, patterns } from '../../../web/links.ts'
import { renderPreviewNote, renderPreviewProblems } from '../../../web/questionnaires/draft/preview-page.tsx'
import { renderSurveyPage } from '../../../web/respond/survey-page.tsx'
import type { Questionnaire, ResponseId } from '../../catalogue/contract.ts'
import { drawCriteria, planVersion } from '../../catalogue/draw-rules.ts'
import { inlinePolicy, sendHtml, staffPolicy } from '../../http/html.ts'
import { fieldNames, type SurveyForm } from '../../respond/contract.ts'
import type { VersionParts } from '../versions-view.ts'
import { PreviewQuery } from './contract.ts'
import { type Desk, openDesk } from './desk.ts'
import { definitionIn, readInput } from './form.ts'
import { sayProblem } from './problem-rules.ts'
import { draftBodyLimit } from './routes.ts'
import { checkDraft } from './rules.ts'

type ByCode = { Params: { code: string } }
type Request = FastifyRequest<ByCode>
type Shown = { language: SurveyForm['language']; id: string }

/** Shown inside the editor's frame, where every other page refuses to be. */
const inFrame = (policy: string) => policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")

/** Stands for the place's code in the addresses of the page, which lead back into the preview. */
const standIn = 'XEM-THU'

/** The citizen's page of a draft: of the stored one, or of what stands in the editor's fields. Nothing can be sent. */
export function servePreviews(app: FastifyInstance, parts: VersionParts): void {
  app.get<ByCode>(patterns.previewDraft, async (request, reply) => {
    const desk = await openDesk(parts, request, await parts.catalogue.read())
    const shown = readShown(request)
    const again = links.previewDraft(desk.own.code, { id: shown.id })
    return sendSurvey(parts, desk, reply, { definition: desk.stored, again, ...shown })
  })
  app.post<ByCode>(patterns.previewDraft, { bodyLimit: draftBodyLimit }, async (request, reply) => {
    const desk = await openDesk(parts, request, await parts.catalogue.read())
    const sent = (request.body ?? {}) as Record<string, unknown>
    if (fieldNames.switchTo in sent) {
      const { lang, id } = PreviewQuery.parse({ lang: sent[fieldNames.switchTo], id: sent[fieldNames.id] })
      return reply.redirect(links.previewDraft(desk.own.code, { lang, id }), 303)
    }
    if (!('revision' in sent)) return sendNote(parts, desk, reply)
    const { definition, problems } = checkDraft(definitionIn(readInput(sent)), desk.own)
    if (definition) return sendSurvey(parts, desk, reply, { definition, again: '#', ...readShown(request) })
    const html = renderPreviewProblems(problems.map(sayProblem), parts.assets)
    return sendHtml(reply, 422, html, inFrame(staffPolicy))
  })
}

function readShown(request: Request): Shown {
  const { lang, id = randomUUID() } = PreviewQuery.parse(request.query)
  return { language: lang, id }
}

/** The page's own form leads here: an answer to a draft is nobody's opinion. */
function sendNote(parts: VersionParts, { own }: Desk, reply: FastifyReply) {
  const html = renderPreviewNote(links.previewDraft(own.code), parts.assets)
  return sendHtml(reply, 200, html, inFrame(staffPolicy))
}

function sendSurvey(
  { survey }: VersionParts,
  desk: Desk,
  reply: FastifyReply,
  { definition, again, ...shown }: Shown & { definition: Questionnaire; again: string },
) {
  // Without its script, which would keep an answer on this device and send it later.
  const page = renderSurveyPage(fillPreview(desk, definition, shown), { style: survey.style, script: '' })
  const html = page
    .replaceAll(links.survey(standIn, 'qr'), again)
    .replaceAll(links.survey(standIn), links.previewDraft(definition.code))
  return sendHtml(reply, 200, html, inFrame(inlinePolicy(survey.style, '')))
}

function fillPreview({ state, draft }: Desk, definition: Questionnaire, { language, id }: Shown): SurveyForm {
  const place = state.places.find(({ questionnaire, open }) => open && questionnaire === definition.code)
  const plan = planVersion(definition)
  const asked = drawCriteria(plan, id, '').map((position) => plan.criteria[position])
  const fieldCodes = place?.fieldCodes ?? []
  return {
    language,
    id: id as ResponseId,
    version: definition.version,
    channel: 'qr',
    extra: definition.extra,
    place: {
      code: standIn,
      name: place?.name ?? definition.title,
      agency: (place?.agency ?? state.agencies[0])?.name ?? definition.title,
    },
    unreviewed: (['en', 'km'] as const).filter((one) => !draft?.reviewed[one]),
    criteria: asked as SurveyForm['criteria'],
    fields: fieldCodes.length > 1 ? state.fields.filter(({ code }) => fieldCodes.includes(code)) : [],
    asksServiceMode: place?.serviceMode === 'ask',
    asksRespondent: place?.asksRespondent ?? false,
    demo: false,
    values: {},
    problems: [],
    sounds: null,
    turn: 'first',
  }
}
