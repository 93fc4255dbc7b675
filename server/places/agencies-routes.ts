import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { addAgency, changeAgency, moveAgency, setCoordinator } from '../../db/places/agencies.ts'
import { links, patterns } from '../../web/links.ts'
import { renderAgenciesPage } from '../../web/places/agencies-page.tsx'
import { renderAgencyPage } from '../../web/places/agency-page.tsx'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import { nameToStore } from '../catalogue/name-rules.ts'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { shellOf } from '../staff/permission-rules.ts'
import { AgencyForm, CoordinatorForm, NewAgencyForm, OrderForm, type Refused } from './contract.ts'
import type { PlaceParts } from './parts.ts'
import { readNamed, readOwn, valuesIn } from './reading.ts'
import { slugOf } from './rules.ts'

type ByCode = { Params: { code: string } }

/** The commune's agencies: their names, order, whether they work, and which one follows the whole commune. */
export function serveAgencies(app: FastifyInstance, parts: PlaceParts): void {
  const { database, catalogue } = parts
  app.get(links.agencies, (request, reply) => showAgencies(parts, request, reply))
  app.get(links.newAgency, (request, reply) => showAgency(parts, request, reply, { status: 200 }))
  app.post(links.newAgency, (request, reply) => createAgency(parts, request, reply))
  app.get<ByCode>(patterns.agency, (request, reply) =>
    showAgency(parts, request, reply, { status: 200, code: request.params.code }),
  )
  app.post<ByCode>(patterns.agency, (request, reply) => saveAgency(parts, request, reply))
  app.post<ByCode>(patterns.agencyOrder, async (request, reply) => {
    const { member } = await readOwn(parts, request, 'agencies.change')
    const form = OrderForm.safeParse(request.body)
    if (!form.success) throw new PublicError('bad_request')
    const { code } = request.params
    if (!(await moveAgency(database, code, form.data.direction, member.username))) throw new PublicError('not_found')
    await catalogue.refresh()
    return reply.redirect(`${links.agencies}#${code}`, 303)
  })
  app.post(links.coordinatingAgency, async (request, reply) => {
    const { member } = await readOwn(parts, request, 'agencies.change')
    const form = CoordinatorForm.safeParse(request.body)
    if (!form.success) throw new PublicError('bad_request')
    if ((await setCoordinator(database, form.data.agency, member.username)) === 'unknown')
      throw new PublicError('not_found')
    await catalogue.refresh()
    return reply.redirect(`${links.agencies}?saved=1`, 303)
  })
}

async function showAgencies(parts: PlaceParts, request: FastifyRequest, reply: FastifyReply) {
  const { member, state } = await readOwn(parts, request, 'agencies.change')
  const saved = (request.query as { saved?: string }).saved === '1'
  const agencies = state.agencies.map(({ id, code, name, shortName, open, coordinates }) => {
    const places = state.places.filter(({ agencyId }) => agencyId === id)
    const openPlaces = places.filter((place) => place.open).length
    return { code, name: name.vi, shortName, open, coordinates, openPlaces, closedPlaces: places.length - openPlaces }
  })
  const shell = shellOf(member, 'agencies', parts.demo)
  return sendHtml(reply, 200, renderAgenciesPage({ agencies, saved, shell }, parts.assets), staffPolicy)
}

async function createAgency(parts: PlaceParts, request: FastifyRequest, reply: FastifyReply) {
  const { member } = await readOwn(parts, request, 'agencies.change')
  const form = readNamed(NewAgencyForm, request.body)
  if (form.refused) return showAgency(parts, request, reply, { status: 422, refused: form.refused })
  const agency = agencyOf(form.data)
  // The addresses of this section are no codes.
  const makeCode = (taken: ReadonlySet<string>) => slugOf(agency.name.vi, new Set([...taken, 'moi', 'dieu-phoi']))
  await addAgency(parts.database, agency, makeCode, member.username)
  await parts.catalogue.refresh()
  return reply.redirect(`${links.agencies}?saved=1`, 303)
}

async function saveAgency(parts: PlaceParts, request: FastifyRequest<ByCode>, reply: FastifyReply) {
  const { member } = await readOwn(parts, request, 'agencies.change')
  const { code } = request.params
  const form = readNamed(AgencyForm, request.body)
  if (form.refused) return showAgency(parts, request, reply, { status: 422, code, refused: form.refused })
  const change = { ...agencyOf(form.data), open: form.data.status === 'open' }
  const outcome = await changeAgency(parts.database, code, change, member.username)
  if (outcome === 'unknown') throw new PublicError('not_found')
  if (outcome === 'changed') {
    await parts.catalogue.refresh()
    return reply.redirect(`${links.agencies}?saved=1`, 303)
  }
  const problems = [{ path: 'status', message: closingProblems[outcome] }]
  return showAgency(parts, request, reply, { status: 422, code, refused: { problems, values: valuesIn(request.body) } })
}

const closingProblems = {
  has_open_places: 'Đơn vị này còn nơi phục vụ đang mở; xin đóng hoặc chuyển các nơi ấy trước.',
  coordinates: 'Đơn vị này đang theo dõi chỉ tiêu toàn xã; xin giao việc đó cho đơn vị khác trước.',
}

const agencyOf = ({ nameVi: vi, nameEn: en, nameKm: km, shortName }: z.infer<typeof NewAgencyForm>) => ({
  name: nameToStore({ vi, en, km }),
  shortName,
})

async function showAgency(
  parts: PlaceParts,
  request: FastifyRequest,
  reply: FastifyReply,
  { status, code, refused }: { status: number; code?: string | undefined; refused?: Refused | undefined },
) {
  const { member, state } = await readOwn(parts, request, 'agencies.change')
  const agency = code === undefined ? null : findAgency(state, code)
  const values = refused?.values ?? (agency ? valuesOf(agency) : {})
  const shell = shellOf(member, 'agencies', parts.demo)
  const shown = { agency: agency && { code: agency.code, name: agency.name.vi }, values, shell }
  const html = renderAgencyPage({ ...shown, problems: refused?.problems ?? [] }, parts.assets)
  return sendHtml(reply, status, html, staffPolicy)
}

type Agency = CatalogueState['agencies'][number]

function findAgency(state: CatalogueState, code: string): Agency {
  const found = state.agencies.find((one) => one.code === code)
  if (!found) throw new PublicError('not_found')
  return found
}

const valuesOf = ({ name, shortName, open }: Agency): Refused['values'] => ({
  nameVi: name.vi,
  nameEn: nameToStore(name).en,
  nameKm: nameToStore(name).km,
  shortName,
  status: open ? 'open' : 'closed',
})
