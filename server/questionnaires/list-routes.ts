import type { FastifyInstance } from 'fastify'
import { markReviewed } from '../../db/questionnaires/versions.ts'
import { links, patterns } from '../../web/links.ts'
import { renderQuestionnairesPage } from '../../web/questionnaires/list-page.tsx'
import type { Version } from '../catalogue/catalogue.ts'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { mayDo, shellOf } from '../staff/permission-rules.ts'
import { ReviewForm } from './contract.ts'

type ListParts = Pick<House, 'database' | 'catalogue' | 'guard' | 'assets' | 'demo'>

/** All versions of all questionnaires, and the mark that a native speaker has read one. */
export function serveQuestionnairePages(
  app: FastifyInstance,
  { database, catalogue, guard, assets, demo }: ListParts,
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
    const mayTranslate = mayDo(member, 'translations.change')
    return sendHtml(reply, 200, renderQuestionnairesPage({ questionnaires, mayTranslate, shell }, assets), staffPolicy)
  })
  app.post<{ Params: { code: string; version: string } }>(patterns.reviewTranslation, async (request, reply) => {
    const form = ReviewForm.safeParse(request.body)
    if (!form.success) throw new PublicError('bad_request')
    const { code, version } = getVersion((await catalogue.read()).versions, request.params)
    const { username } = await guard.getStaff(request)
    await markReviewed(database, {
      code,
      version,
      language: form.data.language,
      reviewed: form.data.reviewed === 'yes',
      actor: username,
    })
    await catalogue.refresh()
    return reply.redirect(links.questionnaire(code, version), 303)
  })
}

function getVersion(versions: Version[], { code, version }: { code: string; version: string }): Version {
  const found = versions.find((one) => one.code === code && String(one.version) === version)
  if (!found) throw new PublicError('not_found')
  return found
}
