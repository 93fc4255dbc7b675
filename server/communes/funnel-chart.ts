import { drawChart } from '../reports/charts/chart.ts'
import type { Chart, FunnelLimits } from '../reports/contract.ts'
import type { BoardIndicator, BoardView, FunnelStanding } from './board-contract.ts'
import { type Funnel, fitFunnel, funnelWidths, leastCompared, limitsAt } from './funnel-rules.ts'

/** The funnel of one indicator over the communes of a board; null without anybody to compare. */
export const funnelOf = ({ rows }: BoardView, code: string): Funnel | null =>
  fitFunnel(
    rows.flatMap(({ commune, cells }) => {
      const figure = cells[code]?.figure
      return figure ? [{ ...figure, key: commune.code }] : []
    }),
  )

const sides: Record<FunnelStanding, 'below' | 'within' | 'above'> = {
  far_below: 'below',
  below: 'below',
  within: 'within',
  above: 'above',
  far_above: 'above',
}

/** In how many steps a limit is drawn. */
const steps = 60

/** The funnel as a chart of the reports: one layout for page, Word and workbook. */
export function chartOf({ rows }: BoardView, { code, title, target }: BoardIndicator, funnel: Funnel): Chart {
  const nameOf = (key: string) => rows.find(({ commune }) => commune.code === key)?.commune.name ?? key
  const outside = funnel.points.filter(({ standing }) => standing !== 'within')
  const far = outside.filter(({ standing }) => standing.startsWith('far'))
  return {
    id: `pheu-${code}`,
    kind: 'funnel',
    caption: `${code}: điểm của từng xã theo số phiếu, so với mức chung của tỉnh`,
    alternative: `${title}: ${funnel.points.length} xã, ${outside.length} xã nằm ngoài giới hạn 95 %, ${far.length} xã ngoài giới hạn 99,8 %. Bảng bên dưới ghi từng xã.`,
    target,
    funnel: { mean: funnel.mean, limits: limitsOf(funnel) },
    points: funnel.points.map(({ key, score, responses, standing }) => ({
      label: nameOf(key),
      score,
      responses,
      lower: null,
      upper: null,
      side: sides[standing],
      isNamed: standing.startsWith('far') || (standing === 'below' && outside.length <= 10),
    })),
  }
}

function limitsOf(funnel: Funnel): FunnelLimits[] {
  const most = Math.max(...funnel.points.map(({ responses }) => responses)) * 1.05
  const [first, last] = [Math.sqrt(leastCompared), Math.sqrt(most)]
  return Array.from({ length: steps + 1 }, (_, step) => {
    const responses = (first + ((last - first) * step) / steps) ** 2
    const [near, far] = [limitsAt(funnel, responses, funnelWidths.near), limitsAt(funnel, responses, funnelWidths.far)]
    return { responses, near: [near.lower, near.upper], far: [far.lower, far.upper] }
  })
}

export const drawFunnel = (board: BoardView, indicator: BoardIndicator, funnel: Funnel): string =>
  drawChart(chartOf(board, indicator, funnel))
