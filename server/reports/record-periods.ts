import type { Indicator } from '../../db/catalogue/indicators.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import { type Scope, type Sector, sectors } from '../catalogue/contract.ts'
import { isInScope } from '../staff/permission-rules.ts'
import { periodName } from './content/words.ts'
import type { ReportKind } from './contract.ts'
import type { IssuerChoice, Preset, ReportSummary } from './record-contract.ts'

const monthsOf: Record<ReportKind, number> = { annual_result: 12, annual_plan: 12, quarterly: 3, monthly: 1 }
const kindWords: Record<ReportKind, string> = {
  annual_result: 'Báo cáo kết quả',
  annual_plan: 'Kế hoạch khảo sát',
  quarterly: 'Báo cáo',
  monthly: 'Báo cáo',
}
export const sectorNames: Record<Sector, string> = {
  administrative: 'hành chính công',
  health: 'y tế',
  education: 'giáo dục',
}

/** "Báo cáo kết quả năm 2026", "Báo cáo quý III năm 2026". */
export const nameOf = (kind: ReportKind, from: string): string =>
  `${kindWords[kind]} ${periodName(kind, { from, to: from })}`

export const titleOf = ({ kind, from, sector }: Pick<ReportSummary, 'kind' | 'from' | 'sector'>): string =>
  `${nameOf(kind, from)}, lĩnh vực ${sectorNames[sector]}`

/** What may be made today, the latest first: periods with at least one closed day, plans for this year and the next. */
export function listPresets(today: string): Preset[] {
  const [year, month] = today.split('-').map(Number) as [number, number]
  const quarter = Math.floor((month - 1) / 3) * 3
  const back = (kind: ReportKind, count: number, first: number, step: number) =>
    Array.from({ length: count }, (_, index) => presetOf(kind, year, first - index * step))
  const reports = [
    ...back('annual_result', 3, 0, 12),
    ...back('quarterly', 8, quarter, 3),
    ...back('monthly', 24, month - 1, 1),
  ].filter(({ from }) => from < today)
  return [...reports, ...back('annual_plan', 2, 12, 12)]
}

/** Plans, and periods that reach past the first day anybody answered; null before the first answer. */
export const offerPresets = (presets: Preset[], firstDay: string | null): Preset[] =>
  presets.filter(({ kind, to }) => kind === 'annual_plan' || (firstDay !== null && to >= firstDay))

/** `month` counts from 0 = January of the year and may lie outside it. */
function presetOf(kind: ReportKind, year: number, month: number): Preset {
  const dayOf = (months: number, day: number) => new Date(Date.UTC(year, months, day)).toISOString().slice(0, 10)
  const from = dayOf(month, 1)
  return { key: `${kind}:${from}`, kind, from, to: dayOf(month + monthsOf[kind], 0), label: nameOf(kind, from) }
}

/** Bodies with the sectors they serve or whose indicators they answer for. */
export function listIssuers(state: CatalogueState, indicators: Indicator[], scope: Scope): IssuerChoice[] {
  return state.agencies
    .filter(({ id }) => isInScope(scope, id))
    .flatMap(({ id, code, name }) => {
      const serves = (sector: Sector) =>
        state.places.some((place) => place.agencyId === id && place.sector === sector) ||
        indicators.some((one) => one.ownerAgencyId === id && one.definition.sector === sector)
      return sectors.filter(serves).map((sector) => ({
        key: `${code}/${sector}`,
        agencyId: id,
        agency: name.vi,
        sector,
        label: `${name.vi} – ${sectorNames[sector]}`,
      }))
    })
}

/** "bao-cao-quy-iii-nam-2026-y-te-ban-1": no letter that an old disk or mail program could break. */
export function fileNameOf(report: Pick<ReportSummary, 'kind' | 'from' | 'sector' | 'version' | 'state'>) {
  const draft = report.state === 'draft' ? ', bản thảo' : ''
  const full = `${nameOf(report.kind, report.from)} ${sectorNames[report.sector]}, bản ${report.version}${draft}`
  const plain = full.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase()
  return { full, plain: plain.replace(/[^a-z0-9]+/g, '-') }
}
