import { saveTranslations } from '../../db/translations/translations.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import type { House } from '../house.ts'
import type { PageAssets } from '../http/html.ts'
import type { StaffMember } from '../staff/contract.ts'
import type { TranslationBook, TranslationState } from './book.ts'
import type { TranslationChange } from './change-contract.ts'
import { auditOf, editNames, editWordings, reviewOf } from './change-rules.ts'
import type { Judgement, Part, TextEdit } from './contract.ts'
import { judgeEdits } from './judge-rules.ts'
import { listParts, namesPart } from './parts.ts'
import { changeVersions } from './versions.ts'
import { findTooHeavy } from './weight.ts'
import { wordParts } from './wordings.ts'

export type TranslationParts = Pick<House, 'database' | 'catalogue' | 'guard' | 'assets' | 'demo'> & {
  book: TranslationBook
  /** The citizen's page as it is built, to weigh new words with. */
  survey: PageAssets
}

export type Saving = {
  judgement: Judgement
  /** Where nothing was saved for another reason than a text: one sentence. */
  obstacle: string | null
}

/** Judges edits against the texts as they stand now, and saves all of them or none. */
export async function saveEdits(
  parts: TranslationParts,
  edits: TextEdit[],
  member: StaffMember,
  reviewer: string,
): Promise<Saving> {
  for (let turn = 0; turn < 3; turn += 1) {
    const now = await readNow(parts)
    const judgement = judgeEdits(edits, finder(now.parts))
    if (judgement.problems.length > 0) return { judgement, obstacle: null }
    const change = changeOf(now, judgement, { username: member.username, reviewer })
    const obstacle = await findTooHeavy(change, { ...now, survey: parts.survey })
    if (obstacle) return { judgement, obstacle }
    const saved = await saveTranslations(parts.database, change, { username: member.username, reviewer })
    await Promise.all([parts.catalogue.refresh(), parts.book.reload()])
    if (saved) return { judgement, obstacle: null }
  }
  return { judgement: judgeEdits([], () => undefined), obstacle: 'Nhiều người đang sửa cùng lúc; xin lưu lần nữa.' }
}

type Now = { state: CatalogueState; translations: TranslationState; parts: Part[] }

async function readNow({ catalogue, book }: TranslationParts): Promise<Now> {
  const [state, translations] = await Promise.all([catalogue.refresh(), book.reload()])
  return { state, translations, parts: listParts(state, translations) }
}

/** Texts by their place. */
export function finder(parts: Part[]) {
  const entries = new Map(parts.flatMap(({ texts }) => texts).map((entry) => [`${entry.part} ${entry.key}`, entry]))
  return ({ part, key }: { part: string; key: string }) => entries.get(`${part} ${key}`)
}

function changeOf(
  { state, translations }: Now,
  judgement: Judgement,
  { username, reviewer }: { username: string; reviewer: string },
): TranslationChange {
  const reviewed = judgement.reviewed.map(({ entry, text }) => reviewOf(entry, text, namesPart))
  const wordsOf = (part: string) => {
    const wording = wordParts.find(({ code }) => code === part)?.wording
    return wording && { own: translations.texts.get(part) ?? {}, built: wording.built.km }
  }
  const { drafts, marks, kept } = changeVersions({ state, translations, judgement, reviewed })
  return {
    drafts,
    marks,
    wordings: editWordings(judgement.changed, wordsOf),
    names: editNames(judgement.changed, namesPart),
    reviewed: [...reviewed, ...kept],
    withdrawn: judgement.withdrawn.map(({ part, key, pair }) => ({ part, key, pair })),
    audit: auditOf(judgement, username, reviewer),
  }
}
