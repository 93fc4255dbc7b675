import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Database } from '../../db/client.ts'
import { markReviewed, setQrCapitals, updatePlace } from '../../db/surveys.ts'
import { links, patterns } from '../../web/links.ts'
import { renderPlacePage } from '../../web/surveys/place-page.tsx'
import { renderPlacesPage } from '../../web/surveys/places-page.tsx'
import { renderQuestionnairesPage } from '../../web/surveys/questionnaires-page.tsx'
import type { StaffAssets } from '../../web/ui/shell.tsx'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { languageOf } from '../respond/language.ts'
import type { StaffMember } from '../staff/contract.ts'
import { type Action, mayDo, scopeOf, shellOf } from '../staff/permission-rules.ts'
import type { Guard } from '../staff/session.ts'
import { type Catalogue, getOpenPlace, getPlace, getPublished, type Place, type Version } from './catalogue.ts'
import { PlaceForm, PostersQuery, PublicPlace, PublicQuestionnaire, ReviewForm } from './contract.ts'
import { narrowCatalogue } from './ownership-rules.ts'
import { type PosterPlace, writePosters } from './poster.ts'
import { addressOfPlace, qrSvg } from './qr.ts'
import { drawCriteria } from './rules.ts'

export type SurveyParts = {
  database: Database
  catalogue: Catalogue
  guard: Guard
  assets: StaffAssets
  demo: boolean
  /** The origin printed in codes, and whether it is only this machine's own. */
  origin: () => string
  publicUrlMissing: boolean
  defaultBudget: number
  rotationKey: string
  makeId: () => string
}

type ByCode = { Params: { code: string } }

/** Places, their codes and posters, questionnaires: for staff as pages, for programs as JSON. */
export function serveSurveys(app: FastifyInstance, parts: SurveyParts): void {
  serveSurveyApi(app, parts)
  servePlacePages(app, parts)
  serveCodes(app, parts)
  serveQuestionnairePages(app, parts)
}

function serveSurveyApi(app: FastifyInstance, { catalogue, rotationKey, makeId }: SurveyParts): void {
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
      return describeQuestionnaire(
        getPublished(state, place),
        request.query.id ?? makeId(),
        rotationKey,
        fields,
        languageOf(request),
      )
    },
  )
}

function describeQuestionnaire(
  { plan, code, version }: Version,
  id: string,
  rotationKey: string,
  fields: { code: string; name: Place['name'] }[],
  language: 'vi' | 'en' | 'km',
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

function servePlacePages(app: FastifyInstance, parts: SurveyParts): void {
  const { database, catalogue, assets, demo } = parts
  app.get(links.places, async (request, reply) => {
    const { member, state } = await readOwn(parts, request, 'places.read')
    const describe = (place: Place) => ({
      code: place.code,
      name: place.name.vi,
      open: place.open,
      address: addressOf(parts, place, state.qrCapitals),
      qrSvg: qrSvg(addressOf(parts, place, state.qrCapitals)),
      channelLinks: [{ label: 'Liên kết để gửi tin nhắn', address: parts.origin() + links.survey(place.code, 'web') }],
    })
    const agencies = state.agencies
      .map((agency) => ({
        name: agency.name.vi,
        places: state.places.filter((place) => place.agencyId === agency.id).map(describe),
      }))
      .filter((agency) => agency.places.length > 0)
    const { publicUrlMissing } = parts
    const shell = shellOf(member, 'places', demo)
    const html = renderPlacesPage(
      {
        ...{ agencies, publicUrlMissing, origin: parts.origin(), capitals: state.qrCapitals, shell },
        mayChange: mayDo(member, 'places.change'),
      },
      assets,
    )
    return sendHtml(request, reply, 200, html, staffPolicy)
  })
  app.get<ByCode>(patterns.place, async (request, reply) => {
    const { member, state } = await readOwn(parts, request, 'places.read')
    const place = getPlace(state, request.params.code)
    const saved = (request.query as { saved?: string }).saved === '1'
    return sendHtml(request, reply, 200, showPlace(parts, place, { member, saved, problems: [] }), staffPolicy)
  })
  app.post<ByCode>(patterns.place, async (request, reply) => {
    const { member, state } = await readOwn(parts, request, 'places.change')
    const place = getPlace(state, request.params.code)
    const form = PlaceForm.safeParse(request.body)
    if (!form.success) {
      const problems = form.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
      const values = Object.fromEntries(
        Object.entries((request.body ?? {}) as object).filter(([, value]) => typeof value === 'string'),
      )
      return sendHtml(
        request,
        reply,
        422,
        showPlace(parts, place, { member, saved: false, problems, values }),
        staffPolicy,
      )
    }
    const { nameVi: vi, nameEn: en, nameKm: km, status, budgetPerHour } = form.data
    const change = { name: { vi, en, km }, open: status === 'open', budgetPerHour }
    await updatePlace(database, place.code, change, member.username)
    await catalogue.refresh()
    return reply.redirect(`${links.place(place.code)}?saved=1`, 303)
  })
}

function showPlace(
  { assets, demo, defaultBudget }: SurveyParts,
  place: Place,
  page: {
    member: StaffMember
    saved: boolean
    problems: { path: string; message: string }[]
    values?: Record<string, string>
  },
): string {
  const { member, ...rest } = page
  const { code, name, open, budgetPerHour, questionnaire } = place
  const shown = {
    code,
    nameVi: name.vi,
    nameEn: name.en,
    nameKm: name.km,
    open,
    budgetPerHour,
    defaultBudget,
    questionnaire,
  }
  const shell = shellOf(member, 'places', demo)
  const mayChange = mayDo(member, 'places.change', place.agencyId)
  return renderPlacePage({ place: { ...shown, agency: place.agency.name.vi }, ...rest, mayChange, shell }, assets)
}

/** The surveys within the reach of the member who asks: a foreign code is an unknown one. */
async function readOwn({ guard, catalogue }: SurveyParts, request: FastifyRequest, action: Action) {
  const member = await guard.getStaff(request)
  return { member, state: narrowCatalogue(await catalogue.read(), scopeOf(member, action)) }
}

const addressOf = ({ origin }: SurveyParts, place: Place, capitals: boolean): string =>
  addressOfPlace(origin(), place.code, capitals)

function serveCodes(app: FastifyInstance, parts: SurveyParts): void {
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

/** A slip is handed out with a result: its answers are the channel "ticket". */
function posterOf(parts: SurveyParts, place: Place, size: string, capitals: boolean): PosterPlace {
  const address =
    size === 'slip' ? parts.origin() + links.survey(place.code, 'ticket') : addressOf(parts, place, capitals)
  return { code: place.code, name: place.name, agency: place.agency.name, address }
}

function serveQuestionnairePages(
  app: FastifyInstance,
  { database, catalogue, guard, assets, demo }: SurveyParts,
): void {
  app.get(links.questionnaires, async (request, reply) => {
    const member = await guard.getStaff(request)
    const questionnaires = (await catalogue.read()).versions.map((version) => ({
      code: version.code,
      version: version.version,
      status: version.status,
      title: version.definition.title.vi,
      sector: version.definition.sector,
      criteria: version.plan.criteria.length,
      unreviewed: (['en', 'km'] as const).filter((language) => !version.reviewed[language]),
    }))
    const shell = shellOf(member, 'questionnaires', demo)
    return sendHtml(request, reply, 200, renderQuestionnairesPage({ questionnaires, shell }, assets), staffPolicy)
  })
  app.post<{ Params: { code: string; version: string } }>(patterns.reviewTranslation, async (request, reply) => {
    const form = ReviewForm.safeParse(request.body)
    if (!form.success) throw new PublicError('bad_request')
    const { code, version } = getVersion((await catalogue.read()).versions, request.params)
    const { username } = await guard.getStaff(request)
    await markReviewed(database, code, version, form.data.language, form.data.reviewed === 'yes', username)
    await catalogue.refresh()
    return reply.redirect(links.questionnaire(code, version), 303)
  })
}

function getVersion(versions: Version[], { code, version }: { code: string; version: string }): Version {
  const found = versions.find((one) => one.code === code && String(one.version) === version)
  if (!found) throw new PublicError('not_found')
  return found
}
