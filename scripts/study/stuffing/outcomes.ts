import { type Attacker, underAttack } from './attackers.ts'
import { type Conclusion, conclude, type Judged, runPlace } from './run.ts'
import { dayAt, honestEvents, type Town } from './town.ts'

/** Half a year of past, then a quarter that is attacked. */
export const pastLength = 182
export const attackLength = 91
export const target = 90

export type AttackOutcome = {
  fakes: number
  /** False levels that no longer are in the score: set aside at arrival, or in a pattern. */
  keptOut: number
  /** Those, and the ones that carry no verdict, or all of them where the verdict is withheld for its sources or days. */
  outOfVerdict: number
  honest: number
  honestAside: number
  /** Points by which the verdict-carrying score differs from the same place's without the attack; and without any defence. */
  moved: number
  undefended: number
  without: Conclusion
  under: Conclusion
  /** Days from the first false answer to the first that is set aside or in a pattern; null where never. */
  daysToSign: number | null
  /** How many false and honest levels each sign took, and the door. */
  by: Map<string, { fakes: number; honest: number }>
}

export function attackPlace(town: Town, attacker: Attacker, seed: number): AttackOutcome {
  const days = pastLength + attackLength
  const honest = honestEvents(town, days, seed)
  const events = underAttack(honest, attacker, { from: pastLength, days: attackLength, seed: seed + 1 })
  const judged = inQuarter(runPlace(events, days))
  const alone = inQuarter(honest.map((event) => ({ ...event, counted: true, sign: null, foundOn: null })))
  const unguarded = judged.map((one) => ({ ...one, counted: true, sign: null }))
  const [without, under] = [conclude(alone, target), conclude(judged, target)]
  const fakes = judged.filter(({ fake }) => fake)
  const citizens = judged.filter(({ fake }) => !fake)
  const withheld = under.reason === 'sources_differ' || under.reason === 'few_days'
  const isOut = (one: Judged) => !one.counted || one.sign !== null
  const carriesNone = (one: Judged) => isOut(one) || one.provenance === 'unminted'
  return {
    fakes: fakes.length,
    honest: citizens.length,
    without,
    under,
    by: countBy(judged),
    keptOut: fakes.filter(isOut).length,
    outOfVerdict: withheld ? fakes.length : fakes.filter(carriesNone).length,
    honestAside: citizens.filter(isOut).length,
    moved: difference(under, without),
    undefended: difference(conclude(unguarded, target), without),
    daysToSign: firstSign(fakes),
  }
}

export type HonestOutcome = { honest: number; aside: number; patterns: number; by: Map<string, { honest: number }> }

/**
 * Three quarters of a place where nobody cheats, the last two of which are looked at. Where something changes, somebody
 * who knows why keeps what is proposed.
 */
export function watchHonest(town: Town, seed: number): HonestOutcome {
  const days = pastLength + attackLength
  const judged = runPlace(honestEvents(town, days, seed), days, town.change !== undefined).filter(
    ({ day }) => day >= dayAt(91),
  )
  const aside = judged.filter((one) => !one.counted || one.sign !== null)
  const patterns = new Set(judged.flatMap(({ sign, foundOn }) => (sign ? [`${sign} ${foundOn}`] : []))).size
  return { honest: judged.length, aside: aside.length, patterns, by: countBy(judged) }
}

const inQuarter = (events: Judged[]): Judged[] => events.filter(({ day }) => day >= dayAt(pastLength))

const difference = (a: Conclusion, b: Conclusion): number => (a.score.score ?? 0) - (b.score.score ?? 0)

function countBy(judged: Judged[]) {
  const by = new Map<string, { fakes: number; honest: number }>()
  for (const { counted, sign, fake } of judged) {
    const name = counted ? sign : 'door'
    if (!name) continue
    const count = by.get(name) ?? { fakes: 0, honest: 0 }
    count[fake ? 'fakes' : 'honest'] += 1
    by.set(name, count)
  }
  return by
}

function firstSign(fakes: Judged[]): number | null {
  const [first] = fakes
  const found = fakes.flatMap(({ counted, foundOn, atMs }) => {
    if (!counted) return [atMs]
    return foundOn === null ? [] : [Date.parse(`${dayAt(foundOn + 1)}T00:00:00Z`)]
  })
  if (!first || found.length === 0) return null
  return Math.max(0, Math.round((Math.min(...found) - first.atMs) / 86_400_000))
}
