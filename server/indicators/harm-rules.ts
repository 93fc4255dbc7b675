import type { Channel } from '../catalogue/contract.ts'
import type { Plan } from '../catalogue/draw-rules.ts'
import type { Sums } from '../score/contract.ts'
import { addSums, fewestShown, noSums, scoreOf, wilsonInterval } from '../score/rules.ts'
import { asksEverything } from '../tallies/rules.ts'
import type { Harm } from './contract.ts'

/** How many are shown: more would be a list nobody acts on. */
export const mostHarms = 5

/** One version's counted answers: six counts (0-5) per criterion, as tallies hold them. */
export type AskedCounts = { questionnaire: string; title: string; plan: Plan; channel: Channel; counts: number[] }

type Total = Pick<Harm, 'key' | 'label' | 'about'> & {
  bad: number
  answered: number
  citizens: number
  /** The citizens its answers stand for, and the 95 % interval of the share of them who are dissatisfied, 0 to 1. */
  standsFor: number
  dissatisfied: [lower: number, upper: number]
}

/**
 * Criteria by the harm they do: the citizens dissatisfied with each, as if everybody had been asked. An answer drawn with
 * probability π stands for 1/π citizens (Horvitz & Thompson, JASA 47 (1952) 663-685), so Σ(answers 1-3)/π is the share
 * dissatisfied times the citizens the answers stand for. Paper and interview ask everything: π = 1.
 */
export function rankCriteria(asked: AskedCounts[]): Harm[] {
  const several = new Set(asked.map(({ questionnaire }) => questionnaire)).size > 1
  const totals = new Map<string, Omit<Total, 'dissatisfied'>>()
  for (const { questionnaire, title, plan, channel, counts } of asked) {
    plan.criteria.forEach(({ code, text }, position) => {
      const probability = asksEverything(channel) ? 1 : (plan.probability[position] as number)
      const [, one = 0, two = 0, three = 0, four = 0, five = 0] = counts.slice(6 * position, 6 * position + 6)
      const bad = one + two + three
      const answered = bad + four + five
      const key = `${questionnaire}/${code}`
      const known = totals.get(key) ?? { bad: 0, answered: 0, citizens: 0, standsFor: 0 }
      totals.set(key, {
        key,
        label: text.vi,
        about: several ? title : null,
        bad: known.bad + bad,
        answered: known.answered + answered,
        citizens: known.citizens + bad / probability,
        standsFor: known.standsFor + answered / probability,
      })
    })
  }
  const heard = [...totals.values()].filter(({ answered }) => answered > 0)
  return worstOf(heard.map((one) => ({ ...one, dissatisfied: wilsonInterval(one.bad / one.answered, one.answered) })))
}

/** Fields likewise; Σ(m − y) is already respondents' worth of dissatisfaction, weighed back by 1/π. */
export function rankFields(slices: { key: string; label: string; sums: Sums }[]): Harm[] {
  const totals = new Map<string, { label: string; sums: Sums }>()
  for (const { key, label, sums } of slices)
    totals.set(key, { label, sums: addSums(totals.get(key)?.sums ?? noSums, sums) })
  return worstOf(
    [...totals]
      .filter(([, { sums }]) => sums[3] > 0)
      .map(([key, { label, sums }]) => {
        const [answered, , y, m] = sums
        const { lower, upper } = scoreOf(sums)
        const dissatisfied: Total['dissatisfied'] = [1 - (upper ?? 100) / 100, 1 - (lower ?? 0) / 100]
        const bad = ((m - y) / m) * answered
        return { key, label, about: null, answered, citizens: m - y, standsFor: m, bad, dissatisfied }
      }),
  )
}

function worstOf(totals: Total[]): Harm[] {
  return totals
    .filter(({ citizens, answered }) => answered >= fewestShown && citizens > 1e-9)
    .sort((a, b) => b.citizens - a.citizens || b.bad / b.answered - a.bad / a.answered)
    .slice(0, mostHarms)
    .map((one) => {
      const { key, label, about, citizens, answered, bad } = one
      return { key, label, about, citizens, answered, share: (100 * bad) / answered, leads: leads(one, totals) }
    })
}

/** Intervals that do not touch: stricter than a test of each pair, so that it holds among many. */
const leads = (one: Total, totals: Total[]): boolean =>
  totals.every(
    (other) => other.key === one.key || one.standsFor * one.dissatisfied[0] > other.standsFor * other.dissatisfied[1],
  )
