import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addPlaces, setUpPlace } from '../../db/places/places.ts'
import { links, patterns } from '../../web/links.ts'
import { renderNewPlacePage } from '../../web/places/new-page.tsx'
import { renderPlaceSetupPage } from '../../web/places/setup-page.tsx'
import { type CatalogueState, getPlace, type Place } from '../catalogue/catalogue.ts'
import { nameToStore } from '../catalogue/name-rules.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { shellOf } from '../staff/permission-rules.ts'
import { makePlaceCode } from './codes.ts'
import { NewPlaceForm, PlacesQuery, type Refused, SetupForm } from './contract.ts'
import type { PlaceParts } from './parts.ts'
import { choicesOf, readNamed, readOwn, refusedBy, valuesIn } from './reading.ts'
import { problemsOfSetup } from './rules.ts'

type ByCode = { Params: { code: string } }

/** New places, and what an existing one asks and whose it is. */
export function serveNewPlaces(app: FastifyInstance, parts: PlaceParts): void {
  app.get(links.newPlace(), (_request, reply) => showNew(parts, reply, 200))
  app.post(links.newPlace(), (request, reply) => createPlace(parts, request, reply))
  app.get<ByCode>(patterns.placeSetup, (request, reply) => showSetup(parts, request, reply, { status: 200 }))
  app.post<ByCode>(patterns.placeSetup, (request, reply) => changeSetup(parts, request, reply))
}

async function createPlace(parts: PlaceParts, request: FastifyRequest, reply: FastifyReply) {
  const { member, state } = await readOwn(parts, request, 'places.change')
  const form = readNamed(NewPlaceForm, request.body)
  if (form.refused) return showNew(parts, reply, 422, form.refused)
  const problems = problemsOfSetup(form.data, choicesKnown(state))
  const code = form.data.code || makePlaceCode(state)
  if (problems.length === 0) {
    const { nameVi: vi, nameEn: en, nameKm: km, budgetPerHour } = form.data
    const name = nameToStore({ vi, en, km })
    const place = { code, name, budgetPerHour, ...setupOf(state, form.data) }
    const used = await addPlaces(parts.database, [place], member.username)
    if (used.length === 0) {
      await parts.catalogue.refresh()
      return reply.redirect(`${links.place(code)}?saved=new`, 303)
    }
    problems.push({ path: 'code', message: `Mã ${code} đang dùng hoặc đã từng dùng; xin ghi mã khác.` })
  }
  return showNew(parts, reply, 422, { problems, values: valuesIn(request.body) })
}

async function showNew(parts: PlaceParts, reply: FastifyReply, status: number, refused?: Refused) {
  const { member, state } = await readOwn(parts, reply.request, 'places.change')
  const query = PlacesQuery.parse(reply.request.query)
  const agency = query['co-quan'] ?? ''
  // Whoever asks for another service is shown all of them.
  const isAsked = 'dich-vu' in (reply.request.query as object)
  const sector = isAsked ? query['dich-vu'] : onlySectorOf(state, agency)
  const values = refused?.values ?? { agency: agency || onlyAgencyOf(state, sector), sector: sector ?? '' }
  const shell = shellOf(member, 'places', parts.demo)
  const shown = { choices: choicesOf(state), problems: refused?.problems ?? [], values, shell }
  const html = renderNewPlacePage({ ...shown, defaultBudget: parts.config.placeBudgetPerHour }, parts.assets)
  return sendHtml(reply, status, html, staffPolicy)
}

/** The service of all places an agency has so far. */
function onlySectorOf({ places }: CatalogueState, agency: string): string | undefined {
  const kinds = new Set(places.filter((place) => place.agency.code === agency).map(({ sector }) => sector))
  return kinds.size === 1 ? [...kinds][0] : undefined
}

/** The agency of all places with that service so far, if there is but one: most new ones are its too. */
function onlyAgencyOf({ places }: CatalogueState, sector: string | undefined): string {
  const codes = new Set(places.filter((place) => place.sector === sector).map(({ agency }) => agency.code))
  const [only = ''] = codes
  return codes.size === 1 ? only : ''
}

async function changeSetup(parts: PlaceParts, request: FastifyRequest<ByCode>, reply: FastifyReply) {
  const { member, state } = await readOwn(parts, request, 'places.change')
  const place = getPlace(state, request.params.code)
  const form = SetupForm.safeParse(request.body)
  if (!form.success)
    return showSetup(parts, request, reply, { status: 422, refused: refusedBy(form.error, request.body) })
  const problems = problemsOfSetup(form.data, choicesKnown(state), place.agency.code)
  if (problems.length === 0) {
    const outcome = await setUpPlace(parts.database, place.id, setupOf(state, form.data), member.username)
    if (outcome === 'changed') {
      await parts.catalogue.refresh()
      return reply.redirect(`${links.place(place.code)}?saved=1`, 303)
    }
    const message = 'Nơi này đã có phiếu nên không đổi loại dịch vụ được; xin đóng nơi này và lập nơi mới.'
    problems.push({ path: 'sector', message })
  }
  return showSetup(parts, request, reply, { status: 422, refused: { problems, values: valuesIn(request.body) } })
}

async function showSetup(
  parts: PlaceParts,
  request: FastifyRequest<ByCode>,
  reply: FastifyReply,
  { status, refused }: { status: number; refused?: Refused | undefined },
) {
  const { member, state } = await readOwn(parts, request, 'places.change')
  const place = getPlace(state, request.params.code)
  const shown = {
    place: { code: place.code, name: place.name.vi, agency: place.agency.code },
    choices: choicesOf(state, place.agency.code),
    problems: refused?.problems ?? [],
    values: refused?.values ?? { ...valuesOf(place), ...chosenSector(request) },
    shell: shellOf(member, 'places', parts.demo),
  }
  return sendHtml(reply, status, renderPlaceSetupPage(shown, parts.assets), staffPolicy)
}

/** Another service than the stored one, chosen before what depends on it. */
const chosenSector = (request: FastifyRequest): { sector?: string } => {
  const sector = PlacesQuery.parse(request.query)['dich-vu']
  return sector ? { sector } : {}
}

const valuesOf = (place: Place): Refused['values'] => ({
  agency: place.agency.code,
  sector: place.sector,
  questionnaire: place.questionnaire,
  fields: place.fieldCodes,
  serviceMode: place.serviceMode,
  ...(place.asksRespondent && { asksRespondent: 'yes' }),
})

export const choicesKnown = (state: CatalogueState) => ({
  agencies: state.agencies,
  questionnaires: choicesOf(state).questionnaires,
  fields: state.fields,
})

/** As stored; the agency is known to exist. */
export function setupOf(state: CatalogueState, form: SetupForm) {
  const agency = state.agencies.find(({ code }) => code === form.agency)
  if (!agency) throw new Error(`no agency ${form.agency}`)
  const { sector, questionnaire, fields: fieldCodes, serviceMode, asksRespondent } = form
  return { agencyId: agency.id, sector, questionnaire, fieldCodes, serviceMode, asksRespondent }
}
