import { isDeepStrictEqual } from 'node:util'
import type { FastifyRequest } from 'fastify'
import { createDraft, replaceDraft } from '../../../db/questionnaires/versions.ts'
import type { CatalogueState, Version } from '../../catalogue/catalogue.ts'
import type { Questionnaire } from '../../catalogue/contract.ts'
import type { StaffMember } from '../../staff/contract.ts'
import { draftOf, getOwner, numberOf, publishedOf, type VersionParts, versionsOf } from '../versions-view.ts'
import type { OwnParts } from './rules.ts'

/** A questionnaire opened for editing: its draft, or the published version that a draft would begin from. */
export type Desk = {
  state: CatalogueState
  member: StaffMember
  draft: Version | undefined
  published: Version
  own: OwnParts
  /** What is stored, under the number of the draft. */
  stored: Questionnaire
  /** Another one after every saving: a saved draft is a new row. */
  revision: string
}

/** Opens a questionnaire for a member who may change it. */
export async function openDesk(
  parts: VersionParts,
  request: FastifyRequest<{ Params: { code: string } }>,
  state: CatalogueState,
): Promise<Desk> {
  const { code } = request.params
  const versions = versionsOf(state, code)
  const published = publishedOf(versions)
  const member = await getOwner(parts, request, published)
  const draft = draftOf(versions)
  const own = { code, sector: published.definition.sector, version: numberOf(versions) }
  const { id, definition } = draft ?? published
  return { state, member, draft, published, own, stored: { ...definition, ...own }, revision: String(id) }
}

/** Stores a definition over the very draft the desk was opened with; false where somebody else was faster. */
export async function saveDraft(parts: VersionParts, desk: Desk, definition: Questionnaire): Promise<boolean> {
  const { draft, member } = desk
  if (draft) return replaceDraft(parts.database, definition, member.username, draft.id)
  return (await createDraft(parts.database, definition, member.username)) === definition.version
}

export const isUnchanged = ({ stored }: Desk, definition: Questionnaire): boolean =>
  isDeepStrictEqual(stored, definition)
