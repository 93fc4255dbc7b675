import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { setQrCapitals } from '../../db/places/change.ts'
import { links, patterns } from '../../web/links.ts'
import { getOpenPlace, getPlace, getPublished, type Place, type Version } from '../catalogue/catalogue.ts'
import { drawCriteria } from '../catalogue/draw-rules.ts'
import { PublicError } from '../errors.ts'
import { languageOf } from '../http/language.ts'
import { PostersQuery } from '../posters/contract.ts'
import { type PosterPlace, writePosters } from '../posters/poster.ts'
import { qrSvg } from '../qr.ts'
import { makeResponseId } from '../response-id.ts'
import { serveAgencies } from './agencies-routes.ts'
import { servePlaceCodes } from './codes-routes.ts'
import { PublicPlace, PublicQuestionnaire } from './contract.ts'
import { servePlaceHours } from './hours-routes.ts'
import { servePlacesImport } from './import/routes.ts'
import { servePlacePages } from './page-routes.ts'
import type { PlaceParts } from './parts.ts'
import { posterOf } from './poster.ts'
import { addressOf, readOwn } from './reading.ts'
import { serveNewPlaces } from './setup-routes.ts'

type ByCode = { Params: { code: string } }

/** Places, their codes and posters, questionnaires: for staff as pages, for programs as JSON. */
export function servePlaces(app: FastifyInstance, parts: PlaceParts): void {
  serveSurveyApi(app, parts)
  servePlacePages(app, parts)
  serveNewPlaces(app, parts)
  servePlaceHours(app, parts)
  servePlaceCodes(app, parts)
  servePlacesImport(app, parts)
  serveAgencies(app, parts)
  serveCodes(app, parts)
}

function serveSurveyApi(app: FastifyInstance, { catalogue, secrets, now }: PlaceParts): void {
  const describe = { config: { summary: 'Open places and the questionnaire each one asks.' } }
  app.get(links.api.places, { ...describe, schema: { response: { 200: z.array(PublicPlace) } } }, async () => {
    const state = await catalogue.read()
    return state.places
      .filter((place) => place.open && state.publishedByCode.has(place.questionnaire))
      .map((place) => ({
        code: place.code,
        name: place.name.vi,
        agency: place.agency.name.vi,
        sector: place.sector,
        questionnaire: { code: place.questionnaire, version: getPublished(state, place).version },
      }))
  })
  const Query = z.strictObject({
    id: z
      .guid({ error: 'id phải là UUID.' })
      .transform((id) => id.toLowerCase())
      .optional(),
    lang: z.enum(['vi', 'en', 'km'], { error: 'lang phải là vi, en hoặc km.' }).optional(),
  })
  app.get<ByCode & { Querystring: z.infer<typeof Query> }>(
    patterns.apiQuestionnaire,
    {
      config: { summary: 'The criteria drawn for one response id, and the questions outside the index.' },
      schema: { querystring: Query, response: { 200: PublicQuestionnaire } },
    },
    async (request) => {
      const state = await catalogue.read()
      const place = getOpenPlace(state, request.params.code)
      const fields = state.fields.filter((field) => place.fieldCodes.includes(field.code))
      return describeQuestionnaire(getPublished(state, place), {
        id: request.query.id ?? makeResponseId(now()),
        rotationKey: secrets.rotation,
        fields,
        language: languageOf(request),
      })
    },
  )
}

type DrawnFor = {
  id: string
  rotationKey: string
  fields: { code: string; name: Place['name'] }[]
  language: 'vi' | 'en' | 'km'
}

function describeQuestionnaire(
  { plan, code, version }: Version,
  { id, rotationKey, fields, language }: DrawnFor,
): z.infer<typeof PublicQuestionnaire> {
  return {
    code,
    version,
    id,
    ask: drawCriteria(plan, id, rotationKey).map((position) => {
      const criterion = plan.criteria[position] as (typeof plan.criteria)[number]
      return {
        criterion: criterion.code,
        factor: plan.definition.factors[plan.factorOf[position] as number]?.code ?? '',
        official: criterion.official,
        probability: plan.probability[position] as number,
        noOpinion: criterion.noOpinion,
        text: criterion.text[language],
      }
    }),
    extra: plan.definition.extra.map((question) => ({
      question: question.code,
      kind: question.kind,
      text: question.text[language],
    })),
    fields: fields.map((field) => ({ code: field.code, name: field.name[language] })),
  }
}

function serveCodes(app: FastifyInstance, parts: PlaceParts): void {
  const { database, catalogue, guard } = parts
  app.get<ByCode>(patterns.placeQr, async (request, reply) => {
    const { state } = await readOwn(parts, request, 'places.read')
    const place = getPlace(state, request.params.code)
    return reply
      .type('image/svg+xml')
      .header('cache-control', 'no-store')
      .send(qrSvg(addressOf(parts, place, state.qrCapitals)))
  })
  app.get(patterns.posters, async (request, reply) => {
    const query = PostersQuery.safeParse(request.query)
    if (!query.success)
      throw new PublicError(
        'refused',
        query.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
      )
    const { state } = await readOwn(parts, request, 'places.read')
    const { ma: codes, co: size } = query.data
    const posters = codes.map((code): PosterPlace => posterOf(parts, getOpenPlace(state, code), size, state.qrCapitals))
    const pdf = await writePosters(posters, { size, trial: parts.publicUrlMissing, demo: parts.demo })
    return reply
      .type('application/pdf')
      .header('cache-control', 'no-store')
      .header('content-disposition', `inline; filename="to-dan-${size}.pdf"`)
      .send(pdf)
  })
  app.post(links.qrSettings, async (request, reply) => {
    const { username } = await guard.getStaff(request)
    await setQrCapitals(database, Boolean((request.body as { capitals?: string } | null)?.capitals), username)
    await catalogue.refresh()
    return reply.redirect(links.places, 303)
  })
}
