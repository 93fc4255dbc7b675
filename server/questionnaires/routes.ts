import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { publishDraft } from '../../db/questionnaires/versions.ts'
import { links, patterns } from '../../web/links.ts'
import { renderDiffPage } from '../../web/questionnaires/diff-page.tsx'
import type { VersionLife } from '../../web/questionnaires/life.tsx'
import { renderQuestionnairePage } from '../../web/questionnaires/page.tsx'
import type { Shell } from '../../web/ui/shell.tsx'
import type { CatalogueState, Version } from '../catalogue/catalogue.ts'
import { dayOf } from '../days.ts'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import type { StaffMember } from '../staff/contract.ts'
import { mayDo, shellOf } from '../staff/permission-rules.ts'
import { isTooHeavy, weighPage } from './draft/page-weight.ts'
import { servePreviews } from './draft/preview-routes.ts'
import { serveDrafts } from './draft/routes.ts'
import { PublishForm } from './versions-contract.ts'
import { compareVersions, countChanges, isEmptyDiff } from './versions-rules.ts'
import { getOwner, isOwner, publishedOf, type VersionParts, versionsOf } from './versions-view.ts'

type ByVersion = { Params: { code: string; version: string } }

/** A questionnaire's life: draft, published for good, retired; what changed between two versions and why. */
export function serveVersions(app: FastifyInstance, parts: VersionParts): void {
  app.get<ByVersion>(patterns.questionnaire, (request, reply) => showVersion(parts, request, reply))
  app.get<ByVersion & { Params: { than: string } }>(patterns.questionnaireDiff, (request, reply) =>
    showDiff(parts, request, reply),
  )
  app.post<ByVersion>(patterns.publishQuestionnaire, (request, reply) => receivePublish(parts, request, reply))
  serveDrafts(app, parts)
  servePreviews(app, parts)
}

async function showVersion(parts: VersionParts, request: FastifyRequest<ByVersion>, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const state = await parts.catalogue.read()
  const html = await renderVersion(parts, state, {
    version: findVersion(state, request.params),
    member,
    typed: { reason: '' },
  })
  return sendHtml(reply, 200, html, staffPolicy)
}

async function showDiff(
  parts: VersionParts,
  request: FastifyRequest<ByVersion & { Params: { than: string } }>,
  reply: FastifyReply,
) {
  const shell = await shellFor(parts, request)
  const state = await parts.catalogue.read()
  const { code, version, than } = request.params
  const later = findVersion(state, { code, version })
  const earlier = findVersion(state, { code, version: than })
  const diff = compareVersions(earlier.definition, later.definition)
  const html = renderDiffPage(
    {
      code,
      diff,
      shell,
      isEmpty: isEmptyDiff(diff),
      title: later.definition.title.vi,
      version: later.version,
      than: earlier.version,
    },
    parts.assets,
  )
  return sendHtml(reply, 200, html, staffPolicy)
}

async function receivePublish(parts: VersionParts, request: FastifyRequest<ByVersion>, reply: FastifyReply) {
  const state = await parts.catalogue.refresh()
  const version = findVersion(state, request.params)
  const member = await getOwner(parts, request, version)
  if (version.status !== 'draft') return reply.redirect(links.questionnaire(version.code, version.version), 303)
  const form = PublishForm.safeParse(request.body)
  const blocked = await findObstacle(parts, state, version)
  if (!form.success || blocked) {
    const typed = (request.body as { reason?: unknown } | null)?.reason
    const reason = typeof typed === 'string' ? typed : ''
    const problem = form.error?.issues[0]?.message
    const html = await renderVersion(parts, state, { version, member, typed: { reason, problem } })
    return sendHtml(reply, 422, html, staffPolicy)
  }
  if (
    !(await publishDraft(parts.database, {
      code: version.code,
      version: version.version,
      reason: form.data.reason,
      actor: member.username,
    }))
  ) {
    throw new PublicError('refused', [
      {
        path: 'version',
        message: 'Bản thảo vừa được người khác sửa hoặc ban hành; xin mở lại trang và xem trước khi ban hành.',
      },
    ])
  }
  await parts.catalogue.refresh()
  return reply.redirect(links.questionnaire(version.code, version.version), 303)
}

async function renderVersion(
  parts: VersionParts,
  state: CatalogueState,
  {
    version,
    member,
    typed,
  }: { version: Version; member: StaffMember; typed: { reason: string; problem?: string | undefined } },
): Promise<string> {
  const reviewed = (['en', 'km'] as const).map((language) => ({
    language,
    reviewedAt: version.reviewed[language] ?? null,
  }))
  const { definition: questionnaire, status } = version
  const life = await describeLife(parts, state, version, typed)
  const may = {
    change: await isOwner(parts, member, version),
    review: mayDo(member, 'questionnaires.review'),
    record: mayDo(member, 'recordings.change'),
  }
  const shell = shellOf(member, 'questionnaires', parts.demo)
  return renderQuestionnairePage({ questionnaire, status, reviewed, life, may, shell }, parts.assets)
}

async function describeLife(
  parts: VersionParts,
  state: CatalogueState,
  version: Version,
  { reason, problem }: { reason: string; problem?: string | undefined },
): Promise<VersionLife> {
  const versions = versionsOf(state, version.code)
  const replaces = version.status === 'draft' ? publishedOf(versions) : undefined
  const diff = compareVersions((replaces ?? version).definition, version.definition)
  return {
    code: version.code,
    version: version.version,
    status: version.status,
    versions: versions.map((one) => ({
      version: one.version,
      status: one.status,
      reason: one.reason,
      publishedOn: one.publishedAt && dayOf(Date.parse(one.publishedAt)),
      retiredOn: one.retiredAt && dayOf(Date.parse(one.retiredAt)),
    })),
    weight: await weighPage(version.definition, state, parts.survey),
    replaces: replaces?.version ?? null,
    renumbered: diff.renumbered,
    changes: countChanges(diff),
    blocked: await findObstacle(parts, state, version),
    reason,
    problem,
  }
}

/** Why a draft must not reach citizens: its page would not come whole in the first round trip. */
async function findObstacle({ survey }: VersionParts, state: CatalogueState, version: Version): Promise<string | null> {
  if (version.status !== 'draft' || !isTooHeavy(await weighPage(version.definition, state, survey))) return null
  return 'Trang của người dân nặng quá mức; xin bớt câu hỏi thêm hoặc viết lời hỏi ngắn lại.'
}

async function shellFor({ guard, demo }: VersionParts, request: FastifyRequest): Promise<Shell> {
  const member = await guard.getStaff(request)
  return shellOf(member, 'questionnaires', demo)
}

function findVersion(state: CatalogueState, { code, version }: { code: string; version: string }): Version {
  const found = versionsOf(state, code).find((one) => String(one.version) === version)
  if (!found) throw new PublicError('not_found')
  return found
}
