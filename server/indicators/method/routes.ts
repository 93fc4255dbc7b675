import type { FastifyInstance } from 'fastify'
import { readIndicators } from '../../../db/catalogue/indicators.ts'
import type { Database } from '../../../db/client.ts'
import { readIndicatorVersions } from '../../../db/indicators/indicators.ts'
import { renderMethodPage } from '../../../web/indicators/method/page.tsx'
import { methodSections } from '../../../web/indicators/method/sections.ts'
import { links } from '../../../web/links.ts'
import type { CatalogueState, Version } from '../../catalogue/catalogue.ts'
import { dayOf } from '../../days.ts'
import type { House } from '../../house.ts'
import { sendHtml, staffPolicy } from '../../http/html.ts'
import { readSection } from '../../http/section.ts'
import { wilsonInterval } from '../../score/rules.ts'
import type { MethodIndicator, MethodQuestionnaire, MethodView } from './contract.ts'

export type MethodParts = Pick<House, 'database' | 'catalogue' | 'demo' | 'files'>

/** How the number is made: for everybody, without signing in. */
export function serveMethod(app: FastifyInstance, parts: MethodParts): void {
  const styleHref = parts.files.href('method.css')
  app.get(links.method, async (request, reply) => {
    const section = readSection(request.query, methodSections)
    const state = await parts.catalogue.read()
    const view: MethodView = {
      questionnaires: describeQuestionnaires(state),
      indicators: await describeIndicators(parts.database, state),
      examples: [50, 100, 400, 1000].map(exampleOf),
    }
    const props = { view, demo: parts.demo, section }
    return sendHtml(reply, 200, renderMethodPage(props, styleHref), staffPolicy)
  })
}

const exampleShare = 0.96

function exampleOf(responses: number) {
  const [lower, upper] = wilsonInterval(exampleShare, responses)
  return { responses, score: 100 * exampleShare, lower: 100 * lower, upper: 100 * upper }
}

const dayIn = (instant: string | null) => (instant ? dayOf(Date.parse(instant)) : null)

/** Published ones in the order of the places that ask them, the household form last. */
function describeQuestionnaires(state: CatalogueState): MethodQuestionnaire[] {
  const order = [...new Set(state.places.map(({ questionnaire }) => questionnaire))]
  const rank = ({ code }: Version) => (order.includes(code) ? order.indexOf(code) : order.length)
  return [...state.publishedByCode.values()]
    .sort((a, b) => rank(a) - rank(b))
    .map((version) => describeQuestionnaire(version, state, !order.includes(version.code)))
}

function describeQuestionnaire(published: Version, state: CatalogueState, isHousehold: boolean): MethodQuestionnaire {
  const { code, version, definition, plan } = published
  return {
    code,
    version,
    definition,
    isHousehold,
    askedPerResponse: Math.round(plan.probability.reduce((sum, probability) => sum + probability, 0)),
    probability: plan.probability,
    versions: state.versions
      .filter((one) => one.code === code && one.status !== 'draft')
      .sort((a, b) => b.version - a.version)
      .map((one) => ({
        version: one.version,
        reason: one.reason,
        from: dayIn(one.publishedAt),
        to: dayIn(one.retiredAt),
      })),
  }
}

async function describeIndicators(database: Database, state: CatalogueState): Promise<MethodIndicator[]> {
  const indicators = await readIndicators(database)
  return Promise.all(
    indicators.map(async ({ code, title, target, period, definition, ownerAgencyId }) => {
      const versions = await readIndicatorVersions(database, code)
      return {
        code,
        title,
        target,
        period,
        definition,
        ownerName: state.agencies.find(({ id }) => id === ownerAgencyId)?.name.vi ?? '',
        fieldNames: (definition.fields ?? []).map((field) => state.fieldByCode.get(field)?.name.vi ?? field),
        versions: versions.map((one) => ({
          version: one.version,
          target: one.target,
          reason: one.reason,
          from: dayIn(one.changedAt) ?? '',
        })),
      }
    }),
  )
}
