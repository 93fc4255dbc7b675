import type { FastifyInstance } from 'fastify'
import { updateFirstRun } from '../../db/first-run/first-run.ts'
import { renderFirstRunPage } from '../../web/first-run/card.tsx'
import { links } from '../../web/links.ts'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { shellOf } from '../staff/permission-rules.ts'
import { FirstRunForm } from './contract.ts'
import { readFirstRunView } from './first-run.ts'
import { changeFirstRun } from './rules.ts'

export type FirstRunParts = Pick<House, 'database' | 'catalogue' | 'guard' | 'assets' | 'demo' | 'publicUrl'>

/** The steps that bring a commune from nothing to its first answers. */
export function serveFirstRun(app: FastifyInstance, parts: FirstRunParts): void {
  const { database, catalogue, guard, assets, demo, publicUrl } = parts
  app.get(links.firstRun, async (request, reply) => {
    const member = await guard.getStaff(request)
    const view = await readFirstRunView(database, await catalogue.read(), publicUrl)
    const html = renderFirstRunPage({ view, shell: shellOf(member, null, demo) }, assets)
    return sendHtml(reply, 200, html, staffPolicy)
  })
  app.post(links.firstRun, async (request, reply) => {
    const form = FirstRunForm.safeParse(request.body)
    if (!form.success) throw new PublicError('bad_request')
    await updateFirstRun(database, (before) => changeFirstRun(before, form.data))
    const isPutAway = 'show' in form.data && form.data.show === 'no'
    return reply.redirect(isPutAway ? links.today() : links.firstRun, 303)
  })
}
