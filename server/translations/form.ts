import { PublicError } from '../errors.ts'
import type { Part, PartQuery, ShownText, TextEdit, TextEntry, TextProblem } from './contract.ts'
import { PartForm, textsPerSection } from './contract.ts'

/** The numbered fields of a section; `review-all` ticks every one. */
export function readTexts(body: unknown, part: string): TextEdit[] {
  const form = PartForm.safeParse(body)
  if (!form.success) throw new PublicError('bad_request')
  const edits: TextEdit[] = []
  for (let at = 0; form.data[`k${at}`] !== undefined; at += 1) {
    const field = (letter: string) => form.data[`${letter}${at}`] ?? ''
    const [isTicked, wasTicked] = [field('r') === 'yes', field('w') === 'yes']
    // A box left as it was drawn says nothing: the review was of the wording seen, and somebody else may have given it since.
    const said = isTicked === wasTicked ? 'keep' : isTicked ? 'yes' : 'no'
    const reviewed = form.data.do === 'review-all' ? 'yes' : said
    edits.push({ part, key: field('k'), seen: field('s'), text: field('t'), reviewed })
  }
  if (edits.length === 0) throw new PublicError('bad_request')
  return edits
}

/** The sent texts as they were typed, each beside what stands now. */
export function showSent(
  edits: TextEdit[],
  find: (edit: TextEdit) => TextEntry | undefined,
  problems: TextProblem[],
): ShownText[] {
  return edits.flatMap((edit, at) => {
    const entry = find(edit)
    const problem = problems.find((one) => one.at === at)?.message
    const isTicked = edit.reviewed === 'yes' || (edit.reviewed === 'keep' && entry?.review !== null)
    return entry ? [{ entry, typed: edit.text, isTicked, problem }] : []
  })
}

export const showStored = (entry: TextEntry): ShownText => ({
  entry,
  typed: entry.km,
  isTicked: entry.review !== null,
  problem: undefined,
})

export type TextSection = { key: string; label: string; texts: TextEntry[] }

/** How much of a section is read on a few screens of a telephone. */
const linesPerSection = 22
const lettersPerLine = 34

/** A part cut where its groups end, or where ten texts or long ones have come together. */
export function sectionsOf({ texts }: Part): TextSection[] {
  const sections: TextSection[] = []
  for (const entry of texts) {
    const last = sections.at(-1)
    const isSame = last?.texts[0]?.group === entry.group && last.texts.length < textsPerSection
    const lines = [...(last?.texts ?? []), entry].reduce((sum, one) => sum + linesOf(one), 0)
    if (last && isSame && lines <= linesPerSection) last.texts.push(entry)
    else sections.push({ key: String(sections.length + 1), label: '', texts: [entry] })
  }
  let from = 1
  return sections.map(({ key, texts: own }) => {
    const label = labelOf(own, from)
    from += own.length
    return { key, label, texts: own }
  })
}

const linesOf = ({ vi, km }: TextEntry): number => Math.ceil(Math.max(vi.length, km.length) / lettersPerLine)

function labelOf(texts: TextEntry[], from: number): string {
  const group = texts[0]?.group
  const range = texts.length > 1 ? `${from}-${from + texts.length - 1}` : String(from)
  return group ? `${group} (${range})` : `Câu ${range}`
}

/** What an address shows: a section, the whole part, or the next texts nobody has reviewed. */
export function chooseTexts(part: Part, { phan, loc }: PartQuery, wholePage: string): TextEntry[] {
  if (loc) return part.texts.filter(({ review }) => !review).slice(0, textsPerSection)
  if (phan === wholePage) return part.texts
  const sections = sectionsOf(part)
  const asked = phan === undefined ? sections[0] : sections.find(({ key }) => key === phan)
  if (!asked) throw new PublicError('bad_request')
  return asked.texts
}
