import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { changeCode } from '../../db/places/places.ts'
import { links, patterns } from '../../web/links.ts'
import { renderPlaceCodePage } from '../../web/places/code-page.tsx'
import { getPlace } from '../catalogue/catalogue.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { shellOf } from '../staff/permission-rules.ts'
import { makePlaceCode } from './codes.ts'
import { CodeForm, type Refused } from './contract.ts'
import type { PlaceParts } from './parts.ts'
import { readOwn, refusedBy, valuesIn } from './reading.ts'

type ByCode = { Params: { code: string } }

/** A new code for a place: the old poster leads on, or nowhere where it was tampered with. */
export function servePlaceCodes(app: FastifyInstance, parts: PlaceParts): void {
  app.get<ByCode>(patterns.placeCode, (request, reply) => showCode(parts, request, reply, { status: 200 }))
  app.post<ByCode>(patterns.placeCode, async (request, reply) => {
    const { member, state } = await readOwn(parts, request, 'places.change')
    const place = getPlace(state, request.params.code)
    const form = CodeForm.safeParse(request.body)
    if (!form.success)
      return showCode(parts, request, reply, { status: 422, refused: refusedBy(form.error, request.body) })
    const code = form.data.code || makePlaceCode(state)
    const change = { code, revoked: form.data.kind === 'revoked', reason: form.data.reason }
    if ((await changeCode(parts.database, place.id, change, member.username)) === 'taken') {
      const message = `Mã ${code} đang dùng hoặc đã từng dùng; xin ghi mã khác hoặc để trống.`
      const problems = [{ path: 'code', message }]
      return showCode(parts, request, reply, { status: 422, refused: { problems, values: valuesIn(request.body) } })
    }
    await parts.catalogue.refresh()
    return reply.redirect(`${links.place(code)}?saved=1`, 303)
  })
}

async function showCode(
  parts: PlaceParts,
  request: FastifyRequest<ByCode>,
  reply: FastifyReply,
  { status, refused: { problems, values } = { problems: [], values: {} } }: { status: number; refused?: Refused },
) {
  const { member, state } = await readOwn(parts, request, 'places.change')
  const { code, name } = getPlace(state, request.params.code)
  const shell = shellOf(member, 'places', parts.demo)
  const html = renderPlaceCodePage({ place: { code, name: name.vi }, problems, values, shell }, parts.assets)
  return sendHtml(reply, status, html, staffPolicy)
}
