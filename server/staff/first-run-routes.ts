import type { FastifyInstance } from 'fastify'
import type { Database } from '../../db/client.ts'
import { updateFirstRun } from '../../db/staff-first-run.ts'
import { links } from '../../web/links.ts'
import { renderFirstRunPage } from '../../web/staff/first-run.tsx'
import type { StaffAssets } from '../../web/ui/shell.tsx'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import type { Catalogue } from '../surveys/catalogue.ts'
import { readFirstRunView } from './first-run.ts'
import { FirstRunForm } from './firstrun-contract.ts'
import { changeFirstRun } from './firstrun-rules.ts'
import { shellOf } from './permission-rules.ts'
import type { Guard } from './session.ts'

export type FirstRunParts = {
  database: Database
  catalogue: Catalogue
  guard: Guard
  assets: StaffAssets
  demo: boolean
  publicUrl: string | null
}

/** The steps that bring a commune from nothing to its first answers. */
export function serveFirstRun(app: FastifyInstance, parts: FirstRunParts): void {
  const { database, catalogue, guard, assets, demo, publicUrl } = parts
  app.get(links.firstRun, async (request, reply) => {
    const member = await guard.getStaff(request)
    const view = await readFirstRunView(database, await catalogue.read(), publicUrl)
    const html = renderFirstRunPage({ view, shell: shellOf(member, null, demo) }, assets)
    return sendHtml(request, reply, 200, html, staffPolicy)
  })
  app.post(links.firstRun, async (request, reply) => {
    const form = FirstRunForm.safeParse(request.body)
    if (!form.success) throw new PublicError('bad_request')
    await updateFirstRun(database, (before) => changeFirstRun(before, form.data))
    const isPutAway = 'show' in form.data && form.data.show === 'no'
    return reply.redirect(isPutAway ? links.today() : links.firstRun, 303)
  })
}
