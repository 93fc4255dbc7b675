import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { links, patterns } from '../../../web/links.ts'
import { renderSurveyPage } from '../../../web/respond/survey-page.tsx'
import { getOpenPlace, getPublished } from '../../catalogue/catalogue.ts'
import { languages } from '../../catalogue/contract.ts'
import { PublicError } from '../../errors.ts'
import { mintPageId } from '../arrive.ts'
import { fillForm, kioskPolicy, type SurveyParts } from '../survey-pages.ts'

type ByCode = FastifyRequest<{ Params: { code: string } }>

/** What lets an enrolled tablet go on through an hour without a network. */
export function serveKiosk(app: FastifyInstance, parts: SurveyParts): void {
  app.get(patterns.spareSurvey, (request, reply) => sendSpare(parts, request as ByCode, reply))
  app.get(links.kioskWorker, (_, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(parts.kiosk.worker),
  )
}

/** One page made ahead, in every language with one id and one draw. For nobody else: ids are made for those who ask. */
async function sendSpare(parts: SurveyParts, request: ByCode, reply: FastifyReply) {
  const state = await parts.catalogue.read()
  const place = getOpenPlace(state, request.params.code)
  const id = mintPageId(parts.secrets.page, place.id, parts.now())
  const { isKiosk } = await parts.readSource(request, place.id, id)
  if (!isKiosk) throw new PublicError('not_found')
  const page = { place, version: getPublished(state, place), id }
  const given = { channel: 'kiosk', enrolled: true, turn: 'first', carried: null } as const
  const draw = (language: (typeof languages)[number]) =>
    renderSurveyPage(fillForm(parts, state, page, { ...given, language }), parts.kiosk)
  return reply.send({
    id,
    start: links.survey(place.code, 'kiosk'),
    policy: kioskPolicy(parts),
    pages: Object.fromEntries(languages.map((language) => [language, draw(language)])),
  })
}
