import type { Comparison, Harm, PlaceWarning } from '../indicators/contract.ts'
import type { Score } from '../score/contract.ts'
import { sayChange } from './change-rules.ts'
import type { ActionSaid, ChangeSaid, Judgment, Look, Said, StateSaid } from './sentence-contract.ts'

/** What is measured against a target and compared with earlier periods: an agency, or one of its places. */
export type Measured = {
  code: string
  name: string
  received: number
  shown: Score
  target: number
  dueFrom: number | null
  judged: Judgment
  comparisons: Comparison[]
  warning?: PlaceWarning
}
export type MeasuredAgency = Measured & { places: Measured[] }

/** With `criteria` by harm, the largest first. */
export function saySentences(agencies: MeasuredAgency[], criteria: Harm[]): Said {
  const heard = agencies.filter(({ places }) => places.length > 0)
  const change = sayChange(heard)
  return { state: sayState(heard), change, action: sayAction(heard, change, criteria) }
}

function sayState(agencies: Measured[]): StateSaid {
  const received = agencies.reduce((sum, one) => sum + one.received, 0)
  if (received === 0) return { kind: 'silent' }
  const scored = agencies.filter(({ shown }) => shown.score !== null)
  const [first] = scored
  if (!first) return { kind: 'few', received }
  if (agencies.length === 1) {
    const { name, shown: score, target, judged, dueFrom } = first
    return { kind: 'one', name, score, target, judged, dueFrom }
  }
  const withheld = agencies.filter(({ shown, received: got }) => shown.score === null && got > 0)
  return { kind: 'several', ...bySide(scored), withheld: withheld.map(({ name }) => name) }
}

type Sides = Omit<StateSaid & { kind: 'several' }, 'kind' | 'withheld'>

function bySide(scored: Measured[]): Sides {
  const due = scored.filter(({ dueFrom }) => dueFrom === null)
  const namesOf = (side: Side) => due.filter((one) => sideOf(one) === side).map(({ name }) => name)
  const watched = scored.flatMap(({ name, shown: { score }, dueFrom }) =>
    score === null || dueFrom === null ? [] : [{ name, score, dueFrom }],
  )
  const [above, across, below] = [namesOf('above'), namesOf('across'), namesOf('below')]
  return { above, across, below, fewDays: namesOf('fewDays'), watched }
}

type Side = 'above' | 'across' | 'below' | 'fewDays'

function sideOf({ judged: { verdict, reason } }: Pick<Measured, 'judged'>): Side {
  if (verdict === 'met') return 'above'
  if (verdict === 'not_met') return 'below'
  return reason === 'few_days' ? 'fewDays' : 'across'
}

function sayAction(agencies: MeasuredAgency[], change: ChangeSaid, criteria: Harm[]): ActionSaid {
  if (agencies.every(({ received }) => received === 0)) return { kind: 'collect' }
  const [first] = criteria
  const mend = first?.leads ? { label: first.label, share: first.share, answered: first.answered } : null
  const look = lookAt(agencies, change)
  if (look || mend) return { kind: 'act', look, mend }
  const scored = agencies.filter(({ shown }) => shown.score !== null)
  const isWell = scored.length > 0 && scored.every((agency) => sideOf(agency) === 'above')
  return { kind: isWell ? 'keep' : 'unknown' }
}

/** The place that fell; else the lowest of those provably below their target; else of those that seem to be. */
function lookAt(agencies: MeasuredAgency[], change: ChangeSaid): Look | null {
  const fallen =
    (change.kind === 'weeks' && change.signal === 'fall') || (change.kind === 'period' && change.change === 'fall')
      ? change.of.find(({ code }) => code !== null)
      : undefined
  if (fallen) return { name: fallen.name, code: fallen.code, why: 'fell' }
  const places = agencies.flatMap((agency) => agency.places)
  const below = lowestOf(places.filter((place) => sideOf(place) === 'below'))
  if (below) {
    const { name, code, target, dueFrom } = below
    return { name, code, why: 'below', target, dueFrom }
  }
  const early = lowestOf(places.filter((place) => sideOf(place) === 'fewDays' && isUnder(place)))
  if (!early) return null
  const { name, code, dueFrom, shown } = early
  return { name, code, why: 'early', responses: shown.responses, dueFrom }
}

const isUnder = ({ shown: { upper }, target }: Measured): boolean => upper !== null && upper < target

const lowestOf = (places: Measured[]): Measured | null =>
  places.toSorted((a, b) => (a.shown.score as number) - (b.shown.score as number))[0] ?? null
