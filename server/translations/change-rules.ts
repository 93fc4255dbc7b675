import type { AuditEntry } from '../staff/contract.ts'
import type { NameEdit, NameKind, ReviewEdit, WordingEdit } from './change-contract.ts'
import type { Judgement, TextEntry } from './contract.ts'
import { pairOf, plainText } from './text-rules.ts'

type Changed = Judgement['changed']
/** A commune's own texts and the built-in ones of a group of words, by path. */
export type WordsOf = (part: string) => { own: Record<string, string>; built: Record<string, string> } | undefined

/** A text worded as the built-in one is no wording of the commune's own: the next version of the program may better it. */
export const editWordings = (changed: Changed, wordsOf: WordsOf): WordingEdit[] =>
  changed.flatMap(({ entry: { part, key }, text }) => {
    const words = wordsOf(part)
    if (!words) return []
    const isBuilt = plainText(words.built[key] ?? '') === plainText(text)
    return [{ part, key, was: words.own[key] ?? null, body: isBuilt ? null : text }]
  })

export const editNames = (changed: Changed, namesPart: string): NameEdit[] =>
  changed
    .filter(({ entry }) => entry.part === namesPart)
    .map(({ entry, text }) => {
      const [kind, code] = entry.key.split('/') as [NameKind, string]
      return { kind, code, was: entry.km, body: text === entry.vi ? '' : text }
    })

/** A Vietnamese name typed as the translation is none, so the review is of none. */
export const reviewOf = (entry: TextEntry, text: string, namesPart: string): ReviewEdit => {
  const { part, key } = entry
  const kept = part === namesPart && text === entry.vi ? '' : text
  return { part, key, pair: pairOf(entry, entry.vi, kept) }
}

/** A line per text that reads otherwise now; reviews are one line per part. */
export function auditOf({ changed, reviewed, withdrawn }: Judgement, actor: string, reviewer: string): AuditEntry[] {
  const texts = changed.map(({ entry, text }): AuditEntry => {
    const subject = `${entry.part}/${entry.key}`
    return { actor, action: 'translation.change', subject, before: { text: entry.km }, after: { text } }
  })
  const perPart = (entries: TextEntry[], describe: (keys: string[]) => Partial<AuditEntry>) =>
    [...new Set(entries.map(({ part }) => part))].map((part): AuditEntry => {
      const keys = entries.filter((entry) => entry.part === part).map(({ key }) => key)
      return { actor, action: 'translation.review', subject: part, ...describe(keys) }
    })
  return [
    ...texts,
    ...perPart(
      reviewed.map(({ entry }) => entry),
      (keys) => ({ after: { texts: keys, reviewer } }),
    ),
    ...perPart(withdrawn, (keys) => ({ before: { texts: keys } })),
  ]
}
