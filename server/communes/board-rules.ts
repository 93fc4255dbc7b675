import { daysBefore } from '../days.ts'
import { rangeOfPeriod } from '../province/period-rules.ts'
import { wilsonInterval } from '../score/rules.ts'
import type {
  BoardCell,
  BoardIndicator,
  BoardRow,
  BoardView,
  Missing,
  NamedChange,
  NamedFinding,
  Presence,
  TrendMonth,
} from './board-contract.ts'
import { type FigureChange, findChanges } from './change-rules.ts'
import type { Commune, CommuneId, Contact, Finding } from './contract.ts'
import { effectiveSizeOf, type Funnel, fitFunnel, type Measured } from './funnel-rules.ts'
import type { Figure, Reading } from './reading-contract.ts'

export type Known = {
  communes: Commune[]
  contacts: Contact[]
  /** The newest of each commune for this period. */
  readings: Reading[]
  /** Those of periods that were over and were said in more than one way. */
  changed: Reading[]
  findings: Finding[]
  periods: string[]
}

/** So many days may a commune's figures lag before it counts as behind: the board itself reads hourly. */
const daysOfGrace = 2

/** Everything of one period, commune by commune. Communes no longer followed are left out. */
export function assembleBoard(known: Known, period: string, today: string): BoardView {
  const communes = known.communes.filter(({ leftAt }) => leftAt === null)
  const readings = new Map(known.readings.map((one) => [one.communeId, one]))
  const changes = nameChanges(known)
  const funnels = new Map(
    listCodes(known.readings).map((code) => [code, fitFunnel(measuredOf(communes, readings, code))] as const),
  )
  const rows = communes.map((commune) => {
    const reading = readings.get(commune.id) ?? null
    const presence = presenceOf(commune, known.contacts)
    return {
      commune,
      presence,
      missing: missingOf(reading, presence, period, today),
      reading: reading && describeReading(reading),
      cells: cellsOf(commune, reading, funnels, changes),
      ledgerFindings: known.findings.filter(({ communeId }) => communeId === commune.id).length,
    }
  })
  const indicators = [...funnels].map(([code, funnel]) => describeIndicator(code, rows, funnel))
  const isRunning = rangeOfPeriod(period).to >= today
  const findings = nameFindings(known.findings, known.communes)
  return { period, periods: known.periods, today, isRunning, indicators, rows, findings, changes }
}

/** In the order of the plan's codes: I.1, II.1, II.2, II.8. */
const listCodes = (readings: Reading[]): string[] =>
  [...new Set(readings.flatMap(({ figures }) => figures.map(({ code }) => code)))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  )

/** One indicator of all communes, keyed by their codes. */
export const measuredOf = (communes: Commune[], readings: Map<CommuneId, Reading>, code: string): Measured[] =>
  communes.flatMap(({ id, code: key }) => {
    const figure = readings.get(id)?.figures.find((one) => one.code === code)
    return figure ? [{ key, ...scoreOf(figure) }] : []
  })

const scoreOf = ({ score, lower, upper, responses }: Figure) => ({ score, lower, upper, responses })

const describeReading = ({ source, to, isFinal, lastSeenAt, figures }: Reading): BoardRow['reading'] => ({
  source,
  to,
  isFinal,
  lastSeenAt,
  hasReport: figures.some(({ approvedReport }) => approvedReport !== null),
})

function cellsOf(
  { code: key }: Commune,
  reading: Reading | null,
  funnels: Map<string, Funnel | null>,
  changes: NamedChange[],
): Record<string, BoardCell> {
  const cells = (reading?.figures ?? []).map((figure): [string, BoardCell] => {
    const point = funnels.get(figure.code)?.points.find((one) => one.key === key)
    const change = changes.findLast(
      (one) => one.communeCode === key && one.period === reading?.period && one.code === figure.code,
    )
    return [figure.code, { figure, standing: point?.standing ?? null, changed: change?.reason ?? null }]
  })
  return Object.fromEntries(cells)
}

function describeIndicator(code: string, rows: BoardRow[], funnel: Funnel | null): BoardIndicator {
  const cells = rows.flatMap(({ cells }) => cells[code] ?? [])
  const heard = cells.filter(({ figure }) => figure.score !== null)
  const verdicts = (verdict: string) => cells.filter(({ figure }) => figure.verdict === verdict).length
  return {
    code,
    title: cells[0]?.figure.title ?? code,
    target: mostOften(cells.map(({ figure }) => figure.target)) ?? 0,
    mean: funnel?.mean ?? null,
    responses: heard.reduce((sum, { figure }) => sum + figure.responses, 0),
    heard: heard.length,
    met: verdicts('met'),
    notMet: verdicts('not_met'),
    below: cells.filter(({ standing }) => standing === 'below' || standing === 'far_below').length,
  }
}

function mostOften(values: number[]): number | undefined {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

/** By the tries of the whole commune first, then by those of its parts that fail now. */
export function presenceOf({ id }: Commune, contacts: Contact[]): Presence {
  const own = contacts.filter(({ communeId }) => communeId === id)
  const whole = own.find(({ what }) => what === 'commune')
  if (!whole) return { state: 'new', since: null, reason: null, part: null, okAt: null }
  const { failingSince, reason, okAt } = whole
  if (failingSince) return { state: 'away', since: failingSince, reason, part: null, okAt }
  const failing = own
    .filter(({ failingSince: since }) => since !== null)
    .sort((a, b) => Date.parse(a.failingSince ?? '') - Date.parse(b.failingSince ?? ''))[0]
  if (failing)
    return { state: 'trouble', since: failing.failingSince, reason: failing.reason, part: failing.what, okAt }
  return { state: 'here', since: null, reason: null, part: null, okAt }
}

function missingOf(reading: Reading | null, presence: Presence, period: string, today: string): Missing | null {
  const whole = rangeOfPeriod(period)
  const lastClosed = daysBefore(today, 1)
  if (whole.from > lastClosed) return null
  if (!reading)
    return presence.state === 'away' && presence.since ? { kind: 'away', since: presence.since } : { kind: 'never' }
  const due = [whole.to, daysBefore(lastClosed, daysOfGrace)].sort()[0] as string
  if (reading.to < due) return { kind: 'behind', to: reading.to }
  return reading.figures.every(({ responses }) => responses === 0) ? { kind: 'no_responses' } : null
}

/** Every change after a period was over, the newest first, with the commune's name. */
export function nameChanges({ communes, changed }: Pick<Known, 'communes' | 'changed'>): NamedChange[] {
  const groups = new Map<string, Reading[]>()
  for (const reading of changed) {
    const key = `${reading.communeId} ${reading.period} ${reading.source}`
    groups.set(key, [...(groups.get(key) ?? []), reading])
  }
  return [...groups.values()]
    .flatMap(findChanges)
    .flatMap(({ communeId, ...change }: FigureChange) => {
      const commune = communes.find(({ id }) => id === communeId)
      return commune ? [{ ...change, name: commune.name, communeCode: commune.code }] : []
    })
    .sort((a, b) => Date.parse(b.seenAt) - Date.parse(a.seenAt))
}

export const nameFindings = (findings: Finding[], communes: Commune[]): NamedFinding[] =>
  findings.flatMap((finding) => {
    const commune = communes.find(({ id }) => id === finding.communeId)
    return commune ? [{ ...finding, name: commune.name, communeCode: commune.code }] : []
  })

/** The province's mean of each month with its 95 % interval: Wilson's on the effective sizes of all communes together. */
export function trendOf(readings: Reading[], months: string[], code: string): TrendMonth[] {
  return months.map((month) => {
    const measured = readings
      .filter(({ period }) => period === month)
      .flatMap(({ figures }) => figures.filter((one) => one.code === code && one.score !== null))
      .map((figure) => scoreOf(figure) as Parameters<typeof effectiveSizeOf>[0])
    const responses = measured.reduce((sum, one) => sum + one.responses, 0)
    if (responses === 0) return { month, mean: null, lower: null, upper: null, responses: 0 }
    const mean = measured.reduce((sum, one) => sum + one.responses * one.score, 0) / responses
    const size = measured.reduce((sum, one) => sum + effectiveSizeOf(one), 0)
    const [lower, upper] = wilsonInterval(mean / 100, size)
    return { month, mean, lower: lower * 100, upper: upper * 100, responses }
  })
}
