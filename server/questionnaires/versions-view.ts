import type { FastifyRequest } from 'fastify'
import { readIndicators } from '../../db/catalogue/indicators.ts'
import type { CatalogueState, Version } from '../catalogue/catalogue.ts'
import { ownsQuestionnaire } from '../catalogue/ownership-rules.ts'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import type { PageAssets } from '../http/html.ts'
import type { StaffMember } from '../staff/contract.ts'
import { scopeOf } from '../staff/permission-rules.ts'
import { notAllowed } from '../staff/refusal-words.ts'

export type VersionParts = Pick<House, 'database' | 'catalogue' | 'guard' | 'assets' | 'demo'> & {
  /** The citizen's page as it is built, to weigh a draft with and to show it. */
  survey: PageAssets
}

/** The member, where an agency of theirs answers for an indicator that this questionnaire feeds; 403 otherwise. */
export async function getOwner(parts: VersionParts, request: FastifyRequest, version: Version): Promise<StaffMember> {
  const member = await parts.guard.getStaff(request)
  if (!(await isOwner(parts, member, version))) throw notAllowed(member, 'questionnaires.change')
  return member
}

export async function isOwner({ database }: VersionParts, member: StaffMember, { code, definition }: Version) {
  const scope = scopeOf(member, 'questionnaires.change')
  return ownsQuestionnaire(scope, await readIndicators(database), { code, sector: definition.sector })
}

/** Newest first; there is no page for a questionnaire nobody knows. */
export function versionsOf(state: CatalogueState, code: string): Version[] {
  const versions = state.versions.filter((one) => one.code === code).sort((a, b) => b.version - a.version)
  if (versions.length === 0) throw new PublicError('not_found')
  return versions
}

export const draftOf = (versions: Version[]): Version | undefined => versions.find(({ status }) => status === 'draft')

/** The number the draft has, or would get. */
export const numberOf = (versions: Version[]): number => draftOf(versions)?.version ?? (versions[0]?.version ?? 0) + 1

export function publishedOf(versions: Version[]): Version {
  const published = versions.find(({ status }) => status === 'published')
  if (!published) throw new PublicError('not_found')
  return published
}
