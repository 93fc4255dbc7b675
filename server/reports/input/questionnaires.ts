import type { Database } from '../../../db/client.ts'
import { readFirstDays } from '../../../db/reports/input.ts'
import { tallyVersions, type VersionTally } from '../../../db/tallies/slices.ts'
import { type CatalogueState, shapeOfVersion, type Version } from '../../catalogue/catalogue.ts'
import type { Factor, Sector } from '../../catalogue/contract.ts'
import { dayOf } from '../../days.ts'
import { describeQuestions } from '../../indicators/detail/questions.ts'
import type { Sums } from '../../score/contract.ts'
import { addSums, noSums, scoreOf } from '../../score/rules.ts'
import type { Period, QuestionnaireFigures } from './contract.ts'

/** Versions that places of the sector ask; the household form has an indicator of its own. */
export const versionsOf = (state: CatalogueState, sector: Sector): Version[] =>
  state.versions
    .filter(
      ({ definition, code, status }) => definition.sector === sector && code !== 'household' && status !== 'draft',
    )
    .sort((a, b) => rankOf(state, a.code) - rankOf(state, b.code) || a.version - b.version)

function rankOf(state: CatalogueState, code: string): number {
  const index = state.places.findIndex(({ questionnaire }) => questionnaire === code)
  return index < 0 ? state.places.length : index
}

/** Codes of the sector's factors with their names, in the order of the newest questionnaire that has them. */
export const labelFactors = (state: CatalogueState, sector: Sector): Map<string, string> =>
  new Map(
    [...versionsOf(state, sector)]
      .reverse()
      .flatMap(({ definition }) => definition.factors.map((factor) => [factor.code, nameFactor(factor)] as const)),
  )

/** "A. Khả năng tiếp cận": the ministry of health names its groups by the letter of their criteria. */
function nameFactor({ title, criteria }: Factor): string {
  const letter = /^[A-Z](?=\d)/.exec(criteria[0]?.official ?? '')?.[0]
  return letter ? `${letter}. ${title.vi}` : title.vi
}

/** Each questionnaire of the sector with its own figures, also those that nobody answered. */
export async function readQuestionnaires(
  database: Database,
  state: CatalogueState,
  sector: Sector,
  { from, to }: Period,
): Promise<QuestionnaireFigures[]> {
  const versions = versionsOf(state, sector)
  const selection = { versionIds: versions.map(({ id }) => id) }
  const tallies = await tallyVersions(database, versions.map(shapeOfVersion), selection, { from, to })
  const firstDays = await readFirstDays(database)
  const codes = [...new Set(versions.map(({ code }) => code))]
  return codes.map((code) =>
    describeQuestionnaire(
      state,
      versions.filter((version) => version.code === code),
      tallies,
      firstDays,
    ),
  )
}

function describeQuestionnaire(
  state: CatalogueState,
  versions: Version[],
  tallies: VersionTally[],
  firstDays: Map<number, string>,
): QuestionnaireFigures {
  const newest = versions.at(-1) as Version
  const own = tallies.filter(({ versionId }) => versions.some(({ id }) => id === versionId))
  const { factors, criteria, mean, expectation, whollySatisfied } = describeQuestions(state, own)
  const { definition, plan } = newest
  const factorOrder = definition.factors.map(({ code }) => code)
  const criterionOrder = plan.criteria.map(({ code }) => code)
  return {
    code: newest.code,
    title: definition.title.vi,
    source: definition.source,
    versions: versions.map((version) => describeVersion(version, own, firstDays.get(version.id))),
    score: scoreOf(sumsOf(own)),
    mean,
    expectation,
    whollySatisfied,
    factors: inOrder(factors, factorOrder).map(({ key, label, score }) => ({ key, label, score, before: null })),
    criteria: inOrder(criteria, criterionOrder).map(({ key, official, factor, label, score, mean: level }) => ({
      key,
      official,
      factor,
      score,
      text: label,
      mean: level,
    })),
    plan: definition.factors.map(describeFactor),
    askedPerResponse: Math.round(plan.probability.reduce((sum, probability) => sum + probability, 0)),
  }
}

const describeFactor = (factor: Factor) => ({
  title: nameFactor(factor),
  criteria: factor.criteria.map(({ official, text }) => ({ official, text: text.vi })),
})

const sumsOf = (tallies: VersionTally[]): Sums =>
  tallies.map(({ moments }) => moments.slice(0, noSums.length) as unknown as Sums).reduce(addSums, noSums)

/** In use since it was published here, or since its first answer, which a taken-over year has earlier. */
function describeVersion(
  { id, version, publishedAt, retiredAt }: Version,
  tallies: VersionTally[],
  firstDay: string | undefined,
) {
  const own = tallies.filter(({ versionId }) => versionId === id)
  const published = dayIn(publishedAt)
  const publishedOn = firstDay && published && firstDay < published ? firstDay : published
  return { version, responses: sumsOf(own)[0], publishedOn, retiredOn: dayIn(retiredAt) }
}

/** Day in Asia/Ho_Chi_Minh. */
const dayIn = (instant: string | null): string | null => (instant === null ? null : dayOf(Date.parse(instant)))

/** In the questionnaire's order; what an older version asked stands at the end. */
function inOrder<T extends { key: string }>(parts: T[], order: string[]): T[] {
  const rank = ({ key }: T) => (order.includes(key) ? order.indexOf(key) : order.length)
  return [...parts].sort((a, b) => rank(a) - rank(b))
}
