import { readImprovements } from '../../db/cases/cases.ts'
import { type Indicator, readIndicators } from '../../db/catalogue/indicators.ts'
import { tallySelection } from '../../db/tallies/tallies.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import { channels, type Language } from '../catalogue/contract.ts'
import type { House } from '../house.ts'
import type { Judged } from '../indicators/belief/rules.ts'
import { readDenominator } from '../indicators/denominator.ts'
import { readBeliefOf, selectionOf } from '../indicators/indicators.ts'
import { dueFrom, isProvisional } from '../indicators/target-rules.ts'
import { issuerOf } from '../reports/content/issuer-rules.ts'
import type { Belief } from '../score/contract.ts'
import { scoreOf, verdictOf } from '../score/rules.ts'
import { rateOf } from '../tickets/ticket-rules.ts'
import type {
  PublicAgencyView,
  PublicBasis,
  PublicIndicator,
  PublicMonth,
  PublicScore,
  PublicView,
} from './public-contract.ts'
import { readPublicPending } from './public-pending.ts'
import { listReports } from './public-reports.ts'
import { readVisitsOnce } from './public-visits.ts'
import type { Publications, Published } from './publications.ts'
import { membershipOf } from './rules.ts'
import { monthsBetween, type SliceKey, type Slices, sliceGroups, sumSlice } from './slices-rules.ts'

export type PublicParts = Pick<House, 'database' | 'catalogue' | 'today'> & { publications: Publications }

/** Where the commune is, as its documents name it. */
export const { commune: communeName, province: provinceName } = issuerOf('administrative', undefined)

export const publicScore = (slices: Slices, key: SliceKey): PublicScore => {
  const sums = sumSlice(slices, key)
  return sums && scoreOf(sums)
}

export type Figures = { state: CatalogueState; published: Published; slices: Slices; year: string }

/** What is made of a day's publication is made once; it goes when the next one comes. */
const slicesOf = new WeakMap<Published, Slices>()

export async function readFigures({ catalogue, publications }: PublicParts): Promise<Figures> {
  const published = await publications.read()
  const slices = slicesOf.get(published) ?? sliceGroups(published.groups)
  slicesOf.set(published, slices)
  return { state: await catalogue.read(), published, slices, year: published.closed.slice(0, 4) }
}

/** The commune's year so far. */
export async function readPublicView(parts: PublicParts, language: Language): Promise<PublicView> {
  const figures = await readFigures(parts)
  const { state, slices, year } = figures
  const basis = basisOf(figures)
  const [indicators, improvements, reports, aside] = await Promise.all([
    readPublicIndicators(parts, figures, language),
    readImprovements(parts.database, null),
    listReports(parts.database, state.agencies),
    tallySelection(parts.database, { versionIds: state.versions.map(({ id }) => id) }, basis.from, basis.closed),
  ])
  const nameOf = (id: number) => state.agencies.find((agency) => agency.id === id)?.name[language] ?? ''
  return {
    ...basis,
    indicators,
    reports,
    agencies: state.agencies
      .filter(({ id }) => state.places.some((place) => place.agencyId === id && place.open))
      .map(({ id, code, name }) => ({
        code,
        name: name[language],
        score: publicScore(slices, yearOf('agency', id, year)),
      })),
    months: readMonths(figures, 'commune', ''),
    channels: channels
      .map((channel) => ({ channel, responses: sumSlice(slices, yearOf('channel', channel, year))?.[0] ?? 0 }))
      .filter(({ responses }) => responses > 0)
      .sort((a, b) => b.responses - a.responses),
    // A count of sendings, no answers in it; tens keep a single one from showing.
    setAside: Math.floor(aside.setAside / 10) * 10,
    improvements: improvements.slice(0, 6).map((one) => ({ ...one, agency: nameOf(one.agencyId) })),
  }
}

/** One agency's year so far; undefined where there is no such agency. */
export async function readPublicAgency(
  parts: PublicParts,
  code: string,
  language: Language,
): Promise<PublicAgencyView | undefined> {
  const figures = await readFigures(parts)
  const agency = figures.state.agencies.find((one) => one.code === code.toLowerCase())
  if (!agency) return undefined
  const { state, slices, year } = figures
  const [indicators, improvements] = await Promise.all([
    readPublicIndicators(parts, figures, language),
    readImprovements(parts.database, agency.id),
  ])
  return {
    ...basisOf(figures),
    code: agency.code,
    name: agency.name[language],
    score: publicScore(slices, yearOf('agency', agency.id, year)),
    indicators: indicators.filter(({ ownerCode }) => ownerCode === agency.code),
    places: state.places
      .filter(({ agencyId, open }) => agencyId === agency.id && open)
      .map(({ id, code: own, name }) => ({
        code: own,
        name: name[language],
        score: publicScore(slices, yearOf('place', id, year)),
      })),
    months: readMonths(figures, 'agency', agency.id),
    improvements: improvements.slice(0, 6),
  }
}

const basisOf = ({ published: { closed }, year }: Figures): PublicBasis => ({
  commune: communeName.replace(/^xã /, ''),
  from: `${year}-01-01`,
  closed,
})

const yearOf = (scope: SliceKey['scope'], id: string | number, period: string): SliceKey => ({
  scope,
  id: String(id),
  period,
})

function readMonths(
  { slices, year, published }: Figures,
  scope: SliceKey['scope'],
  id: string | number,
): PublicMonth[] {
  return monthsBetween(`${year}-01-01`, published.closed).map((month) => ({
    month,
    score: publicScore(slices, { scope, id: String(id), period: month }),
  }))
}

async function readPublicIndicators(
  parts: PublicParts,
  figures: Figures,
  language: Language,
): Promise<PublicIndicator[]> {
  const indicators = await readIndicators(parts.database)
  return Promise.all(indicators.map((indicator) => readPublicIndicator(parts, figures, indicator, language)))
}

async function readPublicIndicator(
  parts: PublicParts,
  figures: Figures,
  indicator: Indicator,
  language: Language,
): Promise<PublicIndicator> {
  const { state, published, year } = figures
  const { code, title, target, period } = indicator
  const owner = state.agencies.find(({ id }) => id === indicator.ownerAgencyId)
  const range = { from: `${year}-01-01`, to: published.closed }
  const { score, isUnpublishable } = await scoreIndicator(parts, figures, indicator, { period: year, range })
  const [visits, judged, pending] = await Promise.all([
    readVisitsOnce(parts, figures, indicator, range),
    judgePublic(parts, figures, indicator, { range, score }),
    score ? readPublicPending(parts, state, indicator, range) : null,
  ])
  const rate = visits && score ? score.responses / visits : null
  return {
    code,
    title,
    target,
    period,
    score,
    isUnpublishable,
    ownerCode: owner?.code ?? '',
    ownerName: owner?.name[language] ?? '',
    ...judged,
    pending,
    provisional: isProvisional(period, parts.today()),
    dueFrom: dueFrom(period, published.closed),
    rate: rate !== null && rate <= 1 ? rate : null,
  }
}

type PublicJudged = Pick<PublicIndicator, 'verdict' | 'reason' | 'provenShare' | 'ticketRate'>

const judgedOf = new WeakMap<Published, Map<string, Belief & Judged>>()

/**
 * The verdict as the screens have it, where the published score bears it out: never more than what was published. Of the
 * sources only the verdict and a share to the nearest five are told: scores by source would need groups of their own.
 */
export async function judgePublic(
  parts: PublicParts,
  { state, published }: Figures,
  indicator: Indicator,
  { range, score }: { range: { from: string; to: string }; score: PublicScore },
): Promise<PublicJudged> {
  if (!score) return { verdict: 'not_yet_provable', reason: null, provenShare: null, ticketRate: null }
  const known = judgedOf.get(published) ?? new Map<string, Belief & Judged>()
  judgedOf.set(published, known)
  const name = `${indicator.code}/${indicator.version}/${range.from}`
  const judged =
    known.get(name) ?? (await readBeliefOf(parts.database, state, indicator, { range, today: parts.today() }))
  known.set(name, judged)
  const { verdict, reason, provenShare, tickets } = judged
  const sources = { provenShare: toNearestFive(provenShare), ticketRate: toNearestFive(rateOf(tickets).rate) }
  if (verdictOf(score, indicator.target) === verdict || reason !== null) return { verdict, reason, ...sources }
  return { verdict: 'not_yet_provable', reason: 'interval', ...sources }
}

/** Percent of a share 0-1. */
const toNearestFive = (share: number | null): number | null => (share === null ? null : 5 * Math.round(20 * share))

/**
 * By the indicator's own formula. Weighed by visits of places: over the published groups of each place; by visits of fields:
 * not at all, because groups do not tell fields apart, and the pooled score would be another number.
 */
export async function scoreIndicator(
  { database, today }: PublicParts,
  { state, slices }: Figures,
  indicator: Indicator,
  { period, range }: { period: string; range: { from: string; to: string } },
): Promise<{ score: PublicScore; isUnpublishable: boolean }> {
  const { code, definition } = indicator
  const key: SliceKey = { scope: 'indicator', id: membershipOf(code, definition).key, period }
  if (definition.formula === 'pooled') return { score: publicScore(slices, key), isUnpublishable: false }
  if (definition.fields) return { score: null, isUnpublishable: true }
  const { weigh } = await readDenominator(database, state, {
    definition,
    selection: selectionOf(indicator, state),
    range,
    today: today(),
  })
  const groups = slices(key)
  const byPlace = state.places.map(({ id }) => {
    const own = sliceGroups(groups.filter(({ placeId }) => placeId === id))
    return { key: String(id), sums: sumSlice(own, key) }
  })
  const weighed = weigh?.(byPlace) ?? null
  return { score: weighed?.score ?? null, isUnpublishable: !weighed }
}
