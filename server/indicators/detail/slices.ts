import type { Slice } from '../../../db/tallies/slices.ts'
import type { CatalogueState } from '../../catalogue/catalogue.ts'
import type { Sums } from '../../score/contract.ts'
import { compareScores, harmOf } from '../../score/estimators.ts'
import { addSums, noSums, scoreOf } from '../../score/rules.ts'
import type { AskedVersion, IndicatorDetail, Part } from './contract.ts'

export const partDimensions = ['field', 'place', 'channel', 'serviceMode', 'respondent', 'version'] as const
export type Slices = Record<(typeof partDimensions)[number], Slice[]>

/** Asked and noted down by somebody who is not of the rated office. */
const independentChannel = 'interview'

export function describeParts(state: CatalogueState, slices: Slices) {
  const place = (key: string) => state.places.find(({ id }) => String(id) === key)?.name.vi ?? key
  const version = (key: string) => state.versionById.get(Number(key))?.definition.title.vi ?? key
  const plain = (key: string) => key
  return {
    fields: describeFields(state, slices.field),
    places: toParts(slices.place, place),
    channels: toParts(slices.channel, plain),
    serviceModes: toParts(slices.serviceMode, plain),
    respondents: toParts(slices.respondent, plain),
    questionnaires: toParts(mergeBy(slices.version, version), plain),
    askedVersions: listVersions(state, slices.version),
  }
}

/** Fields by the dissatisfaction they hold; what names none is a part as well. */
export const describeFields = (state: CatalogueState, slices: Slice[]): Part[] =>
  toParts(slices, (key) => state.fields.find(({ id }) => String(id) === key)?.name.vi ?? 'Không nêu lĩnh vực')

/** Answers that the rated office collected itself beside those an interviewer noted down. */
export function compareIndependence(channels: Slice[]): IndicatorDetail['independence'] {
  const scoreWhere = (isIndependent: boolean) =>
    scoreOf(totalOf(channels.filter(({ key }) => (key === independentChannel) === isIndependent)))
  const [selfRun, independent] = [scoreWhere(false), scoreWhere(true)]
  const difference = compareScores(independent, selfRun)
  return difference && { selfRun, independent, difference }
}

/** All slices together; what was never counted adds nothing. */
export const totalOf = (slices: Pick<Slice, 'sums'>[]): Sums =>
  slices.reduce((total, { sums }) => (sums ? addSums(total, sums) : total), noSums)

/** Parts sorted by the dissatisfaction they hold, Σ(m − y) of the part over all. */
function toParts(slices: Slice[], labelOf: (key: string) => string): Part[] {
  const counted = slices.flatMap(({ key, sums }) => (sums && sums[0] > 0 ? [{ key, sums, score: scoreOf(sums) }] : []))
  const people = counted.reduce((sum, { sums }) => sum + sums[0], 0)
  const harms = harmOf(counted.map(({ score, sums }) => ({ score: score.score, weight: sums[3] })))
  return counted
    .map(({ key, sums, score }, index) => ({
      key,
      score,
      label: labelOf(key),
      share: sums[0] / people,
      harm: harms[index]?.share ?? 0,
    }))
    .sort((a, b) => b.harm - a.harm || b.share - a.share)
}

/** Versions of one questionnaire are one part: the series goes on across versions. */
function mergeBy(slices: Slice[], nameOf: (key: string) => string): Slice[] {
  const merged = new Map<string, Slice>()
  for (const slice of slices) {
    const key = nameOf(slice.key)
    const known = merged.get(key)
    const sums = known?.sums && slice.sums ? addSums(known.sums, slice.sums) : (known?.sums ?? slice.sums)
    merged.set(key, {
      key,
      sums,
      received: slice.received + (known?.received ?? 0),
      setAside: slice.setAside + (known?.setAside ?? 0),
    })
  }
  return [...merged.values()]
}

function listVersions(state: CatalogueState, slices: Slice[]): AskedVersion[] {
  return slices
    .flatMap(({ key, sums }) => {
      const version = state.versionById.get(Number(key))
      if (!version || !sums || sums[0] === 0) return []
      return [{ title: version.definition.title.vi, version: version.version, responses: sums[0] }]
    })
    .sort((a, b) => a.title.localeCompare(b.title, 'vi') || a.version - b.version)
}
