import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { type Indicator, readIndicators } from '../../db/catalogue/indicators.ts'
import { findCheckpointThrough } from '../../db/ledger/read.ts'
import { readCoveringReports } from '../../db/publication/publications.ts'
import { tallyBy } from '../../db/tallies/slices.ts'
import { links } from '../../web/links.ts'
import { canonicalJson } from '../canonical-json.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import type { Scope } from '../catalogue/contract.ts'
import type { House } from '../house.ts'
import { sendConditional } from '../http/conditional.ts'
import { readDenominator } from '../indicators/denominator.ts'
import { readIndicatorView, selectionOf, toSources } from '../indicators/indicators.ts'
import { communeName, provinceName } from '../publication/public-figures.ts'
import { lastPublishedDay } from '../publication/publications.ts'
import { isInScope, scopeOf } from '../staff/permission-rules.ts'
import { ProvinceQuery, ProvinceResult } from './contract.ts'
import { type Range, rangeOfPeriod } from './period-rules.ts'

export type ProvinceParts = Pick<House, 'database' | 'catalogue' | 'guard' | 'today'>

/** The commune's indicators for the province's systems: exact, of closed days only, with a hash of the content. */
export function serveProvince(app: FastifyInstance, parts: ProvinceParts): void {
  app.get<{ Querystring: z.infer<typeof ProvinceQuery> }>(
    links.api.province(),
    {
      config: { summary: 'The indicators of a year, quarter or month over its closed days, for the province.' },
      schema: { querystring: ProvinceQuery, response: { 200: ProvinceResult } },
    },
    async (request, reply) => {
      const period = request.query.period ?? lastPublishedDay(parts.today()).slice(0, 4)
      const result = await readProvinceResult(parts, period, await scopeOfReader(parts, request))
      reply.header('cache-control', 'private, no-cache')
      const text = JSON.stringify(ProvinceResult.parse(result))
      return sendConditional(request, reply, { type: 'application/json; charset=utf-8', text, modified: null })
    },
  )
}

/** A key reads the whole commune; a member of staff the indicators of the own agencies. */
async function scopeOfReader({ guard }: ProvinceParts, request: FastifyRequest): Promise<Scope> {
  if (await guard.hasApiKey(request, 'indicators')) return 'all'
  return scopeOf(await guard.getStaff(request), 'results.read')
}

async function readProvinceResult(parts: ProvinceParts, period: string, scope: Scope): Promise<ProvinceResult> {
  const whole = rangeOfPeriod(period)
  const closed = lastPublishedDay(parts.today())
  const range = whole.from <= closed ? { from: whole.from, to: [whole.to, closed].sort()[0] as string } : null
  const state = await parts.catalogue.read()
  const indicators = (await readIndicators(parts.database)).filter((one) => isInScope(scope, one.ownerAgencyId))
  const reports = await readCoveringReports(parts.database, whole.from, whole.to)
  const content = {
    schemaVersion: '1' as const,
    commune: { code: 'vinh-thuan', name: communeName, province: provinceName },
    period,
    generatedFrom: range,
    indicators: await Promise.all(
      indicators.map(async (indicator) => ({
        ...(await describeIndicator(parts, state, indicator, range ?? { from: whole.to, to: whole.from })),
        approvedReport:
          reports.find((one) => one.agencyId === indicator.ownerAgencyId && one.sector === sectorOf(indicator))?.hash ??
          null,
      })),
    ),
    ledger: range && (await findCheckpointThrough(parts.database, closed)),
  }
  return { ...content, hash: createHash('sha256').update(canonicalJson(content)).digest('hex') }
}

const sectorOf = ({ definition }: Indicator) => definition.sector ?? 'administrative'

async function describeIndicator(
  { database, today }: ProvinceParts,
  state: CatalogueState,
  indicator: Indicator,
  range: Range,
) {
  const selection = selectionOf(indicator, state)
  const [view, versions, { known }] = await Promise.all([
    readIndicatorView(database, state, indicator, { range, today: today(), precision: 'exact' }),
    tallyBy(database, 'version', selection, range),
    readDenominator(database, state, { definition: indicator.definition, selection, range, today: today() }),
  ])
  const { code, title, target, score, lower, upper, responses, verdict, reason, dueFrom } = view
  return {
    code,
    title,
    target,
    score,
    lower,
    upper,
    responses,
    verdict,
    reason,
    dueFrom,
    sources: toSources(view.belief),
    responseRate: known?.responseRate ?? null,
    formula: indicator.definition.formula,
    definitionVersion: indicator.version,
    questionnaireVersions: versions.flatMap(({ key, sums }) => {
      const version = state.versionById.get(Number(key))
      return sums && version ? [{ code: version.code, version: version.version }] : []
    }),
  }
}
