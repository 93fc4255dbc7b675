import { randomUUID } from 'node:crypto'
import { renderDraftPage } from '../../../web/questionnaires/draft/page.tsx'
import { shellOf } from '../../staff/permission-rules.ts'
import { compareVersions, countChanges } from '../versions-rules.ts'
import type { VersionParts } from '../versions-view.ts'
import type { DraftEffect, DraftInput, DraftNotice, DraftProblem } from './contract.ts'
import type { Desk } from './desk.ts'
import { definitionIn } from './form.ts'
import { weighPage } from './page-weight.ts'
import { checkDraft, writeDraft } from './rules.ts'

export type Shown = {
  input: DraftInput
  problems?: DraftProblem[]
  notice?: DraftNotice | null
  /** The revision the typing began with, where it is not the stored one. */
  revision?: string
  json?: { text: string; problems: string[] }
}

/** The editor with these fields, and what they would mean for a citizen. */
export async function renderEditor(parts: VersionParts, desk: Desk, shown: Shown): Promise<string> {
  const { draft, published, own, stored, revision, member } = desk
  return renderDraftPage(
    {
      code: own.code,
      sector: own.sector,
      version: own.version,
      title: published.definition.title.vi,
      hasDraft: draft !== undefined,
      published: published.version,
      input: shown.input,
      revision: shown.revision ?? revision,
      problems: shown.problems ?? [],
      notice: shown.notice ?? null,
      json: shown.json ?? { text: writeDraft(stored), problems: [] },
      effect: await describeEffect(parts, desk, shown.input),
      previewId: randomUUID(),
      shell: shellOf(member, 'questionnaires', parts.demo),
    },
    parts.assets,
  )
}

/** Null while something in the fields is wrong. */
async function describeEffect(
  { survey }: VersionParts,
  { state, own, published }: Desk,
  input: DraftInput,
): Promise<DraftEffect | null> {
  const { definition } = checkDraft(definitionIn(input), own)
  if (!definition) return null
  const changes = countChanges(compareVersions(published.definition, definition))
  return { weight: await weighPage(definition, state, survey), changes }
}
