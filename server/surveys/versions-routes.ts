import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../../db/client.ts'
import { readIndicators } from '../../db/results.ts'
import { createDraft, discardDraft, publishDraft, replaceDraft } from '../../db/surveys-versions.ts'
import { links, patterns } from '../../web/links.ts'
import { renderDraftPage } from '../../web/surveys/questionnaire-draft-page.tsx'
import type { VersionLife } from '../../web/surveys/questionnaire-life.tsx'
import { renderQuestionnairePage } from '../../web/surveys/questionnaire-page.tsx'
import { renderDiffPage } from '../../web/surveys/version-diff-page.tsx'
import type { Shell, StaffAssets } from '../../web/ui/shell.tsx'
import { PublicError } from '../errors.ts'
import { type PageAssets, sendHtml, staffPolicy } from '../http/html.ts'
import { dayOf } from '../respond/arrive.ts'
import type { StaffMember } from '../staff/contract.ts'
import { mayDo, scopeOf, shellOf } from '../staff/permission-rules.ts'
import type { Guard } from '../staff/session.ts'
import type { Catalogue, CatalogueState, Version } from './catalogue.ts'
import type { Questionnaire } from './contract.ts'
import { readDraft, writeDraft } from './draft-rules.ts'
import { ownsQuestionnaire } from './ownership-rules.ts'
import { isTooHeavy, weighPage } from './page-weight.ts'
import { DraftForm, PublishForm } from './versions-contract.ts'
import { compareVersions, isEmptyDiff } from './versions-rules.ts'

export type VersionParts = {
  database: Database
  catalogue: Catalogue
  guard: Guard
  assets: StaffAssets
  demo: boolean
  /** The citizen's page as it is built, to weigh a draft with. */
  survey: PageAssets
}

type ByVersion = { Params: { code: string; version: string } }
type ByCode = { Params: { code: string } }

/** A questionnaire in a form body: every Khmer letter takes nine bytes there. */
const draftBodyLimit = 512 * 1024

/** A questionnaire's life: draft, published for good, retired; what changed between two versions and why. */
export function serveVersions(app: FastifyInstance, parts: VersionParts): void {
  app.get<ByVersion>(patterns.questionnaire, (request, reply) => showVersion(parts, request, reply))
  app.get<ByVersion & { Params: { than: string } }>(patterns.questionnaireDiff, (request, reply) =>
    showDiff(parts, request, reply),
  )
  app.get<ByCode>(patterns.draftQuestionnaire, (request, reply) => showDraft(parts, request, reply))
  app.post<ByCode>(patterns.draftQuestionnaire, { bodyLimit: draftBodyLimit }, (request, reply) =>
    receiveDraft(parts, request, reply),
  )
  app.post<ByVersion>(patterns.publishQuestionnaire, (request, reply) => receivePublish(parts, request, reply))
}

async function showVersion(parts: VersionParts, request: FastifyRequest<ByVersion>, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const state = await parts.catalogue.read()
  const html = await renderVersion(parts, state, findVersion(state, request.params), member, { reason: '' })
  return sendHtml(request, reply, 200, html, staffPolicy)
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
      ...{ code, diff, shell, isEmpty: isEmptyDiff(diff), title: later.definition.title.vi },
      ...{ version: later.version, than: earlier.version },
    },
    parts.assets,
  )
  return sendHtml(request, reply, 200, html, staffPolicy)
}

async function showDraft(parts: VersionParts, request: FastifyRequest<ByCode>, reply: FastifyReply) {
  const shell = await shellFor(parts, request)
  const versions = versionsOf(await parts.catalogue.read(), request.params.code)
  await getOwner(parts, request, publishedOf(versions))
  const { definition } = draftOf(versions) ?? publishedOf(versions)
  const html = renderDraft(parts, versions, shell, writeDraft(definition), [])
  return sendHtml(request, reply, 200, html, staffPolicy)
}

async function receiveDraft(parts: VersionParts, request: FastifyRequest<ByCode>, reply: FastifyReply) {
  const shell = await shellFor(parts, request)
  const { code } = request.params
  const versions = versionsOf(await parts.catalogue.refresh(), code)
  const { username } = await getOwner(parts, request, publishedOf(versions))
  const form = DraftForm.safeParse(request.body)
  if (!form.success) throw new PublicError('bad_request')
  const draft = draftOf(versions)
  if (form.data.action === 'discard') {
    if (draft) await discardDraft(parts.database, code, draft.version, username)
    await parts.catalogue.refresh()
    return reply.redirect(links.questionnaire(code, publishedOf(versions).version), 303)
  }
  const { sector } = publishedOf(versions).definition
  const reading = readDraft(form.data.definition, { code, sector, version: numberOf(versions) })
  const problems = reading.definition ? await saveDraft(parts, draft, reading.definition, username) : reading.problems
  if (problems.length > 0) {
    const html = renderDraft(parts, versions, shell, form.data.definition, problems)
    return sendHtml(request, reply, 422, html, staffPolicy)
  }
  await parts.catalogue.refresh()
  return reply.redirect(links.questionnaire(code, numberOf(versions)), 303)
}

async function saveDraft(
  parts: VersionParts,
  draft: Version | undefined,
  definition: Questionnaire,
  actor: string,
): Promise<string[]> {
  const saved = draft
    ? await replaceDraft(parts.database, definition, actor)
    : (await createDraft(parts.database, definition, actor)) === definition.version
  return saved
    ? []
    : ['Bản thảo vừa được người khác tạo, ban hành hoặc bỏ; xin chép lại phần sửa rồi mở lại trang này.']
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
    const html = await renderVersion(parts, state, version, member, { reason, problem })
    return sendHtml(request, reply, 422, html, staffPolicy)
  }
  if (!(await publishDraft(parts.database, version.code, version.version, form.data.reason, member.username))) {
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
  version: Version,
  member: StaffMember,
  typed: { reason: string; problem?: string | undefined },
): Promise<string> {
  const reviewed = (['en', 'km'] as const).map((language) => ({
    language,
    reviewedAt: version.reviewed[language] ?? null,
  }))
  const { definition: questionnaire, status } = version
  const life = await describeLife(parts, state, version, typed)
  const may = { change: await isOwner(parts, member, version), review: mayDo(member, 'questionnaires.review') }
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
  const { renumbered } = compareVersions((replaces ?? version).definition, version.definition)
  return {
    ...{ code: version.code, version: version.version, status: version.status },
    versions: versions.map((one) => ({
      ...{ version: one.version, status: one.status, reason: one.reason },
      publishedOn: one.publishedAt && dayOf(Date.parse(one.publishedAt)),
      retiredOn: one.retiredAt && dayOf(Date.parse(one.retiredAt)),
    })),
    weight: await weighPage(version.definition, state, parts.survey),
    replaces: replaces?.version ?? null,
    renumbered,
    blocked: await findObstacle(parts, state, version),
    ...{ reason, problem },
  }
}

/** Why a draft must not reach citizens: its page would not come whole in the first round trip. */
async function findObstacle({ survey }: VersionParts, state: CatalogueState, version: Version): Promise<string | null> {
  if (version.status !== 'draft' || !isTooHeavy(await weighPage(version.definition, state, survey))) return null
  return 'Trang của người dân nặng quá mức; xin bớt câu hỏi thêm hoặc viết lời hỏi ngắn lại.'
}

function renderDraft(parts: VersionParts, versions: Version[], shell: Shell, text: string, problems: string[]): string {
  const draft = draftOf(versions)
  const published = publishedOf(versions)
  const { code, definition } = published
  const about = { code, title: definition.title.vi, version: numberOf(versions), shell }
  return renderDraftPage({ ...about, beginsFrom: draft ? null : published.version, text, problems }, parts.assets)
}

async function shellFor({ guard, demo }: VersionParts, request: FastifyRequest): Promise<Shell> {
  const member = await guard.getStaff(request)
  return shellOf(member, 'questionnaires', demo)
}

/** The member, where an agency of theirs answers for an indicator that this questionnaire feeds; 403 otherwise. */
async function getOwner(parts: VersionParts, request: FastifyRequest, version: Version): Promise<StaffMember> {
  const member = await parts.guard.getStaff(request)
  if (!(await isOwner(parts, member, version))) throw new PublicError('not_allowed')
  return member
}

async function isOwner({ database }: VersionParts, member: StaffMember, { code, definition }: Version) {
  const scope = scopeOf(member, 'questionnaires.change')
  return ownsQuestionnaire(scope, await readIndicators(database), { code, sector: definition.sector })
}

/** Newest first; there is no page for a questionnaire nobody knows. */
function versionsOf(state: CatalogueState, code: string): Version[] {
  const versions = state.versions.filter((one) => one.code === code).sort((a, b) => b.version - a.version)
  if (versions.length === 0) throw new PublicError('not_found')
  return versions
}

const draftOf = (versions: Version[]): Version | undefined => versions.find(({ status }) => status === 'draft')

/** The number the draft has, or would get. */
const numberOf = (versions: Version[]): number => draftOf(versions)?.version ?? (versions[0]?.version ?? 0) + 1

function publishedOf(versions: Version[]): Version {
  const published = versions.find(({ status }) => status === 'published')
  if (!published) throw new PublicError('not_found')
  return published
}

function findVersion(state: CatalogueState, { code, version }: { code: string; version: string }): Version {
  const found = versionsOf(state, code).find((one) => String(one.version) === version)
  if (!found) throw new PublicError('not_found')
  return found
}
