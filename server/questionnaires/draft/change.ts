import type { Questionnaire } from '../../catalogue/contract.ts'
import type { DraftCommand, DraftInput } from './contract.ts'

type Item = { code: string }

const shape =
  /^(add|remove|up|down):((?:factors|extra)|factors\.\d{1,3}\.criteria|extra\.\d{1,3}\.choices)(?:\.(\d{1,3}))?$/

/** The value of a button, such as `up:factors.1.criteria.2`; null for anything else. */
export function readCommand(value: string): DraftCommand | null {
  const [, verb, list, index] = shape.exec(value) ?? []
  if (!verb || !list || (verb === 'add') !== (index === undefined)) return null
  return { verb: verb as DraftCommand['verb'], list, index: Number(index ?? 0) }
}

/** A copy of the draft after one button; a position that is not there leaves it as it is. */
export function changeDraft(before: DraftInput, { verb, list, index }: DraftCommand, taken: Set<string>): DraftInput {
  const input = structuredClone(before)
  const items = findList(input, list)
  if (!items) return input
  if (verb === 'add') addItem(input, list, items, taken)
  else if (verb === 'remove') items.splice(index, 1)
  else moveItem(input, list, items, { index, step: verb === 'up' ? -1 : 1 })
  return input
}

/**
 * Codes that a new part must not get: a criterion that took the code of an earlier one would go on with its series.
 */
export function codesOf(definitions: Questionnaire[]): Set<string> {
  return new Set(
    definitions.flatMap(({ factors, extra }) => [
      ...factors.flatMap(({ code, criteria }) => [code, ...criteria.map((criterion) => criterion.code)]),
      ...extra.flatMap(({ code, choices = [] }) => [code, ...choices.map((choice) => choice.code)]),
    ]),
  )
}

function findList(input: DraftInput, list: string): Item[] | undefined {
  const [root, at] = list.split('.')
  if (root === 'factors') return at === undefined ? input.factors : input.factors[Number(at)]?.criteria
  return at === undefined ? input.extra : input.extra[Number(at)]?.choices
}

function addItem(input: DraftInput, list: string, items: Item[], taken: Set<string>): void {
  const text = { vi: '', en: '', km: '' }
  if (list === 'factors') {
    const criteria = [makeCriterion(codeLike('cau', input, taken))]
    input.factors.push({ code: codeLike('nhom', input, taken), title: text, draw: '1', criteria })
  } else if (list === 'extra') {
    input.extra.push({ code: codeLike('hoi', input, taken), kind: 'scale', text, choices: [] })
  } else if (list.startsWith('factors.')) items.push(makeCriterion(codeLike('cau', input, taken)))
  else {
    items.push({ code: codeLike('muc', input, taken), text } as Item)
    const question = input.extra[Number(list.split('.')[1])]
    if (question) question.kind = 'choice'
  }
}

const makeCriterion = (code: string) => ({
  code,
  official: '',
  core: false,
  noOpinion: false,
  text: { vi: '', en: '', km: '' },
})

/** The first free code of its kind, `cau-1`, `cau-2`, …: free in the fields and in every version. */
function codeLike(stem: string, { factors, extra }: DraftInput, taken: Set<string>): string {
  const used = new Set([
    ...taken,
    ...[...factors, ...extra].map(({ code }) => code),
    ...factors.flatMap(({ criteria }) => criteria.map(({ code }) => code)),
    ...extra.flatMap(({ choices }) => choices.map(({ code }) => code)),
  ])
  let number = 1
  while (used.has(`${stem}-${number}`)) number += 1
  return `${stem}-${number}`
}

/** One step within its list; a criterion at the edge of its factor goes over into the neighbouring one. */
function moveItem(
  input: DraftInput,
  list: string,
  items: Item[],
  { index, step }: { index: number; step: -1 | 1 },
): void {
  if (index >= items.length) return
  const [root, at] = list.split('.')
  const target = index + step
  if (target >= 0 && target < items.length) {
    items.splice(target, 0, ...items.splice(index, 1))
    return
  }
  const neighbour = root === 'factors' && at !== undefined ? input.factors[Number(at) + step]?.criteria : undefined
  if (!neighbour) return
  const [item] = items.splice(index, 1)
  neighbour.splice(step < 0 ? neighbour.length : 0, 0, item as (typeof neighbour)[number])
}
