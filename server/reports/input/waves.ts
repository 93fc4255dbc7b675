import type { Database } from '../../../db/client.ts'
import { readWaves } from '../../../db/waves/waves.ts'
import type { CatalogueState } from '../../catalogue/catalogue.ts'
import type { Sector } from '../../catalogue/contract.ts'
import type { Wave } from '../../waves/contract.ts'
import { resultOf } from '../../waves/snapshot-rules.ts'
import type { Period, WaveFigures } from './contract.ts'

/** Closed waves of the sector that touch the range, from what they were frozen as; the oldest first. */
export async function readWaveFigures(
  database: Database,
  state: CatalogueState,
  sector: Sector,
  { from, to }: Period,
): Promise<WaveFigures[]> {
  const waves = await readWaves(database)
  return waves
    .filter(({ opensOn, closesOn }) => opensOn <= to && closesOn >= from)
    .flatMap((wave) => describeWave(wave, state, sector))
    .reverse()
}

function describeWave(wave: Wave, state: CatalogueState, sector: Sector): WaveFigures[] {
  const version = state.versionById.get(wave.versionId)
  if (!wave.snapshot || version?.definition.sector !== sector) return []
  const { score, verdict, target } = resultOf(wave.snapshot, version.plan)
  const { name, opensOn, closesOn, channels, formula, drawnFromList } = wave
  return [
    {
      name,
      opensOn,
      closesOn,
      channels,
      formula,
      drawnFromList,
      target,
      score,
      verdict,
      questionnaire: version.definition.title.vi,
      planned: wave.snapshot.strata.reduce((sum, { planned }) => sum + planned, 0),
    },
  ]
}
