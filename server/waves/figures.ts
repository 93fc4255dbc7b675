import type { FastifyRequest } from 'fastify'
import { readIndicators } from '../../db/catalogue/indicators.ts'
import type { Database } from '../../db/client.ts'
import { closeWave, type TallyShape, tallyWave } from '../../db/waves/closing.ts'
import { readEntries } from '../../db/waves/entries.ts'
import { findWave, readStrata } from '../../db/waves/waves.ts'
import type { Shell } from '../../web/ui/shell.tsx'
import type { CatalogueState, Version } from '../catalogue/catalogue.ts'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import type { StaffMember } from '../staff/contract.ts'
import { type Action, isInScope, mayDo, scopeOf, shellOf } from '../staff/permission-rules.ts'
import { notAllowed } from '../staff/refusal-words.ts'
import type { Entry, Stratum, Wave, WaveProgress, WaveView } from './contract.ts'
import { isInCheckSample, stateOf, sumChecks, targetOfWave } from './rules.ts'
import { makeSnapshot, progressByStratum, resultOf } from './snapshot-rules.ts'

export type WaveParts = Pick<House, 'database' | 'catalogue' | 'guard' | 'assets' | 'demo' | 'now'> & {
  /** The key of the sample of forms that are typed twice. */
  sampleKey: string
}

export async function shellFor({ guard, demo }: WaveParts, request: FastifyRequest): Promise<Shell> {
  const member = await guard.getStaff(request)
  return shellOf(member, 'waves', demo)
}

/** The wave an address names; 404 without one. */
export async function getWave(database: Database, id: string): Promise<Wave> {
  const wave = /^[1-9]\d{0,4}$/.test(id) && Number(id) <= 32767 ? await findWave(database, Number(id)) : undefined
  if (!wave) throw new PublicError('not_found')
  return wave
}

/** The wave, where the member may read it; a foreign one is an unknown one. */
export async function getReadable(parts: WaveParts, member: StaffMember, id: string): Promise<Wave> {
  const wave = await getWave(parts.database, id)
  if (!isInScope(scopeOf(member, 'waves.read'), wave.ownerAgencyId)) throw new PublicError('not_found')
  return wave
}

/** The same to change it, or to type forms in: 403 for one that may only be read. */
export async function getOwn(parts: WaveParts, member: StaffMember, id: string, action: Action): Promise<Wave> {
  const wave = await getWave(parts.database, id)
  if (mayDo(member, action, wave.ownerAgencyId)) return wave
  if (isInScope(scopeOf(member, 'waves.read'), wave.ownerAgencyId)) throw notAllowed(member, action)
  throw new PublicError('not_found')
}

export function getVersion(state: CatalogueState, wave: Pick<Wave, 'versionId'>): Version {
  return state.versionById.get(wave.versionId) as Version
}

const shapeOf = ({ plan }: Version): TallyShape => ({
  factors: plan.definition.factors.length,
  criteria: plan.criteria.length,
})

export function viewOf(
  wave: Wave,
  { strata, version, state, today }: { strata: Stratum[]; version: Version; state: CatalogueState; today: string },
): WaveView {
  const { id, name, ownerName: owner, opensOn, closesOn, formula, drawnFromList } = wave
  return {
    id,
    name,
    owner,
    opensOn,
    closesOn,
    formula,
    drawnFromList,
    strata,
    channels: wave.channels,
    state: stateOf(wave, today),
    questionnaire: {
      code: version.code,
      version: version.version,
      title: version.definition.title.vi,
      superseded: state.publishedByCode.get(version.code)?.id !== version.id,
    },
  }
}

export async function readProgress(
  parts: WaveParts,
  wave: Wave,
  { strata, version, today }: { strata: Stratum[]; version: Version; today: string },
): Promise<WaveProgress> {
  const [tallies, typed, target] = await Promise.all([
    tallyWave(parts.database, wave, shapeOf(version), today),
    readEntries(parts.database, wave.id),
    readTarget(parts.database, version),
  ])
  const received = (part: typeof tallies) => part.reduce((sum, tally) => sum + tally.received, 0)
  const past = tallies.filter(({ isPast }) => isPast)
  const about = aboutEntries(parts, wave, typed)
  const provisional = makeSnapshot({
    wave,
    strata,
    target,
    plan: version.plan,
    tallies: past,
    closedOn: today,
    earlyReason: null,
    check: about.check,
    typedLate: about.typedLate,
  })
  return {
    ...about,
    strata: progressByStratum(wave, strata, tallies),
    received: received(tallies),
    counted: received(tallies.filter(({ standing }) => standing === 'counted')),
    setAside: received(tallies.filter(({ standing }) => standing === 'set_aside')),
    planned: strata.reduce((sum, stratum) => sum + stratum.planned, 0),
    daysLeft: today > wave.closesOn ? null : daysBetween(today, wave.closesOn),
    typed: typed.length,
    result: past.length > 0 ? resultOf(provisional, version.plan) : null,
  }
}

function aboutEntries({ sampleKey }: Pick<WaveParts, 'sampleKey'>, wave: Wave, typed: Entry[]) {
  return {
    typedLate: typed.filter(({ enteredOn }) => enteredOn > wave.closesOn).length,
    check: sumChecks(typed),
    toCheck: typed.filter((one) => !one.secondAnswers && isInCheckSample(sampleKey, wave.id, one.formNumber)).length,
  }
}

const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

const readTarget = async (database: Database, version: Version) =>
  targetOfWave(version.definition, await readIndicators(database))

/** Closes a wave with the figures of this moment. */
export async function freezeWave(
  parts: Pick<WaveParts, 'database' | 'catalogue' | 'sampleKey' | 'now'>,
  wave: Wave,
  earlyReason: string | null,
  { username, today }: { username: string; today: string },
): Promise<void> {
  const version = getVersion(await parts.catalogue.read(), wave)
  const strata = await readStrata(parts.database, wave.id)
  const target = await readTarget(parts.database, version)
  const by = { username, today, at: new Date(parts.now()).toISOString() }
  await closeWave(parts.database, wave, {
    shape: shapeOf(version),
    by,
    makeSnapshot: (tallies, typed) => {
      const { check, typedLate } = aboutEntries(parts, wave, typed)
      return makeSnapshot({
        wave,
        strata,
        target,
        tallies,
        earlyReason,
        check,
        typedLate,
        plan: version.plan,
        closedOn: today,
      })
    },
  })
}
