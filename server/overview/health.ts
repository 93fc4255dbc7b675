import { type Indicator, readIndicators } from '../../db/catalogue/indicators.ts'
import type { Database } from '../../db/client.ts'
import { readIndicatorVersions } from '../../db/indicators/indicators.ts'
import { countThemes } from '../../db/overview/health.ts'
import { readWaveSizes, readWaves } from '../../db/waves/waves.ts'
import type { CatalogueState, Place } from '../catalogue/catalogue.ts'
import type { Scope } from '../catalogue/contract.ts'
import { PublicError } from '../errors.ts'
import { readDetailOf } from '../indicators/detail/detail.ts'
import { type Defined, type Range, readIndicatorView, selectionOf } from '../indicators/indicators.ts'
import { type Term, termOf } from '../indicators/term-rules.ts'
import { type Charts, chartsOf } from '../indicators/warnings.ts'
import type { StaffMember } from '../staff/contract.ts'
import { isInScope, mayDo, scopeOf } from '../staff/permission-rules.ts'
import { refused } from '../staff/refusal-words.ts'
import { nothingShown } from '../tallies/running-day.ts'
import { readHarm } from '../today/harm.ts'
import { stateOf } from '../waves/rules.ts'
import type { HealthService, HealthView, HealthWave } from './health-contract.ts'
import { hideSmallThemes } from './health-rules.ts'

/** What the page reads its figures from: the health places in reach, and the indicator they are measured by. */
type Subject = {
  database: Database
  /** The catalogue with those places only. */
  state: CatalogueState
  places: Place[]
  /** Every health place of the commune is in reach. */
  isWhole: boolean
  indicator: Indicator
  today: string
}

/** The health services over closed days, so that no figure is one citizen; 403 without a health place in reach. */
export async function readHealth(
  database: Database,
  state: CatalogueState,
  member: StaffMember,
  { term, service, today, charts }: { term: Term; service: string | undefined; today: string; charts: Charts },
): Promise<HealthView> {
  const subject = await getSubject(database, state, scopeOf(member, 'results.read'), today)
  const range = { from: term.from, to: term.closedTo }
  const services = await readServices(subject, range)
  const chosen = chooseService(services, service)
  const [whole, detail, months, harm, themes, waves] = await Promise.all([
    subject.isWhole ? readIndicatorView(database, state, subject.indicator, { range, today, precision: 'held' }) : null,
    readPart(subject, chosen, range),
    readMonths(subject, chosen, term),
    readHarm(database, subject.state, placesOf(subject, chosen.code), { period: range, running: nothingShown(today) }),
    readThemes(subject, member, range),
    readHealthWaves(subject, scopeOf(member, 'waves.read')),
  ])
  const about = { term: term.key, year: term.year, ...range, today }
  const weeks = chartsOf(subject.indicator.definition, subject.state, charts)
  return {
    ...about,
    placeCodes: Object.fromEntries(subject.places.map(({ id, code }) => [String(id), code])),
    weeks,
    whole,
    services,
    chosen: chosen.code,
    detail,
    months,
    improve: harm.criteria,
    themes,
    waves,
  }
}

async function getSubject(database: Database, all: CatalogueState, scope: Scope, today: string): Promise<Subject> {
  const health = all.places.filter(({ sector }) => sector === 'health')
  const places = health.filter(({ agencyId }) => isInScope(scope, agencyId))
  const indicator = (await readIndicators(database)).find(({ definition }) => definition.sector === 'health')
  if (!indicator) throw new PublicError('not_found')
  if (scope !== 'all' && places.length === 0) throw refused(noPlace)
  const isWhole = places.length === health.length
  return { database, state: { ...all, places }, places, isWhole, indicator, today }
}

const noPlace =
  'Tài khoản này không phụ trách nơi phục vụ y tế nào nên không có trang Y tế; xin xem kết quả của đơn vị mình ở mục Chỉ tiêu hoặc Hôm nay.'

async function readServices(subject: Subject, range: Range): Promise<HealthService[]> {
  const { database, state, indicator, today } = subject
  const published = [...state.publishedByCode.values()].filter(({ definition }) => definition.sector === 'health')
  return Promise.all(
    published.map(async ({ code, definition }) => {
      const part = { ...indicator, ...definedFor(subject, code) }
      const view = await readIndicatorView(database, state, part, { range, today, precision: 'held' })
      return { code, title: definition.title.vi, view }
    }),
  )
}

/** The indicator's definition, of one questionnaire and of the places in reach. */
function definedFor({ indicator, isWhole, places }: Subject, questionnaire: string): Defined {
  const definition = { ...indicator.definition, questionnaire } as Indicator['definition']
  return { definition, placeIds: isWhole ? undefined : places.map(({ id }) => id) }
}

const placesOf = ({ places }: Subject, code: string) => places.filter(({ questionnaire }) => questionnaire === code)

/** The one asked for; else the one with most answers. */
function chooseService(services: HealthService[], asked: string | undefined): HealthService {
  const [first] = services.toSorted((a, b) => b.view.responses - a.view.responses)
  const chosen = asked ? services.find(({ code }) => code === asked) : first
  if (!chosen) throw new PublicError('not_found')
  return chosen
}

async function readPart(subject: Subject, { code, view: indicator }: HealthService, range: Range, by?: 'month') {
  const { database, state, today } = subject
  const part = definedFor(subject, code)
  const versions = await readIndicatorVersions(database, indicator.code)
  const narrowed = versions.map((version) => ({ ...version, definition: part.definition }))
  const about = { indicator, versions: narrowed, selection: selectionOf(part, state), weeks: [] }
  return readDetailOf(database, state, by ? { ...about, by } : about, { range, today })
}

/** From January on, whatever month the page is about: its closed days. */
async function readMonths(subject: Subject, service: HealthService, term: Term) {
  const year = termOf(String(term.year), subject.today) ?? term
  return readPart(subject, service, { from: year.from, to: year.closedTo }, 'month')
}

async function readThemes({ database, places }: Subject, member: StaffMember, { from, to }: Range) {
  if (!mayDo(member, 'cases.read')) return null
  const question = { placeIds: places.map(({ id }) => id), from, to }
  return hideSmallThemes(await countThemes(database, scopeOf(member, 'cases.read'), question))
}

/** Running waves that ask by a health questionnaire. */
async function readHealthWaves({ database, state, today }: Subject, scope: Scope): Promise<HealthWave[]> {
  const running = (await readWaves(database)).flatMap((wave) => {
    const standing = stateOf(wave, today)
    const isHealth = state.versionById.get(wave.versionId)?.definition.sector === 'health'
    if (!isHealth || !isInScope(scope, wave.ownerAgencyId)) return []
    return standing === 'open' || standing === 'due' ? [{ wave, standing }] : []
  })
  const sizes = await readWaveSizes(
    database,
    running.map(({ wave }) => wave),
  )
  return running.map(({ wave: { id, name, opensOn, closesOn }, standing }) => ({
    id,
    name,
    opensOn,
    closesOn,
    state: standing,
    received: sizes.received.get(id) ?? 0,
    planned: sizes.planned.get(id) ?? 0,
  }))
}
